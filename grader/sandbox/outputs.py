"""What a cell put out, as notebook format 4 has it: known kinds only, harmless, bounded."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from .inside.wire import clean

IMAGES = {"image/png": b"\x89PNG\r\n", "image/jpeg": b"\xff\xd8\xff"}  # how their bytes begin
MAX_OUTPUTS = 500
MAX_TRACEBACK = 100
SHORT = 2_000  # characters of an error
LEFT_OUT = {
    "output_type": "stream",
    "name": "stderr",
    "text": "... left out: this notebook's outputs are too large to be shown in full ...\n",
}


class Outputs:
    """Collects the messages of one cell.

    Parameters
    ----------
    max_bytes : int
        That are kept.

    Attributes
    ----------
    kept : list of dict
        The outputs so far.
    full : bool
        Whether something had to be left out.
    """

    def __init__(self, max_bytes: int):
        self.kept: list[dict[str, Any]] = []
        self.full = False
        self._left = max_bytes

    def add(self, kind: str, content: dict[str, Any]) -> None:
        """Take a message of the student's process into account; anything unknown is ignored."""
        if self.full:
            return
        if kind == "stream":
            self._stream(content)
        elif kind == "error":
            self._error(content)
        elif kind in ("display_data", "execute_result"):
            self._display(kind, content)
        elif kind == "clear_output":
            self.kept.clear()
        elif kind == "too_much":
            self._spend(self._left + 1)

    def _stream(self, content: dict[str, Any]) -> None:
        name = "stderr" if content.get("name") == "stderr" else "stdout"
        text = _text(content.get("text"), self._left + 1)
        cut = text[: self._left]
        if self.kept and self.kept[-1].get("name") == name:
            self.kept[-1]["text"] += cut
        elif cut:
            self._append({"output_type": "stream", "name": name, "text": cut}, 0)
        self._spend(len(text))

    def _error(self, content: dict[str, Any]) -> None:
        lines = content.get("traceback")
        lines = lines[:MAX_TRACEBACK] if isinstance(lines, list) else []
        output = {
            "output_type": "error",
            "ename": _text(content.get("ename"), 100),
            "evalue": _text(content.get("evalue"), 1000),
            "traceback": [_text(line, 5000) for line in lines],
        }
        self._append(output, sum(map(len, output["traceback"])))

    def _display(self, kind: str, content: dict[str, Any]) -> None:
        data = content.get("data")
        if not isinstance(data, dict):
            return
        known = {m: data[m] for m in IMAGES if _is_image(data.get(m), IMAGES[m])}
        if isinstance(data.get("text/plain"), str):
            known["text/plain"] = clean(data["text/plain"])
        if not known:
            return
        output: dict[str, Any] = {"output_type": kind, "data": known, "metadata": {}}
        if kind == "execute_result":
            output["execution_count"] = None
        self._append(output, sum(map(len, known.values())))

    def _append(self, output: dict[str, Any], size: int) -> None:
        if size > self._left or len(self.kept) >= MAX_OUTPUTS:
            self._spend(self._left + 1)
            return
        self.kept.append(output)
        self._spend(size)

    def _spend(self, size: int) -> None:
        if self.full:
            return
        self._left -= size
        if self._left < 0:
            self.full = True
            text = "\n... the rest of the output is left out ...\n"
            self.kept.append({"output_type": "stream", "name": "stderr", "text": text})


def within(outputs: list[dict[str, Any]], left: int) -> tuple[list[dict[str, Any]], int]:
    """What is kept of a cell's outputs, where those of all cells together may be so large.

    Nothing is stopped by it: a picture too many must not cost a function. Short errors always stay.

    Parameters
    ----------
    outputs : list of dict
        Of the cell.
    left : int
        Bytes, roughly, that are left for the notebook.

    Returns
    -------
    outputs : list of dict
        Those that are kept.
    left : int
        Bytes that are left after them.
    """
    kept: list[dict[str, Any]] = []
    for output in outputs:
        size = _size(output)
        if size <= left or (output["output_type"] == "error" and size <= SHORT):
            kept.append(output)
            left = max(0, left - size)
        elif not kept or kept[-1] is not LEFT_OUT:
            kept.append(LEFT_OUT)
    return [dict(output) for output in kept], left


def _size(output: dict[str, Any]) -> int:
    texts = output.get("data", {}).values() or output.get("traceback") or [output.get("text", "")]
    return sum(map(len, texts))


def error_output(name: str, message: str) -> dict[str, Any]:
    """Return an output that says that a cell did not end well."""
    traceback = [f"{name}: {message}"]
    return {"output_type": "error", "ename": name, "evalue": message, "traceback": traceback}


def _is_image(value: object, beginning: bytes) -> bool:
    """Whether it is base64 of something that begins so: other text could be markup."""
    if not isinstance(value, str):
        return False
    try:
        return base64.b64decode(value.replace("\n", ""), validate=True).startswith(beginning)
    except (binascii.Error, ValueError):
        return False


def _text(value: object, length: int) -> str:
    return clean(value[:length]) if isinstance(value, str) else ""
