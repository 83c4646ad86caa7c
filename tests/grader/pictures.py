"""Small pictures for tests, made byte by byte."""

from __future__ import annotations

import base64
import struct
import zlib

SVG = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>").decode()


def png(width: int = 40, height: int = 30, rows: int | None = None) -> str:
    """A red picture as base64; with fewer `rows` than its head says, a file that is small all the same."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = (b"\0" + b"\xc8\x1e\x1e" * width) * (height if rows is None else rows)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + body).decode()


def jpeg(width: int = 40, height: int = 30) -> str:
    """The head of a JPEG, with a segment before the size and filling bytes, as cameras write them."""
    exif = b"\xff\xe1" + struct.pack(">H", 10) + b"Exif\0\0ab"
    frame = b"\xff\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return base64.b64encode(b"\xff\xd8" + exif + frame + b"\xff\xd9").decode()


def gif(width: int = 40, height: int = 30) -> str:
    return base64.b64encode(b"GIF89a" + struct.pack("<HH", width, height) + bytes(6)).decode()
