"""What is checked in the assignment *overfitting*, on which inputs, and the known mistakes."""

from __future__ import annotations

import numpy as np

from exercises.drawing import sizes
from grader.checks import Assignment, Case, Check, Outcome, mistake
from solutions import overfitting as reference

GRID = 64
"""Losses are whole multiples of 1/64: then sums and differences are exact, and ties are ties."""

GAIN = 8 / GRID
"""The min_delta of the cases that have one."""


def curve(rng: np.random.Generator, moves: str) -> list[float]:
    """Losses in units of 1/64 that go from the first as the moves say.

    +  up, by any amount        h  half a step back, still above the lowest so far
    =  nowhere                  b  back to the lowest so far
    .  below the lowest so far by 3, g by 8 (exactly GAIN), v by 9 or more
    """
    losses = [100 + 20 * len(moves) + int(rng.integers(0, 50))]
    for move in moves:
        lowest = min(losses)
        losses.append(
            {
                "+": losses[-1] + int(rng.integers(2, 8)),
                "h": losses[-1] - 1,
                "=": losses[-1],
                "b": lowest,
                ".": lowest - 3,
                "g": lowest - 8,
                "v": lowest - int(rng.integers(9, 16)),
            }[move]
        )
    return [loss / GRID for loss in losses]


def draw_gap(rng: np.random.Generator) -> list[Case]:
    cases = []
    for epochs in (*sizes(rng, 2, low=4, high=9), 1):
        history = {
            name: rng.uniform(0.2, 0.9, size=epochs) for name in ("accuracy", "val_accuracy")
        }
        history["loss"] = np.sort(rng.uniform(0.2, 0.9, size=epochs))[::-1]
        gap = np.linspace(-0.3, 0.6, epochs) + rng.uniform(
            0, 0.1, size=epochs
        )  # opens from below 0
        history["val_loss"] = history["loss"] + gap
        names = rng.permutation(sorted(history)).tolist()
        cases.append({"history": {name: history[name].tolist() for name in names}})
    return cases


def draw_stopping(rng: np.random.Generator) -> list[Case]:
    """Curves that turn where it matters: their moves are fixed, their lengths and sizes are not."""
    a, b = sizes(rng, 2, low=3, high=6)
    down, bump = "v" * int(rng.integers(2, 6)), "+" * (a - 1)
    walks = ["".join(rng.choice(list("++==b.gv"), size=30)) for _ in range(2)]
    stories = [
        # two bumps that are short enough, one that is not, and what would have come after it
        (down + bump + "v" + bump + "v" + bump + "+" + "vv", a, None),
        # coming half-way down again is no improvement
        (down + "+h" + "+" * b + "v", b, None),
        # small gains: no two of them count, three together do; what comes last is too small
        (down + "......" + ".==" + "v", 3, GAIN),
        # a gain of exactly min_delta is none; with min_delta 0 the smallest counts
        (down + "g" + "=" * a, a, GAIN),
        (down + "." * b + "+" * (b + 1), b, 0.0),
        # equal to the best is no improvement, on a plateau or after a bump
        (down + "=" * (b + 2), b, None),
        (down + "+b" * a + "v", a, None),
        # nothing stops it: still falling, or not worse for long enough
        (down + "v" * b, b, None),
        (down + "+" * (b - 1), b, None),
        # stopped in the very last epoch; at once; worse from the start; a single epoch
        (down + "+" * a, a, None),
        (down + "=v", 1, None),
        ("+" * (b + 3), b, None),
        ("", int(rng.integers(1, 4)), None),
        (walks[0], 4, None),
        (walks[1], 4, GAIN),
    ]
    cases = []
    for number, (moves, patience, min_delta) in enumerate(stories):
        losses = curve(rng, moves)
        cases.append(
            {
                "val_losses": np.array(losses) if number % 3 == 1 else losses,
                "patience": patience,
                "min_delta": "left out" if min_delta is None else min_delta,
            }
        )
    return cases


