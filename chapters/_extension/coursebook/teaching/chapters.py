"""What a chapter offers: its objectives, sections, questions and figures, and how long it ran."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docutils import nodes
from sphinx.environment import BuildEnvironment

from ..directives.quiz import quiz
from ..internals import seconds_of_a_run


@dataclass
class Chapter:
    """A chapter as it was read.

    Attributes
    ----------
    objectives : list of list of Node
        The items of its box, each a list of inline nodes.
    sections : dict of str to str
        All headings with their anchors, apostrophes as they are typed.
    questions : list of str
        Anchors of the quizzes, in order.
    minutes : int
        For reading, as the box says.
    seconds : float or None
        That its cells took when they were last run; None where nothing was run.
    """

    name: str
    title: str
    minutes: int = 0
    objectives: list[list[nodes.Node]] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    words: int = 0
    figures: int = 0
    equations: int = 0
    seconds: float | None = None

    @property
    def docname(self) -> str:
        """The page, as Sphinx names it."""
        return f"chapters/{self.name}"


def chapter(env: BuildEnvironment, name: str) -> Chapter:
    """Read it from the environment; all pages must have been read."""
    docname = f"chapters/{name}"
    doctree = env.get_doctree(docname)
    found = Chapter(name, env.titles[docname].astext())
    for box in doctree.findall(is_objectives):
        found.minutes = minutes_of(box)
        found.objectives = [
            list(item.children[0].children) for item in box.findall(nodes.list_item)
        ]
    found.sections = {
        section.next_node(nodes.title).astext().replace("’", "'"): section["ids"][0]
        for section in doctree.findall(nodes.section)
    }
    found.questions = [node["name"] for node in doctree.findall(quiz)]
    found.words = sum(len(text.split()) for text in prose(doctree))
    found.figures = sum(1 for _ in doctree.findall(nodes.figure))
    found.equations = sum(1 for _ in doctree.findall(nodes.math_block))
    found.seconds = seconds_of_a_run(env, docname)
    return found


def is_objectives(node: nodes.Node) -> bool:
    """Whether a node is the box of a chapter's objectives."""
    return isinstance(node, nodes.admonition) and "objectives" in node["classes"]


def minutes_of(box: nodes.admonition) -> int:
    """The minutes that a box of objectives promises; 0 where it says none."""
    number = re.search(r"(\d+) minutes", box.children[0].astext())
    return int(number[1]) if number else 0


def prose(doctree: nodes.document) -> Iterator[str]:
    """The text of a page that is read aloud: paragraphs, titles and captions."""
    for kind in (nodes.paragraph, nodes.title, nodes.caption):
        for node in doctree.findall(kind):
            yield node.astext()
