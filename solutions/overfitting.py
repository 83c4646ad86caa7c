"""Reference solutions of the chapter *overfitting*: learning curves, capacity and folds.

Early stopping: Prechelt (1998); cross-validation: Stone (1974).
"""

import numpy as np


def generalization_gap(history):
    """How much worse the network is on held-out data than on its training data, epoch by epoch.

        gap_e = val_loss_e - loss_e

    Parameters
    ----------
    history : dict of lists, one number per epoch
        As in the `history` of the object that the `fit` method of a Keras model returns: "loss" on
        the training data, "val_loss" on the held-out data, and often more.

    Returns
    -------
    array (E,)
        One gap per epoch: positive where the loss on the held-out data is the larger one.
    """
    return np.asarray(history["val_loss"]) - np.asarray(history["loss"])


def early_stopping(val_losses, patience, min_delta=0.0):
    """When training would have stopped, and which epoch was worth keeping.

    An epoch improves if its loss is lower than the best loss so far by more than `min_delta`; it is
    then the new best. The first epoch always improves. Training stops at the end of the first epoch
    that makes `patience` epochs in a row without an improvement.

    Parameters
    ----------
    val_losses : list or array of E numbers
        The losses on held-out data, one per epoch, none of them nan.
    patience : int, at least 1
        How many epochs in a row without an improvement stop the training.
    min_delta : number, at least 0, default 0.0
        A gain that is not larger than this does not count.

    Returns
    -------
    stopped : int
        The last epoch that is trained, counted from 0: the very last one, if nothing stops the
        training.
    best : int
        The last epoch that improved, no later than `stopped` and counted from 0 as well.

    References
    ----------
    The meaning of keras.callbacks.EarlyStopping; Prechelt 1998.
    """
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss + min_delta < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            break
    return epoch, best


def lstm_parameter_count(vocabulary, embedding, units, classes):
    """The number of trainable parameters of a small text classifier, Embedding + LSTM + Dense.

    Parameters
    ----------
    vocabulary : int
        Number of indices that the Embedding knows, padding and unknown words included.
    embedding : int
        Length of a word's vector.
    units : int
        Hidden units of the LSTM.
    classes : int
        Outputs of the Dense layer, which has a bias.

    Returns
    -------
    int
        The number of parameters of all three layers together.

    References
    ----------
    The shapes in Keras; each of the LSTM's four layers multiplies [h, x] by a matrix and adds a
    bias.
    """
    per_layer = (units + embedding) * units + units
    return vocabulary * embedding + 4 * per_layer + units * classes + classes


def kfold_indices(n, k):
    """Cut n rows into k folds, each of which is the test set once.

    The folds are contiguous and keep the order of the rows: fold 0 comes first. Their sizes differ
    by at most one, and the larger ones come first.

    Parameters
    ----------
    n : int
        Number of rows.
    k : int, 2 <= k <= n
        Number of folds.

    Returns
    -------
    list of k tuples (train, test) of int arrays
        `test` holds the indices of the fold's rows, `train` those of all other rows, both in
        ascending order.

    References
    ----------
    As sklearn.model_selection.KFold without shuffling; Stone 1974.
    """
    rows, folds, start = np.arange(n), [], 0
    for fold in range(k):
        stop = start + n // k + (fold < n % k)  # what is left over goes to the first folds
        train, test = np.concatenate([rows[:start], rows[stop:]]), rows[start:stop]
        folds.append((train, test))
        start = stop
    return folds


def smallest_within(val_losses, tolerance):
    """The smallest model that is nearly as good as the best.

    Parameters
    ----------
    val_losses : dict from int to number
        From the capacity of each model (its number of units, for example) to its loss on held-out
        data; in any order, with at least one entry.
    tolerance : number, at least 0
        How much worse than the lowest loss is still good enough, in units of the loss. Exactly that
        much is still good enough.

    Returns
    -------
    int
        The capacity.

    References
    ----------
    The idea of the one-standard-error rule, Breiman et al. 1984.
    """
    enough = min(val_losses.values()) + tolerance
    return min(capacity for capacity, loss in val_losses.items() if loss <= enough)


def likely_best(val_losses):
    """The epoch whose true held-out loss is probably the lowest, from one noisy curve.

    How you do it is up to you.

    Parameters
    ----------
    val_losses : list of 40 numbers
        The losses on a few held-out rows, one per epoch: a smooth curve that falls, turns and rises
        slowly, plus noise that is drawn anew for each epoch.

    Returns
    -------
    int
        An epoch, counted from 0.

    Notes
    -----
    What counts is how much higher the curve without the noise is at your epoch than at its own
    lowest point, on average over many curves, divided by the same average for the lowest points of
    the noisy curves: the number to beat is 1. Half of the points are given for at most 0.8, all of
    them for at most 0.55.
    """
    epochs = np.arange(len(val_losses))
    near = np.exp(-0.5 * ((epochs[:, None] - epochs) / 3) ** 2)
    return int(np.argmin(near @ np.asarray(val_losses) / near.sum(axis=1)))
