"""Reference solutions of the chapter *regularization*: lasso, ridge and dropout.

Ridge: Hoerl & Kennard (1970); lasso: Tibshirani (1996); dropout: Srivastava et al. (2014).
"""

import numpy as np


def lasso_cost(X, y, beta, lam):
    """The sum of squared errors of a linear model, plus the L1 penalty on its coefficients.

        |y - X beta|^2  +  lam |beta|_1

    The first term is the squared length of the vector of errors; the second is lam times the sum of
    the absolute values of the coefficients.

    Parameters
    ----------
    X : array (n, p)
        The features, one row per example.
    y : array (n,)
        The targets.
    beta : array (p,)
        The coefficients; there is no intercept.
    lam : number, at least 0
        The strength of the penalty.

    Returns
    -------
    float
        The cost. The errors are summed, not averaged.

    References
    ----------
    Tibshirani 1996.
    """
    beta = np.asarray(beta, dtype=float)
    return float(np.sum((y - X @ beta) ** 2) + lam * np.sum(np.abs(beta)))


def ridge_cost(X, y, beta, lam):
    """The sum of squared errors of a linear model, plus the L2 penalty on its coefficients.

        |y - X beta|^2  +  lam |beta|^2

    Both terms are squared lengths: that of the vector of errors, and that of the vector of
    coefficients.

    Parameters
    ----------
    X, y, beta, lam : arrays (n, p), (n,) and (p,), number
        As for lasso_cost.

    Returns
    -------
    float
        The cost. The errors are summed, not averaged.

    References
    ----------
    Hoerl & Kennard 1970.
    """
    beta = np.asarray(beta, dtype=float)
    return float(np.sum((y - X @ beta) ** 2) + lam * np.sum(beta**2))


def ridge_fit(X, y, lam):
    """The coefficients with the lowest ridge_cost.

    They lie where the slope of that cost is zero:

        (X^T X + lam I) beta = X^T y              I: the (p, p) identity matrix

    Parameters
    ----------
    X : array (n, p)
        The features, as they are: no intercept is added, nothing is centred or scaled.
    y : array (n,)
        The targets.
    lam : number, at least 0
        The strength of the penalty.

    Returns
    -------
    array (p,)
        The coefficients. For lam > 0 there is exactly one answer, even where p > n.

    References
    ----------
    Hoerl & Kennard 1970.
    """
    p = X.shape[1]
    # The penalty is p more examples: that sqrt(lam) * beta_j be 0. This also serves where lam is 0.
    examples = np.concatenate([X, np.sqrt(lam) * np.eye(p)])
    targets = np.concatenate([y, np.zeros(p)])
    return np.linalg.lstsq(examples, targets)[0]


def soft_threshold(z, t):
    """Move numbers towards 0 by t; those within t of 0 become exactly 0.

                                z - t    where z > t
        soft_threshold(z, t) =  0        where -t <= z <= t
                                z + t    where z < -t

    Parameters
    ----------
    z : array of any shape, or a number
        What is moved.
    t : number, at least 0
        How far.

    Returns
    -------
    array of the same shape, or a number
        The result, elementwise.

    References
    ----------
    Donoho & Johnstone 1994.
    """
    return np.sign(z) * np.maximum(np.abs(z) - t, 0)


def lasso_fit(X, y, lam, sweeps=200):
    """The coefficients with the lowest lasso_cost, by coordinate descent.

    Starting from zeros, each sweep goes through the coefficients in turn and sets each to its best
    value while all others stay as they are:

        r      = y - sum over k != j of X_k beta_k           what the other columns leave over
        beta_j = soft_threshold(X_j . r, lam / 2) / (X_j . X_j)          X_j: column j

    Parameters
    ----------
    X : array (n, p)
        The features, as they are: no intercept is added, nothing is centred or scaled.
    y : array (n,)
        The targets.
    lam : number, at least 0
        The strength of the penalty.
    sweeps : int, default 200
        How often to go through all coefficients (stopping once nothing changes any more is fine).

    Returns
    -------
    array (p,)
        The coefficients, with exact zeros where the best ones have them. The coefficient of a
        column that is all zeros is 0.

    References
    ----------
    Tibshirani 1996; Friedman et al. 2007.
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
    """Inverted dropout: while training, some numbers become 0 and the others grow to compensate.

        training      x_i / (1 - rate) where keep_i is True, 0 elsewhere
        otherwise     x

    Parameters
    ----------
    x : array of any shape
        The numbers.
    rate : number, 0 <= rate < 1
        The share that is dropped on average.
    keep : array of bool, shape of `x`
        What is kept this time. (A layer draws it afresh for each batch; here it is given.)
    training : bool
        Whether the network is being trained.

    Returns
    -------
    array, shape of `x`
        The numbers after dropout; when not training, `x` itself or an equal copy.

    Raises
    ------
    ValueError
        Unless 0 <= rate < 1, whether training or not.

    References
    ----------
    Srivastava et al. 2014.
    """
    if not 0 <= rate < 1:
        raise ValueError(f"rate must be at least 0 and less than 1, but is {rate}")
    if not training:
        return x
    return np.where(keep, x / (1 - rate), 0.0)


def penalized_gradient(grad, w, l1, l2):
    """The gradient of a loss to which penalties on the weights w have been added.

        penalized loss = loss  +  l1 * sum abs(w)  +  l2 * sum w^2

    Parameters
    ----------
    grad : array, shape of `w`
        The gradient of the loss alone.
    w : array of any shape
        The weights.
    l1, l2 : numbers, at least 0
        The strengths of the penalties, as in keras.regularizers.L1L2.

    Returns
    -------
    array, shape of `w`
        The gradient of the penalized loss. The slope of abs(w) at w = 0 is taken as 0.
    """
    return grad + l1 * np.sign(w) + 2 * l2 * w


def sparse_fit(X, y):
    """Estimate coefficients of which only a few are not zero, with noise of unknown strength.

    How you do it is up to you; your own functions will help.

    Parameters
    ----------
    X : array (n, p)
        The features, all of about the same size; there are about twice as many examples as
        features.
    y : array (n,)
        The targets, X times the true coefficients plus noise. Of the p coefficients about three are
        not zero.

    Returns
    -------
    array (p,)
        The estimate.

    Notes
    -----
    What counts is the squared distance to the true coefficients, divided by that of least squares,
    as a geometric mean over several data sets: the number to beat is 1. Half of the points are
    given for at most 0.7, all of them for at most 0.5.
    """
    n, p = X.shape
    errors = y - X @ ridge_fit(X, y, 0.0)
    noise = np.sqrt(errors @ errors / (n - p))
    return lasso_fit(X, y, noise * np.sqrt(n * np.log(p)))
