"""Reference solutions of the chapter *regularization*: lasso, ridge and dropout.

Ridge: Hoerl & Kennard (1970); lasso: Tibshirani (1996); dropout: Srivastava et al. (2014).
"""

import numpy as np


def lasso_cost(X, y, beta, lam):
    """The sum of squared errors of a linear model, plus the L1 penalty on its coefficients.

        sum_i (y_i - sum_j X_ij beta_j)^2  +  lam * sum_j abs(beta_j)

    X    : (n, p) features, one row per example.
    y    : (n,) targets.
    beta : (p,) coefficients; there is no intercept.
    lam  : number, at least 0, the strength of the penalty.
    Returns a float. The errors are summed, not averaged.
    Source: Tibshirani 1996.
    """
    beta = np.asarray(beta, dtype=float)
    return float(np.sum((y - X @ beta) ** 2) + lam * np.sum(np.abs(beta)))


def ridge_cost(X, y, beta, lam):
    """The sum of squared errors of a linear model, plus the L2 penalty on its coefficients.

        sum_i (y_i - sum_j X_ij beta_j)^2  +  lam * sum_j beta_j^2

    X, y, beta, lam : as for lasso_cost.
    Returns a float. The errors are summed, not averaged.
    Source: Hoerl & Kennard 1970.
    """
    beta = np.asarray(beta, dtype=float)
    return float(np.sum((y - X @ beta) ** 2) + lam * np.sum(beta**2))


def ridge_fit(X, y, lam):
    """The coefficients with the lowest ridge_cost. They are where its slope is zero:

        (X^T X + lam I) beta = X^T y              I: the (p, p) identity matrix

    X   : (n, p) features, as they are: no intercept is added, nothing is centred or scaled.
    y   : (n,) targets.
    lam : number, at least 0.
    Returns an array (p,). For lam > 0 there is exactly one answer, also where p > n.
    Source: Hoerl & Kennard 1970.
    """
    p = X.shape[1]
    # The penalty is p more examples: that sqrt(lam) * beta_j be 0. This also serves where lam is 0.
    examples = np.concatenate([X, np.sqrt(lam) * np.eye(p)])
    targets = np.concatenate([y, np.zeros(p)])
    return np.linalg.lstsq(examples, targets)[0]


def soft_threshold(z, t):
    """Move numbers towards 0 by t, and those that are nearer than that to 0 exactly.

        soft_threshold(z, t) = sign(z) * max(abs(z) - t, 0)

    z : array of any shape, or a number.
    t : number, at least 0.
    Returns an array of the same shape, or a number.
    Source: Donoho & Johnstone 1994.
    """
    return np.sign(z) * np.maximum(np.abs(z) - t, 0)


def lasso_fit(X, y, lam, sweeps=200):
    """The coefficients with the lowest lasso_cost, by coordinate descent.

    Starting from zeros, each sweep goes through the coefficients in turn and sets each to its best
    value while all others stay as they are:

        r      = y - sum over k != j of X_k beta_k           what the other columns leave over
        beta_j = soft_threshold(X_j . r, lam / 2) / (X_j . X_j)          X_j: column j

    X      : (n, p) features, as they are: no intercept is added, nothing is centred or scaled.
    y      : (n,) targets.
    lam    : number, at least 0.
    sweeps : int, how often to go through all coefficients (stopping when nothing changes any more
             is fine).
    Returns an array (p,), with exact zeros where the best coefficients have them. The coefficient
    of a column that is all zeros is 0.
    Source: Tibshirani 1996; Friedman et al. 2007.
    """
    X = np.asarray(X, dtype=float)
    beta = np.zeros(X.shape[1])
    for _ in range(sweeps):
        for j, column in enumerate(X.T):
            length = column @ column
            if length > 0:
                r = y - X @ beta + column * beta[j]
                beta[j] = soft_threshold(column @ r, lam / 2) / length
    return beta


def dropout(x, rate, keep, training):
    """Inverted dropout: while training, some numbers become 0 and the others grow to make up.

        training      x_i / (1 - rate) where keep_i is True, 0 elsewhere
        otherwise     x

    x        : array of any shape.
    rate     : the share that is dropped on average, 0 <= rate < 1.
    keep     : array of bool, shape of x: what is kept this time. (A layer draws it afresh for each
               batch; here it is given.)
    training : bool.
    Returns an array of the shape of x; when not training x itself or an equal copy.
    Raises ValueError where rate is not in 0 <= rate < 1, whether training or not.
    Source: Srivastava et al. 2014.
    """
    if not 0 <= rate < 1:
        raise ValueError(f"rate must be at least 0 and less than 1, but is {rate}")
    if not training:
        return x
    return np.where(keep, x / (1 - rate), 0.0)


def penalized_gradient(grad, w, l1, l2):
    """The gradient of a loss to which penalties on the weights w have been added.

        penalized loss = loss  +  l1 * sum abs(w)  +  l2 * sum w^2

    grad   : gradient of the loss alone, array of the shape of w.
    w      : weights, array of any shape.
    l1, l2 : numbers, at least 0, as in keras.regularizers.L1L2.
    Returns an array of the shape of w. The slope of abs(w) at w = 0 is taken as 0.
    """
    return grad + l1 * np.sign(w) + 2 * l2 * w
