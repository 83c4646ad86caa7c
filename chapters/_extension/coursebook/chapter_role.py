"""``{chapter}`lstm```: a link to a chapter, or only its name while the book hasn't that chapter.

``{chapter}`the next chapter <bptt>``` says something else than the name. So a page may speak of the
whole course while chapters are still being added, without a broken link.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

TYPE = "chapter"

TITLES = {
    "context": "Why order matters",
    "unrolling": "The loop, unrolled",
    "bptt": "Backpropagation through time",
    "lstm": "Long short-term memory",
    "overfitting": "Overfitting",
    "regularization": "Regularization",
    "search": "Hyperparameter search",
    "tweets": "The tweets",
}


class ChapterRole(XRefRole):
    def process_link(self, env, refnode, has_explicit_title, title, target):
        return (title if has_explicit_title else TITLES.get(target, title)), target


def resolve(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.Element
) -> nodes.Element | None:
    if node["reftype"] != TYPE:
        return None
    name = node["reftarget"]
    if name not in TITLES:
        return None  # nobody's chapter: let Sphinx warn
    docname = f"chapters/{name}"
    if docname not in env.found_docs:
        return contnode
    if not node["refexplicit"]:
        contnode = nodes.inline("", env.titles[docname].astext())
    return make_refnode(app.builder, node["refdoc"], docname, "", contnode)


def setup(app: Sphinx) -> None:
    app.add_role(TYPE, ChapterRole(innernodeclass=nodes.inline, warn_dangling=True))
    app.connect("missing-reference", resolve)