def draw_counts(rng: np.random.Generator) -> list[Case]:
    cases = []
    for low, high in ((20, 60), (2, 9), (100, 400)):
        words, vector, units, classes = sizes(rng, 4, low, high)
        cases.append(
            {"vocabulary": 10 * words, "embedding": vector, "units": units, "classes": classes}
        )
    return [*cases, dict.fromkeys(("vocabulary", "embedding", "units", "classes"), 1)]


def draw_folds(rng: np.random.Generator) -> list[Case]:
    k = int(rng.integers(4, 7))
    rows = k * int(rng.integers(3, 6))
    return [
        {"n": rows + int(rng.integers(2, k - 1)), "k": k},  # two or more folds are larger
        {"n": rows, "k": k},
        {"n": 2 * int(rng.integers(4, 9)) + 1, "k": 2},
        {"n": k, "k": k},
    ]


def draw_capacities(rng: np.random.Generator) -> list[Case]:
    """Losses over capacity fall, wobble and rise again; the dicts are not in rising order."""
    cases = []
    for _ in range(2):
        units = np.cumsum(rng.integers(1, 9, size=7)).tolist()
        low = int(rng.integers(20, 40))
        # 64ths above the lowest: good enough are the fourth, just so, the sixth and the best, the fifth
        above = [30, 20, 26, 5, 0, 3, 9]
        cases.append(_shuffled(rng, units, [low + more for more in above], 5 / GRID))
    units = np.cumsum(rng.integers(2, 9, size=5)).tolist()
    low = int(rng.integers(20, 40))
    return [
        *cases,
        _shuffled(rng, units, [low + 9, low + 4, low, low + 2, low], 0.0),  # a tie
        _shuffled(rng, units, [low + 3, low + 2, low + 8, low + 9, low], 4 / GRID),  # the smallest
        _shuffled(rng, units, [-low + 9, -low + 8, -low + 2, -low, -low + 5], 3 / GRID),
        {"val_losses": {units[0]: low / GRID}, "tolerance": 0.25},
    ]


def _shuffled(rng: np.random.Generator, units: list, losses: list, tolerance: float) -> Case:
    """A case in whose dict neither the smallest nor the largest of the good enough comes first.

    (Of two, the smallest does not.)
    """
    good = [n for n, loss in enumerate(losses) if loss / GRID <= min(losses) / GRID + tolerance]
    order = list(range(len(units)))
    while next(n for n in order if n in good) in (good[0], *good[2:][-1:]):
        order = rng.permutation(len(units)).tolist()
    return {
        "val_losses": {units[n]: losses[n] / GRID for n in order},
        "tolerance": tolerance,
    }


GAP = Check(
    "generalization_gap",
    points=1,
    draw=draw_gap,
    promises=("array",),
    misconceptions=(
        mistake(
            "sign-turned",
            """You subtract the held-out loss from the training loss, so an overfitting network gets
            a negative gap. A gap is how much worse it is on what it has not seen.""",
            source="""
            def generalization_gap(history):
                return np.asarray(history["loss"]) - np.asarray(history["val_loss"])
            """,
        ),
        mistake(
            "sign-lost",
            """You take the absolute value. Where the network does better on the held-out data
            (dropout can do that early on) the gap is negative, and that is worth seeing.""",
            source="""
            def generalization_gap(history):
                return np.abs(np.asarray(history["val_loss"]) - np.asarray(history["loss"]))
            """,
        ),
        mistake(
            "gap-of-the-accuracies",
            """This is the gap between the accuracies. The accuracy can stand still while the loss
            already says that the network grows sure of wrong answers: use the two losses.""",
            source="""
            def generalization_gap(history):
                return np.asarray(history["accuracy"]) - np.asarray(history["val_accuracy"])
            """,
        ),
        mistake(
            "last-epoch-only",
            """You return only the gap after the last epoch. How it opens is what tells you when
            overfitting begins: return one number per epoch.""",
            source="""
            def generalization_gap(history):
                return history["val_loss"][-1] - history["loss"][-1]
            """,
        ),
        mistake(
            "relative-gap",
            """You divide by the training loss. The gap is the plain difference, in units of the
            loss.""",
            source="""
            def generalization_gap(history):
                loss = np.asarray(history["loss"])
                return (np.asarray(history["val_loss"]) - loss) / loss
            """,
        ),
        mistake(
            "ratio",
            """You divide the two losses. The gap is their difference: 0 where the network does
            equally well on both.""",
            source="""
            def generalization_gap(history):
                return np.asarray(history["val_loss"]) / np.asarray(history["loss"])
            """,
        ),
        mistake(
            "a-list",
            """The numbers are right, but they come in a list. Return an array, so that others can
            go on computing with it.""",
            source="""
            def generalization_gap(history):
                return [v - t for t, v in zip(history["loss"], history["val_loss"])]
            """,
        ),
        mistake(
            "averaged",
            """You average over the epochs. Return the gap of each epoch: the mean hides when it
            opened.""",
            source="""
            def generalization_gap(history):
                return np.mean(history["val_loss"]) - np.mean(history["loss"])
            """,
        ),
    ),
)

