"""Mathematics as MathML, written by Temml while the book is built: ``html_math_renderer = "coursebook"``.

Browsers lay MathML out themselves, and screen readers read it: a page needs no script for it, and has a
quarter of the elements that formulas drawn of boxes take. A formula that Temml doesn't understand is a
warning, where it would be printed in red.
"""

from __future__ import annotations

import json
from subprocess import Popen

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.locale import _
from sphinx.util import logging

from . import node as node_js
from .internals import get_node_equation_number

NAME = "coursebook"
SCRIPT = "formulas.mjs"

logger = logging.getLogger(__name__)


class FormulaError(ValueError):
    """Temml doesn't understand a formula; its words."""


class Temml:
    """Temml in a Node.js process, which is started for the first formula."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._process: Popen[str] | None = None

    def mathml(self, latex: str, *, display: bool) -> str:
        r"""The formula as a ``<math>`` element.

        Parameters
        ----------
        latex : str
            Without dollars: ``x^2``, ``\begin{aligned} ... \end{aligned}``.
        display : bool
            Whether it stands by itself.

        Returns
        -------
        str
            HTML.

        Raises
        ------
        FormulaError
            Where Temml doesn't understand it.
        ExtensionError
            Where Node.js or Temml is missing.
        """
        if self._process is None:
            self._process = node_js.started(SCRIPT)
        asked, answered = self._process.stdin, self._process.stdout
        assert asked is not None and answered is not None  # both are pipes
        asked.write(json.dumps({"latex": latex, "display": display}) + "\n")
        asked.flush()
        line = answered.readline()
        if not line:
            raise ExtensionError(f"{SCRIPT} has ended: {self._process.communicate()[1][-2000:]}")
        answer = json.loads(line)
        if "error" in answer:
            raise FormulaError(answer["error"].strip())
        return answer["html"]

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.communicate()
            self._process = None


temml = Temml()


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.add_html_math_renderer(NAME, (visit_inline, None), (visit_block, None))
    app.connect("build-finished", lambda app, exception: temml.stop())


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
    self.body.append(f'<div class="formula">{rendered(node, display=True)}</div></div>')
    raise nodes.SkipNode


def rendered(node: nodes.Element, *, display: bool) -> str:
    """The formula as MathML; a warning and nothing where Temml doesn't understand it."""
    try:
        return temml.mathml(node.astext(), display=display)
    except FormulaError as error:
        logger.warning(
            "the formula %r: %s",
            node.astext(),
            error,
            location=node,
            type="course",
            subtype="formula",
        )
        return ""
