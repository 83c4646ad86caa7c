"""The steps to the course's network: that they are compared on inner splits only, and how."""

from __future__ import annotations

import json

import numpy as np
import pytest

from course import tweets as corpus
from tests.bench import tried, tweets


@pytest.fixture(scope="module")
def task():
    return tweets.tasks(corpus.load(corpus._SHIPPED).iloc[:400])[tweets.HONEST]


@pytest.fixture
def toy(monkeypatch, tmp_path):
    """Two steps that say the right class, or the first one, with the same certainty."""

    def right(task, learn, ask):
        return 0.8 * np.eye(3)[task.y[ask]] + 0.2 / 3

    def first(task, learn, ask):
        return np.tile([0.5, 0.25, 0.25], (len(ask), 1))

    monkeypatch.setattr(tweets, "CACHE", tmp_path)
    monkeypatch.setattr(tried, "STEPS", {tried.PARTNER: first, tried.CHOSEN: right})


def test_the_rows_of_the_table_take_no_part(task):
    for (train, test), (learn, ask) in zip(task.folds, tried.inner(task), strict=True):
        assert set(learn) | set(ask) == set(train) and not set(learn) & set(ask)
        assert not set(task.groups[learn]) & set(task.groups[ask])
        assert not set(test) & (set(learn) | set(ask))


def test_steps_are_scored_at_each_power_alone_and_with_the_linear_model(task, toy):
    tried.compute(task)
    result = tried.summary(task)
    network, partner = result["steps"][tried.CHOSEN], result["steps"][tried.PARTNER]
    assert [row[0] for row in network["alone"]] == tried.POWERS.tolist()
    assert network["alone"][0][1:] == [1.0, 1.0] and network["with_linear"][0][1:] == [1.0, 1.0]
    assert "with_linear" not in partner and partner["alone"][0][2] < 0.4
    assert result["left_out"] == [] and "course's network" in tried.as_text(result)


def test_what_was_not_run_is_named(task, toy):
    tried.compute(task, (0,))
    result = tried.summary(task)
    assert result["left_out"] == [tried.PARTNER, tried.CHOSEN] and result["power"] is None
    assert f"not run: {tried.CHOSEN}" in tried.as_text(result)


def test_the_best_power_is_that_at_which_both_goals_are_met_most_safely():
    accuracy, f1 = tried.GOALS
    rows = [
        [0.0, accuracy + 0.02, f1 - 0.01],
        [0.1, accuracy + 0.01, f1 + 0.01],
        [0.2, accuracy, f1 + 0.03],
    ]
    assert tried.best(rows) == 0.1


def test_the_tables_power_is_the_one_that_the_inner_splits_chose():
    kept = json.loads((tweets.ROOT / "tests/bench/results.json").read_text(encoding="utf-8"))
    assert kept["tried"]["power"] == tweets.POWER
