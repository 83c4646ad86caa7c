"""The launch buttons: the course's own hub, Binder, and Colab; and the button of the repository.

The pages are Markdown; what opens are notebooks. All get the students' repository, which has every page as
a notebook and no answers, and the repository's button leads there as well: the course's own holds the
solutions, and no page of the book says where it is.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from sphinx.application import Sphinx

from course.launch import BRANCH, hub_path

from .contents import Contents

AFTER_THE_THEME = 502


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    # What students pull: the repository that `make student` writes.
    app.add_config_value("course_student_repository", "", "html", types=(str,))
    app.connect("html-page-context", adapt_buttons, priority=AFTER_THE_THEME)


def adapt_buttons(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Let the launch buttons lead to the pages' notebooks, and the repository's to the students'."""
    if pagename in instructors_pages(app):
        buttons = context.get("header_buttons", [])
        context["header_buttons"] = [b for b in buttons if b.get("label") != "launch-buttons"]
    for group in context.get("header_buttons", []):
        if group.get("label") == "source-repository-button":
            group["url"] = app.config.course_student_repository
            group["tooltip"] = "Repository of the chapters"
        if group.get("label") != "launch-buttons":
            continue
        for button in group["buttons"]:
            if button["text"] == "Colab":
                button["url"] = colab_address(app, pagename)
            if button["text"] == "Binder":
                button["url"] = binder_address(app, pagename)
        if app.config.course_hub_url:
            group["buttons"].insert(0, hub_button(app, pagename))


def instructors_pages(app: Sphinx) -> set[str]:
    """Pages that aren't in the students' repository, so that nothing can open them there."""
    contents = Contents(Path(app.srcdir))
    return {*contents.pages} - {*contents.students_pages}


def colab_address(app: Sphinx, pagename: str) -> str:
    """Where Colab opens a page's notebook."""
    base = app.config.html_theme_options["launch_buttons"]["colab_url"].rstrip("/")
    return f"{base}/github/{_project(app)}/blob/{BRANCH}/{pagename}.ipynb"


def binder_address(app: Sphinx, pagename: str) -> str:
    """Where Binder opens a page."""
    base = app.config.html_theme_options["launch_buttons"]["binderhub_url"].rstrip("/")
    path = urlencode({"urlpath": f"lab/tree/{pagename}.ipynb"})
    return f"{base}/v2/gh/{_project(app)}/{BRANCH}?{path}"


def _project(app: Sphinx) -> str:
    """The students' repository as GitHub names it: owner and name."""
    address: str = app.config.course_student_repository
    return address.split("github.com/")[-1].strip("/")


def hub_button(app: Sphinx, pagename: str) -> dict[str, str]:
    """The button that opens a page on the course's hub."""
    path = hub_path(app.config.course_student_repository, pagename)
    return {
        "type": "link",
        "text": "JupyterHub",
        "tooltip": "Launch on JupyterHub",
        "icon": "_static/images/logo_jupyterhub.svg",
        "url": app.config.course_hub_url.rstrip("/") + path,
    }
