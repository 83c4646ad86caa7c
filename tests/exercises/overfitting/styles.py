"""Right answers to the assignment overfitting in other styles than the reference's."""

import numpy as np
import pandas as pd
from sklearn.model_selection import KFold


def generalization_gap__listed(history):
    gaps = []
    for epoch in range(len(history["loss"])):
        gaps.append(history["val_loss"][epoch] - history["loss"][epoch])
    return np.array(gaps)


def generalization_gap__subtract(history):
    return np.subtract(history["val_loss"], history["loss"])


def generalization_gap__pandas(history):
    table = pd.DataFrame(history)
    return (table["val_loss"] - table["loss"]).to_numpy()


def generalization_gap__diff(history):
    return np.diff([history["loss"], history["val_loss"]], axis=0)[0]


def early_stopping__counter(val_losses, patience, min_delta=0.0):
    best_loss, best, wait = np.inf, 0, 0
    for epoch, loss in enumerate(val_losses):
        if loss < best_loss - min_delta:
            best_loss, best, wait = loss, epoch, 0
        else:
            wait += 1
            if wait >= patience:
                return epoch, best
    return len(val_losses) - 1, best


def early_stopping__like_keras(val_losses, patience, min_delta=0.0):
    stopped, best, reference, wait, stop = 0, 0, None, 0, False
    while stopped < len(val_losses) and not stop:
        current = val_losses[stopped]
        wait += 1
        if reference is None or current - (-min_delta) < reference:
            reference, best, wait = current, stopped, 0
        elif wait >= patience and stopped > 0:
            stop = True
        stopped += 1
    return [stopped - 1, best]


def early_stopping__array(val_losses, patience, min_delta=0.0):
    losses = np.asarray(val_losses, dtype=float)
    best = np.int64(0)
    while True:
        later = np.flatnonzero(losses[best] - losses[best + 1 :] > min_delta)
        if len(later) == 0 or later[0] >= patience:
            return min(best + patience, len(losses) - 1), best
        best = best + 1 + later[0]


def early_stopping__recursive(val_losses, patience, min_delta=0.0):
    losses = list(val_losses)

    def go(epoch, best):
        if epoch == len(losses):
            return epoch - 1, best
        if losses[best] - losses[epoch] > min_delta:
            return go(epoch + 1, epoch)
        if epoch - best == patience:
            return epoch, best
        return go(epoch + 1, best)

    return go(1, 0)


def lstm_parameter_count__written_out(vocabulary, embedding, units, classes):
    embedding_layer = vocabulary * embedding
    gates = 0
    for _ in ("forget", "input", "candidate", "output"):
        gates += units * units
        gates += embedding * units
        gates += units
    dense = (units + 1) * classes
    return embedding_layer + gates + dense


def lstm_parameter_count__shapes(vocabulary, embedding, units, classes):
    shapes = [
        (vocabulary, embedding),
        (embedding, 4 * units),
        (units, 4 * units),
        (4 * units,),
        (units, classes),
        (classes,),
    ]
    return sum(np.prod(shape) for shape in shapes)


def lstm_parameter_count__augmented(vocabulary, embedding, units, classes):
    lstm = 4 * units * (embedding + units + 1)
    return np.int32(vocabulary * embedding + lstm + classes * (units + 1))


def lstm_parameter_count__arrays(vocabulary, embedding, units, classes):
    weights = [
        np.zeros((vocabulary, embedding)),
        np.zeros((units + embedding + 1, 4 * units)),
        np.zeros((units + 1, classes)),
    ]
    return sum(w.size for w in weights)


def kfold_indices__scikit_learn(n, k):
    return list(KFold(n_splits=k).split(np.zeros((n, 1))))


def kfold_indices__boundaries(n, k):
    folds, start = [], 0
    for fold in range(k):
        end = start + n // k + (1 if fold < n % k else 0)
        test = np.arange(start, end)
        train = np.concatenate([np.arange(0, start), np.arange(end, n)])
        folds.append((train, test))
        start = end
    return folds


def kfold_indices__masks(n, k):
    fold_of = np.repeat(np.arange(k), [n // k + (f < n % k) for f in range(k)])
    return [[np.flatnonzero(fold_of != f), np.flatnonzero(fold_of == f)] for f in range(k)]


def kfold_indices__python_lists(n, k):
    rows = list(range(n))
    result = []
    for f in range(k):
        start = f * (n // k) + min(f, n % k)
        stop = (f + 1) * (n // k) + min(f + 1, n % k)
        test = [r for r in rows if start <= r < stop]
        train = [r for r in rows if r not in test]
        result.append((np.array(train), np.array(test)))
    return result


def kfold_indices__deleted(n, k):
    pieces = np.array_split(np.arange(n, dtype=np.int32), k)
    return tuple((np.delete(np.arange(n), piece), piece) for piece in pieces)


def smallest_within__sorted(val_losses, tolerance):
    lowest = min(val_losses.values())
    for capacity in sorted(val_losses):
        if val_losses[capacity] <= lowest + tolerance:
            return capacity


def smallest_within__arrays(val_losses, tolerance):
    capacities = np.array(list(val_losses.keys()))
    losses = np.array(list(val_losses.values()))
    return capacities[losses - losses.min() <= tolerance].min()


def smallest_within__pandas(val_losses, tolerance):
    losses = pd.Series(val_losses).sort_index()
    return int(losses.index[(losses <= losses.min() + tolerance).to_numpy().argmax()])


def smallest_within__loop(val_losses, tolerance):
    lowest = np.inf
    for loss in val_losses.values():
        if loss < lowest:
            lowest = loss
    smallest = None
    for capacity, loss in val_losses.items():
        if not loss > lowest + tolerance and (smallest is None or capacity < smallest):
            smallest = capacity
    return smallest


def likely_best__moving_mean(val_losses):
    smooth = []
    for epoch in range(len(val_losses)):
        window = val_losses[max(epoch - 4, 0) : epoch + 5]
        smooth.append(sum(window) / len(window))
    return smooth.index(min(smooth))


def likely_best__polynomial(val_losses):
    x = np.linspace(-1, 1, len(val_losses))
    return int(np.polynomial.Polynomial.fit(x, val_losses, 4)(x).argmin())


def likely_best__pandas(val_losses):
    return pd.Series(val_losses).rolling(11, center=True, min_periods=4).mean().idxmin()
