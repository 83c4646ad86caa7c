"""The tweets of the course: load them, find their near-duplicates, split them honestly.

Two data sets have the same 21 columns.

- The *First GOP Debate Twitter Sentiment* data set (CrowdFlower; Kaggle,
  crowdflower/first-gop-debate-twitter-sentiment): 13,871 tweets of August 2015, each with the
  sentiment that annotators gave it. Licence CC BY-NC-SA 4.0: it is downloaded, never shipped.
- The corpus that ships with the course, in `course/data/tweets.csv`: invented tweets, written by
  `course/data/generate_corpus.py`, with the real file's columns, imbalance, retweets and label
  noise, and with a marked part in which the sentiment turns in mid-tweet. Licence CC BY 4.0.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from course import encoding, kaggle

LABELS = ("Negative", "Neutral", "Positive")
COLUMNS = (
    "id",
    "candidate",
    "candidate_confidence",
    "relevant_yn",
    "relevant_yn_confidence",
    "sentiment",
    "sentiment_confidence",
    "subject_matter",
    "subject_matter_confidence",
    "candidate_gold",
    "name",
    "relevant_yn_gold",
    "retweet_count",
    "sentiment_gold",
    "subject_matter_gold",
    "text",
    "tweet_coord",
    "tweet_created",
    "tweet_id",
    "tweet_location",
    "user_timezone",
)
TURN_MARK = "Turn of sentiment"
"""Value of `subject_matter_gold` that marks a turn in the shipped corpus; no real tweet has it."""

_SHIPPED = Path(__file__).parent / "data" / "tweets.csv"
_REMEDY = (
    f"Give Kaggle's {kaggle.FILE_NAME} or the folder that holds it "
    f"(https://www.kaggle.com/datasets/{kaggle.HANDLE}), "
    "or give no path and leave GOP_TWEETS unset to let the course find its data."
)
_OTHER_FORMATS = {
    b"PK\x03\x04": "is a ZIP archive: unpack it first",
    b"\x1f\x8b": "is compressed with gzip: unpack it first",
    b"SQLite format 3": "is the data set's SQLite database, not its CSV file",
    b"<": "is a web page, not a CSV file",
}


class TweetsError(ValueError):
    """A file of tweets that can't be used: the message names it, what is wrong and the remedy."""


def load(path: str | os.PathLike[str] | None = None, *, download: bool = True) -> pd.DataFrame:
    """The tweets, one row each, with Kaggle's 21 columns (`COLUMNS`) in its order.

    Taken from the first of these that is given or found: `path`; the environment variable
    `GOP_TWEETS`; an earlier download in kagglehub's cache; a download from Kaggle, unless
    `download` is False; the corpus that ships with the course.

    Parameters
    ----------
    path : str or path-like, optional
        The CSV file, or a folder that holds `Sentiment.csv`.
    download : bool, default True
        Whether to ask Kaggle where nothing else is found.

    Returns
    -------
    pd.DataFrame
        The tweets. Its `attrs` tell the source: `source` ("real" or "shipped"), `origin` ("path",
        "environment", "cache", "kaggle" or "package"), `description` (a phrase to print) and `note`
        (why there was no download, else empty).

    Raises
    ------
    TweetsError
        If the file is not what it should be; a wrong path or a wrong `GOP_TWEETS` is never passed
        over for another source.
    """
    origin, file, note = _find(path, download)
    frame = _read(file, "GOP_TWEETS=" if origin == "environment" else "")
    shipped = origin == "package" or bool(turns(frame).any())
    frame.attrs.update(
        source="shipped" if shipped else "real",
        origin=origin,
        description=_describe(len(frame), shipped),
        note=note,
    )
    return frame


