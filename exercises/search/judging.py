"""Where no single answer is right: the judges of random_search and build_classifier.

The texts SEARCHES and DESCRIBE run in the student's process and turn what the student returns into
plain values; the judges look at these in the grader's. A network is what Keras makes of its written
form in a process that has run nothing of the student's, and the student's own has to compute the same.
"""

from __future__ import annotations

import itertools

import numpy as np
from scipy import stats

from grader.checks import Case, Outcome, type_name

CERTAIN = 1e-8
"""Below this p-value a deviation is no accident: with some twenty tests a student, one false alarm in
five million."""

SEARCHES = '''
def _searches(random_search, space, n_iter, seed, other):
    """One search; and short ones: the same seed twice, another one, one generator used twice."""
    from numpy.random import default_rng

    few, used = min(n_iter, 20), default_rng(seed)
    return {
        "all": random_search(space, n_iter, default_rng(seed)),
        "first": random_search(space, few, default_rng(seed)),
        "other": random_search(space, few, default_rng(other)),
        "in turn": [random_search(space, few, used) for _ in range(2)],
    }
'''

DESCRIBE = '''
def _described(model, seed, vocabulary, length):
    """In the student's process: the network as Keras writes it down, and what it computes."""
    import keras
    import numpy

    if not isinstance(model, keras.Model):
        return {"model": False}
    answer = {"model": True, "saved": None, "output": None, "losses": [None, None]}
    try:
        answer["saved"] = model.to_json()
        answer["output"] = _output(model, seed, vocabulary, length)
    except Exception:  # such as an embedding with too few rows
        return answer
    answer["losses"] = _losses(model, answer["output"])
    return answer


def _examined(given, seed, vocabulary, length):
    """Apart: a network of Keras's own parts, made from that, and what it is and computes."""
    import json

    import keras

    if not given["model"]:
        return {"model": False}
    answer = {"model": True, "rebuilt": False, "input": None, "output": None}
    try:
        saved = json.loads(given["saved"])
        compiled = saved.pop("compile_config", None)
        model = keras.saving.deserialize_keras_object(saved, safe_mode=True)
    except Exception:  # it has parts that only the notebook knows
        return answer
    if not isinstance(model, keras.Model):
        return answer
    answer |= {"rebuilt": True, "claimed": given["output"], "losses": given["losses"]}
    answer["layers"] = [
        _settings(layer) for layer in model.layers if not isinstance(layer, keras.layers.InputLayer)
    ]
    answer["optimizer"] = _optimizer(compiled) if compiled else None
    try:
        answer["input"] = list(model.input_shape)
        answer["output"] = _output(model, seed, vocabulary, length)
        loss = keras.saving.deserialize_keras_object(compiled["loss"], safe_mode=True)
        model.compile(loss=loss)
        answer["losses"] = _losses(model, answer["output"])
    except Exception:  # a network without Input; a loss of the student's own is judged by its values
        pass
    return answer


def _output(model, seed, vocabulary, length):
    """The probabilities that it gives for drawn tokens, with drawn weights."""
    import numpy

    rng = numpy.random.default_rng(seed)
    model.set_weights([rng.normal(size=weight.shape) for weight in model.weights])
    tokens = rng.integers(vocabulary, size=(6, length))
    return numpy.asarray(model(tokens, training=False)).astype("float32")


def _losses(model, output):
    """The loss of an output for whole numbers as targets and for one-hot ones, where it has one."""
    import numpy

    targets = numpy.arange(6) % 3
    losses = [None, None]
    for number, y in enumerate((targets, numpy.eye(3)[targets])):
        try:
            losses[number] = float(model.compute_loss(x=None, y=y, y_pred=output))
        except Exception:  # the other kind of targets
            pass
    return losses


def _optimizer(compiled):
    import keras

    try:
        return type(keras.optimizers.get(compiled["optimizer"])).__name__
    except Exception:
        return "of the notebook's own"


def _settings(layer):
    found = {"class": type(layer).__name__}
    for name in ("input_dim", "units", "rate", "return_sequences", "dropout", "recurrent_dropout"):
        if isinstance(getattr(layer, name, None), int | float):
            found[name] = getattr(layer, name)
    for name in ("activation", "recurrent_activation"):
        if hasattr(layer, name):
            found[name] = getattr(getattr(layer, name), "__name__", "")
    if hasattr(layer, "kernel_initializer"):
        found["kernel_initializer"] = type(layer.kernel_initializer).__name__
    return found
'''


