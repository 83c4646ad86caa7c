"""Puts a student's answers into the release notebook.

The release notebook is the skeleton: its cells, their order, metadata and points. A submission gives
nothing but the source of its cells, so edited metadata, deleted tests and forged outputs have nothing
to hold on to.
"""

from __future__ import annotations

import copy
import hashlib
import json
from typing import Any, NamedTuple

from grader.sandbox.inside.wire import clean

MAX_NOTEBOOK_BYTES = 20 << 20
MAX_CELL_CHARACTERS = 100_000
MAX_CELLS = 400


Cell = dict[str, Any]
"""A cell as JSON has it."""


class UnreadableSubmission(ValueError):
    """The submission is no notebook that can be graded; the text is for the student."""


class SubmittedCell(NamedTuple):
    cell_type: str
    source: str
    grade_id: str | None
    shown: bool = False
    id: str | None = None


Extra = dict[str | None, list[SubmittedCell]]
"""The student's own cells, by the name of the cell that they stood after."""


def read_cells(data: bytes | None, others: tuple[str, ...] = ()) -> list[SubmittedCell]:
    """The code and Markdown cells of a submitted notebook, whatever else is in it.

    `others` are the names of notebooks of which nothing says which counts. UnreadableSubmission says
    what to do where there are no cells to be had.
    """
    if data is None and others:
        names = ", ".join(clean(name)[:60] for name in others[:5])
        raise UnreadableSubmission(
            f"There are {len(others)} notebooks in your submission ({names}), and none has the name"
            " that it was released with, so nothing says which of them counts. Submit one of them,"
            " under the released name."
        )
    if data is None:
        raise UnreadableSubmission(
            "No notebook was found in your submission under the name it was released with."
            " Submit it again under that name, as an ordinary file."
        )
    if len(data) > MAX_NOTEBOOK_BYTES:
        raise UnreadableSubmission(
            f"Your notebook is larger than {MAX_NOTEBOOK_BYTES >> 20} MB."
            " Clear its outputs (Edit, Clear Outputs of All Cells) and submit it again."
        )
    try:
        notebook = json.loads(data)
    except (ValueError, RecursionError):
        raise UnreadableSubmission(
            "Your file is damaged: it is not the JSON that a notebook is made of."
            " Open it in JupyterLab, save it, and submit it again."
        ) from None
    if isinstance(notebook, dict) and notebook.get("nbformat") == 3:
        notebook = _from_format_3(notebook)
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise UnreadableSubmission(
            "Your file has no list of cells: it is not a notebook of format 4."
            " Start from the released notebook and copy your answers into it."
        )
    if len(cells) > MAX_CELLS:
        raise UnreadableSubmission(
            f"Your notebook has {len(cells)} cells; at most {MAX_CELLS} are read."
            " Delete those that are not needed and submit it again."
        )
    return [cell for cell in map(_read_cell, cells) if cell is not None]


def _from_format_3(notebook: dict[str, Any]) -> Any:
    """What nbformat makes of a notebook of the format before 2015, which some sites still write."""
    import nbformat

    try:
        return nbformat.convert(nbformat.from_dict(notebook), 4)
    except Exception:  # it trusts what it reads
        raise UnreadableSubmission(
            "Your file is a damaged notebook of the old format 3."
            " Open it in JupyterLab, save it, and submit it again."
        ) from None


def _read_cell(cell: object) -> SubmittedCell | None:
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown"):
        return None
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        source = ""
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    # Lone surrogates can be written in JSON but not in UTF-8.
    text = source[:MAX_CELL_CHARACTERS].encode("utf-8", "replace").decode()
    text = text.replace("\r\n", "\n")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    shown = isinstance(tags, list) and "show" in tags
    known = grade_id if isinstance(grade_id, str) else None
    own = cell.get("id")
    return SubmittedCell(
        cell["cell_type"], text, known, shown, own if isinstance(own, str) else None
    )