def _find(path: str | os.PathLike[str] | None, download: bool) -> tuple[str, Path, str]:
    """(origin, file, why there was no download)."""
    if path is not None:
        return "path", Path(path), ""
    if os.environ.get("GOP_TWEETS"):
        return "environment", Path(os.environ["GOP_TWEETS"]), ""
    if (file := kaggle.cached()) is not None:
        return "cache", file, ""
    if not download:
        return "package", _SHIPPED, "no download was asked for"
    try:
        return "kaggle", kaggle.download(), ""
    except kaggle.DownloadError as error:
        return "package", _SHIPPED, f"no download from Kaggle: {error}"


def _describe(rows: int, shipped: bool) -> str:
    if shipped:
        return (
            f"the {rows:,}-row corpus that ships with the course, "
            "written for it by a generator (CC BY 4.0)"
        )
    return f"{rows:,} tweets of the First GOP Debate data set (Kaggle, CC BY-NC-SA 4.0)"


def _read(path: Path, prefix: str) -> pd.DataFrame:
    try:
        frame = _parse(_text(_csv_file(path)))
        _check(frame)
    except _UnusableError as error:
        raise TweetsError(f"{prefix}{path}: {error}. {_REMEDY}") from error.__cause__
    except OSError as error:
        what = f"cannot be read ({error.strerror or error})"
        raise TweetsError(f"{prefix}{path}: {what}. {_REMEDY}") from error
    return frame[list(COLUMNS)]


class _UnusableError(Exception):
    """What is wrong with a file, said so that it can follow the file's name."""


def _csv_file(path: Path) -> Path:
    if path.is_dir():
        if not (path / kaggle.FILE_NAME).exists():
            raise _UnusableError(f"the folder holds no {kaggle.FILE_NAME}")
        return path / kaggle.FILE_NAME
    if not path.exists():
        raise _UnusableError("there is no such file")
    return path


def _text(file: Path) -> str:
    if file.exists() and not file.is_file():  # opening a pipe would wait for ever
        raise _UnusableError("is not a regular file")
    raw = file.read_bytes()
    if not raw.strip():
        raise _UnusableError("the file is empty")
    for start, what in _OTHER_FORMATS.items():
        if raw.lstrip().startswith(start):
            raise _UnusableError(what)
    try:
        text = encoding.decode(raw)
    except UnicodeDecodeError as error:
        raise _UnusableError(f"its text cannot be decoded ({error})") from error
    if "\0" in text:
        raise _UnusableError("is a binary file, not a CSV file")
    return encoding.repair(text)


def _parse(text: str) -> pd.DataFrame:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            # Only an empty cell is a missing value: a tweet may well say "None" or "NA".
            return pd.read_csv(
                StringIO(text),
                dtype={"text": str, "sentiment": str},
                na_values=[""],
                keep_default_na=False,
                index_col=False,
                low_memory=False,
            )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, pd.errors.ParserWarning) as error:
        raise _UnusableError(
            f"is not a CSV file that can be read ({str(error).strip()})"
        ) from error


def _check(frame: pd.DataFrame) -> None:
    missing = [column for column in COLUMNS if column not in frame.columns]
    if missing:
        raise _UnusableError(f"{len(missing)} of 21 columns are missing: {', '.join(missing)}")
    if frame.empty:
        raise _UnusableError("there is a header but not a single tweet")
    for column in ("text", "sentiment"):
        empty = np.flatnonzero(frame[column].isna())
        if len(empty):
            raise _UnusableError(f"row {empty[0] + 1} has no {column}")
    unknown = np.flatnonzero(~frame["sentiment"].isin(LABELS))
    if len(unknown):
        label = frame["sentiment"].iloc[unknown[0]]
        raise _UnusableError(
            f"row {unknown[0] + 1} has the sentiment {label!r}, not one of {', '.join(LABELS)}"
        )
    if not pd.api.types.is_numeric_dtype(frame["sentiment_confidence"]):
        raise _UnusableError("the column sentiment_confidence holds something that is not a number")


