"""course.tweets: every encoding and source is read, everything else is refused; honest groups."""

from __future__ import annotations

import ast
import os
import re
import threading
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from course import encoding, kaggle, tweets

TEXTS = [
    "RT @maple_owl12: not a word on schools… http://t.co/abc…",
    "That’s what I call a plan, “clear” and – for once – short. #GOPDebate",
    'She said "taxes, jobs &amp; bees", in that order!',
    "Watching from a café in El Paso\nwith the sound off",
    "None",
    "NA",
    "2016",
]


@pytest.fixture
def frame() -> pd.DataFrame:
    """A small table with Kaggle's columns."""
    n = len(TEXTS)
    table = pd.DataFrame({column: [""] * n for column in tweets.COLUMNS})
    table["id"] = range(1, n + 1)
    table["sentiment"] = [tweets.LABELS[i % 3] for i in range(n)]
    table["sentiment_confidence"] = 0.6667
    table["text"] = TEXTS
    return table


@pytest.fixture
def offline(monkeypatch, tmp_path):
    """No variable, no cache, no download tried yet; kagglehub must not be reached."""
    monkeypatch.delenv("GOP_TWEETS", raising=False)
    monkeypatch.setenv("KAGGLEHUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(kaggle, "_failure", "")
    _download_by(monkeypatch, lambda handle: pytest.fail("a download was tried"))


def _download_by(monkeypatch, function) -> None:
    kagglehub = pytest.importorskip("kagglehub")
    monkeypatch.setattr(kagglehub, "dataset_download", function)


def _csv(table: pd.DataFrame, **options) -> str:
    return table.to_csv(index=False, **options)


def _misread(text: str) -> str:
    """UTF-8 bytes taken for Windows-1252; an undefined byte becomes a control character."""
    return "".join(
        bytes([b]).decode("cp1252") if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(b)
        for b in text.encode("utf-8")
    )


FAITHFUL = {
    "utf-8": lambda text: text.encode("utf-8"),
    "utf-8 with a byte order mark": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "windows line ends": lambda text: text.replace("\n", "\r\n").encode("utf-8"),
    "misread as windows-1252": lambda text: _misread(text).encode("utf-8"),
    "misread as latin-1": lambda text: text.encode("utf-8").decode("latin-1").encode("utf-8"),
    "misread twice over": lambda text: _misread(_misread(text)).encode("utf-8"),
}
LOSSY = {
    "windows-1252": lambda text: text.encode("cp1252", "replace"),
    "misread, exported to latin-1": lambda text: _misread(text).encode("latin-1", "replace"),
    "misread, without the euro sign": lambda text: _misread(text).replace("€", "?").encode("utf-8"),
    "one byte that is not utf-8": lambda text: text.encode("utf-8").replace(b"\xc3\xa9", b"\xe9"),
}


@pytest.mark.parametrize("name", FAITHFUL)
def test_every_faithful_encoding_gives_the_same_table(name, frame, tmp_path):
    file = tmp_path / "Sentiment.csv"
    file.write_bytes(FAITHFUL[name](_csv(frame)))
    loaded = tweets.load(file)
    expected = [text.replace("\n", "\r\n") if "line ends" in name else text for text in TEXTS]
    assert loaded["text"].tolist() == expected
    assert tuple(loaded.columns) == tweets.COLUMNS


@pytest.mark.parametrize("name", LOSSY)
def test_damaged_encodings_keep_rows_and_get_their_ellipses_back(name, frame, tmp_path):
    file = tmp_path / "Sentiment.csv"
    file.write_bytes(LOSSY[name](_csv(frame)))
    loaded = tweets.load(file)
    assert len(loaded) == len(frame)
    assert loaded["sentiment"].tolist() == frame["sentiment"].tolist()
    assert loaded["text"].iloc[0] == TEXTS[0]
    assert loaded["text"].iloc[1].startswith("That’s")
    assert loaded["text"].iloc[3] == TEXTS[3]


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("http://t.co/abâ€¦", "http://t.co/ab…"),
        ("http://t.co/abâ?¦", "http://t.co/ab…"),
        ("http://t.co/ab‰Û_", "http://t.co/ab…"),
        ("http://t.co/ab\x89Û_", "http://t.co/ab…"),
        ("http://t.co/ab\x85", "http://t.co/ab…"),
        ("donâ€™t", "don’t"),
        ("donâ?™t", "don’t"),
        ("donâ??t", "don’t"),
        ("don‰Ûªt", "don’t"),
        ("â€œyesâ€\x9d", "“yes”"),
        ("cafÃ©", "café"),
        ("ðŸ˜‚", "😂"),
    ],
)
def test_known_damage_is_repaired(damaged, meant):
    assert encoding.repair(damaged) == meant