def nbgrader_fields(cell: Cell) -> dict[str, Any]:
    """nbgrader's metadata of a cell of the skeleton, empty where it has none."""
    fields: dict[str, Any] = cell["metadata"].get("nbgrader", {})
    return fields


def is_shown(cell: Cell) -> bool:
    """Whether a cell of a release, or of what was merged into it, only shows something."""
    return cell["cell_type"] == "code" and "show" in cell["metadata"].get("tags", [])


def merge(release: dict[str, Any], submitted: list[SubmittedCell]) -> dict[str, Any]:
    """The release notebook with the student's answers, and the student's own cells where they stood.

    A cell that the release does not know follows the known cell that it stood after. So does the
    second copy of an answer cell (split or pasted): run in this order, the student's last word counts,
    as it did on the student's screen. Cells that only show something (tag `show`) have the student's
    text, too: students are invited to play with them (`shown` says what of them runs). They are known by
    their `id`; a cell of the student's own is none of them, whatever its tags, unless it has no `id`.
    """
    notebook = copy.deepcopy(release)
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    known = {
        nbgrader_fields(cell)["grade_id"]: cell
        for cell in notebook["cells"]
        if nbgrader_fields(cell)
    }
    shows = _shows(notebook["cells"])
    plain = {cell["source"] for cell in notebook["cells"] if not nbgrader_fields(cell)}
    taken: set[str | None] = set()
    extra: Extra = {}
    last: str | None = None
    for cell in submitted:
        original = known.get(cell.grade_id)
        if original is not None:
            last = cell.grade_id
            if not nbgrader_fields(original)["solution"]:
                continue
            if cell.grade_id not in taken:
                taken.add(cell.grade_id)
                original["source"] = cell.source
                continue
        moved = cell.cell_type == "code" and cell.shown and cell.id in shows
        if moved:
            released, before = shows.pop(cell.id)
            if before == last:
                released["source"] = cell.source
                continue
            notebook["cells"].remove(released)
            cell = cell._replace(id=None)
        if cell.source.strip() and (moved or cell.source not in plain):
            extra.setdefault(last, []).append(cell)
    for grade_id, cell in known.items():
        if nbgrader_fields(cell)["solution"] and grade_id not in taken:
            cell["source"] = _missing(cell["cell_type"])
    notebook["cells"] = _with_extra(notebook["cells"], extra)
    return notebook


def _shows(cells: list[Cell]) -> dict[str | None, tuple[Cell, str | None]]:
    """The released cells that only show something, with the name of the known cell before each."""
    found: dict[str | None, tuple[Cell, str | None]] = {}
    before: str | None = None
    for cell in cells:
        before = nbgrader_fields(cell).get("grade_id", before)
        if is_shown(cell) and "id" in cell:
            found[cell["id"]] = (cell, before)
    return found


def _missing(cell_type: str) -> str:
    note = "(this answer cell was missing from the submission)"
    return f"# {note}" if cell_type == "code" else note


def _with_extra(cells: list[Cell], extra: Extra) -> list[Cell]:
    result = _own_cells(None, extra)
    for cell in cells:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        result.append(cell)
        grade_id = nbgrader_fields(cell).get("grade_id")
        if grade_id is not None:
            result += _own_cells(grade_id, extra)
    return result


def _own_cells(after: str | None, extra: Extra) -> list[Cell]:
    cells = []
    for number, submitted in enumerate(extra.get(after, [])):
        cell: Cell = {
            "cell_type": submitted.cell_type,
            "id": hashlib.sha256(f"{after}|{number}".encode()).hexdigest()[:8],
            "metadata": {"tags": ["show"]} if submitted.shown and submitted.id is None else {},
            "source": submitted.source,
        }
        if submitted.cell_type == "code":
            cell |= {"outputs": [], "execution_count": None}
        cells.append(cell)
    return cells
