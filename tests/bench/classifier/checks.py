"""The check of the bench's Keras assignment: the model is built, trained for an epoch, and asked."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from grader.checks import Assignment, Case, Check, Outcome
from tests.bench.classifier import reference


def draw(rng: np.random.Generator) -> list[Case]:
    vocabulary, length, units = (int(size) for size in rng.permutation([30, 8, 5]))
    indices = rng.integers(0, vocabulary, size=(64, length))
    labels = rng.integers(0, 3, size=64)
    sizes = {"vocabulary": vocabulary, "length": length, "units": units, "dropout": 0.3}
    return [{**sizes, "x": indices, "y": labels}]


def judge(cases: list[Any], answers: list[Any]) -> Outcome:
    for case, (names, weights, loss, probabilities) in zip(cases, answers, strict=True):
        units = case["units"]
        expected = 8 * case["vocabulary"] + 4 * units * (8 + units + 1) + 3 * (units + 1)
        if names != ["Embedding", "LSTM", "Dropout", "Dense"] or weights != expected:
            return Outcome(0, "The layers are not those that were asked for.")
        if not math.isfinite(loss) or not np.allclose(np.sum(probabilities, axis=1), 1, atol=1e-4):
            return Outcome(0, "The model can't be trained, or gives no probabilities.")
    return Outcome(1)


TRAIN = """
def train(model, x, y):
    model.run_eagerly = True
    loss = model.fit(x, y, epochs=1, verbose=0).history["loss"][0]
    names = [layer.__class__.__name__ for layer in model.layers]
    return names, model.count_params(), loss, model.predict_on_batch(x)
"""

ASSIGNMENT = Assignment(
    "classifier",
    reference,
    (
        Check(
            "build_classifier",
            points=4,
            draw=draw,
            judge=judge,
            setup=TRAIN,
            call="train(build_classifier(vocabulary, length, units, dropout), x, y)",
            seconds=120,
        ),
    ),
    profile="keras",
    minutes=10,
)
