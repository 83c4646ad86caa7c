"""The chapter on tweets keeps the lecture's settings, gives nothing away, and types no tweet."""

from __future__ import annotations

import os
import re
from pathlib import Path

import jupytext
import numpy as np
import pytest

from course import tweets
from tests.chapters.page import Page

PAGE = Page("tweets")
PROSE = "\n".join(cell.source for cell in PAGE.notebook.cells if cell.cell_type == "markdown")
calls = PAGE.calls


def test_the_lectures_settings_are_the_lectures():
    """The first part promises the lecture's own settings: a reader compares them line by line."""
    assert "WORDS = 2000" in PAGE.code
    assert "layers.Embedding(WORDS, 128)" in PAGE.code
    assert ("196", {"dropout": "0.2", "recurrent_dropout": "0.2"}) in list(calls("LSTM"))
    assert ("3", {"activation": "'softmax'"}) in list(calls("Dense"))
    split = [words for _, words in calls("train_test_split")]
    assert split == [{"test_size": "0.33", "random_state": "42"}] * 2  # all rows, then two classes
    first_fit = next(words for _, words in calls("fit") if "epochs" in words)
    assert first_fit["epochs"] == "7"
    feeds = [words for first, words in calls("dataset") if first == "X_train"]
    assert [feed["batch_size"] for feed in feeds] == ["32"]


def test_every_result_that_the_prose_names_is_computed_once():
    named = set(re.findall(r"\{glue:text\}`(\w+)`", PROSE))
    put = [name for _, words in calls("put") for name in words]
    assert named == set(put)
    assert len(put) == len(set(put))


def typed(frame):
    """Tweets of the frame whose words stand somewhere in the chapter's source."""
    source = " ".join(PAGE.source.split())
    return [text for text in frame["text"] if len(text) > 25 and " ".join(text.split()) in source]


def test_no_tweet_of_the_shipped_corpus_is_typed():
    shipped = tweets.load(Path(tweets.__file__).parent / "data" / "tweets.csv")
    assert typed(shipped) == []


def test_no_real_tweet_is_typed():
    """The real tweets' licence keeps them out of the project."""
    real = tweets.load() if os.environ.get("GOP_TWEETS") else None
    if real is None or real.attrs["source"] != "real":
        pytest.skip("set GOP_TWEETS to the real Sentiment.csv to compare with it")
    assert typed(real) == []


@pytest.mark.tensorflow
def test_what_the_page_says_about_todays_keras_holds():
    """Two indices of a vocabulary are no words; of the lecture's two modules one is gone."""
    import keras

    layer = keras.layers.TextVectorization(max_tokens=5)
    layer.adapt(["one two three four five six seven"])
    assert len(layer.get_vocabulary()) == 5 and layer.get_vocabulary()[:2] == ["", "[UNK]"]
    assert "so that 1,998 words get an index" in PROSE and "WORDS - 2)" in PAGE.code

    assert not hasattr(keras.preprocessing, "text")
    lecture = keras.preprocessing.sequence.pad_sequences([[1, 2], [3]])
    assert (lecture == keras.utils.pad_sequences([[1, 2], [3]])).all()
    assert "| `keras.preprocessing.text.Tokenizer` | it is gone |" in PROSE
    assert "| `keras.preprocessing.sequence.pad_sequences` | it still works |" in PROSE


def test_the_lectures_lines_stand_beside_todays():
    for old in ('pd.read_csv("../input/Sentiment.csv")', "tokenizer.fit_on_texts("):
        assert old in PROSE
    for new in ("tweets.load()", "index.adapt(", "model.summary("):
        assert new in PAGE.code


@pytest.mark.tensorflow
@pytest.mark.slow
def test_the_page_runs_on_tweets_without_marked_turns(tmp_path, monkeypatch):
    """The shipped corpus marks turns and the real data don't: the build of the book sees one of the
    two. Here a few hundred rows without marks go through the whole page; nothing may be written on
    stderr, and the page has to say what it was built with."""
    from nbclient import NotebookClient

    frame = tweets.load(Path(tweets.__file__).parent / "data" / "tweets.csv")
    rows = np.random.default_rng(0).choice(len(frame), 700, replace=False)
    frame = frame.iloc[rows].assign(subject_matter_gold="")
    frame.to_csv(tmp_path / "Sentiment.csv", index=False)
    monkeypatch.setenv("GOP_TWEETS", str(tmp_path / "Sentiment.csv"))
    monkeypatch.setenv("PYTHONPATH", str(PAGE.path.parents[1]))

    notebook = jupytext.reads(PAGE.source, fmt="md:myst")
    shorter = {"max(4, 15_000 // len(train))": "1", "SEEDS = (0, 1, 2)": "SEEDS = (0, 1)"}
    for cell in notebook.cells:
        for part, replacement in shorter.items():
            cell.source = cell.source.replace(part, replacement)
    assert not any(part in cell.source for part in shorter for cell in notebook.cells)

    NotebookClient(
        notebook, timeout=600, resources={"metadata": {"path": PAGE.path.parent}}
    ).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    streams = {output.name: output.text for output in outputs if output.output_type == "stream"}
    shown = [output.data.get("text/markdown", "") for output in outputs if "data" in output]
    assert "stderr" not in streams
    assert any("700 tweets of the First GOP Debate" in text for text in shown)
    assert any("Nobody has marked the turns" in text for text in shown)
