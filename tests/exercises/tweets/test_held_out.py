"""Held-out tweets: what the student's process gets, and what whoever looks labels up gets: nothing."""

from __future__ import annotations

import csv
import io
import os

import numpy as np
import pandas as pd
import pytest
import sklearn.metrics

from course import tweets
from course.data import generate_corpus
from exercises.search.judging import search_problem
from exercises.tweets import checks, held_out
from grader import assignments
from grader.sandbox.inside.wire import dump, load
from solutions import tweets as reference

needs_real = pytest.mark.skipif(
    not held_out.real(),
    reason="the real tweets are not here: set GOP_TWEETS to Kaggle's Sentiment.csv",
)


def rng(seed=0):
    return np.random.default_rng(seed)


def outcome(predict, seed=0):
    """What the check gives for a function of texts, texts alone."""
    cases = checks.PREDICT.draw(rng(seed))
    answers = [predict(**checks.PREDICT.inputs(case)) for case in cases]
    return checks.judge_predictions(cases, answers)


@pytest.fixture
def shipped(monkeypatch):
    """As without GOP_TWEETS, wherever the tests run."""
    monkeypatch.delenv("GOP_TWEETS", raising=False)
    frame = tweets.load(reference.CORPUS)
    monkeypatch.setattr(reference, "frame", frame)
    monkeypatch.setattr(reference, "texts", frame["text"].tolist())
    monkeypatch.setattr(reference, "labels", frame["sentiment"].tolist())
    return frame


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """A file that passes for the real one: generated, without the marks of the shipped corpus."""
    rows = generate_corpus.rows(2500, seed=5)
    frame = pd.DataFrame(rows).assign(subject_matter_gold="")
    path = tmp_path_factory.mktemp("real") / "Sentiment.csv"
    frame.to_csv(path, index=False)
    return path, tweets.load(path)


@pytest.fixture
def real(monkeypatch, generated):
    path, frame = generated
    monkeypatch.setenv("GOP_TWEETS", str(path))
    monkeypatch.setattr(reference, "frame", frame)
    held_out.split.cache_clear()
    yield reference.frame
    held_out.split.cache_clear()


def test_the_student_gets_texts_and_no_labels():
    for case in checks.PREDICT.draw(rng()):
        assert set(checks.PREDICT.inputs(case)) == {"texts"}
        assert len(case["texts"]) == len(case["labels"])


def test_fresh_tweets_are_of_other_groups_one_of_each(shipped):
    installed = set(map(reference.clean_tweet, shipped["text"]))
    for seed in range(3):
        texts, labels = held_out.draw(rng(seed))
        groups = list(map(reference.clean_tweet, texts))
        assert installed.isdisjoint(groups)
        assert len(set(groups)) == len(groups) == len(labels)
        assert len(texts) > 700
        assert set(labels) == set(tweets.LABELS)


def test_fresh_tweets_follow_from_the_seed_alone(shipped):
    assert held_out.draw(rng(1)) == held_out.draw(rng(1))
    first, second = (set(held_out.draw(rng(seed))[0]) for seed in (1, 2))
    assert len(first & second) < 0.05 * len(first)


def test_nothing_lies_beside_the_notebook_with_the_shipped_corpus(shipped):
    assert held_out.files() == {}


def test_looking_up_the_installed_corpus_gets_nothing(shipped):
    labels = dict(
        zip(map(reference.clean_tweet, shipped["text"]), shipped["sentiment"], strict=True)
    )

    def look_up(texts):
        return [labels.get(reference.clean_tweet(text), "Negative") for text in texts]

    assert outcome(look_up).score == 0


@pytest.mark.parametrize("label", tweets.LABELS)
def test_one_class_for_all_gets_nothing(label):
    found = outcome(lambda texts: [label] * len(texts))
    assert (found.score, found.misconception) == (0, "one-class-for-all")


@pytest.mark.parametrize("which", ["shipped", "real"])
def test_true_answers_in_another_order_get_nothing(which, request):
    """Dealt out at random twenty times: right class counts alone are worth nothing."""
    request.getfixturevalue(which)
    cases = checks.PREDICT.draw(rng(0))
    for seed in range(20):
        labels = rng(seed).permutation([label for case in cases for label in case["labels"]])
        answers = [labels[1:].tolist(), labels[:1].tolist()]
        found = checks.judge_predictions(cases, answers)
        assert (found.score, found.misconception) == (0, "no-better-than-chance")


