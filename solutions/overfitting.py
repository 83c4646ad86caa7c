"""Reference solutions of the chapter *overfitting*: learning curves, capacity and folds.

Early stopping: Prechelt (1998); cross-validation: Stone (1974).
"""

import numpy as np


def generalization_gap(history):
    """How much worse the network is on held-out data than on its training data, epoch by epoch.

        gap_e = val_loss_e - loss_e

    history : dict of lists, one number per epoch, as in `history` of the object that Keras' `fit`
              returns: "loss" on the training data, "val_loss" on the held-out data, often more.
    Returns an array (E,), one gap per epoch: positive where the held-out data have the larger loss.
    """
    return np.asarray(history["val_loss"]) - np.asarray(history["loss"])


def early_stopping(val_losses, patience, min_delta=0.0):
    """When training would have stopped, and which epoch was worth keeping.

    An epoch improves if its loss is lower than the best loss so far by more than min_delta; it is
    then the best so far, and the first epoch always is. Training stops at the end of the first
    epoch that makes `patience` epochs in a row without an improvement.

    val_losses : list or array of E losses on held-out data, one per epoch, none of them nan.
    patience   : int, at least 1.
    min_delta  : number, at least 0: a gain that is not larger does not count.
    Returns the tuple (stopped, best) of epochs, counted from 0: the last epoch that is trained
    (the last of all, if nothing stops it), and the last one up to there that improved.
    Source: the meaning of keras.callbacks.EarlyStopping; Prechelt 1998.
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

    vocabulary : number of indices that the Embedding knows, padding and unknown words included.
    embedding  : length of a word's vector.
    units      : hidden units of the LSTM.
    classes    : outputs of the Dense layer, which has a bias.
    Returns an int. Source: the shapes in Keras; each of the LSTM's four layers multiplies
    [h, x] by a matrix and adds a bias.
    """
    per_layer = (units + embedding) * units + units
    return vocabulary * embedding + 4 * per_layer + units * classes + classes


def kfold_indices(n, k):
    """Cut n rows into k folds, each of which is the test set once.

    The folds are contiguous and keep the order of the rows: fold 0 is the first. Their sizes differ
    by at most one, the larger ones first.

    n : number of rows.
    k : number of folds, 2 <= k <= n.
    Returns a list of k tuples (train, test) of int arrays: test holds the indices of the fold's
    rows, train those of all others, both in rising order.
    Source: as sklearn.model_selection.KFold without shuffling; Stone 1974.
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

    val_losses : dict of capacity (int, for example the number of units) to the loss that a model
                 of this capacity has on held-out data; in any order, at least one entry.
    tolerance  : number, at least 0, in units of the loss: how much worse than the lowest loss is
                 still good enough. Exactly so much is.
    Returns the capacity, an int. Source: the idea of the one-standard-error rule, Breiman et al. 1984.
    """
    enough = min(val_losses.values()) + tolerance
    return min(capacity for capacity, loss in val_losses.items() if loss <= enough)
