"""Mathematics, rendered by KaTeX while the book is built: ``html_math_renderer = "coursebook"``.

sphinxcontrib-katex keeps a KaTeX in a Node.js process; this renderer asks it, and differs from the
one that sphinxcontrib-katex brings in two ways. A formula that KaTeX doesn't understand is a warning,
where it would be printed in red. And a server that isn't listening yet is asked again: between the
binding of its socket and its listening a connection is refused, on a machine that does much else.
"""

from __future__ import annotations

import time

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.locale import _
from sphinx.util import logging

from .internals import KaTeXError, get_node_equation_number, render_latex, wait_for_katex

NAME = "coursebook"
PATIENCE = 60.0  # seconds, for a start or a formula
ATTEMPTS = 5

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    wait_for_katex(PATIENCE)
    app.add_html_math_renderer(NAME, (visit_inline, None), (visit_block, None))


def visit_inline(self, node: nodes.math) -> None:
    """A formula in a line."""
    self.body.append(self.starttag(node, "span", "", CLASS="math"))
    self.body.append(f"{rendered(node, display=False)}</span>")
    raise nodes.SkipNode


def visit_block(self, node: nodes.math_block) -> None:
    """A formula of its own, with its number and the link to it."""
    self.body.append(self.starttag(node, "div", CLASS="math"))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, _("Permalink to this equation"))
        self.body.append("</span>")
    self.body.append(f"{rendered(node, display=True)}</div>")
    raise nodes.SkipNode


def rendered(node: nodes.Element, *, display: bool) -> str:
    """The formula as HTML; a warning and nothing where KaTeX doesn't understand it."""
    options = {"displayMode": display, "throwOnError": True}
    try:
        return patiently(node.astext(), options)
    except KaTeXError as error:
        logger.warning(
            "the formula %r: %s",
            node.astext(),
            error,
            location=node,
            type="course",
            subtype="formula",
        )
        return ""


def patiently(latex: str, options: dict) -> str:
    """A formula drawn by KaTeX, which may still be starting."""
    for _attempt in range(ATTEMPTS - 1):
        try:
            return render_latex(latex, options)
        except ConnectionRefusedError:
            time.sleep(0.2)
    return render_latex(latex, options)
