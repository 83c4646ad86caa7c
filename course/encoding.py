"""Read text whose encoding is unknown, and mend what earlier exports did to it.

The tweets' file is passed around as UTF-8 (with and without a byte order mark), as Windows-1252,
and as a single-byte export of text that had been decoded wrongly before, where `…` became `â?¦`.
"""

from __future__ import annotations

import codecs
import re

_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def _single_byte(value: int) -> str:
    """The Windows-1252 character of a byte; the five undefined ones stay control characters."""
    return bytes([value]).decode("cp1252", errors="ignore") or chr(value)


_CHARACTERS = [_single_byte(value) for value in range(256)]
_BYTES = {chr(value): value for value in range(256)} | {c: b for b, c in enumerate(_CHARACTERS)}


def _misread(text: str) -> str:
    """What UTF-8 bytes look like to a program that takes them for Windows-1252."""
    return "".join(_CHARACTERS[byte] for byte in text.encode("utf-8"))


def _lossy_misreadings() -> dict[str, str]:
    """Misread punctuation that a second export damaged, each with what it stood for.

    Three exports are known: one that lacked only the euro sign (`â?™`), one to Latin-1 (`â?¦`), and
    one through Mac Roman (`‰Û_`). Latin-1 has none of the curly quotes, so `â??` could be any of six
    characters; the apostrophe, by far the commonest in tweets, comes first and wins.
    """
    found: dict[str, str] = {}
    for character in "…’‘“”–—•™":
        seen = _misread(character)
        mac = seen.encode("mac_roman", errors="replace").replace(b"?", b"_")
        for damaged in (
            seen.replace("€", "?"),
            "".join(c if ord(c) < 256 else "?" for c in seen),
            "".join(_CHARACTERS[byte] for byte in mac),
            "".join(chr(byte) for byte in mac),
        ):
            found.setdefault(damaged, character)
    return found


_LOSSY = _lossy_misreadings()
_LOSSY_PATTERN = re.compile("|".join(map(re.escape, sorted(_LOSSY, key=len, reverse=True))))

# A lead byte of UTF-8 and its continuation bytes, each of them read as a character of its own.
_CONTINUATION = (
    "[" + "".join(re.escape(c) for c, byte in _BYTES.items() if 0x80 <= byte < 0xC0) + "]"
)
_MISREAD_PATTERN = re.compile(
    f"[Â-ß]{_CONTINUATION}|[à-ï]{_CONTINUATION}{{2}}|[ð-ô]{_CONTINUATION}{{3}}"
)
_TIMES_MISREAD = 2  # some exports were made from an export
_CONTROL_PATTERN = re.compile("[\x80-\x9f]")


def decode(raw: bytes) -> str:
    """Text of `raw`: by its byte order mark, else UTF-8, else Windows-1252, which takes any byte.

    Parameters
    ----------
    raw : bytes
        The content of a file.

    Returns
    -------
    str
        The text, without a byte order mark.

    Raises
    ------
    UnicodeDecodeError
        Only where a byte order mark promises what the bytes don't keep.
    """
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if raw.startswith(mark):
            return raw.decode(encoding)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(_CHARACTERS[byte] for byte in raw)


def repair(text: str) -> str:
    """`text` with misread UTF-8 put right: `â€¦` and `â?¦` become `…`, `Ã©` becomes `é`.

    Only runs that are valid UTF-8 when read as bytes again, the few damaged ones of a fixed table,
    and control characters that Windows-1252 has as printed ones are touched.

    Parameters
    ----------
    text : str
        Text that was decoded, perhaps wrongly.

    Returns
    -------
    str
        The text as it was meant.
    """
    if text.isascii():
        return text

    def reread(match: re.Match[str]) -> str:
        run = match.group()
        try:
            return bytes(_BYTES[c] for c in run).decode("utf-8")
        except UnicodeDecodeError:
            return str(run)

    text = _LOSSY_PATTERN.sub(lambda match: _LOSSY[match.group()], text)
    for _ in range(_TIMES_MISREAD):
        text = _MISREAD_PATTERN.sub(reread, text)
    return _CONTROL_PATTERN.sub(lambda match: _CHARACTERS[ord(match.group())], text)
