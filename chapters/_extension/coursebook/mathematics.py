"""Rendering the mathematics: patience with a busy machine, and none with a formula that is wrong.

sphinxcontrib-katex starts a Node.js process and connects once its socket is there; between a
socket's binding and its listening that is refused. And a formula that KaTeX doesn't understand it
prints in red, where a build that takes warnings for errors should stop.
"""

from __future__ import annotations

import time

from sphinx.application import Sphinx
from sphinx.util import logging
from sphinxcontrib import katex

PATIENCE = 60.0  # seconds, for a start or a formula on a machine that does much else
ATTEMPTS = 5

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> None:
    katex.STARTUP_TIMEOUT = katex.RENDER_TIMEOUT = PATIENCE
    katex.KATEX_DEFAULT_OPTIONS = {"throwOnError": True}
    katex.KaTeXServer.get = classmethod(patiently(katex.KaTeXServer.get.__func__))
    katex.render_latex = strictly(katex.render_latex)


def patiently(get):
    def get_server(cls):
        for _ in range(ATTEMPTS - 1):
            try:
                return get(cls)
            except ConnectionRefusedError:
                time.sleep(0.2)
        return get(cls)

    return get_server


def strictly(render):
    def render_latex(latex: str, options: dict | None = None) -> str:
        try:
            return render(latex, options)
        except katex.KaTeXError as error:
            logger.warning("the formula %r: %s", latex, error, type="course", subtype="formula")
            return ""

    return render_latex
