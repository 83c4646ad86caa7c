"""The launch buttons: the course's own hub, and Colab's address for a book written in Markdown.

The theme offers Binder and Colab for the page's source. Colab opens nothing but ``.ipynb``, which
the repository hasn't, as its pages are Markdown; the published site has them, for download.
"""

from __future__ import annotations

from urllib.parse import urlencode

from sphinx.application import Sphinx

AFTER_THE_THEME = 502


def setup(app: Sphinx) -> None:
    # Where the built book is published: Colab fetches the pages' notebooks from there.
    app.add_config_value("course_site_branch", "gh-pages", "html", types=(str,))
    app.connect("html-page-context", mend_buttons, priority=AFTER_THE_THEME)


def mend_buttons(app: Sphinx, pagename, templatename, context, doctree) -> None:
    for group in context.get("header_buttons", []):
        if group.get("label") != "launch-buttons":
            continue
        for button in group["buttons"]:
            if button["text"] == "Colab":
                button["url"] = colab_address(app, pagename)
        if app.config.course_hub_url:
            group["buttons"].insert(0, hub_button(app, pagename))


def colab_address(app: Sphinx, pagename: str) -> str:
    options = app.config.html_theme_options
    project = options["repository_url"].split("github.com/")[-1].strip("/")
    base = options["launch_buttons"]["colab_url"].rstrip("/")
    return f"{base}/github/{project}/blob/{app.config.course_site_branch}/_sources/{pagename}.ipynb"


def hub_button(app: Sphinx, pagename: str) -> dict[str, str]:
    """nbgitpuller's link: the hub pulls the course's repository and opens the page in it."""
    options = app.config.html_theme_options
    repository = options["repository_url"].rstrip("/")
    query = urlencode(
        {
            "repo": repository,
            "branch": options.get("repository_branch") or "main",
            "urlpath": f"lab/tree/{repository.rsplit('/', 1)[-1]}/{pagename}.md",
        }
    )
    return {
        "type": "link",
        "text": "JupyterHub",
        "tooltip": "Launch on JupyterHub",
        "icon": "_static/images/logo_jupyterhub.svg",
        "url": f"{app.config.course_hub_url.rstrip('/')}/hub/user-redirect/git-pull?{query}",
    }