STOPPING = Check(
    "early_stopping",
    points=4,
    draw=draw_stopping,
    call="early_stopping(val_losses, patience,"
    " **({} if isinstance(min_delta, str) else {'min_delta': min_delta}))",
    misconceptions=(
        mistake(
            "one-epoch-too-patient",
            """You stop one epoch too late. Training ends with the epoch that makes `patience`
            epochs without an improvement; you wait for one more.""",
            "epoch - best >= patience",
            "epoch - best > patience",
        ),
        mistake(
            "compared-with-the-epoch-before",
            """You compare each loss with that of the epoch before. After a bump, coming half-way
            down again is no improvement: the loss has to beat the best one so far.""",
            source="""
            def early_stopping(val_losses, patience, min_delta=0.0):
                best, wait = 0, 0
                for epoch in range(1, len(val_losses)):
                    if val_losses[epoch] < val_losses[epoch - 1] - min_delta:
                        best, wait = epoch, 0
                    else:
                        wait += 1
                    if wait >= patience:
                        return epoch, best
                return len(val_losses) - 1, best
            """,
        ),
        mistake(
            "waiting-never-forgiven",
            """You add up all epochs without an improvement. An improvement wipes the slate clean:
            after it the count starts again at 0.""",
            source="""
            def early_stopping(val_losses, patience, min_delta=0.0):
                best, wait = 0, 0
                for epoch in range(1, len(val_losses)):
                    if val_losses[epoch] + min_delta < val_losses[best]:
                        best = epoch
                    else:
                        wait += 1
                    if wait >= patience:
                        return epoch, best
                return len(val_losses) - 1, best
            """,
        ),
        mistake(
            "best-of-the-whole-curve",
            """Your `best` is the lowest point of the whole curve. After the stop there is no more
            training: an epoch that was never reached cannot be kept.""",
            source="""
            def early_stopping(val_losses, patience, min_delta=0.0):
                best = 0
                for epoch, loss in enumerate(val_losses):
                    if loss + min_delta < val_losses[best]:
                        best = epoch
                    elif epoch - best >= patience:
                        break
                return epoch, int(np.argmin(val_losses))
            """,
        ),
        mistake(
            "best-without-min-delta",
            """Your `best` is the lowest loss up to the stop. With a `min_delta` that is a different
            epoch: a loss that is lower by no more than min_delta is no improvement, so it does not
            become the best either.""",
            source="""
            def early_stopping(val_losses, patience, min_delta=0.0):
                best = 0
                for epoch, loss in enumerate(val_losses):
                    if loss + min_delta < val_losses[best]:
                        best = epoch
                    elif epoch - best >= patience:
                        break
                return epoch, int(np.argmin(val_losses[: epoch + 1]))
            """,
        ),
        mistake(
            "small-gains-lower-the-bar",
            """A gain that is too small to count still lowers your bar for the epochs after it, so
            a slow descent never counts, however far it leads. Compare with the loss of the last
            epoch that did improve.""",
            source="""
            def early_stopping(val_losses, patience, min_delta=0.0):
                best, lowest, wait = 0, val_losses[0], 0
                for epoch in range(1, len(val_losses)):
                    if val_losses[epoch] + min_delta < lowest:
                        best, wait = epoch, 0
                    else:
                        wait += 1
                    lowest = min(lowest, val_losses[epoch])
                    if wait >= patience:
                        return epoch, best
                return len(val_losses) - 1, best
            """,
        ),
        mistake(
            "min-delta-as-a-share",
            """You take min_delta as a share of the best loss. Here it is a difference: a loss has to
            be lower than the best one by more than min_delta, however large both are.""",
            "if loss + min_delta < val_losses[best]",
            "if loss < val_losses[best] * (1 - min_delta)",
        ),
        mistake(
            "a-tie-improves",
            """A loss that beats the best one by exactly min_delta (with min_delta 0: one that
            equals it) counts as an improvement in your function. The gain has to be larger than
            min_delta.""",
            "if loss + min_delta < val_losses[best]",
            "if epoch > 0 and loss + min_delta <= val_losses[best]",
        ),
        mistake(
            "min-delta-ignored",
            """You never use min_delta. It says how large a gain has to be before it counts.""",
            "loss + min_delta < val_losses[best]",
            "loss < val_losses[best]",
        ),
        mistake(
            "min-delta-turned",
            """Your min_delta works in the wrong direction: a loss that is a little higher than the
            best counts as an improvement. It is there to ask for more, not for less.""",
            "if loss + min_delta < val_losses[best]",
            "if loss - min_delta < val_losses[best]",
        ),
        mistake(
            "counted-from-one",
            """Your epochs are counted from 1. Here the first one is epoch 0.""",
            "return epoch, best",
            "return epoch + 1, best + 1",
        ),
        mistake(
            "stopped-after-the-last",
            """Where nothing stops the training you return the number of epochs. The last epoch is
            one less, since the first is 0.""",
            source="""
            def early_stopping(val_losses, patience, min_delta=0.0):
                best = 0
                for epoch, loss in enumerate(val_losses):
                    if loss + min_delta < val_losses[best]:
                        best = epoch
                    elif epoch - best >= patience:
                        return epoch, best
                return len(val_losses), best
            """,
        ),
        mistake(
            "stopped-at-the-best",
            """You report the best epoch as the last one too. To find out that the network no longer
            improves, training has to go on for `patience` epochs beyond the best.""",
            "return epoch, best",
            "return best, best",
        ),
        mistake(
            "results-swapped",
            """You have swapped the two results: the epoch in which training stopped comes first,
            then the best one.""",
            "return epoch, best",
            "return best, epoch",
        ),
        mistake(
            "losses-instead-of-epochs",
            """You return the best loss. Return its epoch instead, which says when the network was
            worth keeping.""",
            "return epoch, best",
            "return epoch, val_losses[best]",
        ),
    ),
)

