"""The data set on Kaggle: where its download is cached, and a download that gives up in time.

kagglehub fetches the public data set without an account. It has no time-out of its own, so it runs
in a thread that is left behind when the network does not answer.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import threading
import time
from pathlib import Path

HANDLE = "crowdflower/first-gop-debate-twitter-sentiment"
FILE_NAME = "Sentiment.csv"

CONNECT_SECONDS = 8.0  # until the first byte of the archive
DOWNLOAD_SECONDS = 60.0  # all in all; the archive has about 3 MB

_failure = ""


class DownloadError(RuntimeError):
    """The data set could not be had from Kaggle; the message says why in a few words."""


def cached() -> Path | None:
    """The newest complete download in kagglehub's cache (`$KAGGLEHUB_CACHE`), or None.

    Returns
    -------
    Path or None
        The CSV file.
    """
    folder = _cache_folder()
    versions = sorted(folder.glob("versions/*"), key=_version, reverse=True)
    for version in versions:
        # The archive lies beside the versions until all of it is unpacked.
        unpacking = (folder / f"{version.name}.archive").exists()
        if not unpacking and (version / FILE_NAME).is_file():
            return version / FILE_NAME
    return None


def download() -> Path:
    """Download the data set and return the path of its CSV file, quietly.

    Returns
    -------
    Path
        The CSV file, in kagglehub's cache.

    Raises
    ------
    DownloadError
        Within seconds where there is no network, and at once in a process whose first attempt has
        failed, so a build of many pages waits at most once per page.
    """
    global _failure
    if _failure:
        raise DownloadError(_failure)
    try:
        return _download()
    except DownloadError as error:
        _failure = str(error)
        raise


def _download() -> Path:
    outcome: dict[str, object] = {}
    worker = threading.Thread(target=_fetch, args=(outcome,), name="kaggle-download", daemon=True)
    silence = io.StringIO()  # kagglehub writes a progress bar
    with contextlib.redirect_stdout(silence), contextlib.redirect_stderr(silence):
        try:
            worker.start()
        except RuntimeError as error:  # no more threads allowed
            raise DownloadError(f"no thread for the download ({error})") from error
        _wait(worker)
    if "folder" in outcome:
        return _csv_in(Path(str(outcome["folder"])))
    raise DownloadError(str(outcome.get("error", "Kaggle did not answer in time")))


def _fetch(outcome: dict[str, object]) -> None:
    try:
        import kagglehub

        logging.getLogger("kagglehub").setLevel(logging.CRITICAL)  # its import sets it, too
        outcome["folder"] = kagglehub.dataset_download(HANDLE)
    except Exception as error:  # whatever goes wrong, the shipped corpus is there
        outcome["error"] = f"{type(error).__name__}: {error}".splitlines()[0][:200]


def _wait(worker: threading.Thread) -> None:
    start = time.monotonic()
    worker.join(CONNECT_SECONDS)
    while worker.is_alive() and time.monotonic() - start < DOWNLOAD_SECONDS and _begun():
        worker.join(0.5)


def _begun() -> bool:
    return any(_cache_folder().glob("*.archive"))


def _csv_in(folder: Path) -> Path:
    file = folder / FILE_NAME
    if not file.is_file():
        raise DownloadError(f"Kaggle's archive holds no {FILE_NAME}")
    return file


def _cache_folder() -> Path:
    root = os.environ.get("KAGGLEHUB_CACHE") or "~/.cache/kagglehub"
    try:
        root_folder = Path(root).expanduser()
    except RuntimeError:  # a user without a home
        root_folder = Path(root)
    return root_folder / "datasets" / HANDLE


def _version(folder: Path) -> int:
    return int(folder.name) if folder.name.isdigit() else -1
