"""A page that says one thing: why there is no other."""

from __future__ import annotations

from jinja2 import Environment, FileSystemLoader

from grader.gradebook.configuration import TEMPLATES


def word_page(assignment: str, title: str, text: str) -> str:
    """The page that says one thing.

    Parameters
    ----------
    assignment : str
        Its name.
    title, text : str
        What it says; all of it is escaped.

    Returns
    -------
    str
        HTML.
    """
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    template = environment.get_template("word.html.j2")
    return template.render(assignment=assignment, title=title, text=text)
