"""The links by which a hub pulls the students' repository and opens a page of it as a notebook."""

from __future__ import annotations

from urllib.parse import urlencode

__all__ = ["BRANCH", "hub_path"]

BRANCH = "main"
"""Of the students' repository."""


def hub_path(repository: str, page: str) -> str:
    """nbgitpuller's link: the hub pulls the students' repository and opens the page in it.

    Parameters
    ----------
    repository : str
        Its address.
    page : str
        The page's name, as the book's table of contents has it.

    Returns
    -------
    str
        The path on any hub.
    """
    name = repository.rstrip("/").rsplit("/", 1)[-1]
    path = f"lab/tree/{name}/{page}.ipynb"
    query = urlencode({"repo": repository, "branch": BRANCH, "urlpath": path})
    return f"/hub/user-redirect/git-pull?{query}"