COUNT = Check(
    "lstm_parameter_count",
    points=2,
    draw=draw_counts,
    promises=("int",),
    misconceptions=(
        mistake(
            "three-layers",
            """You count three layers in the LSTM. There are three gates, and the candidate has
            weights of its own, too.""",
            "4 * per_layer",
            "3 * per_layer",
        ),
        mistake(
            "one-layer",
            """You count the LSTM like a simple recurrent layer. Each of the three gates and the
            candidate has its own matrix and bias.""",
            "4 * per_layer",
            "per_layer",
        ),
        mistake(
            "no-bias-in-the-lstm",
            """The biases of the LSTM are missing: one number per unit in each of its layers.""",
            "(units + embedding) * units + units",
            "(units + embedding) * units",
        ),
        mistake(
            "two-biases-in-the-lstm",
            """You give each layer of the LSTM two biases, one with x and one with h, as some
            libraries do. Keras has only one, since nothing but their sum counts.""",
            "(units + embedding) * units + units",
            "(units + embedding) * units + 2 * units",
        ),
        mistake(
            "one-bias-for-all-units",
            """You count one bias per layer of the LSTM. Every unit has its own.""",
            "(units + embedding) * units + units",
            "(units + embedding) * units + 1",
        ),
        mistake(
            "no-recurrence",
            """Your LSTM reads the word and not its own hidden state: the matrices that multiply h
            are missing.""",
            "(units + embedding) * units + units",
            "embedding * units + units",
        ),
        mistake(
            "one-recurrent-matrix-for-all",
            """You count a single matrix for h. The three gates and the candidate have one each.""",
            "4 * per_layer",
            "4 * (embedding * units + units) + units * units",
        ),
        mistake(
            "no-bias-in-the-output",
            """The biases of the output layer are missing: one number per class.""",
            "units * classes + classes",
            "units * classes",
        ),
        mistake(
            "embedding-left-out",
            """The embedding is missing, and it is often the largest part: one vector for each
            index.""",
            "vocabulary * embedding + ",
            "",
        ),
        mistake(
            "one-vector-too-many",
            """Your embedding has one vector too many. It is a table with one vector for each index:
            no bias is added to it, and `vocabulary` counts padding and unknown words already.""",
            "vocabulary * embedding",
            "(vocabulary + 1) * embedding",
        ),
        mistake(
            "output-reads-the-word",
            """Your output layer reads a vector of the embedding's length. It reads the LSTM's
            hidden state.""",
            "units * classes + classes",
            "embedding * classes + classes",
        ),
    ),
)