@pytest.mark.parametrize("named", [tweets.LABELS, tweets.LABELS[:2], tweets.LABELS[:1]])
def test_macro_f1_is_that_of_scikit_learn(named):
    for seed in range(20):
        draw = rng(seed)
        labels, given = draw.choice(tweets.LABELS, 50), draw.choice(named, 50)
        expected = sklearn.metrics.f1_score(
            labels, given, labels=tweets.LABELS, average="macro", zero_division=0
        )
        assert checks.macro_f1(labels, given) == pytest.approx(expected, rel=1e-12)


def test_random_names_get_nothing(shipped):
    cases = checks.PREDICT.draw(rng(0))
    for seed in range(10):
        draw = rng(100 + seed)
        answers = [draw.choice(tweets.LABELS, len(case["texts"])) for case in cases]
        assert checks.judge_predictions(cases, answers).score == 0


def as_objects(labels):
    return np.array(labels, dtype=object)


@pytest.mark.parametrize("form", [list, tuple, np.array, as_objects, pd.Series, pd.Index])
def test_names_may_come_in_any_sequence(shipped, form):
    cases = checks.PREDICT.draw(rng())
    answers = [load(dump(form(case["labels"]), lenient=True), 1 << 22) for case in cases]
    assert checks.judge_predictions(cases, answers).score == 1


@pytest.mark.parametrize(
    ("answer", "label"),
    [
        ([0, 2], "numbers-not-names"),
        (np.array([1, 1]), "numbers-not-names"),
        ([1.0, 0.0], "numbers-not-names"),
        ([True, False], "numbers-not-names"),
        (np.eye(3)[:2], "probabilities-not-names"),
        ([[0.2, 0.3, 0.5]] * 2, "probabilities-not-names"),
        ([("Negative", 0.9)] * 2, "probabilities-not-names"),
        ("Negative", "one-answer-for-all"),
        (["negative", " POSITIVE"], "names-written-differently"),
        (["bad", "good"], None),
        (["Negative"], None),
        (["Negative"] * 3, None),
        ([None, "Negative"], None),
        ({"Negative": 2}, None),
        (None, None),
    ],
)
def test_what_is_no_list_of_names_gets_nothing_and_a_reason(answer, label):
    cases = [{"texts": ["a", "b"], "labels": ["Negative", "Positive"]}]
    found = checks.judge_predictions(cases, [answer])
    assert (found.score, found.misconception) == (0, label)
    assert found.hint


@pytest.mark.parametrize(
    ("answer", "name"),
    [({"Negative"}, "set"), ([b"Negative"], "bytes"), (pd.DataFrame({"a": [1]}), "DataFrame")],
)
def test_the_hint_names_the_type_that_the_student_gave(answer, name):
    cases = [{"texts": ["a"], "labels": ["Negative"]}]
    found = checks.judge_predictions(cases, [load(dump(answer, lenient=True), 1 << 20)])
    assert f"of type {name}" in found.hint
    searched = {"all": load(dump(answer, lenient=True), 1 << 20)}
    found = search_problem({"n_iter": 1, "space": {"a": [1]}}, searched)
    assert "Unsupported" not in found.hint


def answers_with(labels: list[str], right: float, seed: int = 0) -> list[str]:
    """The true label with probability `right`, else any name."""
    draw = rng(seed)
    any_name = draw.choice(tweets.LABELS, len(labels))
    return np.where(draw.random(len(labels)) < right, labels, any_name).tolist()


