"""What was tried for the course's network, step by step (`python -m tests.bench --part tried`).

Settings are chosen here and nowhere else: each part's training rows are divided once more, two thirds
to learn from and one third to ask about, near-duplicates together. The rows on which the table of
`tests.bench.tweets` is measured take no part. Steps that are done lie in _build/bench/tweets, so that
the command goes on where it was stopped.

Writes _build/bench/tried.json:

    steps    : {name: {"alone", "with_linear": [[power, accuracy, macro-F1], ...], "seconds"}}, means
               over three parts for each power of `sentiment.rebalance`; the seconds are the processor's
               for one training. Steps of linear models have no "with_linear".
    chosen   : the name of the step that became the course's network
    power    : the power that was chosen: see `best`
    left_out : the names of the steps that have not been run
"""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from course import training, tweets
from tests.bench.tweets import HONEST, ROOT, Task, keep, place, say, tasks, together

RESULT = ROOT / "_build" / "bench" / "tried.json"
GOALS = (0.675, 0.565)  # accuracy and macro-F1 that are wanted together
POWERS = np.round(np.arange(0, 0.55, 0.05), 2)
CHOSEN = "and the lexicon: the course's network"
PARTNER = "linear: and the lexicon"


def network(task: Task, learn: np.ndarray, ask: np.ndarray, sure: bool, **settings) -> np.ndarray:
    """Probabilities of the network; `sure` takes every label as certain."""
    from course import sentiment

    confidence = np.ones(len(learn)) if sure else task.confidence[learn]
    rows = task.texts[learn], task.y[learn], confidence, task.groups[learn]
    return training.predict(sentiment.fit(*rows, **settings), task.texts[ask])


def linear(task: Task, learn: np.ndarray, ask: np.ndarray, sure: bool, lexicon: bool) -> np.ndarray:
    from course import sentiment

    confidence = np.ones(len(learn)) if sure else task.confidence[learn]
    targets = sentiment.soft_targets(task.y[learn], confidence)
    model = sentiment.fit_linear(task.texts[learn], targets, lexicon)
    return model.predict_proba(task.texts[ask])


STEPS = {
    "linear: certain labels": partial(linear, sure=True, lexicon=False),
    "linear: soft targets": partial(linear, sure=False, lexicon=False),
    PARTNER: partial(linear, sure=False, lexicon=True),
    "certain labels": partial(network, sure=True, trust=0.0, lexicon=False),
    "soft targets": partial(network, sure=False, trust=0.0, lexicon=False),
    "and a linear model's opinion": partial(network, sure=False, lexicon=False),
    CHOSEN: partial(network, sure=False),
    "instead, more of the opinion": partial(network, sure=False, trust=0.75),
    "instead, no opinion": partial(network, sure=False, trust=0.0),
    "instead, ten epochs": partial(network, sure=False, epochs=10),
}


def inner(task: Task) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each part, (learn, ask): its training rows, divided once more."""
    divided = []
    for train, _ in task.folds:
        folds = tweets.grouped_folds(task.y[train], task.groups[train], seed=1)
        learn, ask = folds[0]
        divided.append((train[learn], train[ask]))
    return divided


def where(task: Task, name: str, fold: int) -> Path:
    return place(task, f"tried-{name}", 0, fold)


def compute(task: Task, folds: tuple[int, ...] = (0, 1, 2)) -> None:
    """All steps that aren't done yet, with a line for each."""
    parts = inner(task)
    todo = [
        (name, fold) for name in STEPS for fold in folds if not where(task, name, fold).exists()
    ]
    start = time.perf_counter()
    for number, (name, fold) in enumerate(todo, 1):
        began = time.process_time()
        p = STEPS[name](task, *parts[fold])
        seconds = np.full((1, p.shape[1]), time.process_time() - began)
        keep(where(task, name, fold), np.vstack([p, seconds]))  # the last row is the time
        spent = time.perf_counter() - start
        say(
            f"{number}/{len(todo)} {name}, part {fold + 1}",
            spent,
            spent / number * (len(todo) - number),
        )


def curve(
    task: Task, parts: list[tuple[np.ndarray, np.ndarray]], each: list[np.ndarray]
) -> list[list[float]]:
    """[[power, accuracy, macro-F1], ...], means over the parts."""
    from course.sentiment import evaluate, rebalance

    rows = []
    for power in POWERS:
        scores = []
        for (learn, ask), p in zip(parts, each, strict=True):
            share = np.bincount(task.y[learn]) / len(learn)
            found = evaluate(task.y[ask], rebalance(p, share, power))
            scores.append((found["accuracy"], found["macro_f1"]))
        means = [round(float(np.mean(column)), 4) for column in zip(*scores, strict=True)]
        rows.append([float(power), *means])
    return rows


def best(rows: list[list[float]]) -> float:
    """The power at which the score that is nearer to its goal, or farther below it, is highest."""
    margins = [
        min(score - goal for score, goal in zip(row[1:], GOALS, strict=True)) for row in rows
    ]
    return rows[int(np.argmax(margins))][0]


def summary(task: Task) -> dict[str, Any]:
    """The result, from the steps that are done."""
    parts = inner(task)
    done = {
        name: [np.load(where(task, name, fold)) for fold in range(3)]
        for name in STEPS
        if all(where(task, name, fold).exists() for fold in range(3))
    }
    line = [each[:-1] for each in done.get(PARTNER, [])]
    steps: dict[str, dict[str, Any]] = {}
    for name, each in done.items():
        alone = [one[:-1] for one in each]
        steps[name] = {
            "alone": curve(task, parts, alone),
            "seconds": round(float(np.mean([one[-1, 0] for one in each])), 1),
        }
        if line and not name.startswith("linear"):
            both = [together(*pair) for pair in zip(alone, line, strict=True)]
            steps[name]["with_linear"] = curve(task, parts, both)
    return {
        "steps": steps,
        "chosen": CHOSEN,
        "power": best(steps[CHOSEN]["alone"]) if CHOSEN in steps else None,
        "left_out": [name for name in STEPS if name not in steps],
    }


def measure() -> dict[str, Any]:
    """Run what is missing, and write the curve."""
    training.quiet()
    frame = tweets.load()
    task = tasks(frame)[HONEST]
    compute(task)
    result = summary(task) | {"tweets": frame.attrs["description"]}
    print(as_text(result))
    return result


def as_text(result: dict[str, Any]) -> str:
    lines = [
        "accuracy and macro-F1 on inner splits, each at its best power; then with the linear model"
    ]
    for name, step in result["steps"].items():
        line = f"  {name:<40}"
        for rows in (step["alone"], step.get("with_linear", [])):
            for power, accuracy, f1 in rows:
                if power == best(rows):
                    line += f" {accuracy:.3f} {f1:.3f} ({power:.2f})  "
        lines.append(f"{line} {step['seconds']:.0f} s")
    lines += [f"not run: {name}" for name in result["left_out"]]
    return "\n".join(lines)
