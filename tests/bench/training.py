"""Training by `course.training` beside the lecture's own code (`python -m tests.bench --part training`).

The same network, the same tweets, two classes, one process at a time, the sides by turns. Writes
_build/bench/training.json:

epoch_ratio       : an epoch of the lecture's network by the lecture's code (arrays padded at the front,
                    batches of 32, both dropouts, `fit` on arrays), in units of the course's (batches of
                    like length and 128 rows, no recurrent dropout, compiled, fed by
                    `training.bucketed`). Second epochs: compiling is over; its time is `compile_seconds`.
grid_ratio        : the lecture's grid, 3 batch sizes x 3 numbers of epochs x 3 parts. The lecture fits
                    27 networks; one run of three epochs gives the scores after one, two and three, so
                    that nine do, two at a time.
to_accuracy_ratio : until the accuracy on held-out rows is what the lecture's three epochs give, both as the
                    mean of three parts. Here the course may take its own network, which is smaller and
                    whose words start where their neighbours put them, on the lecture's inputs.

The lecture's grid alone takes most of an hour. What is done lies in _build/bench/training, so that the
command goes on where it was stopped; delete the folder to measure anew.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from course import training, tweets
from tests.bench import lecture

CACHE = Path(__file__).parents[2] / "_build" / "bench" / "training"
RESULT = CACHE.with_suffix(".json")
SIZES, EPOCHS, FOLDS = (10, 20, 40), (1, 2, 3), 3
BATCH, LIMIT = 128, 10  # the course's rows of a batch; epochs after which it gives up
SMALL: dict[str, Any] = {"units": 64, "rate": 4e-3, "batch": 64}  # what reaches the accuracy


def data(rows: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """The inputs (N, T) and one-hot targets (N, 2): no Neutral tweets, as in the lecture's best line."""
    frame = tweets.load()
    frame = frame[frame["sentiment"] != "Neutral"].iloc[:rows]
    texts = frame["text"].to_numpy(dtype=object)
    y = (frame["sentiment"] == "Positive").to_numpy(dtype=int)
    return lecture.inputs(texts, np.arange(len(texts))), np.eye(2)[y]


def parts(count: int) -> list[tuple[np.ndarray, np.ndarray]]:
    from sklearn.model_selection import KFold

    return list(KFold(FOLDS).split(np.zeros(count)))


def lecture_fit(x: np.ndarray, y: np.ndarray, size: int, epochs: int, seed: int = 0) -> Any:
    """As the lecture trains: NumPy arrays in `fit`, nothing compiled."""
    training.seed(seed)
    model = lecture.network(2, jit_compile=False)
    model.fit(x, y, batch_size=size, epochs=epochs, verbose=0)
    return model


def accuracy(model: Any, x: np.ndarray, y: np.ndarray) -> float:
    return float((training.predict(model, x).argmax(axis=1) == y.argmax(axis=1)).mean())


def lecture_epoch(x: np.ndarray, y: np.ndarray) -> float:
    """Seconds of the lecture's second epoch."""
    training.seed(0)
    model = lecture.network(2, jit_compile=False)
    return timed_epochs(lambda: model.fit(x, y, batch_size=32, verbose=0))[1]


