"""Where launch links lead: the students' repository, as the book's configuration names it."""

from __future__ import annotations

import os
from typing import Any

import yaml

from course import launch
from course.first_cell import ADDRESS
from hub.places import CHECKOUT

FIRST_PAGE = "chapters/intro"


def configuration() -> dict[str, Any]:
    """The book's, as `_config.yml` has it."""
    found: dict[str, Any] = yaml.safe_load((CHECKOUT / "_config.yml").read_text(encoding="utf-8"))
    return found


def launch_address() -> str:
    """Where the book's launch links say that the students' repository is."""
    address: str = configuration()["sphinx"]["config"]["course_student_repository"]
    return address


def published_book() -> str:
    """The first page of the published book; empty where it isn't published."""
    home = os.environ.get(ADDRESS, configuration()["sphinx"]["config"]["course_book_url"])
    return f"{home.rstrip('/')}/{FIRST_PAGE}.html" if home else ""


def launch_link(page: str) -> str:
    """The path of a hub's launch link to a page, as the book writes it.

    Parameters
    ----------
    page : str
        The page's name, as `_toc.yml` has it.

    Returns
    -------
    str
        The path.
    """
    return launch.hub_path(launch_address(), page)