@pytest.mark.parametrize(
    "text", ["plain?", "voilà…", "Ça va? Très bien", "¿Qué?", "naïve 😂 “q”", "Â"]
)
def test_sound_text_is_left_alone(text):
    assert encoding.repair(text) == text


def test_words_that_look_like_missing_values_stay_texts(frame, tmp_path):
    (tmp_path / "Sentiment.csv").write_text(_csv(frame), encoding="utf-8")
    assert tweets.load(tmp_path)["text"].tolist() == TEXTS


# --- what is refused -----------------------------------------------------------------------------


def _refused(path: Path, *words: str) -> None:
    with pytest.raises(tweets.TweetsError) as refusal:
        tweets.load(path)
    message = str(refusal.value)
    assert str(path) in message
    assert "kaggle.com" in message, "the message should say what to do"
    for word in words:
        assert word in message


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b" \n \n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\xff\xfe", "binary"),
        (b"PK\x03\x04 and so on", "ZIP"),
        (b"SQLite format 3\x00 and so on", "SQLite"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"\xff\xfe\x00\xd8\x00", "decoded"),
        (b"once upon a time there was a debate", "columns are missing"),
        (b"text,sentiment\nhello,Positive\n", "columns are missing: id, candidate"),
        (",".join(tweets.COLUMNS).encode() + b"\n", "not a single tweet"),
    ],
)
def test_a_file_that_is_not_the_data_set_is_refused(content, word, tmp_path):
    file = tmp_path / "some.csv"
    file.write_bytes(content)
    _refused(file, word)


@pytest.mark.parametrize(
    ("column", "row", "value", "words"),
    [
        ("sentiment", 2, "Furious", ("row 3", "'Furious'", "Negative, Neutral, Positive")),
        ("sentiment", 4, "", ("row 5", "no sentiment")),
        ("text", 1, "", ("row 2", "no text")),
        ("sentiment_confidence", 0, "high", ("sentiment_confidence",)),
    ],
)
def test_a_wrong_cell_is_named(column, row, value, words, frame, tmp_path):
    frame[column] = frame[column].astype(object)
    frame.loc[row, column] = value
    file = tmp_path / "some.csv"
    file.write_text(_csv(frame), encoding="utf-8")
    _refused(file, *words)


def test_rows_with_too_many_cells_or_an_open_quote_are_refused(frame, tmp_path):
    for name, damage in [
        ("wide.csv", lambda lines: [lines[0], *(line + ",1,2" for line in lines[1:])]),
        ("one wide.csv", lambda lines: [*lines[:2], lines[2] + ",1,2", *lines[3:]]),
        ("open.csv", lambda lines: [*lines[:-1], '8,"']),
    ]:
        lines = _csv(frame[frame["text"].str.len() < 10]).splitlines()
        (tmp_path / name).write_text("\n".join(damage(lines)), encoding="utf-8")
        _refused(tmp_path / name, "not a CSV file that can be read")


def test_paths_that_lead_nowhere_are_refused(tmp_path):
    _refused(tmp_path / "missing.csv", "no such file")
    _refused(tmp_path, "holds no Sentiment.csv")
    (tmp_path / "Sentiment.csv").mkdir()
    _refused(tmp_path, "not a regular file")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a Unix thing")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    _refused(tmp_path / "pipe.csv", "not a regular file")


# --- which source --------------------------------------------------------------------------------


@pytest.fixture
def files(frame, tmp_path) -> dict[str, Path]:
    """Tables of 1, 2, 3 and 4 rows, to tell the sources apart."""
    cache = tmp_path / "cache/datasets" / kaggle.HANDLE / "versions/2"
    folders = dict(
        zip(("path", "environment", "cache", "kaggle"), ("p", "e", cache, "k"), strict=True)
    )
    for rows, (origin, folder) in enumerate(folders.items(), start=1):
        folders[origin] = tmp_path / folder
        folders[origin].mkdir(parents=True)
        (folders[origin] / "Sentiment.csv").write_text(_csv(frame.head(rows)), encoding="utf-8")
    return folders


