"""The index: each term of the glossary, and the section in which each chapter first speaks of it.

Chapters mark a term where they need it, with ``{term}``. That is what an index wants to know, so that
nobody has to write it down again.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.addnodes import index, pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from .internals import index_entries


class ListTerms(SphinxTransform):
    """Enters each section's glossary terms in the index, the first time that it uses them."""

    default_priority = 840  # before the domains collect what a page has

    def apply(self, **kwargs: Any) -> None:
        """Put the entries before the sections."""
        first: dict[str, nodes.section] = {}
        for reference in self.document.findall(pending_xref):
            section = enclosing(reference)
            if reference["reftype"] == "term" and section is not None:
                first.setdefault(" ".join(reference["reftarget"].lower().split()), section)
        for term, section in first.items():
            section.insert(1, index(entries=[("single", term, section["ids"][0], "", None)]))


def enclosing(node: nodes.Node) -> nodes.section | None:
    """The section in which a node stands."""
    while node is not None and not isinstance(node, nodes.section):
        node = node.parent
    return node


def spell_alike(app: Sphinx, env: BuildEnvironment) -> None:
    """As the glossary has it: a term at the beginning of a sentence is no other term."""
    terms = {
        name.lower(): name for name, _, kind, *_ in env.get_domain("std").get_objects()
        if kind == "term"
    }  # fmt: skip
    for entries in index_entries(env):
        entries[:] = [(k, terms.get(v.lower(), v), *rest) for k, v, *rest in entries]


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.add_transform(ListTerms)
    app.connect("env-check-consistency", spell_alike)