@pytest.mark.parametrize("which", ["shipped", "real"])
def test_partial_credit_runs_from_start_to_full(which, request):
    request.getfixturevalue(which)
    bounds = checks.ON_THE_CORPUS if which == "shipped" else checks.ON_REAL_TWEETS
    cases = checks.PREDICT.draw(rng())
    labels = [case["labels"] for case in cases]
    scores = []
    for right in np.linspace(0, 0.8, 17):
        given = [answers_with(part, right) for part in labels]
        pooled = np.concatenate(labels), np.concatenate(given)
        f1 = sklearn.metrics.f1_score(*pooled, average="macro")
        accuracy = sklearn.metrics.accuracy_score(*pooled)
        scores.append(checks.judge_predictions(cases, given).score)
        if f1 >= bounds.full and accuracy >= bounds.accuracy:
            assert scores[-1] == 1
        else:
            assert scores[-1] < 1
        if f1 < bounds.start:
            assert scores[-1] == 0
    assert scores == sorted(scores), "a better network never gets less"
    assert any(0 < score < 1 for score in scores)


def test_real_bounds_are_those_of_the_contract():
    bounds = checks.ON_REAL_TWEETS
    assert (bounds.accuracy, bounds.full, bounds.start) == (0.55, 0.42, 0.30)


def test_no_group_of_the_real_tweets_is_on_both_sides(real):
    training, held = held_out.split()
    assert 0.6 < len(training) / len(real) < 0.9
    groups = tweets.near_duplicate_groups([*training["text"], *held["text"]])
    # Near-duplicates within a quarter stay near-duplicates; between the sides there are none.
    assert set(groups[: len(training)]).isdisjoint(groups[len(training) :])
    seen = set(map(reference.clean_tweet, training["text"]))
    clean = list(map(reference.clean_tweet, held["text"]))
    assert seen.isdisjoint(clean)
    assert len(set(clean)) == len(clean)


def test_what_lies_beside_the_notebook_is_the_training_part_and_can_be_loaded(real, tmp_path):
    [(name, text)] = held_out.files().items()
    assert name in assignments.sheet("tweets").read_text(encoding="utf-8")
    path = tmp_path / name
    path.write_bytes(text.encode())
    loaded = tweets.load(path)
    training, held = held_out.split()
    assert loaded["text"].tolist() == training["text"].tolist()
    assert loaded["sentiment"].tolist() == training["sentiment"].tolist()
    assert set(held["text"]).isdisjoint(loaded["text"])
    texts = {row["text"] for row in csv.DictReader(io.StringIO(text))}
    assert texts.isdisjoint(held["text"])


def test_real_tweets_are_drawn_from_the_held_out_part(real):
    held = held_out.split()[1].set_index("text")["sentiment"]
    texts, labels = held_out.draw(rng())
    assert held.loc[texts].tolist() == labels
    assert len(set(texts)) == len(texts)
    assert held_out.draw(rng()) == (texts, labels)


def test_real_labels_that_were_looked_up_are_refused(real):
    labels = dict(zip(real["text"], real["sentiment"], strict=True))
    found = outcome(lambda texts: [labels[text] for text in texts])
    assert (found.score, found.misconception) == (0, "looked-up")


@needs_real
def test_the_reference_has_not_seen_the_held_out_tweets():
    assert set(reference.texts).isdisjoint(held_out.split()[1]["text"])
    assert os.environ["GOP_TWEETS"]


@pytest.mark.tensorflow
@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_small_lstm_passes_after_two_epochs_with_room(shipped, seed):
    import keras

    from course import training

    training.seed(seed)
    vocabulary = reference.build_vocabulary(reference.texts, 2000)
    X = reference.encode(reference.texts, vocabulary, 25)
    y = np.array([tweets.LABELS.index(label) for label in reference.labels])
    network = keras.Sequential(
        [
            keras.Input((25,)),
            keras.layers.Embedding(2000, 32),
            keras.layers.LSTM(32),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    network.compile("adam", "sparse_categorical_crossentropy")
    network.fit(training.dataset(X, y, shuffle_seed=seed), epochs=2, verbose=0)
    texts, labels = held_out.draw(rng(seed))
    rows = training.predict(network, reference.encode(texts, vocabulary, 25)).argmax(axis=1)
    given = [tweets.LABELS[row] for row in rows]
    bounds = checks.ON_THE_CORPUS
    assert sklearn.metrics.accuracy_score(labels, given) > bounds.accuracy + 0.04
    assert sklearn.metrics.f1_score(labels, given, average="macro") > bounds.full + 0.04
