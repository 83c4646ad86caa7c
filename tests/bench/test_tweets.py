"""The table of models on the tweets: its scores, its test, and that it goes on where it stopped."""

from __future__ import annotations

import hashlib
import sys
import types
from pathlib import Path

import numpy as np
import pytest

from course import tweets as corpus
from tests.bench import tweets


@pytest.fixture
def task():
    """Six rows of two classes in two parts; the rows 0 and 1 are copies."""
    parts = [(np.arange(3, 6), np.arange(3)), (np.arange(3), np.arange(3, 6))]
    texts = np.array(list("aabcde"), dtype=object)
    return tweets.Task(
        "toy-2",
        texts,
        np.array([0, 0, 1, 0, 1, 1]),
        np.ones(6),
        np.array([0, 0, 1, 2, 3, 4]),
        parts,
    )


def test_scores_are_means_over_the_parts_and_the_seeds(task):
    right = np.eye(2)[task.y]
    wrong = np.eye(2)[1 - task.y]
    found = tweets.scores(task, [right, wrong], np.arange(6))
    assert (found["accuracy"], found["accuracy_spread"]) == (0.5, 0.5)
    assert (found["macro_f1"], found["macro_f1_spread"]) == (0.5, 0.5)


def test_one_row_of_each_group_counts_where_that_is_asked(task):
    p = np.eye(2)[[0, 0, 0, 0, 1, 1]]  # wrong in row 2 alone
    rows = tweets.table(task, {"toy": [p]})
    assert rows["toy"]["accuracy"] == pytest.approx((2 / 3 + 1) / 2, abs=1e-4)
    assert rows["toy"]["one_per_group"]["accuracy"] == pytest.approx((1 / 2 + 1) / 2, abs=1e-4)


def test_a_lead_in_one_large_group_may_be_chance():
    groups = np.repeat([0, 1, 2], [98, 1, 1])
    lead = np.where(groups == 0, 1.0, 0.0)
    found = tweets.paired(lead, np.zeros(100), groups)
    assert found["lead"] == 0.98 and found["p"] == 1.0


def test_a_lead_in_many_groups_is_none():
    found = tweets.paired(np.ones(40), np.zeros(40), np.arange(40))
    assert found == {"lead": 1.0, "p": pytest.approx(0.0002)}


def test_the_geometric_mean_of_probabilities():
    a, b = np.array([[0.8, 0.2]]), np.array([[0.2, 0.8]])
    assert tweets.together(a, b) == pytest.approx(np.array([[0.5, 0.5]]))
    assert tweets.together(a, a) == pytest.approx(a)


def test_probabilities_are_balanced_when_they_are_read(task, monkeypatch, tmp_path):
    monkeypatch.setattr(tweets, "CACHE", tmp_path)
    folds = [(np.array([0, 1, 2, 3]), np.arange(6))] * 3  # three rows of class 0, one of class 1
    row = tweets.Row(tweets.constant, (0,), (tweets.HONEST,), power=1.0)
    monkeypatch.setattr(tweets, "ROWS", {"toy": row})
    made = {
        tweets.HONEST: tweets.Task("toy-2", task.texts, task.y, task.confidence, task.groups, folds)
    }
    for fold in range(3):
        share = tweets.constant(made[tweets.HONEST], *folds[fold], 0)
        tweets.keep(tweets.place(made[tweets.HONEST], "toy", 0, fold), share)
    assert tweets.predictions(made, {})[tweets.HONEST]["toy"][0] == pytest.approx(0.5)


@pytest.fixture
def counted(monkeypatch, tmp_path):
    """The table with a single row, which says how often it was run."""
    calls = []

    def predict(task, train, test, seed):
        calls.append((task.name, seed))
        if len(calls) == 2:
            raise KeyboardInterrupt
        return tweets.constant(task, train, test, seed)

    monkeypatch.setattr(tweets, "CACHE", tmp_path)
    row = tweets.Row(predict, (0,), (tweets.HONEST,))
    monkeypatch.setattr(tweets, "ROWS", {tweets.CONSTANT: row})
    return calls


