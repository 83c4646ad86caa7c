"""Pictures in what students write: pasted into a cell (attachments), or written into its text.

A page shows raster pictures only, out of the notebook itself: nothing that could run, nothing that is
loaded from elsewhere, nothing whose size would stop a browser. For every other picture there is a word.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote

Attachments = dict[str, dict[str, str]]
"""Of a cell, as notebook format 4 has them: name, media type, base64."""

KINDS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/gif": b"GIF8"}
MAX_CHARACTERS = 10 << 20
"""Of base64, for all pictures of a notebook together."""
MAX_PIXELS = 100_000_000
"""Of all pictures of a notebook together: some kilobytes of PNG can unfold to gigabytes."""
ABSENT = "it is not in the notebook. Paste it into the cell"
DATA = re.compile(
    r"(?:(?<=[(<\"'=])|(?<=\]: ))data:(?P<kind>image/[\w.+-]+);base64,(?P<text>[A-Za-z0-9+/=]+)"
)
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # of JPEG: they begin with the size
BARE = frozenset({0x01, *range(0xD0, 0xD8)})  # of JPEG: marks without a length


def attached(cell: Mapping[str, object], source: str) -> Attachments:
    """The pictures that were pasted into a cell and that its text shows; anything odd is left away."""
    found = cell.get("attachments")
    attachments: Attachments = {}
    for name, bundle in found.items() if isinstance(found, dict) else ():
        if isinstance(bundle, dict) and (name in source or quote(name) in source):
            attachments[name] = {str(kind): _text(data) for kind, data in bundle.items()}
    return attachments


def embedded(source: str, known: Iterable[str] = ()) -> tuple[str, Attachments]:
    """Markdown without the pictures in its text, and these as attachments, under names not yet `known`."""
    taken, attachments = set(known), Attachments()

    def take(found: re.Match[str]) -> str:
        number = len(attachments) + 1
        while (name := f"picture-{number}") in taken:
            number += 1
        taken.add(name)
        attachments[name] = {found["kind"]: found["text"]}
        return f"attachment:{name}"

    return DATA.sub(take, source), attachments


class Budget:
    """What the pictures of one notebook may use up together."""

    def __init__(self) -> None:
        self._characters, self._pixels = MAX_CHARACTERS, MAX_PIXELS

    def sort(self, attachments: Attachments) -> tuple[Attachments, dict[str, str]]:
        """The pictures that are shown, each of one kind; and why the others are not, by name."""
        kept: Attachments = {}
        left_out: dict[str, str] = {}
        for name, bundle in attachments.items():
            kind = next((kind for kind in KINDS if kind in bundle), "")
            reason = self._reason(kind, bundle)
            if reason:
                left_out[name] = reason
            else:
                kept[name] = {kind: bundle[kind]}
        return kept, left_out

    def _reason(self, kind: str, bundle: dict[str, str]) -> str:
        if not kind:
            return "only PNG, JPEG and GIF are shown"
        text = bundle[kind]
        if len(text) > self._characters:
            return (
                f"the pictures of a notebook may have {MAX_CHARACTERS * 3 // 4 >> 20} MB together."
                " Make this one smaller"
            )
        size = _size(kind, text)
        if size is None:
            return "it is damaged"
        if size > self._pixels:
            return (
                f"the pictures of a notebook may have {MAX_PIXELS // 1_000_000} million pixels"
                " together. Make this one smaller"
            )
        self._characters -= len(text)
        self._pixels -= size
        return ""


def address(name: str, attachments: Mapping[str, Mapping[str, str]]) -> str | None:
    """The picture of this name as an address that holds all of it; None where there is none to show."""
    bundle = attachments.get(name) or attachments.get(unquote(name)) or {}
    for kind in KINDS:
        text = bundle.get(kind)
        if isinstance(text, str) and _size(kind, text) is not None:
            return f"data:{kind};base64,{''.join(text.split())}"
    return None


def _text(data: object) -> str:
    """A value of a media bundle, which may come in lines."""
    if isinstance(data, list):
        data = "".join(line for line in data if isinstance(line, str))
    return "".join(data.split()) if isinstance(data, str) else ""


def _size(kind: str, text: str) -> int | None:
    """Pixels of a picture, as its head says; None where it is no picture of this kind."""
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    if not data.startswith(KINDS[kind]):
        return None
    if kind == "image/jpeg":
        return _jpeg_size(data)
    if kind == "image/gif":
        width, height = data[6:8], data[8:10]
        size = int.from_bytes(width, "little") * int.from_bytes(height, "little")
    else:
        size = int.from_bytes(data[16:20], "big") * int.from_bytes(data[20:24], "big")
    return size or None


def _jpeg_size(data: bytes) -> int | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        mark = data[at + 1]
        if mark == 0xFF:  # a byte that only fills up
            at += 1
        elif mark in BARE:
            at += 2
        elif mark in FRAMES:
            height, width = data[at + 5 : at + 7], data[at + 7 : at + 9]
            return int.from_bytes(height, "big") * int.from_bytes(width, "big") or None
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
