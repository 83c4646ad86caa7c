"""Each part of the bench can be started: what it measures here is tiny, and how it does so is not."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest

from course import tweets as corpus
from grader import assignments
from tests.bench import __main__ as bench
from tests.bench import diagnosis, service, sides, training, tweets

pytestmark = pytest.mark.slow
ASSIGNMENT = "context"


@pytest.fixture
def written(monkeypatch, tmp_path):
    """A function that starts a part as the command does, and gives what it has written."""
    for module in (bench, diagnosis, service, training, tweets):
        monkeypatch.setattr(module, "RESULT", tmp_path / f"{module.__name__}.json")

    def start(module, *options: str) -> dict:
        assert bench.main(list(options)) == 0
        return json.loads(module.RESULT.read_text(encoding="utf-8"))

    return start


@pytest.mark.sandbox
@pytest.mark.parametrize("kind", ["numpy", pytest.param("keras", marks=pytest.mark.tensorflow)])
def test_grading(written, monkeypatch, kind):
    for name in ("names", "sheet", "load"):  # to be as before when the bench's own is registered
        monkeypatch.setattr(assignments, name, getattr(assignments, name))
    monkeypatch.setattr(bench, "CLASS", 2)
    monkeypatch.setitem(bench.QUICK, kind, bench.Plan(1, 1, 2, 2, 1))
    found = written(bench, "--part", "grading", "--quick", "--only", kind)[kind]
    # of a class of two, the cost of one more is noise: that there is a number is all that can be asked
    assert np.isfinite([found["marginal_ratio"], found["seconds_per_submission"]]).all()
    assert min(found[f"{side}class30_seconds"] for side in ("", "plain_")) > 0
    assert found["class30_ratio"] > 0 and found["plain_seconds_per_submission"] > 0
    assert {"fork", "cells", "questions", "recording"} <= set(found["phases"])


@pytest.mark.sandbox
def test_endurance(monkeypatch, tmp_path):
    monkeypatch.setattr(bench, "ENDURANCE", (5, 6))
    parts = bench.long_run(tmp_path)
    assert [part["submissions"] for part in parts] == [5, 6]
    assert all(part["seconds"] > 0 and part["memory"] > 1 << 20 for part in parts)


def test_diagnosis(written, monkeypatch):
    some = [one for one in diagnosis.corpus() if one.function == "bag_of_words"]
    kept = [*[one for one in some if one.right][:2], *[one for one in some if not one.right][:2]]
    monkeypatch.setattr(diagnosis, "corpus", lambda names: kept)
    found = written(diagnosis, "--part", "diagnosis")
    assert (found["wrong"], found["right"], found["right_lost"]) == (2, 2, 0)


@pytest.mark.hub
@pytest.mark.sandbox
def test_service(written, monkeypatch):
    """Two classes of two, by the hub's own command where the hub is installed."""
    course = assignments.course()
    rules = dataclasses.replace(course.service, practice=(ASSIGNMENT,), graded=())
    monkeypatch.setattr(assignments, "course", lambda: dataclasses.replace(course, service=rules))
    monkeypatch.setattr(service, "CLASS", 2)
    monkeypatch.setattr(service, "MINUTE", 1.0)
    monkeypatch.setattr(service, "PATIENCE", 300.0)
    found = written(service, "--part", "service", "--quick")
    for numbers in (found["numpy"], found["flood"]["numpy"]):
        assert 0 < numbers["p50"] <= numbers["p95"] <= numbers["longest"]
        assert numbers["submissions"] == 2
    assert found["about"]["students"] == [2, 2]


@pytest.mark.tensorflow
def test_training(written, monkeypatch, tmp_path):
    """A second run takes what the first has measured."""
    data = training.data
    monkeypatch.setattr(training, "CACHE", tmp_path)
    monkeypatch.setattr(training, "data", lambda rows: data(48))
    monkeypatch.setattr(training, "SIZES", (40,))
    monkeypatch.setattr(training, "LIMIT", 1)
    found = written(training, "--part", "training", "--quick")
    assert found["rows"] == 48 and found["grid"]["scores"] == 9
    assert found["epoch_ratio"] > 0 and found["about"]["quick"]
    monkeypatch.setattr(training, "lecture_fit", None)
    again = written(training, "--part", "training", "--quick")
    assert again | {"about": None} == found | {"about": None}


@pytest.mark.tensorflow
def test_tweets(written, monkeypatch, tmp_path):
    """Every model of the table, on few rows and with one seed."""
    frame = corpus.load(corpus._SHIPPED).iloc[:240]
    frame.attrs["description"] = "a few"
    monkeypatch.setattr(tweets, "CACHE", tmp_path)
    monkeypatch.setattr(corpus, "load", lambda: frame)
    rows = {
        name: dataclasses.replace(row, seeds=(0,), on=row.on[:1])
        for name, row in tweets.ROWS.items()
        if name != tweets.TRANSFORMER
    }
    monkeypatch.setattr(tweets, "ROWS", rows)
    found = written(tweets, "--part", "tweets")
    assert set(rows) <= set(found["rows"]) and found["left_out"] == {}
    for row in found["rows"].values():
        assert np.isfinite([row["accuracy"], row["macro_f1"]]).all()


def test_two_students_of_three_have_made_a_mistake():
    found = [sides.answers(ASSIGNMENT, number) for number in range(6)]
    assert [bool(answers) for answers in found] == [False, True, True] * 2