def test_it_goes_on_where_it_was_stopped(counted):
    frame = corpus.load(corpus._SHIPPED).iloc[:300]
    made = tweets.tasks(frame)
    with pytest.raises(KeyboardInterrupt):
        tweets.compute(made, {})
    stopped = tweets.summary(made, {})
    assert stopped["rows"] == {}  # no row of which a part is missing
    assert stopped["left_out"] == {tweets.CONSTANT: "not run"}
    assert stopped["missing"] == ["constant, honest-3: 0 of 1 seeds"]
    tweets.compute(made, {})
    assert len(counted) == 4  # the second was begun twice
    tweets.compute(made, {})
    assert len(counted) == 4
    complete = tweets.summary(made, {})
    assert complete["missing"] == []
    row = complete["rows"][tweets.CONSTANT]
    share = frame["sentiment"].value_counts(normalize=True).max()
    assert row["accuracy"] == pytest.approx(share, abs=0.02)


def test_no_part_of_the_honest_split_has_a_copy_in_training():
    for (split, _), task in tweets.tasks(corpus.load(corpus._SHIPPED).iloc[:400]).items():
        if split == "honest":
            for train, test in task.folds:
                assert not set(task.groups[train]) & set(task.groups[test])


def test_what_is_left_out_says_why(counted):
    made = tweets.tasks(corpus.load(corpus._SHIPPED).iloc[:300])
    left_out = {tweets.CONSTANT: "not today"}
    tweets.compute(made, left_out)
    result = tweets.summary(made, left_out)
    assert counted == [] and result["left_out"] == left_out
    assert "left out: constant, not today" in tweets.as_text(result)


def test_three_seeds_are_a_row_when_there_are_three(task):
    rows = {tweets.NETWORK: [np.eye(2)[task.y]]}
    tweets.averages(rows)
    assert list(rows) == [tweets.NETWORK]
    rows = {tweets.NETWORK: [np.eye(2)[task.y]] * 3}
    tweets.averages(rows)
    assert list(rows) == [tweets.NETWORK, tweets.THREE]
    assert rows[tweets.THREE][0] == pytest.approx(np.eye(2)[task.y], abs=1e-6)


@pytest.fixture
def packed(monkeypatch, tmp_path):
    """A package of weights that holds what a test wants."""
    package = types.ModuleType("all_minilm_l6_v2")
    package.get_model_path = lambda folder: Path(folder)
    monkeypatch.setitem(sys.modules, package.__name__, package)
    monkeypatch.setattr(tweets, "CACHE", tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    return tmp_path


def test_only_the_published_weights_make_the_vectors(packed, monkeypatch):
    with pytest.raises(ValueError, match="not the published weights"):
        tweets.weights()
    monkeypatch.setattr(tweets, "WEIGHTS", hashlib.sha256(b"weights").hexdigest())
    assert tweets.weights() == packed


def test_vectors_are_made_once(packed, monkeypatch, task):
    monkeypatch.setattr(tweets, "WEIGHTS", hashlib.sha256(b"weights").hexdigest())
    asked = []

    class Encoder:
        def __init__(self, folder, local_files_only):
            assert folder == str(packed) and local_files_only

        def encode(self, texts, **settings):
            asked.append(texts)
            return np.arange(2.0 * len(texts)).reshape(-1, 2)

    library = types.ModuleType("sentence_transformers")
    library.SentenceTransformer = Encoder
    monkeypatch.setitem(sys.modules, library.__name__, library)
    p = tweets.transformer(task, *task.folds[0], seed=0)
    assert p.shape == (3, 2)
    np.testing.assert_allclose(p.sum(axis=1), 1)
    tweets.transformer(task, *task.folds[1], seed=0)
    assert asked == [list(task.texts)]


def test_without_its_packages_the_row_is_left_out(monkeypatch):
    monkeypatch.setattr(tweets.importlib.util, "find_spec", lambda name: None)
    assert "requirements-transformer.txt" in tweets.without_transformer()
