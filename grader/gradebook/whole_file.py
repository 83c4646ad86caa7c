"""Files that are there in full or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, text: str, durable: bool = False) -> None:
    """Write a file beside its place and put it there at once; its folder is made if there is none.

    Parameters
    ----------
    path : Path
        The file, of one writer at a time.
    text : str
        Its content.
    durable : bool, default False
        Whether to wait until it is on the disk, so that it also outlives the machine's failure.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8") as stream:
        stream.write(text)
        if durable:
            stream.flush()
            os.fsync(stream.fileno())
    part.replace(path)