FOLDS = Check(
    "kfold_indices",
    points=3,
    draw=draw_folds,
    promises=("int", "array"),
    misconceptions=(
        mistake(
            "rest-in-the-last-fold",
            """Where n is not a multiple of k, your last fold takes all that is left. Spread the
            rest: the first n % k folds get one row more each, so that sizes differ by one at
            most.""",
            "n // k + (fold < n % k)",
            "n // k + (fold == k - 1) * (n % k)",
        ),
        mistake(
            "rest-never-tested",
            """Where n is not a multiple of k, your last rows are in no test set. Every row is
            tested exactly once: the first n % k folds get one row more each.""",
            "n // k + (fold < n % k)",
            "n // k",
        ),
        mistake(
            "larger-folds-last",
            """Your larger folds come last. Here, as in scikit-learn, the first n % k folds get the
            extra rows.""",
            "(fold < n % k)",
            "(fold >= k - n % k)",
        ),
        mistake(
            "every-kth-row",
            """You deal the rows out in turn, every k-th row to the same fold. A fold is one block
            of neighbours here: rows that follow each other are often alike, and should not be
            divided between training and testing.""",
            source="""
            def kfold_indices(n, k):
                rows = np.arange(n)
                return [(rows[rows % k != fold], rows[rows % k == fold]) for fold in range(k)]
            """,
        ),
        mistake(
            "train-and-test-swapped",
            """You have swapped the two arrays of each pair: the large one, to train on, comes
            first, then the fold to test on.""",
            "folds.append((train, test))",
            "folds.append((test, train))",
        ),
        mistake(
            "tested-on-what-was-trained",
            """Your training sets hold the test rows, too. A network that can look up the answers
            cannot show you that it overfits.""",
            "np.concatenate([rows[:start], rows[stop:]])",
            "rows",
        ),
        mistake(
            "past-only",
            """You train on the rows before the fold only. That is how one tests forecasts; in k-fold
            cross-validation everything but the fold is for training, including what follows it.""",
            "np.concatenate([rows[:start], rows[stop:]])",
            "rows[:start]",
        ),
        mistake(
            "masks-instead-of-indices",
            """Your arrays hold True and False. They should hold indices, the numbers of the
            rows.""",
            "folds.append((train, test))",
            "folds.append((np.isin(rows, train), np.isin(rows, test)))",
        ),
        mistake(
            "indices-as-floats",
            """Your indices are floats, and an array refuses those as indices. That happens where
            you join them with an empty np.array([]), which holds floats.""",
            "folds.append((train, test))",
            "folds.append((train * 1.0, test * 1.0))",
        ),
        mistake(
            "one-fold-only",
            """You return only the first fold's pair. Each of the k folds takes its turn as the test
            set: return a list of k pairs.""",
            "return folds",
            "return folds[:1]",
        ),
        mistake(
            "rounded-up",
            """You round the size of a fold up, and the last folds run short. The sizes differ by
            one at most: the first n % k folds have one row more.""",
            source="""
            def kfold_indices(n, k):
                size, rows = -(-n // k), np.arange(n)
                folds = [(i * size, min(n, (i + 1) * size)) for i in range(k)]
                return [(np.concatenate([rows[:a], rows[b:]]), rows[a:b]) for a, b in folds]
            """,
        ),
        mistake(
            "borders-rounded",
            """You divide the range into k equal parts and round the borders, so that the larger
            folds can stand anywhere. It is the first n % k folds that should have one row more.""",
            source="""
            def kfold_indices(n, k):
                borders, rows = np.round(np.linspace(0, n, k + 1)).astype(int), np.arange(n)
                folds = zip(borders, borders[1:])
                return [(np.concatenate([rows[:a], rows[b:]]), rows[a:b]) for a, b in folds]
            """,
        ),
    ),
)