def course_epoch(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Seconds of the first epoch, compiling included, and of the second."""
    training.seed(0)
    model = lecture.network(2, recurrent_dropout=0.0, jit_compile=True)
    feed = training.bucketed(x, y, BATCH, shuffle_seed=0, padding="pre")
    return timed_epochs(lambda: model.fit(feed, verbose=0))


def one_epoch(x: np.ndarray, y: np.ndarray) -> dict[str, float]:
    """Both sides' second epochs, and what the course's first takes longer."""
    import keras

    keras.backend.clear_session()  # the round before has left its graphs
    theirs = lecture_epoch(x, y)
    first, second = course_epoch(x, y)
    return {"ratio": theirs / second, "theirs": theirs, "ours": second, "compile": first - second}


def timed_epochs(epoch: Any) -> tuple[float, float]:
    times = []
    for _ in range(2):
        start = time.perf_counter()
        epoch()
        times.append(time.perf_counter() - start)
    return times[0], times[1]


def lecture_grid(x: np.ndarray, y: np.ndarray) -> tuple[dict[tuple[int, int, int], float], float]:
    """The score of each (batch size, epochs, part), for each of which a network is fitted; seconds."""
    scores, spent = {}, 0.0
    cells = list(product(SIZES, EPOCHS, range(FOLDS)))
    for number, (size, epochs, fold) in enumerate(cells, 1):

        def fit(size: int = size, epochs: int = epochs, fold: int = fold) -> dict[str, float]:
            train, test = parts(len(x))[fold]
            start = time.perf_counter()
            score = accuracy(lecture_fit(x[train], y[train], size, epochs), x[test], y[test])
            return {"score": score, "seconds": time.perf_counter() - start}

        done = once(f"{len(x)}-lecture-{size}-{epochs}-{fold}", fit)
        scores[size, epochs, fold] = done["score"]
        spent += done["seconds"]
        say(f"the grid, by the lecture: {number} of {len(cells)}, {spent / 60:.1f} min")
    return scores, spent


def once(name: str, measure: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What was measured under a name, by this run or by one that was stopped later."""
    path = CACHE / f"{name}.json"
    if not path.exists():
        found = measure()
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        beside.write_text(json.dumps(found), encoding="utf-8")
        beside.replace(path)
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return kept


def course_grid(x: np.ndarray, y: np.ndarray) -> dict[str, Any]:
    """The same 27 scores, [[size, epochs, part], score] each, from nine runs in two processes; seconds."""
    start = time.perf_counter()
    with ProcessPoolExecutor(2, get_context("spawn"), training.quiet) as pool:
        jobs = [
            (pool.submit(run, x[train], y[train], x[test], y[test], size), size, fold)
            for size in SIZES
            for fold, (train, test) in enumerate(parts(len(x)))
        ]
        scores = [
            ((size, epochs, fold), score)
            for job, size, fold in jobs
            for epochs, score in zip(EPOCHS, job.result(), strict=True)
        ]
    return {"scores": scores, "seconds": time.perf_counter() - start}


def run(
    x: np.ndarray, y: np.ndarray, held_x: np.ndarray, held_y: np.ndarray, size: int
) -> list[float]:
    """The scores after each epoch of one run."""
    training.seed(0)
    model = lecture.network(2, recurrent_dropout=0.0)
    feed = training.bucketed(x, y, size, shuffle_seed=0, padding="pre")
    scores = []
    for _ in EPOCHS:
        model.fit(feed, verbose=0)
        scores.append(accuracy(model, held_x, held_y))
    return scores


def to_accuracy(x: np.ndarray, y: np.ndarray) -> dict[str, Any]:
    """Seconds of both sides until the course's accuracy is the lecture's, each the mean of three parts.

    The course's are None where it does not get there within `LIMIT` epochs. They include the words'
    first vectors and all compiling; looking whether it is there yet belongs to neither side.
    """
    folds = parts(len(x))
    lecture_seconds, scores = 0.0, []
    for train, test in folds:
        with training.stopwatch() as watch:
            theirs = lecture_fit(x[train], y[train], 40, 3)
        lecture_seconds += watch.wall
        scores.append(accuracy(theirs, x[test], y[test]))
    wanted, rows = float(np.mean(scores)), behind(x)
    with training.stopwatch() as watch:
        pairs = [small(rows[train], y[train]) for train, _ in folds]
    seconds, reached, epochs = watch.wall, 0.0, 0
    while epochs < LIMIT and reached < wanted:
        with training.stopwatch() as watch:
            for model, feed in pairs:
                model.fit(feed, verbose=0)
        seconds, epochs = seconds + watch.wall, epochs + 1
        both = zip(pairs, folds, strict=True)
        reached = float(np.mean([accuracy(ours, rows[t], y[t]) for (ours, _), (_, t) in both]))
    there = reached >= wanted
    return {
        "accuracy_wanted": round(wanted, 4),
        "accuracy_reached": round(reached, 4),
        "epochs": epochs,
        "lecture_seconds": round(lecture_seconds, 2),
        "course_seconds": round(seconds, 2) if there else None,
        "ratio": round(lecture_seconds / seconds, 2) if there else None,
    }


def behind(x: np.ndarray) -> np.ndarray:
    """The same rows, padded at the end."""
    import keras

    padded: np.ndarray = keras.utils.pad_sequences([row[row > 0] for row in x], padding="post")
    return padded


def small(x: np.ndarray, y: np.ndarray) -> tuple[Any, Any]:
    """The course's network with one LSTM in place of two, compiled; and what it reads."""
    import keras

    from course import sentiment

    training.seed(0)
    vectors = sentiment.word_vectors(x, lecture.WORDS)
    model = sentiment.build(vectors, keras.layers.LSTM(SMALL["units"]))
    model.compile(keras.optimizers.Adam(SMALL["rate"]), "categorical_crossentropy")
    targets = np.pad(y, ((0, 0), (0, 1)))  # nobody is Neutral
    return model, training.bucketed(x, targets, SMALL["batch"], shuffle_seed=0)


def measure(rows: int | None = None, rounds: int = 3) -> dict:
    """Run all three comparisons; `rows` and `rounds` make a first look shorter."""
    training.quiet()
    x, y = data(rows)
    epochs = []
    for number in range(1, rounds + 1):
        say(f"an epoch, round {number} of {rounds}")
        epochs.append(once(f"{len(x)}-epoch-{number}", lambda: one_epoch(x, y)))
    say("to the lecture's accuracy")
    reached = once(f"{len(x)}-to-accuracy", lambda: to_accuracy(x, y))
    say("the grid, by the course")
    ours = once(f"{len(x)}-course-grid", lambda: course_grid(x, y))
    theirs_scores, lecture_seconds = lecture_grid(x, y)
    course_seconds = ours["seconds"]
    ratio, theirs, second, compiling = np.median([list(each.values()) for each in epochs], axis=0)
    gaps = [score - theirs_scores[tuple(key)] for key, score in ours["scores"]]
    result = {
        "rows": len(x),
        "epoch_ratio": round(float(ratio), 2),
        "epoch": {"lecture_seconds": round(theirs, 2), "course_seconds": round(second, 2)},
        "compile_seconds": round(float(compiling), 2),
        "grid_ratio": round(lecture_seconds / course_seconds, 2),
        "grid": {
            "lecture_seconds": round(lecture_seconds, 1),
            "course_seconds": round(course_seconds, 1),
            "scores": len(ours["scores"]),
            "mean_gap": round(float(np.mean(gaps)), 4),
        },
        "to_accuracy_ratio": reached["ratio"],
        "to_accuracy": reached,
    }
    print(json.dumps(result, indent=1))
    return result


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
