"""What the build's own process and the notebooks' kernels find in their environment."""

from __future__ import annotations

import os

from sphinx.application import Sphinx

QUIET = {
    # TensorFlow greets on stderr, and stderr is a build error.
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    # The same page from the same sources, also where a set's order leaks into an output.
    "PYTHONHASHSEED": "0",
}


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    app.connect("config-inited", lambda app, config: let_kernels_find_the_course(app))


def let_kernels_find_the_course(app: Sphinx) -> None:
    """Kernels start in ``chapters/``, where there is no ``course`` to import."""
    root = str(app.srcdir)
    known = os.environ.get("PYTHONPATH", "")
    if root not in known.split(os.pathsep):
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [root, known]))