# ---------------------------------------------------------------- random_search


def search_problem(case: Case, answer: dict) -> Outcome | str | None:
    """What is wrong with the searches of one case, if anything is."""
    answer = _plain(answer)
    return (
        _form(case, answer["all"])
        or _repeatability(case, answer)
        or _draws(case["space"], answer["all"])
        or _evenness(case["space"], answer["all"])
    )


def _plain(value: object) -> object:
    """NumPy scalars and arrays without axes as the Python values that they equal, at any depth."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    single = isinstance(value, np.generic) or (isinstance(value, np.ndarray) and not value.ndim)
    return value.item() if single else value


def _form(case: Case, settings: object) -> Outcome | None:
    n_iter, names = case["n_iter"], set(case["space"])
    if not isinstance(settings, list):
        return Outcome(
            0,
            f"Return a list of dicts; you return a value of type {type_name(settings)}.",
            lacks="a-list",
        )
    if len(settings) != n_iter:
        return Outcome(
            0,
            f"There should be {n_iter} settings; you return {len(settings)}.",
            lacks="number-of-settings",
        )
    for point in settings:
        if not isinstance(point, dict) or set(point) != names:
            return Outcome(
                0,
                "Each setting is a dict with the names of the space, and no others.",
                lacks="names-of-the-space",
            )
    return None


def _repeatability(case: Case, answer: dict) -> str | None:
    if answer["in turn"][0] != answer["first"]:
        return "another-source-of-chance"
    if case["n_iter"] < 10:
        return None  # so few may agree by accident
    if answer["first"] == answer["other"] or answer["in turn"][0] == answer["in turn"][1]:
        return "seed-of-its-own"
    if all(point == answer["all"][0] for point in answer["all"]):
        return "one-draw-repeated"
    return None


def _draws(space: dict, settings: list[dict]) -> Outcome | str | None:
    columns = {}
    for name, values in space.items():
        drawn = [point[name] for point in settings]
        check = _from_range if isinstance(values, tuple) else _from_list
        found = check(name, values, drawn)
        if found is not None:
            return found
        columns[name] = _as_numbers(values, drawn)
    return _dependence(columns)


def _from_list(name: str, values: list, drawn: list) -> Outcome | str | None:
    typed = [(type(value), value) for value in values]
    for value in drawn:
        if isinstance(value, np.ndarray):
            return Outcome(
                0,
                f"For {name!r} you return an array; draw a single value of the list.",
                lacks="single-values",
            )
        if (type(value), value) not in typed:
            near = value in values or str(value) in map(str, values)
            return (
                "types-lost"
                if near
                else Outcome(
                    0, f"A value of {name!r} is not in its list.", lacks="values-of-the-list"
                )
            )
    if len(drawn) < 50 or len(values) == 1:
        return None
    counts = np.bincount([typed.index((type(v), v)) for v in drawn], minlength=len(values))
    if counts[-1] == 0 and counts[:-1].all():
        return "last-value-never"
    if stats.chisquare(counts).pvalue < CERTAIN:
        return Outcome(0, f"The values of {name!r} are not equally likely.", lacks="equal-chances")
    return None


def _from_range(name: str, values: tuple, drawn: list) -> Outcome | str | None:
    low, high = values
    if not all(type(value) is float for value in drawn):
        return Outcome(
            0,
            f"A value of {name!r}, from (low, high), has to be a single float.",
            lacks="single-floats",
        )
    drawn = np.array(drawn)
    if not _within(drawn, low, high):
        if _within(np.exp(drawn), low, high) or _within(10.0**drawn, low, high):
            return "logarithm-kept"
        return Outcome(
            0,
            f"A value of {name!r} is not between low and high.",
            lacks="values-in-range",
        )
    if len(drawn) < 50:
        return None
    if set(drawn) <= {low, high}:
        return "ends-only"
    logarithm = np.log10(drawn)
    if np.allclose(logarithm, np.round(logarithm)):
        return "whole-powers-only"
    even = stats.chisquare(_counts(values, drawn)).pvalue  # sees a hill that the other test misses
    if min(even, stats.kstest(drawn, stats.loguniform(low, high).cdf).pvalue) < CERTAIN:
        uniform = stats.kstest(drawn, stats.uniform(low, high - low).cdf).pvalue
        if uniform > CERTAIN:
            return "uniform-not-logarithmic"
        return Outcome(
            0,
            f"The logarithm of {name!r} is not uniform between the logarithms of low and high.",
            lacks="uniform-logarithm",
        )
    return None


def _within(values: np.ndarray, low: float, high: float) -> bool:
    """Up to rounding: the exponential of a logarithm may miss the end by a last digit."""
    return bool((values >= low * (1 - 1e-9)).all() and (values <= high * (1 + 1e-9)).all())


def _as_numbers(values: list | tuple, drawn: list) -> np.ndarray:
    if isinstance(values, tuple):
        return np.array(drawn)
    typed = [(type(value), value) for value in values]
    return np.array([typed.index((type(value), value)) for value in drawn])


def _dependence(columns: dict[str, np.ndarray]) -> str | None:
    """Whether a draw tells about the next one of its name, or about those of other names."""
    columns = {name: numbers for name, numbers in columns.items() if len(set(numbers)) > 1}
    if not columns or len(next(iter(columns.values()))) < 50:
        return None
    for numbers in columns.values():
        if _linked(numbers[:-1], numbers[1:]):
            return "taken-in-turn"
    for one, other in itertools.combinations(columns.values(), 2):
        if _linked(one, other):
            return "one-number-for-all-names"
    return None


def _linked(one: np.ndarray, other: np.ndarray) -> bool:
    """A chi-square test of independence, on few classes each."""
    table = np.zeros((5, 5))
    np.add.at(table, (_classes(one), _classes(other)), 1)
    table = table[table.any(axis=1)][:, table.any(axis=0)]
    return stats.chi2_contingency(table, correction=False).pvalue < CERTAIN


def _evenness(space: dict, settings: list[dict]) -> str | None:
    """Whether the draws avoid each other: chance is never as regular as a shuffled deck."""
    counts = [
        _counts(values, [point[name] for point in settings]) for name, values in space.items()
    ]
    statistic = sum(stats.chisquare(count).statistic for count in counts)
    freedom = sum(len(count) - 1 for count in counts)
    if len(settings) >= 50 and stats.chi2.cdf(statistic, freedom) < CERTAIN:
        return "spread-too-evenly"
    combinations = np.prod([len(count) for count in counts])
    lists = not any(isinstance(values, tuple) for values in space.values())
    # 40 independent draws out of 48 are all different once in fifty thousand million times.
    if lists and len(settings) > 1 and combinations < 1.25 * len(settings):
        different = {repr(sorted(point.items())) for point in settings}
        return "never-drawn-again" if len(different) == len(settings) else None
    return None


def _counts(values: list | tuple, drawn: list) -> np.ndarray:
    """How often each value of a list was drawn, or each sixteenth of a range on a log scale."""
    numbers = _as_numbers(values, drawn)
    if isinstance(values, list):
        return np.bincount(numbers, minlength=len(values))
    low, high = np.log(values)
    place = (np.log(numbers) - low) / (high - low) if high > low else 0 * numbers
    return np.bincount((16 * place).astype(int).clip(0, 15), minlength=16)


def _classes(numbers: np.ndarray) -> np.ndarray:
    """At most five classes: the values themselves where they are few, else fifths."""
    values, index = np.unique(numbers, return_inverse=True)
    return index if len(values) <= 5 else index * 5 // len(values)


# ---------------------------------------------------------------- build_classifier


def classifier_problem(case: Case, answer: dict) -> Outcome | str | None:
    """What is wrong with a network that was built, if anything is."""
    if not isinstance(answer, dict):
        return Outcome(0, "Your network could not be examined: making it again takes far too long.")
    if not answer["model"]:
        return "not-a-model"
    if not answer["rebuilt"]:
        return Outcome(
            0,
            "Keras can't make your network again from its configuration (`to_json`): it has a part that"
            " only your notebook knows. Use the layers of Keras as they are.",
        )
    layers = _merged_softmax(answer["layers"])
    return (
        _layers(case, layers)
        or _input_and_embedding(case, answer, layers)
        or _settings(case, layers)
        or _compilation(case, answer)
        or _computation(answer)
    )


def _merged_softmax(layers: list[dict]) -> list[dict]:
    """A Dense layer without activation and a softmax after it count as one layer."""
    *rest, last = layers or [{"class": ""}]
    soft = last["class"] == "Softmax" or (
        last["class"] == "Activation" and last.get("activation") == "softmax"
    )
    if soft and rest and rest[-1]["class"] == "Dense" and rest[-1]["activation"] == "linear":
        return [*rest[:-1], rest[-1] | {"activation": "softmax"}]
    return layers


def _layers(case: Case, layers: list[dict]) -> Outcome | str | None:
    classes = [layer["class"] for layer in layers]
    wanted = ["Embedding", "LSTM", "Dropout", "Dense"]
    dropped = [layer for layer in layers if layer.get("dropout") or layer.get("recurrent_dropout")]
    if dropped:
        return "dropout-inside-the-lstm"
    if classes == ["Embedding", "LSTM", "Dense"]:
        return "no-dropout-layer"
    if classes != wanted:
        return Outcome(
            0,
            f"After its Input the network has the layers {', '.join(classes) or 'none'}; it should"
            f" have {', '.join(wanted)}, in this order.",
        )
    return None


def _input_and_embedding(case: Case, answer: dict, layers: list[dict]) -> Outcome | str | None:
    embedding, lstm, _, dense = layers
    if answer["input"] is None or answer["input"][1:] == [None]:
        return "no-input"
    if answer["input"] != [None, case["length"]]:
        return Outcome(0, "The Input does not have the shape (length,).")
    if embedding["input_dim"] != case["vocabulary"]:
        return "length-and-vocabulary-swapped"
    if lstm["units"] != case["units"]:
        return "units-fixed"
    if lstm["return_sequences"]:
        return "all-steps-returned"
    if dense["units"] != 3:
        return "one-output"
    return None


def _settings(case: Case, layers: list[dict]) -> Outcome | str | None:
    _, lstm, dropout, dense = layers
    wanted = _expected(case)
    if abs(dropout["rate"] - case["dropout"]) > 1e-9:
        kept = abs(dropout["rate"] + case["dropout"] - 1) < 1e-9
        return (
            "rate-that-is-kept"
            if kept
            else Outcome(0, "The rate of Dropout is not the one that was given.")
        )
    if dense["activation"] != "softmax":
        return "activation-of-the-output"
    if lstm["recurrent_activation"] != "sigmoid":
        return "activation-of-the-gates"
    if lstm["activation"] != wanted["activation"]:
        return "activation-left-out"
    right = [layer["kernel_initializer"] == wanted["initializer"] for layer in (lstm, dense)]
    if not all(right):
        return "initializer-in-one-layer" if any(right) else "initializer-left-out"
    return None


def _expected(case: Case) -> dict[str, str]:
    """What Keras makes of the names."""
    import keras

    return {
        "activation": keras.activations.get(case["activation"]).__name__,
        "initializer": type(keras.initializers.get(case["init_mode"])).__name__,
        "optimizer": type(keras.optimizers.get(case["optimizer"])).__name__,
    }


def _compilation(case: Case, answer: dict) -> Outcome | str | None:
    if answer["optimizer"] is None:
        return "not-compiled"
    if answer["optimizer"] != _expected(case)["optimizer"]:
        return "optimizer-fixed"
    output = answer["output"]
    if not isinstance(output, np.ndarray) or output.shape != (6, 3):
        return Outcome(0, "The network does not give three probabilities for each row.")
    targets = np.arange(6) % 3
    p = np.clip(output.astype(float), 1e-7, 1)
    # in half precision the three add up to one only nearly, and Keras's losses divide by their sum
    entropies = [
        -np.log(q[range(6), targets]).mean() for q in (p, p / p.sum(axis=1, keepdims=True))
    ]
    if not any(_equal(*pair) for pair in itertools.product(answer["losses"], entropies)):
        twice = np.exp(p) / np.exp(p).sum(axis=1, keepdims=True)
        again = -np.log(twice[range(6), targets]).mean()
        logits = any(_equal(loss, again) for loss in answer["losses"])
        return "softmax-twice" if logits else "loss-of-a-regression"
    return None


def _computation(answer: dict) -> Outcome | None:
    """Whether the student's network computes what one of its layers and weights does."""
    claimed = answer["claimed"]
    # two digits are left where the layers work in half precision
    close = isinstance(claimed, np.ndarray) and claimed.shape == answer["output"].shape
    if close and np.allclose(claimed, answer["output"], rtol=1e-2, atol=1e-2):
        return None
    return Outcome(
        0,
        "Your network gives different probabilities from Keras's layers with the same weights: one of its"
        " parts computes something of its own.",
    )


def _equal(loss: float | None, value: float) -> bool:
    return loss is not None and bool(np.isclose(loss, value, rtol=1e-4, atol=1e-6))