def test_the_sources_are_asked_in_their_order(offline, files, monkeypatch):
    _download_by(monkeypatch, lambda handle: str(files["kaggle"]))
    monkeypatch.setenv("GOP_TWEETS", str(files["environment"] / "Sentiment.csv"))

    def seen(*arguments):
        loaded = tweets.load(*arguments)
        return loaded.attrs["origin"], loaded.attrs["source"], len(loaded)

    assert seen(files["path"]) == ("path", "real", 1)
    assert seen() == ("environment", "real", 2)
    monkeypatch.delenv("GOP_TWEETS")
    assert seen() == ("cache", "real", 3)
    (files["cache"] / "Sentiment.csv").unlink()
    assert seen() == ("kaggle", "real", 4)
    _download_by(monkeypatch, lambda handle: (_ for _ in ()).throw(OSError("no network")))
    assert seen()[:2] == ("package", "shipped")


def test_a_wrong_variable_is_an_error_and_is_named(offline, monkeypatch, tmp_path):
    monkeypatch.setenv("GOP_TWEETS", str(tmp_path / "gone.csv"))
    with pytest.raises(tweets.TweetsError, match=r"GOP_TWEETS=.*gone\.csv: there is no such file"):
        tweets.load()


def test_no_download_is_tried_where_none_is_wanted(offline):
    loaded = tweets.load(download=False)  # the fixture's download fails the test
    assert loaded.attrs["origin"] == "package"
    assert loaded.attrs["source"] == "shipped"


def test_a_cached_archive_that_is_still_being_unpacked_is_not_read(offline, files):
    folder = files["cache"].parent.parent
    (folder / "2.archive").touch()
    assert kaggle.cached() is None
    (folder / "2.archive").unlink()
    assert kaggle.cached() == files["cache"] / "Sentiment.csv"


def test_the_newest_cached_version_is_taken(offline, files):
    newer = files["cache"].with_name("10")
    newer.mkdir()
    (newer / "Sentiment.csv").write_bytes((files["kaggle"] / "Sentiment.csv").read_bytes())
    assert kaggle.cached() == newer / "Sentiment.csv"


def test_a_failed_download_is_quiet_remembered_and_noted(offline, monkeypatch, capfd):
    calls = []

    def fail(handle):
        calls.append(handle)
        print("Downloading ...")
        raise ConnectionError("the name could not be resolved\nand so on")

    _download_by(monkeypatch, fail)
    notes = [tweets.load().attrs["note"] for _ in range(3)]
    assert calls == [kaggle.HANDLE]
    assert notes == ["no download from Kaggle: ConnectionError: the name could not be resolved"] * 3
    assert capfd.readouterr() == ("", "")


def test_a_download_that_hangs_is_left_behind(offline, monkeypatch):
    released = threading.Event()
    monkeypatch.setattr(kaggle, "CONNECT_SECONDS", 0.2)
    _download_by(monkeypatch, lambda handle: released.wait(30))
    start = time.monotonic()
    assert tweets.load().attrs["source"] == "shipped"
    assert tweets.load().attrs["note"].endswith("Kaggle did not answer in time")
    assert time.monotonic() - start < 5
    released.set()


def test_a_download_that_has_begun_gets_the_time_it_needs(offline, files, monkeypatch, tmp_path):
    archive = files["cache"].parent.parent / "3.archive"
    (files["cache"] / "Sentiment.csv").unlink()
    monkeypatch.setattr(kaggle, "CONNECT_SECONDS", 0.2)

    def slow(handle):
        archive.touch()
        time.sleep(1)
        return str(files["kaggle"])

    _download_by(monkeypatch, slow)
    assert tweets.load().attrs["origin"] == "kaggle"


def test_descriptions_give_size_and_licence_but_no_path(offline, frame, tmp_path):
    (tmp_path / "Sentiment.csv").write_text(_csv(frame), encoding="utf-8")
    real = tweets.load(tmp_path).attrs["description"]
    shipped = tweets.load(download=False).attrs["description"]
    assert real == "7 tweets of the First GOP Debate data set (Kaggle, CC BY-NC-SA 4.0)"
    assert re.fullmatch(r"the \d,\d{3}-row corpus .*\(CC BY 4\.0\)", shipped)


def test_the_shipped_corpus_given_as_a_path_is_not_taken_for_the_real_file():
    corpus = Path(tweets.__file__).parent / "data" / "tweets.csv"
    assert tweets.load(corpus).attrs["source"] == "shipped"


# --- near-duplicates and folds -------------------------------------------------------------------