def turns(frame: pd.DataFrame) -> np.ndarray:
    """The rows of the shipped corpus whose sentiment turns in mid-tweet.

    They come in mirrored pairs with the same words in another order and opposite labels ("a dull
    reply but then a brilliant plan", "a brilliant plan but then a dull reply"), so that a bag of
    words is right on half of them. The real tweets carry no such mark: all False.

    Parameters
    ----------
    frame : pd.DataFrame
        N tweets, as from :func:`load`.

    Returns
    -------
    array (N,) of bool
        True where the sentiment turns.
    """
    return (frame["subject_matter_gold"] == TURN_MARK).to_numpy(dtype=bool, na_value=False)


_NOT_WORDS = re.compile(r"^\s*rt\s+@\w+|https?:\S+|@\w+", re.IGNORECASE)
_SHARED_AT_LEAST = 3


def near_duplicate_groups(texts: Iterable[str]) -> np.ndarray:
    """The near-duplicate group of each text, numbered from 0 by first appearance.

    A leading `RT @name`, mentions and URLs are removed; words are runs of letters, digits and
    underscores of the lower-case text; a text is the set of its word 3-grams (all its words, if
    fewer than three). Two texts are linked if their sets are equal, or if they share at least half
    of the smaller set and at least three 3-grams. Groups are the connected components of the links.

    Parameters
    ----------
    texts : iterable of N strings
        Raw tweets.

    Returns
    -------
    array (N,) of ints
        Equal for texts of one group, and for no others.
    """
    grams: dict[tuple[str, ...], int] = {}
    sets: dict[frozenset[int], int] = {}  # equal texts are one node
    node = np.array(
        [
            sets.setdefault(
                frozenset(grams.setdefault(gram, len(grams)) for gram in _trigrams(text)), len(sets)
            )
            for text in texts
        ],
        dtype=np.int64,
    )
    if not len(node):
        return node
    _, component = connected_components(_links(list(sets), len(grams)), directed=False)
    _, first, group = np.unique(component[node], return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[group]


def _trigrams(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", _NOT_WORDS.sub(" ", text).lower())
    return set(zip(words, words[1:], words[2:], strict=False)) or {tuple(words)}


def _links(sets: Sequence[frozenset[int]], n_grams: int) -> csr_matrix:
    """(M, M) sparse bool: which of the sets are near-duplicates."""
    size = np.array([len(members) for members in sets])
    columns = np.fromiter((gram for members in sets for gram in members), np.int64, size.sum())
    rows = np.repeat(np.arange(len(sets)), size)
    ones = np.ones(len(columns), dtype=np.int32)
    incidence = csr_matrix((ones, (rows, columns)), shape=(len(sets), n_grams))
    shared = (incidence @ incidence.T).tocoo()
    smaller = np.minimum(size[shared.row], size[shared.col])
    near = (2 * shared.data >= smaller) & (shared.data >= _SHARED_AT_LEAST)
    return csr_matrix((near[near], (shared.row[near], shared.col[near])), shape=shared.shape)


def grouped_folds(
    labels: Sequence[Any], groups: Sequence[Any], n_splits: int = 3, seed: int = 0
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Pairs (train, test) of index arrays that never divide a group.

    Shuffled with `seed`; the shares of the labels are kept as nearly as the groups allow
    (scikit-learn's StratifiedGroupKFold).

    Parameters
    ----------
    labels : sequence of N labels
        The class of each row.
    groups : sequence of N groups
        Rows of one group stay on one side.
    n_splits : int, default 3
        How many pairs.
    seed : int, default 0
        Of the shuffling.

    Returns
    -------
    list of `n_splits` tuples (train, test) of int arrays
        Each row is in exactly one `test`.
    """
    from sklearn.model_selection import StratifiedGroupKFold  # slow to import, seldom needed

    folds = StratifiedGroupKFold(n_splits=n_splits, shuffle=True, random_state=seed)
    return list(folds.split(np.zeros(len(labels)), np.asarray(labels), np.asarray(groups)))
