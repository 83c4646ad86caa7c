"""nbgrader's Validate, in seconds: only what changed runs again, and the error comes first.

nbgrader runs a whole notebook in a new kernel each time. Here a graded cell that has been validated is
run again only when a cell changed that it stands on; with it run those cells, from the top, in a new
kernel. Cells that only show something (tag `show`) are left out, as grading leaves them out. The next
kernel is started beforehand, and imports what the notebook imports; unused, it ends.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import hashlib
import html
import os
import shutil
import tempfile
import threading
from pathlib import Path
from queue import Empty
from typing import Any

import nbformat
from jupyter_client.manager import KernelManager
from nbgrader import utils
from nbgrader.validator import Validator

KEPT_SECONDS = 300.0  # for which the next kernel waits: it costs memory
READY_SECONDS = 60.0
BUILTINS = frozenset(vars(builtins))


class Cell:
    """What a code cell binds, and what it reads of the others; all, where it is not plain Python."""

    def __init__(self, source: str):
        self.source = source
        self.binds: set[str] = set()
        self.reads: set[str] = set()  # anywhere in it
        self.touches: set[str] = set()  # by what runs at once: it may change what it reads
        self.imports: list[str] = []
        try:
            tree = ast.parse(source)
        except SyntaxError:  # a magic, or a mistake
            self.opaque = True
            return
        self.opaque = False
        for node in ast.walk(tree):
            if isinstance(node, ast.Name):
                (self.reads if isinstance(node.ctx, ast.Load) else self.binds).add(node.id)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                self.binds.add(node.name)
            elif isinstance(node, ast.Import | ast.ImportFrom):
                self.binds |= {(a.asname or a.name).split(".")[0] for a in node.names}
                star = any(alias.name == "*" for alias in node.names)
                self.opaque |= star
                if not star and getattr(node, "module", "") not in (None, "__future__"):
                    self.imports.append(ast.unparse(node))
        self.reads -= BUILTINS
        definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        for statement in tree.body:
            if not isinstance(statement, definitions):
                names = (node.id for node in ast.walk(statement) if isinstance(node, ast.Name))
                self.touches |= {*names} - BUILTINS


def needed(cells: list[Cell], number: int) -> list[int]:
    """The cells that one stands on, in their order, itself the last."""
    wanted, chosen = set(cells[number].reads), {number}
    while True:
        more = {
            k
            for k in range(number)
            if k not in chosen
            and (cells[k].opaque or cells[k].binds & wanted or cells[k].touches & wanted)
        }
        if not more or cells[number].opaque:
            return sorted(chosen | more) if not cells[number].opaque else list(range(number + 1))
        chosen |= more
        wanted |= {name for k in more for name in cells[k].reads}


class Kernel:
    """A kernel of its own, by sockets in a folder of its own."""

    def __init__(self, folder: Path, imports: list[str]):
        self.folder, self.imports = folder, imports
        self._sockets = tempfile.mkdtemp(prefix="v-")
        self._manager = KernelManager(
            kernel_name="python3", transport="ipc", ip=os.path.join(self._sockets, "k")
        )
        environment = os.environ | {"NBGRADER_VALIDATING": "1", "NBGRADER_EXECUTION": "validate"}
        self._manager.start_kernel(cwd=str(folder), env=environment)
        self._client = self._manager.blocking_client()
        self._client.start_channels()
        self._client.wait_for_ready(READY_SECONDS)
        # in memory, and under no name of the notebook's
        lines = [f"    with _s(Exception):\n        {line}" for line in imports]
        code = "def _warm():\n    from contextlib import suppress as _s\n" + "\n".join(lines)
        self.run(code + "\n_warm(); del _warm", 10 * READY_SECONDS)

    def run(self, code: str, seconds: float) -> list[nbformat.NotebookNode]:
        """What a cell puts out."""
        outputs: list[nbformat.NotebookNode] = []

        def keep(message: dict[str, Any]) -> None:
            with contextlib.suppress(ValueError):  # no output: a status, a comm
                outputs.append(nbformat.v4.output_from_msg(message))

        try:
            self._client.execute_interactive(
                code, allow_stdin=False, stop_on_error=False, timeout=seconds, output_hook=keep
            )
        except (TimeoutError, Empty, RuntimeError) as error:
            said = f"The cell ran for more than {seconds:g} seconds, or ended the kernel: {error}"
            outputs.append(nbformat.v4.new_output("error", ename="Stopped", evalue=said))
            outputs[-1].traceback = [said]
        return outputs

    def end(self) -> None:
        """End the kernel."""
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)
        shutil.rmtree(self._sockets, ignore_errors=True)


class Spare:
    """The kernel of the next validation; at most one, and for a while."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kernel: Kernel | None = None
        self._end: threading.Timer | None = None

    def take(self, folder: Path, imports: list[str]) -> Kernel:
        """The one that waits, if it is this notebook's; else a new one."""
        kernel = self._out()
        if kernel and (kernel.folder, kernel.imports) == (folder, imports):
            return kernel
        if kernel:
            kernel.end()
        return Kernel(folder, imports)

    def prepare(self, folder: Path, imports: list[str]) -> None:
        """Start one for the next time, beside all else."""

        def start() -> None:
            kernel = Kernel(folder, imports)
            if other := self._out():
                other.end()
            with self._lock:
                self._kernel = kernel
                self._end = threading.Timer(KEPT_SECONDS, self.drop)
                self._end.daemon = True
                self._end.start()

        threading.Thread(target=start, daemon=True).start()

    def drop(self) -> None:
        """End the one that waits."""
        if kernel := self._out():
            kernel.end()

    def _out(self) -> Kernel | None:
        with self._lock:
            kernel, self._kernel = self._kernel, None
            if self._end:
                self._end.cancel()
            return kernel