def _brute_force_groups(texts: list[str]) -> list[int]:
    """The documented rule, pair by pair, on scikit-learn's word 3-grams."""
    bare = [re.sub(r"^RT @\w+|https?:\S+|@\w+", " ", text) for text in texts]
    counter = CountVectorizer(ngram_range=(3, 3), token_pattern=r"(?u)\w+", binary=True)
    grams = counter.fit_transform(bare).toarray().astype(bool)
    group = list(range(len(texts)))
    for i in range(len(texts)):
        for j in range(i):
            shared = (grams[i] & grams[j]).sum()
            near = shared >= 3 and 2 * shared >= min(grams[i].sum(), grams[j].sum())
            if (near or (grams[i] == grams[j]).all()) and group[i] != group[j]:
                old, new = group[i], group[j]
                group = [new if g == old else g for g in group]
    return pd.factorize(np.array(group))[0].tolist()


def test_groups_are_those_of_the_documented_rule_pair_by_pair():
    texts = tweets.load(download=False)["text"].tolist()
    texts = [text for text in texts if len(re.findall(r"\w+", text)) > 12][:400]
    assert tweets.near_duplicate_groups(texts).tolist() == _brute_force_groups(texts)


def test_retweets_links_and_mentions_do_not_matter_but_words_do():
    text = "the senator had no answer on taxes tonight"
    groups = tweets.near_duplicate_groups(
        [
            text,
            f"RT @maple_owl12: {text}",
            f"rt @paper_kite7 {text.upper()}! http://t.co/abcdefghij",
            f"@quiet_fern9 so true: {text[:-8]}…",
            "the moderators asked about bees and Mars",
            "Hm.",
            "RT @maple_owl12: hm",
            "",
        ]
    )
    assert groups.tolist() == [0, 0, 0, 0, 1, 2, 2, 3]


def test_groups_of_nothing_and_groups_in_seconds():
    assert tweets.near_duplicate_groups([]).tolist() == []
    rng = np.random.default_rng(0)
    texts = [" ".join(map(str, rng.integers(0, 300, 18))) for _ in range(7000)] * 2
    start = time.process_time()
    groups = tweets.near_duplicate_groups(texts)
    assert time.process_time() - start < 10
    np.testing.assert_array_equal(groups[:7000], groups[7000:])


def test_folds_part_no_group_keep_the_shares_and_follow_the_seed():
    frame = tweets.load(download=False)
    labels, groups = frame["sentiment"], tweets.near_duplicate_groups(frame["text"])
    folds = tweets.grouped_folds(labels, groups, n_splits=3, seed=1)
    tested = np.concatenate([test for _, test in folds])
    assert sorted(tested) == list(range(len(frame)))
    for train, test in folds:
        assert not set(groups[train]) & set(groups[test])
        for label in tweets.LABELS:
            share = (labels.iloc[test] == label).mean()
            assert share == pytest.approx((labels == label).mean(), abs=0.02)
    again, other = (tweets.grouped_folds(labels, groups, seed=seed) for seed in (1, 2))
    np.testing.assert_array_equal(folds[0][1], again[0][1])
    assert not np.array_equal(folds[0][1], other[0][1])


# --- the real file -------------------------------------------------------------------------------

real_file = pytest.mark.skipif(
    not os.environ.get("GOP_TWEETS"),
    reason="set GOP_TWEETS to Kaggle's Sentiment.csv to run this on the real tweets",
)


@real_file
def test_the_real_file_has_the_counts_and_groups_that_the_course_reports():
    frame = tweets.load()
    assert frame["sentiment"].value_counts().to_dict() == {
        "Negative": 8493,
        "Neutral": 3142,
        "Positive": 2236,
    }
    assert frame["text"].nunique() == 10_402
    assert not tweets.turns(frame).any()
    start = time.process_time()
    groups = tweets.near_duplicate_groups(frame["text"])
    assert time.process_time() - start < 10
    assert groups.max() + 1 == pytest.approx(8672, rel=0.002)


@real_file
@pytest.mark.parametrize("name", [*FAITHFUL, *LOSSY])
def test_the_real_file_is_read_in_every_encoding(name, tmp_path):
    frame = tweets.load()
    file = tmp_path / "Sentiment.csv"
    file.write_bytes((FAITHFUL | LOSSY)[name](_csv(frame)))
    loaded = tweets.load(file)
    assert len(loaded) == len(frame)
    assert loaded["sentiment"].tolist() == frame["sentiment"].tolist()
    cut_off = [text.endswith("…") for text in frame["text"]]
    assert [text.endswith("…") for text in loaded["text"]] == cut_off


# --- what must not be here -----------------------------------------------------------------------

CONTRACT = """
    clean_tweet retweet_groups build_vocabulary encode confusion predict_sentiment save_and_reload
""".split()


def test_the_course_gives_no_answer_to_the_exercise_away():
    for file in Path(tweets.__file__).parent.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = {getattr(node, "name", None) for node in ast.walk(tree)}
        assert not names & set(CONTRACT), file.name
