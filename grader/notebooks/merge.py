"""Puts a student's answers into the release notebook.

The release notebook is the skeleton: its cells, their order, metadata and points. A submission gives
nothing but the source of its cells, so edited metadata, deleted tests and forged outputs have nothing
to hold on to.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, NamedTuple

from grader.notebooks import pictures
from grader.sandbox.inside.wire import clean

MAX_NOTEBOOK_BYTES = 20 << 20
MAX_CELL_CHARACTERS = 400_000
"""Of one cell's text, without its pictures."""
MAX_CHARACTERS = 2_000_000
"""Of all that a student wrote; what is over is cut, with a word."""
MAX_CELLS = 400
MAX_DRAWN = 6_000
"""Characters of Markdown in one cell that are drawn; a longer text is shown as it was written. There is
Markdown that takes time by the square of its length."""
MAX_DRAWN_PAGE = 30_000
"""The same for all that a student wrote in one notebook."""


Cell = dict[str, Any]
"""A cell as JSON has it. Where it holds what a student wrote, its metadata may have `submitted`:

own        : it is a cell of the student's own.
characters : how many there were, where not all of them were read.
left_out   : why pictures are not there, by their names.
as_written : its Markdown is shown and not drawn, since it is too long.
"""


class UnreadableSubmission(ValueError):
    """The submission is no notebook that can be graded; the text is for the student."""


class SubmittedCell(NamedTuple):
    """What counts of a submitted cell."""

    cell_type: str
    source: str
    grade_id: str | None
    shown: bool = False
    id: str | None = None
    attachments: pictures.Attachments = {}  # noqa: RUF012 - never changed


Extra = dict[str | None, list[SubmittedCell]]
"""The student's own cells, by the name of the cell that they stood after."""


def read_cells(data: bytes | None, others: tuple[str, ...] = ()) -> list[SubmittedCell]:
    """The code and Markdown cells of a submitted notebook, whatever else is in it.

    Parameters
    ----------
    data : bytes or None
        Its bytes, None where there is no notebook.
    others : tuple of str, default ()
        Names of notebooks of which nothing says which counts.

    Returns
    -------
    list of SubmittedCell
        The cells in their order.

    Raises
    ------
    UnreadableSubmission
        Where there are no cells to be had; it tells the student what to do.
    """
    if data is None and others:
        names = ", ".join(clean(name)[:60] for name in others[:5])
        raise UnreadableSubmission(
            f"There are {len(others)} notebooks in your submission ({names}), and none has the name"
            " under which it was released, so nothing says which of them counts. Submit one of them,"
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
            " Clear its outputs (Edit, Clear Outputs of All Cells), make the pictures smaller that you"
            " pasted into it, and submit it again."
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
    text = clean(source).replace("\r\n", "\n")
    attachments = pictures.Attachments()
    if cell["cell_type"] == "markdown":
        attachments = pictures.attached(cell, text)
        text, more = pictures.embedded(text, attachments)
        attachments |= more
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    shown = isinstance(tags, list) and "show" in tags
    known = grade_id if isinstance(grade_id, str) else None
    own = cell.get("id")
    name = own if isinstance(own, str) else None
    return SubmittedCell(cell["cell_type"], text, known, shown, name, attachments)


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
    Where there is too much to read, the answers come first.

    Parameters
    ----------
    release : dict of str to object
        The skeleton; it stays as it is.
    submitted : list of SubmittedCell
        What `read_cells` gives.

    Returns
    -------
    dict of str to object
        A notebook of the release's cells and the student's own, without outputs.
    """
    notebook: dict[str, Any] = json.loads(json.dumps(release))  # a tenth of what deepcopy takes
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
    bounds = _Bounds()
    last: str | None = None
    for cell in submitted:
        original = known.get(cell.grade_id)
        if original is not None:
            last = cell.grade_id
            if not nbgrader_fields(original)["solution"]:
                continue
            if cell.grade_id not in taken:
                taken.add(cell.grade_id)
                bounds.fill(original, cell)
                continue
        moved = cell.cell_type == "code" and cell.shown and cell.id in shows
        if moved:
            released, before = shows.pop(cell.id)
            if before == last:
                bounds.fill(released, cell)
                continue
            notebook["cells"].remove(released)
            cell = cell._replace(id=None)
        if cell.source.strip() and (moved or cell.source not in plain):
            extra.setdefault(last, []).append(cell)
    for grade_id, cell in known.items():
        if nbgrader_fields(cell)["solution"] and grade_id not in taken:
            cell["source"] = _missing(cell["cell_type"])
    notebook["cells"] = _with_extra(notebook["cells"], extra, bounds)
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


class _Bounds:
    """Fills cells with what a student wrote, as much of it as is read, shown and drawn."""

    def __init__(self) -> None:
        self._characters, self._drawn = MAX_CHARACTERS, MAX_DRAWN_PAGE
        self._pictures = pictures.Budget()

    def fill(self, cell: Cell, submitted: SubmittedCell, **about: object) -> None:
        """Put a submitted text into a cell of the notebook, with `about` in `submitted`."""
        text = self._read(submitted, about)
        cell["source"] = text
        if submitted.cell_type == "markdown":
            kept, left_out = self._pictures.sort(submitted.attachments)
            if kept:
                cell["attachments"] = kept
            if left_out:
                about["left_out"] = left_out
            if len(text) > min(MAX_DRAWN, self._drawn):
                about["as_written"] = True
            else:
                self._drawn -= len(text)
        if about:
            cell["metadata"]["submitted"] = about

    def _read(self, submitted: SubmittedCell, about: dict[str, object]) -> str:
        text, most = submitted.source, min(MAX_CELL_CHARACTERS, self._characters)
        self._characters -= min(len(text), most)
        if len(text) <= most:
            return text
        about["characters"] = len(text)
        note = f"The grader read this cell up to here: {most:,} of its {len(text):,} characters."
        return f"{text[:most]}\n{'# ' if submitted.cell_type == 'code' else ''}{note}"


def _missing(cell_type: str) -> str:
    note = "(this answer cell was missing from the submission)"
    return f"# {note}" if cell_type == "code" else note


def _with_extra(cells: list[Cell], extra: Extra, bounds: _Bounds) -> list[Cell]:
    result = _own_cells(None, extra, bounds)
    for cell in cells:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        result.append(cell)
        grade_id = nbgrader_fields(cell).get("grade_id")
        if grade_id is not None:
            result += _own_cells(grade_id, extra, bounds)
    return result


def _own_cells(after: str | None, extra: Extra, bounds: _Bounds) -> list[Cell]:
    cells = []
    for number, submitted in enumerate(extra.get(after, [])):
        cell: Cell = {
            "cell_type": submitted.cell_type,
            "id": hashlib.sha256(f"{after}|{number}".encode()).hexdigest()[:8],
            "metadata": {"tags": ["show"]} if submitted.shown and submitted.id is None else {},
        }
        bounds.fill(cell, submitted, own=True)
        if submitted.cell_type == "code":
            cell |= {"outputs": [], "execution_count": None}
        cells.append(cell)
    return cells