SMALLEST = Check(
    "smallest_within",
    points=2,
    draw=draw_capacities,
    promises=("int",),
    misconceptions=(
        mistake(
            "the-best-one",
            """You return the capacity with the lowest loss. Prefer a smaller network if its loss is
            at most the lowest one plus `tolerance`: the difference is noise, and the smaller
            network has less room for learning by heart.""",
            source="""
            def smallest_within(val_losses, tolerance):
                return min(val_losses, key=lambda capacity: (val_losses[capacity], capacity))
            """,
        ),
        mistake(
            "just-so-excluded",
            """A loss of exactly the lowest one plus the tolerance is still good enough; you accept
            only a lower one. With a tolerance of 0 your function finds nothing at all.""",
            "loss <= enough",
            "loss < enough or loss == min(val_losses.values())",
        ),
        mistake(
            "tolerance-as-a-share",
            """You take the tolerance as a share of the lowest loss. It is in units of the loss: add
            it to the lowest one.""",
            "min(val_losses.values()) + tolerance",
            "min(val_losses.values()) * (1 + tolerance)",
        ),
        mistake(
            "first-in-the-dict",
            """You return the first capacity of the dict that is good enough. The dict is in no
            particular order: look for the smallest.""",
            "return min(capacity for capacity, loss in val_losses.items() if loss <= enough)",
            "return [capacity for capacity, loss in val_losses.items() if loss <= enough][0]",
        ),
        mistake(
            "largest-within",
            """You return the largest capacity that is good enough. The point is to get away with
            the smallest.""",
            "return min(capacity for",
            "return max(capacity for",
        ),
        mistake(
            "tolerance-as-the-bar",
            """You ask for a loss of at most the tolerance. The bar is relative to the best
            network: its loss plus the tolerance.""",
            source="""
            def smallest_within(val_losses, tolerance):
                good = [capacity for capacity, loss in val_losses.items() if loss <= tolerance]
                return min(good, default=min(val_losses))
            """,
        ),
        mistake(
            "stopped-at-the-first-dip",
            """You go up from the smallest network and stop as soon as the next one does not improve
            enough. Losses wobble: the lowest may come after a bump. Compare all of them with the
            lowest.""",
            source="""
            def smallest_within(val_losses, tolerance):
                units = sorted(val_losses)
                for small, large in zip(units, units[1:]):
                    if val_losses[small] - val_losses[large] <= tolerance:
                        return small
                return units[-1]
            """,
        ),
        mistake(
            "worst-loss-within",
            """You return the capacity with the highest loss that is still good enough. That is
            often the smallest one, but not always: compare the capacities, not their losses.""",
            "return min(capacity for capacity, loss in val_losses.items() if loss <= enough)",
            "return max((c for c, loss in val_losses.items() if loss <= enough), key=val_losses.get)",
        ),
        mistake(
            "loss-instead-of-capacity",
            """You return the loss. Return the capacity instead: that is what you will build.""",
            "return min(capacity for",
            "return min(loss for",
        ),
    ),
)

CURVES, EPOCHS = 200, 40


