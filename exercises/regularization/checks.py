"""What is checked in the assignment *regularization*, on which inputs, and the known mistakes."""

from __future__ import annotations

import numpy as np

from exercises.drawing import normal, sizes
from grader.checks import Assignment, Case, Check, Misconception, Outcome, mistake
from solutions import regularization as reference


def strength(rng: np.random.Generator) -> float:
    """A penalty that is neither 1 nor 2, where a square or a factor would not show."""
    return float(rng.choice([0.3, 0.6, 2.5, 3.5]) + rng.uniform(0, 0.1))


def draw_cost(rng: np.random.Generator) -> list[Case]:
    n, p = sizes(rng, 2, low=3, high=8)
    cases = []
    for rows, columns in ((n, p), (p, n)):
        signs = (
            rng.permutation(np.arange(columns) == 0) * 2 - 1
        )  # one positive: the sum is negative
        cases.append(
            {
                "X": normal(rng, rows, columns, scale=2.0),
                "y": normal(rng, rows, scale=3.0),
                "beta": signs * rng.uniform(0.55, 0.95, size=columns),
                "lam": strength(rng),
            }
        )
    whole = {
        "X": rng.integers(-4, 5, size=(n, p)),
        "y": rng.integers(-9, 10, size=n),
        "beta": rng.permutation(np.arange(p) - p // 2),
        "lam": int(rng.integers(2, 6)),
    }
    single = {"X": normal(rng, 1, 1), "y": normal(rng, 1), "beta": normal(rng, 1), "lam": 0.0}
    return [*cases, whole, single]


def draw_ridge(rng: np.random.Generator) -> list[Case]:
    """Columns that are far from their mean 0 and of different sizes, so that neither is assumed."""
    p, few = sizes(rng, 2, low=2, high=5)
    cases = []
    for n, columns, lam in (
        (p + 6, p, strength(rng)),
        (few, few + 3, strength(rng)),
        (9, few, 0.0),
    ):
        X = rng.uniform(0.5, 3, size=columns) * normal(rng, n, columns) + 1.5
        y = X @ normal(rng, columns, scale=2.0) + normal(rng, n) + 4
        cases.append({"X": X, "y": y, "lam": lam})
    X, y = rng.integers(-5, 9, size=(p + 7, p)), rng.integers(-9, 20, size=p + 7)
    column = normal(rng, few + 1, 1)
    return [
        *cases,
        {"X": X, "y": y, "lam": int(rng.integers(3, 40))},
        {"X": column, "y": column[:, 0] * 3 + normal(rng, few + 1), "lam": strength(rng)},
    ]


def draw_threshold(rng: np.random.Generator) -> list[Case]:
    rows, columns, length = sizes(rng, 3, low=3, high=8)
    t = float(rng.uniform(0.6, 0.9))
    return [
        {"z": normal(rng, rows, columns, scale=1.5), "t": t},
        {"z": rng.permutation(np.arange(-length, length + 1)), "t": 1.5},
        {"z": rng.permutation(np.arange(-length, length + 1) / 2), "t": 1.0},
        {"z": normal(rng, length), "t": 0},
        {"z": float(rng.uniform(2, 5)), "t": t},
        {"z": -float(rng.uniform(2, 5)), "t": t},
        {"z": float(rng.uniform(-0.5, 0.5)), "t": t},
        {"z": -int(rng.integers(4, 9)), "t": 3},
    ]


def draw_lasso(rng: np.random.Generator) -> list[Case]:
    p = sizes(rng, 1, low=4, high=6)[0]
    plain = sparse_case(rng, 4 * p, p, share=0.2)
    empty = sparse_case(rng, 5 * p, p, share=0.1, empty=int(rng.integers(0, p)))
    wide = sparse_case(rng, p + 3, p + 6, share=0.3)
    whole = sparse_case(rng, 3 * p, p, share=0.25, whole=True)
    nothing = sparse_case(rng, 3 * p, p, share=1.2)
    slow = alike_case(rng)
    unpenalised = {**plain, "X": plain["X"] / 10, "lam": 0.0}
    return [plain, wide, whole, empty, nothing, unpenalised, slow]


def sparse_case(
    rng: np.random.Generator, n: int, p: int, share: float, empty: int | None = None, whole=False
) -> Case:
    """Targets that depend on some of the columns; `share` of the penalty that would empty beta.

    Drawn again until nothing about the answer hangs by a thread: the default sweeps are plenty, no
    coefficient is nearly zero, and none is zero by a hair.
    """
    while True:
        X = rng.integers(-5, 7, size=(n, p)) if whole else normal(rng, n, p) + 0.3
        if empty is not None:
            X[:, empty] = 0
        beta = rng.choice([-3, -2, 0, 0, 2, 3], size=p)
        y = X @ beta + (rng.integers(-2, 3, size=n) if whole else normal(rng, n, scale=0.5))
        lam = round(float(share * 2 * np.abs(X.T @ y).max()), 3)
        if lam > 0 and _stands_firm(X, y, lam, share < 1):
            return {"X": X, "y": y, "lam": lam, "sweeps": "left out"}


def _stands_firm(X: np.ndarray, y: np.ndarray, lam: float, some: bool) -> bool:
    beta = reference.lasso_fit(X, y, lam)
    zero, slopes = beta == 0, 2 * X.T @ (y - X @ beta)
    return (
        np.allclose(slopes[~zero], lam * np.sign(beta[~zero]), rtol=1e-10)  # it has arrived
        and (np.abs(slopes[zero]) < 0.95 * lam).all()
        and (np.abs(beta[~zero]) > 0.05).all()
        and (not some or 2 <= zero.sum() < len(zero) - 1)
    )


def alike_case(rng: np.random.Generator) -> Case:
    """Three columns that are nearly the same: descent is slow, and 200 sweeps are not enough."""
    n = int(rng.integers(12, 17))
    shared, *own = np.linalg.qr(normal(rng, n, 4))[0].T * np.sqrt(n)
    X = np.stack([np.sqrt(0.975) * shared + np.sqrt(0.025) * column for column in own], axis=1)
    y = X @ rng.uniform(2, 4, size=3) + 0.1 * normal(rng, n)
    return {"X": X, "y": y, "lam": round(float(rng.uniform(0.5, 1.5)), 3), "sweeps": 700}


def draw_dropout(rng: np.random.Generator) -> list[Case]:
    shape = sizes(rng, 3)
    rate = float(rng.choice([0.2, 0.3, 0.6, 0.7]))
    x = normal(rng, *shape[:2]) + 0.1
    keep = rng.permutation(np.arange(x.size) < x.size - 2).reshape(x.shape)
    deep = normal(rng, *shape)
    whole = rng.integers(1, 9, size=shape[2])
    half = rng.permutation(np.arange(shape[2]) % 2 == 0)
    cases = [
        (x, rate, keep, True),
        (deep, 0.9 - rate, rng.uniform(size=shape) < 0.5, True),
        (x, rate, keep, False),
        (whole, 0.5, half, True),
        (whole, 0.5, half, False),
        (x, 0.0, np.ones(x.shape, dtype=bool), True),
        (x, 0.0, np.ones(x.shape, dtype=bool), False),
        (x, rate, np.zeros(x.shape, dtype=bool), True),
    ]
    wrong = ((1.0, True), (1.0, False), (-0.1, True), (-0.1, False), (1.5, True), (1.5, False))
    cases += [(x, impossible, keep, mode) for impossible, mode in wrong]
    return [dict(zip(("x", "rate", "keep", "training"), case, strict=True)) for case in cases]


def draw_gradient(rng: np.random.Generator) -> list[Case]:
    rows, columns, length = sizes(rng, 3)
    w = normal(rng, rows, columns)
    w[rng.integers(rows), rng.integers(columns)] = 0.0
    whole = rng.permutation(np.arange(-length, length + 1))
    l1, l2 = float(rng.uniform(0.1, 0.4)), float(rng.uniform(0.6, 0.9))
    return [
        {"grad": normal(rng, rows, columns), "w": w, "l1": l1, "l2": l2},
        {"grad": normal(rng, len(whole)), "w": whole, "l1": l2, "l2": l1},
        {"grad": normal(rng, length), "w": normal(rng, length), "l1": 0.0, "l2": l2},
        {"grad": normal(rng, length), "w": normal(rng, length), "l1": l1, "l2": 0.0},
        {"grad": normal(rng, length, rows), "w": np.zeros((length, rows)), "l1": l1, "l2": l2},
    ]


def of_both_costs(penalty: str, without_first: str) -> tuple[Misconception, ...]:
    """Mistakes that are made with either penalty."""
    return (
        mistake(
            "mean-of-the-errors",
            """You average the squared errors. Here they are summed: with a mean, the same lam
            would weigh more, the more examples there are.""",
            "np.sum((y - X @ beta) ** 2)",
            "np.mean((y - X @ beta) ** 2)",
        ),
        mistake(
            "penalty-for-each-example",
            """You add the penalty once for each example. The coefficients are the same for all
            examples, so the penalty counts once.""",
            f"lam * {penalty}",
            f"len(y) * lam * {penalty}",
        ),
        mistake(
            "penalty-missing",
            """This is the cost without the penalty: least squares.""",
            f" + lam * {penalty}",
            "",
        ),
        mistake(
            "first-coefficient-free",
            """You leave the first coefficient out of the penalty, as if it were an intercept.
            There is no intercept here: all p coefficients are penalised.""",
            penalty,
            without_first,
        ),
    )


LASSO_COST = Check(
    "lasso_cost",
    points=1,
    draw=draw_cost,
    misconceptions=(
        *of_both_costs("np.sum(np.abs(beta))", "np.sum(np.abs(beta[1:]))"),
        mistake(
            "half-the-errors",
            """You halve the sum of squared errors, as some books do to make the slope prettier.
            Here there is no 1/2.""",
            "np.sum((y - X @ beta) ** 2)",
            "0.5 * np.sum((y - X @ beta) ** 2)",
        ),
        mistake(
            "scaled-as-in-a-library",
            """You divide the squared errors by 2 n, as scikit-learn's Lasso does. The cost here is
            the plain sum; libraries differ in such factors, so look them up before you compare
            values of lam.""",
            "np.sum((y - X @ beta) ** 2)",
            "np.sum((y - X @ beta) ** 2) / (2 * len(y))",
        ),
        mistake(
            "signs-kept",
            """You sum the coefficients as they are, so that a negative one earns a reward. The
            penalty is on their sizes: absolute values.""",
            "np.sum(np.abs(beta))",
            "np.sum(beta)",
        ),
        mistake(
            "squares-penalised",
            """You penalise the squares: that is ridge. Lasso penalises the absolute values, and
            that difference is what makes it set coefficients to exactly zero.""",
            "np.sum(np.abs(beta))",
            "np.sum(beta**2)",
        ),
        mistake(
            "size-of-the-sum",
            """You take the absolute value of the sum, in which positive and negative coefficients
            cancel. Take the absolute values first, then the sum.""",
            "np.sum(np.abs(beta))",
            "np.abs(np.sum(beta))",
        ),
        mistake(
            "errors-not-squared",
            """You sum the absolute errors. The errors should be squared; the absolute values belong
            to the coefficients.""",
            "np.sum((y - X @ beta) ** 2)",
            "np.sum(np.abs(y - X @ beta))",
        ),
        mistake(
            "penalty-averaged",
            """You average over the coefficients in the penalty. It is a sum: every coefficient
            that is not zero has its price.""",
            "np.sum(np.abs(beta))",
            "np.mean(np.abs(beta))",
        ),
    ),
)

RIDGE_COST = Check(
    "ridge_cost",
    points=1,
    draw=draw_cost,
    misconceptions=(
        *of_both_costs("np.sum(beta**2)", "np.sum(beta[1:] ** 2)"),
        mistake(
            "half-the-errors",
            """You halve the sum of squared errors. Here there is no 1/2.""",
            "np.sum((y - X @ beta) ** 2)",
            "0.5 * np.sum((y - X @ beta) ** 2)",
        ),
        mistake(
            "half-the-penalty",
            """You halve the penalty, as some do to make its slope lam beta. Here there is no 1/2,
            so the slope will be 2 lam beta.""",
            "lam * np.sum(beta**2)",
            "lam / 2 * np.sum(beta**2)",
        ),
        mistake(
            "sizes-penalised",
            """You penalise the absolute values: that is lasso. Ridge penalises the squares: large
            coefficients cost much, small ones next to nothing.""",
            "np.sum(beta**2)",
            "np.sum(np.abs(beta))",
        ),
        mistake(
            "length-of-beta",
            """You take the root, which gives the length of beta. The penalty is the squared length,
            the plain sum of the squares.""",
            "np.sum(beta**2)",
            "np.sqrt(np.sum(beta**2))",
        ),
        mistake(
            "square-of-the-sum",
            """You square the sum, in which positive and negative coefficients cancel. Take the
            squares first, then the sum.""",
            "np.sum(beta**2)",
            "np.sum(beta) ** 2",
        ),
        mistake(
            "lam-squared",
            """Your lam is inside the square. The penalty is lam times the sum of the squares.""",
            "lam * np.sum(beta**2)",
            "np.sum((lam * beta) ** 2)",
        ),
    ),
)

RIDGE_FIT = Check(
    "ridge_fit",
    points=2,
    draw=draw_ridge,
    misconceptions=(
        mistake(
            "no-penalty",
            """These are the least-squares coefficients: lam plays no part. It should be added to the
            diagonal of X^T X.""",
            source="""
            def ridge_fit(X, y, lam):
                return np.linalg.lstsq(X, y)[0]
            """,
        ),
        mistake(
            "lam-everywhere",
            """You add lam to every entry of X^T X. It goes on the diagonal only: the penalty has no
            products of two different coefficients.""",
            source="""
            def ridge_fit(X, y, lam):
                A = X.T @ X + lam
                if np.linalg.matrix_rank(A) < len(A):
                    raise np.linalg.LinAlgError("each way to solve it gives another answer")
                return np.linalg.solve(A, X.T @ y)
            """,
        ),
        mistake(
            "lam-times-n",
            """Your penalty is n times too strong. The errors are summed, not averaged, so lam is
            added as it is.""",
            "np.sqrt(lam)",
            "np.sqrt(lam * len(y))",
        ),
        mistake(
            "lam-subtracted",
            """You subtract lam from the diagonal, which makes the coefficients larger. Add it: then
            they shrink, and the system can always be solved.""",
            source="""
            def ridge_fit(X, y, lam):
                p = X.shape[1]
                return np.linalg.lstsq(X.T @ X - lam * np.eye(p), X.T @ y)[0]
            """,
        ),
        mistake(
            "half-lam",
            """Your penalty is half as strong as it should be. Both parts of the cost have a slope
            with a factor 2, and it cancels: lam, not lam / 2.""",
            "np.sqrt(lam)",
            "np.sqrt(lam / 2)",
        ),
        mistake(
            "twice-lam",
            """Your penalty is twice as strong as it should be. Both parts of the cost have a slope
            with a factor 2, and it cancels: lam, not 2 lam.""",
            "np.sqrt(lam)",
            "np.sqrt(2 * lam)",
        ),
        mistake(
            "lam-squared",
            """Your penalty is lam squared. If you write ridge as least squares with p more rows,
            these rows hold the root of lam.""",
            "np.sqrt(lam) * np.eye(p)",
            "lam * np.eye(p)",
        ),
        mistake(
            "centred",
            """You centre the data first, or fit an intercept. Here nothing is centred: the
            coefficients are those of the columns as they are.""",
            source="""
            def ridge_fit(X, y, lam):
                X, y = X - X.mean(axis=0), y - y.mean()
                p = X.shape[1]
                examples = np.concatenate([X, np.sqrt(lam) * np.eye(p)])
                return np.linalg.lstsq(examples, np.concatenate([y, np.zeros(p)]))[0]
            """,
        ),
        mistake(
            "standardised",
            """You bring the columns to mean 0 and standard deviation 1 first. That is often wise,
            but here the columns stay as they are.""",
            source="""
            def ridge_fit(X, y, lam):
                X = (X - X.mean(axis=0)) / X.std(axis=0)
                p = X.shape[1]
                examples = np.concatenate([X, np.sqrt(lam) * np.eye(p)])
                return np.linalg.lstsq(examples, np.concatenate([y, np.zeros(p)]))[0]
            """,
        ),
        mistake(
            "intercept-returned-too",
            """You fit an intercept and return it in front. There is none here: return p
            coefficients.""",
            source="""
            def ridge_fit(X, y, lam):
                centred = X - X.mean(axis=0)
                p = X.shape[1]
                examples = np.concatenate([centred, np.sqrt(lam) * np.eye(p)])
                targets = np.concatenate([y - y.mean(), np.zeros(p)])
                beta = np.linalg.lstsq(examples, targets)[0]
                return np.concatenate([[y.mean() - X.mean(axis=0) @ beta], beta])
            """,
        ),
        mistake(
            "first-coefficient-free",
            """You leave the first coefficient out of the penalty, as if it were an intercept.
            All p coefficients are penalised.""",
            "np.sqrt(lam) * np.eye(p)",
            "np.sqrt(lam) * np.diag(np.arange(p) > 0)",
        ),
        mistake(
            "least-squares-shrunk",
            """You divide the least-squares coefficients by 1 + lam. That is ridge only for columns
            that are at right angles to each other and of length 1.""",
            source="""
            def ridge_fit(X, y, lam):
                return np.linalg.lstsq(X, y)[0] / (1 + lam)
            """,
        ),
        mistake(
            "predictions-returned",
            """You return the n predictions. Return the p coefficients instead.""",
            "return np.linalg.lstsq(examples, targets)[0]",
            "return X @ np.linalg.lstsq(examples, targets)[0]",
        ),
        mistake(
            "intercept-added",
            """You add a column of ones for an intercept. There is none here: return one coefficient
            for each column of X as it is.""",
            source="""
            def ridge_fit(X, y, lam):
                A = np.column_stack([np.ones(len(y)), X])
                return np.linalg.solve(A.T @ A + lam * np.eye(A.shape[1]), A.T @ y)
            """,
        ),
    ),
)

THRESHOLD = Check(
    "soft_threshold",
    points=1,
    draw=draw_threshold,
    misconceptions=(
        mistake(
            "hard-threshold",
            """You keep large numbers as they are and set small ones to 0: the hard threshold. The
            soft one moves the large ones towards 0 by t as well, so that there is no jump.""",
            source="""
            def soft_threshold(z, t):
                return np.where(np.abs(z) > t, z, 0)
            """,
        ),
        mistake(
            "sign-lost",
            """Negative numbers come out positive. Shrink the size, then give the sign
            back.""",
            "np.sign(z) * np.maximum(np.abs(z) - t, 0)",
            "np.maximum(np.abs(z) - t, 0)",
        ),
        mistake(
            "past-zero",
            """Small numbers go past 0 and change their sign. What is nearer to 0 than t becomes 0
            exactly.""",
            "np.maximum(np.abs(z) - t, 0)",
            "(np.abs(z) - t)",
        ),
        mistake(
            "one-sided",
            """Your negative numbers all become 0. The threshold works on both sides.""",
            source="""
            def soft_threshold(z, t):
                return np.maximum(z - t, 0)
            """,
        ),
        mistake(
            "clipped",
            """You limit the numbers to the range -t to t: that is what soft thresholding takes
            away, not what it leaves.""",
            source="""
            def soft_threshold(z, t):
                return np.clip(z, -t, t)
            """,
        ),
        mistake(
            "outwards",
            """You move the numbers away from 0. The penalty pulls them towards it.""",
            "np.maximum(np.abs(z) - t, 0)",
            "(np.abs(z) + t)",
        ),
        mistake(
            "shrunk-by-a-factor",
            """You shrink the numbers by a factor, as ridge does: small ones hardly move, and none
            becomes 0. Here all move by the same amount t.""",
            source="""
            def soft_threshold(z, t):
                return np.asarray(z) / (1 + t)
            """,
        ),
        mistake(
            "integers-truncated",
            """For whole numbers your result is made of whole numbers, too, whatever t is. An array
            made like z takes over its dtype: make the result an array of floats.""",
            source="""
            def soft_threshold(z, t):
                out = np.zeros_like(z)
                out[...] = np.sign(z) * np.maximum(np.abs(z) - t, 0)
                return out
            """,
        ),
    ),
)

LASSO_FIT = Check(
    "lasso_fit",
    points=4,
    draw=draw_lasso,
    needs=("soft_threshold",),
    setup="""
def with_zeros(beta):
    return {"coefficients": beta, "places of exact zeros": beta == 0}
""",
    call="with_zeros(lasso_fit(X, y, lam, **({} if isinstance(sweeps, str) else {'sweeps': sweeps})))",
    rtol=1e-5,  # stopping when a sweep changes next to nothing is right too
    atol=1e-7,
    misconceptions=(
        mistake(
            "whole-lam",
            """Your threshold is lam. The squared errors have a slope with a factor 2, the penalty
            has none: the threshold is half of lam.""",
            "lam / 2",
            "lam",
        ),
        mistake(
            "lam-times-n",
            """Your threshold grows with the number of examples, as in a cost that averages the
            errors. Here they are summed: the threshold is half of lam.""",
            "lam / 2",
            "lam * len(y)",
        ),
        mistake(
            "no-threshold",
            """Your coefficients are those of least squares: nothing is ever thresholded.""",
            "soft_threshold(column @ r, lam / 2)",
            "(column @ r)",
        ),
        mistake(
            "divided-too-early",
            """You divide by X_j . X_j first and apply the threshold afterwards. The threshold
            belongs to X_j . r; after the division it would have to be divided as well.""",
            "soft_threshold(column @ r, lam / 2) / length",
            "soft_threshold(column @ r / length, lam / 2)",
        ),
        mistake(
            "own-share-not-given-back",
            """You have taken all columns out of r, column j included. It should be what the others
            leave over: give back what X_j beta_j had explained.""",
            "r = y - X @ beta + column * beta[j]",
            "r = y - X @ beta",
        ),
        mistake(
            "others-not-taken-out",
            """You hold each column against y itself, as if it were alone. First take out what the
            other columns explain.""",
            "r = y - X @ beta + column * beta[j]",
            "r = y",
        ),
        mistake(
            "all-at-once",
            """You compute all new coefficients from the old ones and replace them together. The
            descent is certain only if each step uses the newest values of all the others: replace
            each as soon as it is computed.""",
            source="""
            def lasso_fit(X, y, lam, sweeps=200):
                X = np.asarray(X, dtype=float)
                beta = np.zeros(X.shape[1])
                with np.errstate(all="ignore"):
                    for _ in range(sweeps):
                        old = beta.copy()
                        for j, column in enumerate(X.T):
                            length = column @ column
                            if length > 0:
                                r = y - X @ old + column * old[j]
                                beta[j] = soft_threshold(column @ r, lam / 2) / length
                return beta
            """,
        ),
        mistake(
            "length-left-out",
            """You never divide by X_j . X_j. Without it the steps are right only for columns of
            length 1.""",
            source="""
            def lasso_fit(X, y, lam, sweeps=200):
                X = np.asarray(X, dtype=float)
                beta = np.zeros(X.shape[1])
                with np.errstate(all="ignore"):
                    for _ in range(sweeps):
                        for j, column in enumerate(X.T):
                            r = y - X @ beta + column * beta[j]
                            beta[j] = soft_threshold(column @ r, lam / 2)
                return beta
            """,
        ),
        mistake(
            "empty-column",
            """A column that is all zeros gives you 0 / 0, which is nan. It explains nothing: its
            coefficient is 0.""",
            "            if length > 0:\n    ",
            "",
            "            beta[j] = soft",
            "        beta[j] = soft",
        ),
        mistake(
            "one-sweep",
            """Your coefficients are those after a single round. Changing one moves the best values
            of the others: go round `sweeps` times, and let each step start from what the others
            leave over at that moment.""",
            "range(sweeps)",
            "range(1)",
        ),
        mistake(
            "sweeps-ignored",
            """You always make the same number of sweeps. Where two columns are nearly the same,
            the descent is slow, and the caller asks for more: use `sweeps`.""",
            "range(sweeps)",
            "range(200)",
        ),
        mistake(
            "ridge-instead",
            """This is ridge: your coefficients are shrunk, but none of them is exactly zero.""",
            source="""
            def lasso_fit(X, y, lam, sweeps=200):
                return np.linalg.pinv(X.T @ X + lam * np.eye(X.shape[1])) @ (X.T @ y)
            """,
        ),
        mistake(
            "least-squares-thresholded",
            """You threshold the least-squares coefficients. That is lasso only for columns that
            are at right angles to each other: when one coefficient goes, the others take over its
            work.""",
            source="""
            def lasso_fit(X, y, lam, sweeps=200):
                lengths = np.maximum((np.asarray(X, dtype=float) ** 2).sum(axis=0), 1e-300)
                return soft_threshold(np.linalg.lstsq(X, y)[0], lam / 2 / lengths)
            """,
        ),
        mistake(
            "centred",
            """You centre the data first, or fit an intercept. Here nothing is centred.""",
            "X = np.asarray(X, dtype=float)",
            "X, y = X - X.mean(axis=0), y - y.mean()",
        ),
        mistake(
            "divided-by-the-number-of-examples",
            """You divide by the number of examples, as for columns that were scaled. These have
            lengths of their own: divide by the column times itself.""",
            source="""
            def lasso_fit(X, y, lam, sweeps=200):
                X = np.asarray(X, dtype=float)
                beta = np.zeros(X.shape[1])
                with np.errstate(all="ignore"):
                    for _ in range(sweeps):
                        for j, column in enumerate(X.T):
                            r = y - X @ beta + column * beta[j]
                            beta[j] = soft_threshold(column @ r, lam / 2) / len(y)
                return beta
            """,
        ),
        mistake(
            "scaled-columns",
            """You bring the columns to length 1 and return the coefficients of those. Return the
            coefficients of X as it is, without any scaling.""",
            source="""
            def lasso_fit(X, y, lam, sweeps=200):
                lengths = np.sqrt((np.asarray(X, dtype=float) ** 2).sum(axis=0))
                X = X / np.where(lengths == 0, 1, lengths)
                beta = np.zeros(X.shape[1])
                for _ in range(sweeps):
                    for j, column in enumerate(X.T):
                        if lengths[j]:
                            r = y - X @ beta + column * beta[j]
                            beta[j] = soft_threshold(column @ r, lam / 2)
                return beta
            """,
        ),
    ),
)

DROPOUT = Check(
    "dropout",
    points=2,
    draw=draw_dropout,
    misconceptions=(
        mistake(
            "survivors-not-scaled",
            """You leave what is kept as it is, so in training the next layer gets less than it will
            get later. Divide what is kept by 1 - rate, to make up for what is dropped.""",
            "x / (1 - rate)",
            "x",
        ),
        mistake(
            "scaled-down",
            """You multiply by 1 - rate, so that what is kept becomes smaller still. Divide: the
            survivors have to make up for the others.""",
            "x / (1 - rate)",
            "x * (1 - rate)",
        ),
        mistake(
            "divided-by-the-rate",
            """You divide by the rate. The rate is the share that is dropped; divide by the share
            that is kept on average.""",
            source="""
            def dropout(x, rate, keep, training):
                if not 0 <= rate < 1:
                    raise ValueError("rate must be at least 0 and less than 1")
                if not training:
                    return x
                with np.errstate(all="ignore"):
                    return np.where(keep, x / np.float64(rate), 0.0)
            """,
        ),
        mistake(
            "divided-by-what-was-kept",
            """You divide by the share that was kept this time. The factor is fixed, 1 / (1 -
            rate): the mask is random, and only on average does it keep 1 - rate.""",
            source="""
            def dropout(x, rate, keep, training):
                if not 0 <= rate < 1:
                    raise ValueError("rate must be at least 0 and less than 1")
                if not training:
                    return x
                return np.where(keep, x / max(keep.mean(), 1e-300), 0.0)
            """,
        ),
        mistake(
            "mask-turned",
            """You drop what should be kept. `keep` is True where a number survives.""",
            "np.where(keep, x / (1 - rate), 0.0)",
            "np.where(keep, 0.0, x / (1 - rate))",
        ),
        mistake(
            "always-on",
            """You drop numbers outside training, too. When the network is used, all of it works: x
            comes back unchanged.""",
            "    if not training:\n        return x\n",
            "",
        ),
        mistake(
            "scaled-when-used",
            """You scale when the network is used and not while it trains. That was the first form
            of dropout; the inverted one scales while training, so that using the network needs no
            thought.""",
            "    if not training:\n        return x\n",
            "    if not training:\n        return x * (1 - rate)\n",
            "x / (1 - rate)",
            "x",
        ),
        mistake(
            "only-scaled",
            """You scale all numbers, and none becomes 0. Where keep is False nothing comes
            through.""",
            "np.where(keep, x / (1 - rate), 0.0)",
            "x / (1 - rate)",
        ),
        mistake(
            "rate-not-checked",
            """A rate of 1 or more, or below 0, makes no sense: 1 would drop everything and divide
            by zero. Your function accepts such a rate; it should raise a ValueError.""",
            source="""
            def dropout(x, rate, keep, training):
                if not training:
                    return x
                with np.errstate(all="ignore"):
                    return np.where(keep, x / (np.float64(1) - rate), 0.0)
            """,
        ),
        mistake(
            "rate-checked-in-training-only",
            """Outside training your function accepts any rate. A wrong setting should be reported
            at once, and not only when training begins: check it in both modes.""",
            source="""
            def dropout(x, rate, keep, training):
                if not training:
                    return x
                if not 0 <= rate < 1:
                    raise ValueError("rate must be at least 0 and less than 1")
                return np.where(keep, x / (1 - rate), 0.0)
            """,
        ),
        mistake(
            "rate-one-allowed",
            """A rate of exactly 1 gets through. It would drop everything and divide by zero: the
            rate has to be less than 1.""",
            source="""
            def dropout(x, rate, keep, training):
                if not 0 <= rate <= 1:
                    raise ValueError("rate must be at least 0 and less than 1")
                if not training:
                    return x
                with np.errstate(all="ignore"):
                    return np.where(keep, x / (np.float64(1) - rate), 0.0)
            """,
        ),
        mistake(
            "rate-zero-refused",
            """You refuse a rate of 0. It is allowed, and means that nothing is dropped.""",
            "0 <= rate < 1",
            "0 < rate < 1",
        ),
        mistake(
            "x-overwritten",
            """The result is right, but you have written the zeros into x itself. The layer before
            still needs its numbers for the way back: work on a copy.""",
            "    return np.where(keep, x / (1 - rate), 0.0)\n",
            "    x[~keep] = 0\n    return x / (1 - rate)\n",
        ),
    ),
)

GRADIENT = Check(
    "penalized_gradient",
    points=2,
    draw=draw_gradient,
    misconceptions=(
        mistake(
            "two-forgotten",
            """The 2 from the slope of the square is missing in your L2 part. (In a cost with l2 / 2
            it would cancel; here there is no 1/2.)""",
            "2 * l2 * w",
            "l2 * w",
        ),
        mistake(
            "size-instead-of-slope",
            """Your L1 part grows with the size of w. The slope of abs(w) is the same however large
            w is, 1 or -1: that is why it can push a weight all the way to 0.""",
            "np.sign(w)",
            "np.abs(w)",
        ),
        mistake(
            "sign-of-the-weights-lost",
            """You add l1 to every entry. For a negative weight abs(w) falls when w rises: its
            slope is -1.""",
            "l1 * np.sign(w)",
            "l1",
        ),
        mistake(
            "slope-at-zero",
            """At w = 0 you take the slope of abs(w) as 1. It is taken as 0 here: a weight that is 0
            already must not be pushed away from it.""",
            "np.sign(w)",
            "np.where(w >= 0, 1, -1)",
        ),
        mistake(
            "subtracted",
            """You subtract the penalties' slopes, so that descent makes the weights larger. The
            slopes are added, like the penalties themselves.""",
            "grad + l1 * np.sign(w) + 2 * l2 * w",
            "grad - l1 * np.sign(w) - 2 * l2 * w",
        ),
        mistake(
            "l1-and-l2-swapped",
            """You have swapped the two strengths: l1 goes with the sign, l2 with w.""",
            "grad + l1 * np.sign(w) + 2 * l2 * w",
            "grad + l2 * np.sign(w) + 2 * l1 * w",
        ),
        mistake(
            "loss-forgotten",
            """This is the gradient of the penalties alone. It has to be added to `grad`, the
            gradient of the loss.""",
            "grad + ",
            "",
        ),
        mistake(
            "penalties-themselves",
            """You add the penalties to the gradient. It is their slopes that belong there, one for
            each weight.""",
            "l1 * np.sign(w) + 2 * l2 * w",
            "l1 * np.sum(np.abs(w)) + l2 * np.sum(w**2)",
        ),
        mistake(
            "averaged",
            """You divide the penalties' slopes by the number of weights. The penalties are sums,
            so each weight has its slope in full.""",
            "l1 * np.sign(w) + 2 * l2 * w",
            "(l1 * np.sign(w) + 2 * l2 * w) / w.size",
        ),
        mistake(
            "grad-overwritten",
            """The result is right, but `+=` has changed the caller's `grad`. Make a new
            array.""",
            "    return grad + l1 * np.sign(w) + 2 * l2 * w\n",
            "    grad += l1 * np.sign(w) + 2 * l2 * w\n    return grad\n",
        ),
    ),
)

# ---------------------------------------------------------------- the open task


def draw_sparse(rng: np.random.Generator) -> list[Case]:
    """Data sets with three coefficients that are not zero; which, only the judge knows."""
    cases = []
    for _ in range(8):
        X, beta = rng.normal(size=(50, 25)), np.zeros(25)
        beta[rng.choice(25, 3, replace=False)] = rng.choice([-1, 1], 3) * rng.uniform(1, 3, 3)
        y = X @ beta + rng.uniform(0.3, 3) * rng.normal(size=50)
        cases.append({"X": X, "y": y, "truth": beta})
    return cases


REFERENCE_BODY = (
    "    n, p = X.shape\n"
    "    errors = y - X @ ridge_fit(X, y, 0.0)\n"
    "    noise = np.sqrt(errors @ errors / (n - p))\n"
    "    return lasso_fit(X, y, noise * np.sqrt(n * np.log(p)))\n"
)
SPARSE_MISTAKES = (
    mistake(
        "least-squares",
        """This is least squares, the method to beat. It gives each of the many empty features a
        share of the noise.""",
        REFERENCE_BODY,
        "    return ridge_fit(X, y, 0.0)\n",
    ),
    mistake(
        "nothing-is-zero",
        """None of your coefficients is exactly zero, but most of the true ones are. Which of the two
        penalties can do that?""",
        REFERENCE_BODY,
        "    return ridge_fit(X, y, 5.0)\n",
    ),
    mistake(
        "nearly-all-zero",
        """Your penalty is so strong that hardly a coefficient is left. About three should be: the
        penalty has to keep out the noise and nothing else.""",
        "noise * np.sqrt(n * np.log(p))",
        "60 * np.sqrt(n * np.log(p))",
    ),
)


def judge_sparse(cases: list[Case], answers: list[object]) -> Outcome:
    """By the distance to the true coefficients, beside that of least squares."""
    hints = {known.label: known.hint for known in SPARSE_MISTAKES}
    ratios, given, least = [], [], []
    for case, answer in zip(cases, answers, strict=True):
        try:
            beta = np.asarray(answer, dtype=float)
        except (TypeError, ValueError):
            beta = np.zeros(0)
        truth = np.asarray(case["truth"])
        if beta.shape != truth.shape or not np.isfinite(beta).all():
            return Outcome(0, "Return one finite coefficient for each feature.")
        squares = np.linalg.lstsq(case["X"], case["y"])[0]
        ratios.append(np.sum((beta - truth) ** 2) / np.sum((squares - truth) ** 2))
        given.append(beta)
        least.append(squares)
    ratio = float(np.exp(np.mean(np.log(np.maximum(ratios, 1e-12)))))
    if ratio <= 0.5:
        return Outcome(1)
    if np.allclose(given, least, atol=1e-4):
        return Outcome(0, hints["least-squares"], "least-squares")
    if ratio <= 0.7:
        return Outcome(
            0.5,
            f"Your distance is {ratio:.2f} times that of least squares, better than the number to beat."
            " For full marks it may be at most 0.5 times that.",
        )
    left = np.mean(np.array(given) != 0)
    if left == 1:
        return Outcome(0, hints["nothing-is-zero"], "nothing-is-zero")
    if left < 0.06:
        return Outcome(0, hints["nearly-all-zero"], "nearly-all-zero")
    return Outcome(
        0,
        f"Your distance is {ratio:.2f} times that of least squares; it may be at most 0.7 times that.",
    )


SPARSE = Check(
    "sparse_fit",
    points=2,
    draw=draw_sparse,
    judge=judge_sparse,
    needs=("lasso_fit", "ridge_fit"),
    withheld=("truth",),
    misconceptions=SPARSE_MISTAKES,
)

ASSIGNMENT = Assignment(
    "regularization",
    reference,
    (LASSO_COST, RIDGE_COST, RIDGE_FIT, THRESHOLD, LASSO_FIT, DROPOUT, GRADIENT, SPARSE),
    minutes=110,
)
