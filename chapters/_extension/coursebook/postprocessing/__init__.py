"""What the tools leave to be put right on a page: one module each, with the reason.

A page's HTML is parsed once, as it is written, and each module in ``STEPS`` changes it in place; pages
that Sphinx needn't write again cost nothing. What can only be done when all pages are there (style
sheets, the icons' font, drawings) waits for the end of the build.
"""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.config import Config

from ..internals import BuiltinTemplateLoader
from . import (
    accessible_names,
    bibliography,
    code,
    dark,
    drawings,
    formulas,
    head,
    icons,
    images,
    landmarks,
    outputs,
    styles,
    tables,
    unscripted,
)

STEPS = (
    head,
    unscripted,
    landmarks,
    accessible_names,
    images,
    dark,
    tables,
    code,
    outputs,
    bibliography,
)


class Templates(BuiltinTemplateLoader):
    """Sphinx's own templates, each whole page postprocessed (``template_bridge``)."""

    def init(self, builder: Any, *args: Any, **kwargs: Any) -> None:
        """Keep the application beside the templates."""
        super().init(builder, *args, **kwargs)
        self.app = builder.app

    def render(self, template: str, context: dict[str, Any]) -> str:
        """A page as the theme makes it, with all steps applied."""
        html = super().render(template, context)
        # The theme also renders parts of pages, to see whether they are empty.
        return postprocessed(html, self.app) if "</html>" in html else html


def postprocessed(html: str, app: Sphinx) -> str:
    """A page after all steps."""
    page = BeautifulSoup(html, "html.parser")
    for step in STEPS:
        step.apply(page, app)
    return page.decode(formatter="minimal")


def use_these_templates(app: Sphinx, config: Config) -> None:
    """Have Sphinx render by `Templates`."""
    config.template_bridge = f"{Templates.__module__}.{Templates.__qualname__}"


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.connect("config-inited", use_these_templates)
    styles.setup(app)
    unscripted.setup(app)
    icons.setup(app)
    drawings.setup(app)
    formulas.setup(app)
