"""Keeps what students write in its box, on the pages whose template is nbgrader's: formgrader's."""

from __future__ import annotations

from typing import Any

from nbconvert.preprocessors import Preprocessor

from grader.gradebook.configuration import TEMPLATES


class Contained(Preprocessor):
    """Adds the styles to those that a page brings along; there is no other place for them."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """The notebook as it is; `resources` with the styles."""
        styles = resources.setdefault("inlining", {}).setdefault("css", [])
        styles.append((TEMPLATES / "feedback" / "contained.css").read_text(encoding="utf-8"))
        return nb, resources
