"""An assignment as an instructor without this grader would give it, in nbgrader's own way.

The same notebook, but in each check's cell, after the visible examples, a hidden test compares with
the reference, which the instructor has importable. Whatever only shows something is left out.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat

from grader.assignments import ROOT
from grader.gradebook.course_directory import CourseDirectory
from grader.notebooks.build import build
from tests.grader.classroom import Classroom, _read

HEAD = """
rng = np.random.default_rng()
def parameters(D, H):
    weights = {"W" + gate: rng.normal(size=(H + D, H)) for gate in "fico"}
    return weights | {"b" + gate: rng.normal(size=H) for gate in "fico"}
def equal(given, expected):
    for name in expected:
        np.testing.assert_allclose(given[name], expected[name])
"""
LSTM = {  # the hidden tests of the assignment lstm
    "sigmoid": """
for size in (3, (2, 4), (2, 3, 4)):
    z = rng.normal(size=size, scale=5)
    np.testing.assert_allclose(sigmoid(z), reference.sigmoid(z))
""",
    "lstm_step": """
for N, D, H in ((2, 3, 4), (5, 1, 2), (1, 4, 3)):
    x_t, h_prev, c_prev = rng.normal(size=(N, D)), rng.normal(size=(N, H)), rng.normal(size=(N, H))
    params = parameters(D, H)
    np.testing.assert_allclose(
        lstm_step(x_t, h_prev, c_prev, params), reference.lstm_step(x_t, h_prev, c_prev, params)
    )
""",
    "lstm_gates": """
for N, T, D, H in ((2, 5, 3, 4), (5, 3, 1, 2), (1, 1, 4, 3)):
    X, h_0, c_0 = rng.normal(size=(N, T, D)), rng.normal(size=(N, H)), rng.normal(size=(N, H))
    params = parameters(D, H)
    equal(lstm_gates(X, h_0, c_0, params), reference.lstm_gates(X, h_0, c_0, params))
""",
    "lstm_forward": """
for N, T, D, H in ((2, 5, 3, 4), (5, 3, 1, 2), (1, 1, 4, 3)):
    X, h_0, c_0 = rng.normal(size=(N, T, D)), rng.normal(size=(N, H)), rng.normal(size=(N, H))
    params = parameters(D, H)
    np.testing.assert_allclose(
        lstm_forward(X, h_0, c_0, params), reference.lstm_forward(X, h_0, c_0, params)
    )
""",
    "lstm_step_backward": """
for N, D, H in ((2, 3, 4), (5, 1, 2), (1, 4, 3)):
    step = rng.normal(size=(N, D)), rng.normal(size=(N, H)), rng.normal(size=(N, H))
    arguments = (rng.normal(size=(N, H)), rng.normal(size=(N, H)), *step, parameters(D, H))
    equal(lstm_step_backward(*arguments), reference.lstm_step_backward(*arguments))
""",
    "from_keras": """
for D, H in ((3, 2), (2, 4), (1, 1)):
    arguments = rng.normal(size=(D, 4 * H)), rng.normal(size=(H, 4 * H)), rng.normal(size=4 * H)
    equal(from_keras(*arguments), reference.from_keras(*arguments))
""",
}


class OrdinaryClassroom(Classroom):
    """A course directory of plain nbgrader, with nothing of this grader in its configuration.

    hidden    : for each function, the source of its hidden test; `reference` is there for it.
    reference : the module that solves the assignment.
    """

    def __init__(self, root: Path, name: str, hidden: dict[str, str], reference: str):
        self.course, self.name = CourseDirectory(root), name
        root.mkdir(parents=True, exist_ok=True)
        (root / "nbgrader_config.py").write_text(
            "c = get_config()\n"
            "c.CourseDirectory.course_id = 'plain'\n"
            f"c.CourseDirectory.root = {str(root)!r}\n"
        )
        notebook = ordinary(name, hidden, reference)
        target = root / "source" / name / f"{name}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, target)
        done = nbgrader(root, "generate_assignment", name, "--force")
        if done.returncode:
            raise RuntimeError(done.stderr)
        self.blank = _read(self.course.release(name))
        self.solved = self.answered({})

    def answered(self, answers: dict[str, str]) -> dict:
        """The release with the reference's answers, or the given ones, in its answer cells."""
        source = _read(self.course.root / "source" / self.name / f"{self.name}.ipynb")
        notebook = _read(self.course.release(self.name))
        for cell in notebook["cells"]:
            fields = cell["metadata"].get("nbgrader", {})
            if fields.get("solution"):
                solved = self.cell(source, fields["grade_id"])["source"]
                cell["source"] = answers.get(fields["grade_id"], solved)
        return notebook


def ordinary(name: str, hidden: dict[str, str], reference: str) -> nbformat.NotebookNode:
    """nbgrader's source notebook of an assignment, with hidden tests in its check cells."""
    notebook = build(name)
    notebook.cells = [c for c in notebook.cells if "show" not in c.metadata.get("tags", [])]
    for cell in notebook.cells:
        function = cell.metadata.get("nbgrader", {}).get("grade_id", "").removeprefix("check-")
        if cell.metadata.get("nbgrader", {}).get("locked") and function in hidden:
            test = f"import {reference} as reference\n{HEAD.strip()}\n{hidden[function].strip()}"
            cell.source += f"\n### BEGIN HIDDEN TESTS\n{test}\n### END HIDDEN TESTS"
    return notebook


def environment() -> dict[str, str]:
    """With the reference importable, as instructors have it, and alembic on the path."""
    programs = Path(sys.executable).parent
    return os.environ | {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def nbgrader(root: Path, *arguments: str, seconds: float | None = None):
    """Run nbgrader's command in a course directory, as an instructor would."""
    return subprocess.run(
        [Path(sys.executable).with_name("nbgrader"), *arguments],
        cwd=root,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=seconds,
    )