def draw_curves(rng: np.random.Generator) -> list[Case]:
    """Curves that fall, turn and rise; what they are without the noise, only the judge knows."""
    epochs, cases = np.arange(EPOCHS), []
    for _ in range(CURVES):
        depth, pace, turn = rng.uniform(0.4, 0.9), rng.uniform(3, 7), rng.uniform(8, 26)
        rise = max(depth / pace * np.exp(-turn / pace), 0.004)
        truth = rng.uniform(0.4, 0.6) + depth * np.exp(-epochs / pace) + rise * epochs
        noisy = truth + rng.uniform(0.02, 0.05) * rng.normal(size=EPOCHS)
        cases.append({"val_losses": noisy.tolist(), "truth": truth})
    return cases


LIKELY_BODY = (
    "    epochs = np.arange(len(val_losses))\n"
    "    near = np.exp(-0.5 * ((epochs[:, None] - epochs) / 3) ** 2)\n"
    "    return int(np.argmin(near @ np.asarray(val_losses) / near.sum(axis=1)))\n"
)
LIKELY_MISTAKES = (
    mistake(
        "lowest-point",
        """This is the lowest point of the noisy curve, the choice to beat. It is low partly by
        luck.""",
        LIKELY_BODY,
        "    return int(np.argmin(val_losses))\n",
    ),
    mistake(
        "moved-by-the-window",
        """Your epoch is early by half the width of your window. The average of a window belongs to
        its middle, not to the epoch at which it begins.""",
        LIKELY_BODY,
        "    return int(np.convolve(val_losses, np.ones(9) / 9, 'valid').argmin())\n",
    ),
    mistake(
        "pulled-down-at-the-ends",
        """You choose an end of the curve. An average that counts missing neighbours as zeros is too low
        there.""",
        LIKELY_BODY,
        "    return int(np.convolve(val_losses, np.ones(9) / 9, 'same').argmin())\n",
    ),
)


def judge_epochs(cases: list[Case], answers: list[object]) -> Outcome:
    """By how much the true curve is higher there than at its lowest, beside the noisy curve's lowest."""
    hints = {known.label: known.hint for known in LIKELY_MISTAKES}
    chosen = []
    for answer in answers:
        whole = np.asarray(answer)
        if whole.shape != () or whole.dtype.kind not in "iuf" or whole != np.round(whole):
            return Outcome(0, "Return one whole number for each curve: the epoch.")
        if not 0 <= whole < EPOCHS:
            return Outcome(0, f"There are {EPOCHS} epochs, counted from 0.")
        chosen.append(int(whole))
    noisy = np.array([case["val_losses"] for case in cases])
    truth = np.array([case["truth"] for case in cases])
    picked, naive = np.array(chosen), noisy.argmin(axis=1)
    rows = np.arange(len(cases))
    excess = [np.mean(truth[rows, e] - truth.min(axis=1)) for e in (picked, naive)]
    ratio = float(excess[0] / excess[1])
    if ratio <= 0.55:
        return Outcome(1)
    if np.array_equal(picked, naive):
        return Outcome(0, hints["lowest-point"], "lowest-point")
    if ratio <= 0.8:
        return Outcome(
            0.5,
            f"Your epochs cost {ratio:.2f} times as much as the lowest points, better than the number to"
            " beat. For full marks they may cost at most 0.55 times as much.",
        )
    best = truth.argmin(axis=1)
    if np.mean((picked < 3) | (picked > EPOCHS - 4)) > 0.5:
        return Outcome(0, hints["pulled-down-at-the-ends"], "pulled-down-at-the-ends")
    if np.median(picked - best) <= -3:
        return Outcome(0, hints["moved-by-the-window"], "moved-by-the-window")
    return Outcome(
        0,
        f"Your epochs cost {ratio:.2f} times as much as the lowest points of the noisy curves; they"
        " may cost at most 0.8 times as much.",
    )


LIKELY = Check(
    "likely_best",
    points=2,
    draw=draw_curves,
    judge=judge_epochs,
    withheld=("truth",),
    misconceptions=LIKELY_MISTAKES,
)

ASSIGNMENT = Assignment(
    "overfitting",
    reference,
    (GAP, STOPPING, COUNT, FOLDS, SMALLEST, LIKELY),
    minutes=85,
)
