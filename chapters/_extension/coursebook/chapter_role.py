"""``{chapter}`lstm```: a link to a chapter, which says the chapter's title.

``{chapter}`the next chapter <bptt>``` says something else. Which chapters there are, ``_toc.yml``
says; a chapter that stands there and isn't written yet is only named, so that a page may speak of
the whole course before all of it is there.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from .contents import Contents

TYPE = "chapter"


def resolve(
    contents: Contents,
    app: Sphinx,
    env: BuildEnvironment,
    node: pending_xref,
    contnode: nodes.Element,
) -> nodes.Element | None:
    """A chapter's title as a link to its page; None for references of other kinds."""
    if node["reftype"] != TYPE:
        return None
    name = node["reftarget"]
    if name not in contents.chapters:
        return None  # nobody's chapter: let Sphinx warn
    docname = f"chapters/{name}"
    if docname not in env.found_docs:
        return contnode
    if not node["refexplicit"]:
        contnode = nodes.inline("", env.titles[docname].astext())
    return make_refnode(app.builder, node["refdoc"], docname, "", contnode)


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.add_role(TYPE, XRefRole(innernodeclass=nodes.inline, warn_dangling=True))
    app.connect("missing-reference", partial(resolve, Contents(Path(app.srcdir))))