SPARE = Spare()
VALIDATED: dict[str, list[nbformat.NotebookNode]] = {}
"""What a graded cell put out that passed, by the digest of all that it stands on."""


class CourseValidator(Validator):
    """nbgrader's Validator with another way to run the cells, and to say what failed."""

    def validate(self, filename: str) -> dict[str, Any]:
        """As nbgrader's; where cells fail, each with its error first."""
        self._folder = Path(filename).resolve().parent
        result: dict[str, Any] = super().validate(filename)
        for entry in result.get("failed", ()):
            lines = [line for line in _plain(entry["raw_error"]).splitlines() if line.strip()]
            cell = entry["source"]
            entry["source"] = lines[-1] if lines else "It fails."
            entry["error"] += "\n\n" + html.escape(f"The cell:\n{cell}", quote=False)
        return result

    def _preprocess(self, nb: nbformat.NotebookNode) -> nbformat.NotebookNode:
        resources: dict[str, Any] = {}
        for preprocessor in self.preprocessors[:-1]:  # the last one runs the notebook
            nb, resources = preprocessor(parent=self).preprocess(nb, resources)
        code = [c for c in nb.cells if c.cell_type == "code" and not _shows(c)]
        cells = [Cell(c.source) for c in code]
        checks = [k for k, c in enumerate(code) if utils.is_grade(c) and not utils.is_solution(c)]
        for k in checks:  # what one test leaves behind is nothing that another may stand on
            cells[k].binds, cells[k].touches, cells[k].opaque = set(), set(), False
        stands_on = {k: needed(cells, k) for k in checks}
        digests = {
            k: _digest(str(self._folder), *(code[i].source for i in stands_on[k])) for k in checks
        }
        due = [k for k in checks if digests[k] not in VALIDATED]
        if due:
            self._run(code, cells, sorted({i for k in due for i in stands_on[k]}))
            VALIDATED.update({digests[k]: code[k].outputs for k in due if _passed(code[k])})
        for k in checks:
            code[k].outputs = VALIDATED.get(digests[k], code[k].outputs)
        return nb

    def _run(self, code: list[Any], cells: list[Cell], numbers: list[int]) -> None:
        seconds = float(self.config.Execute.get("timeout", 240))
        imports = sorted({line for cell in cells for line in cell.imports})
        kernel = SPARE.take(self._folder, imports)
        try:
            for k in numbers:
                code[k].outputs = kernel.run(code[k].source, seconds)
        finally:
            kernel.end()
        SPARE.prepare(self._folder, imports)


def _shows(cell: nbformat.NotebookNode) -> bool:
    return bool("show" in cell.metadata.get("tags", ()))


def _passed(cell: nbformat.NotebookNode) -> bool:
    score, most = utils.determine_grade(cell)
    return score is None or bool(score >= most)


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _plain(text: str) -> str:
    """A text without a terminal's colours."""
    from nbconvert.filters import strip_ansi

    plain: str = strip_ansi(text)
    return plain


def install() -> None:
    """Let nbgrader's button use it."""
    from nbgrader.server_extensions.validate_assignment import handlers

    handlers.Validator = CourseValidator
