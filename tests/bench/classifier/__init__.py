"""A small, honest Keras assignment for measuring: build a classifier that can be trained."""

from __future__ import annotations

from pathlib import Path

from grader import assignments

NAME = "classifier"
SHEET = Path(__file__).with_name("classifier.md")

# What a plain nbgrader notebook tests. It stands here since checks.py imports Keras. Both sides
# train without a graph: for two batches, tracing one costs more than all the arithmetic.
HIDDEN = {
    "build_classifier": """
for vocabulary, length, units in ((30, 8, 5),):
    model = build_classifier(vocabulary, length, units, 0.3)
    names = [layer.__class__.__name__ for layer in model.layers]
    assert names == ["Embedding", "LSTM", "Dropout", "Dense"]
    assert model.count_params() == 8 * vocabulary + 4 * units * (8 + units + 1) + 3 * (units + 1)
    x, y = rng.integers(0, vocabulary, size=(64, length)), rng.integers(0, 3, size=64)
    model.run_eagerly = True
    loss = model.fit(x, y, epochs=1, verbose=0).history["loss"][0]
    assert np.isfinite(loss)
    assert np.allclose(model.predict_on_batch(x).sum(axis=1), 1, atol=1e-4)
"""
}


def register() -> None:
    """Let the grader find this assignment in this process, beside the course's own."""
    names, sheet, load = assignments.names, assignments.sheet, assignments.load

    def load_with_classifier(name: str):
        if name != NAME:
            return load(name)
        assignments.import_when_used("keras")
        from tests.bench.classifier.checks import ASSIGNMENT

        return ASSIGNMENT

    assignments.names = lambda: [*names(), NAME]  # or it would be one with tests of its own
    assignments.sheet = lambda name: SHEET if name == NAME else sheet(name)
    assignments.load = load_with_classifier
