"""Where the held-out tweets come from that `predict_sentiment` is graded on.

For instructors. Texts go to the student's kernel, labels never do: the check withholds them. But a
label that lies elsewhere in the student's environment is no secret either, and the corpus that
ships with `course` lies there, labels and all. So none of it is held out.

The course's corpus (GOP_TWEETS is not set). The student trains on all of the shipped corpus. The
    held-out tweets are a fresh run of the corpus's generator in the grader's process, seeded with
    128 bits that follow from the course's secret seed and the student's name: they exist nowhere
    else, and nobody can look them up. Those of a retweet group of the shipped corpus are left out,
    and of each group one tweet stays. Limits: whoever has read the generator can write rules that
    undo it. That is neither a trained network nor quick, and no check that sees nothing but
    predictions can tell it from one, any more than a linear model. Look at the notebook where it
    matters.

The real tweets (GOP_TWEETS names the file). A quarter of the near-duplicate groups is held out, the
    same for everyone. The rest, the training part, is laid beside the notebook as `tweets.csv`; the
    file itself is out of the sandbox's sight. Keep it out of the students' sight, too: no
    GOP_TWEETS in their servers' environment. Limits: the file is public. A student can download
    it at home and carry labels into the notebook in some compressed form; neither network nor
    file is needed then. Agreement above what the annotators had among themselves is refused
    (`checks.BEST_READER`), which catches the plain look-up table and not a careful one. Where that
    is a worry, grade on the course's corpus, or compare the two: a network is good at both.

Either way one submission gets the same tweets each time. A student who prints them in a cell after
the graded one reads them in the feedback, without labels.
"""

from __future__ import annotations

import functools
import os

import numpy as np
import pandas as pd

from course import tweets
from course.data import generate_corpus
from solutions import tweets as reference

FILE = "tweets.csv"
"""The training part of the real tweets, beside the notebook; the sheet's first cell looks for it."""

GENERATED = 1200
"""Rows of the generator's run: about 1,000 tweets are left, and one standard error is about 0.012."""

AT_MOST = 1500
"""Real tweets that one student gets."""


def real() -> bool:
    """Whether the class works on the real tweets.

    Returns
    -------
    bool
        True where GOP_TWEETS names them, and not the shipped corpus.
    """
    return bool(os.environ.get("GOP_TWEETS")) and reference.frame.attrs["source"] == "real"


@functools.cache
def split() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The real tweets in two parts, of which no retweet group has a share in both.

    Returns
    -------
    training : pd.DataFrame
        What students may see.
    held_out : pd.DataFrame
        What they are graded on, one row per group.
    """
    frame = reference.frame
    group = tweets.near_duplicate_groups(frame["text"])
    chosen = np.random.default_rng(0).random(group.max() + 1) < 0.25
    held = chosen[group]
    training = frame[~held]
    # The groups that students number are others: texts that are equal after clean_tweet.
    seen = {reference.clean_tweet(text) for text in training["text"]}
    clean = frame["text"].map(reference.clean_tweet)
    first = ~pd.Series(group, index=frame.index).duplicated() & ~clean.duplicated()
    return training, frame[held & first & ~clean.isin(seen)]


def files() -> dict[str, str]:
    """What is laid beside the student's notebook.

    Returns
    -------
    dict from name to content
        The files; none for the course's corpus.
    """
    return {FILE: split()[0].to_csv(index=False)} if real() else {}


def draw(rng: np.random.Generator) -> tuple[list[str], list[str]]:
    """Texts of held-out tweets, one of each group, and their labels.

    Parameters
    ----------
    rng : np.random.Generator
        The source of randomness, which follows from the secret seed and the student's name.

    Returns
    -------
    texts : list of str
        The tweets.
    labels : list of str
        Their sentiments.
    """
    if real():
        held = split()[1]
        rows = rng.choice(len(held), size=min(AT_MOST, len(held)), replace=False)
        held = held.iloc[rows]
        return held["text"].tolist(), held["sentiment"].tolist()
    seen = set(map(reference.clean_tweet, reference.texts))
    texts, labels = [], []
    for row in generate_corpus.rows(GENERATED, int.from_bytes(rng.bytes(16), "little")):
        group = reference.clean_tweet(row["text"])
        if group not in seen:
            seen.add(group)
            texts.append(row["text"])
            labels.append(row["sentiment"])
    return texts, labels
