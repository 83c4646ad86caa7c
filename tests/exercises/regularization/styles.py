"""Right answers to the assignment regularization in other styles than the reference's."""

import numpy as np
import scipy.linalg
from sklearn.linear_model import Lasso, Ridge


def lasso_cost__loops(X, y, beta, lam):
    cost = 0.0
    for i in range(len(y)):
        prediction = sum(X[i, j] * beta[j] for j in range(len(beta)))
        cost += (y[i] - prediction) ** 2
    for b in beta:
        cost += lam * abs(b)
    return cost


def lasso_cost__dot(X, y, beta, lam):
    r = np.dot(X, beta) - y
    return r @ r + lam * np.linalg.norm(beta, 1)


def lasso_cost__einsum(X, y, beta, lam):
    r = y - np.einsum("ij,j->i", X, beta)
    return float(np.einsum("i,i->", r, r) + lam * np.abs(beta).sum())


def ridge_cost__loops(X, y, beta, lam):
    errors = [(y_i - sum(x * b for x, b in zip(row, beta))) ** 2 for row, y_i in zip(X, y)]
    return sum(errors) + lam * sum(b**2 for b in beta)


def ridge_cost__norms(X, y, beta, lam):
    return np.linalg.norm(y - X @ beta) ** 2 + lam * np.linalg.norm(beta) ** 2


def ridge_cost__quadratic(X, y, beta, lam):
    A = X.T @ X + lam * np.eye(len(beta))
    return beta @ A @ beta - 2 * (X.T @ y) @ beta + y @ y


def ridge_fit__normal_equations(X, y, lam):
    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)


def ridge_fit__inverse(X, y, lam):
    A = np.dot(X.T, X) + lam * np.identity(len(X[0]))
    return np.linalg.inv(A).dot(X.T).dot(y)


def ridge_fit__singular_values(X, y, lam):
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    return Vt.T @ (s / (s**2 + lam) * (U.T @ y))


def ridge_fit__cholesky(X, y, lam):
    factor = scipy.linalg.cho_factor(X.T @ X + np.diag(np.full(X.shape[1], float(lam))))
    return scipy.linalg.cho_solve(factor, X.T @ y)


def ridge_fit__scikit_learn(X, y, lam):
    return Ridge(alpha=lam, fit_intercept=False, solver="svd").fit(X, y).coef_


def soft_threshold__cases(z, t):
    return np.where(z > t, z - t, np.where(z < -t, z + t, 0))


def soft_threshold__two_sides(z, t):
    return np.maximum(z - t, 0) - np.maximum(-z - t, 0)


def soft_threshold__clip(z, t):
    return z - np.clip(z, -t, t)


def soft_threshold__branches(z, t):
    if np.isscalar(z):
        if z > t:
            return z - t
        return z + t if z < -t else 0.0
    out = np.array(z, dtype=float)
    for index, value in np.ndenumerate(z):
        out[index] = soft_threshold(float(value), t)
    return out


def lasso_fit__residual_kept(X, y, lam, sweeps=200):
    X = X.astype(float)
    n, p = X.shape
    beta, r = np.zeros(p), y.astype(float)
    squares = (X**2).sum(axis=0)
    for _ in range(sweeps):
        for j in range(p):
            if squares[j] == 0:
                continue
            old = beta[j]
            beta[j] = soft_threshold(X[:, j] @ r + squares[j] * old, lam / 2) / squares[j]
            r += X[:, j] * (old - beta[j])
    return beta


def lasso_fit__gram(X, y, lam, sweeps=200):
    G, c = X.T @ X, X.T @ y
    beta = np.zeros(X.shape[1])
    for _ in range(sweeps):
        before = beta.copy()
        for j in range(len(beta)):
            if G[j, j] != 0:
                z = c[j] - G[j] @ beta + G[j, j] * beta[j]
                beta[j] = np.sign(z) * max(abs(z) - lam / 2, 0) / G[j, j]
        if np.abs(beta - before).max() < 1e-9:
            break
    return beta


def lasso_fit__loops(X, y, lam, sweeps=200):
    n, p = X.shape
    beta = [0.0] * p
    for _ in range(sweeps):
        for j in range(p):
            rho = norm = 0.0
            for i in range(n):
                prediction = sum(X[i, k] * beta[k] for k in range(p) if k != j)
                rho += X[i, j] * (y[i] - prediction)
                norm += X[i, j] ** 2
            if norm == 0:
                beta[j] = 0.0
            elif rho > lam / 2:
                beta[j] = (rho - lam / 2) / norm
            elif rho < -lam / 2:
                beta[j] = (rho + lam / 2) / norm
            else:
                beta[j] = 0.0
    return np.array(beta)


def lasso_fit__scikit_learn(X, y, lam, sweeps=200):
    if lam == 0:
        return np.linalg.lstsq(X, y)[0]
    model = Lasso(lam / (2 * len(y)), fit_intercept=False, tol=1e-14, max_iter=10 * sweeps)
    return model.fit(X, y).coef_


def dropout__masked(x, rate, keep, training):
    if rate < 0 or rate >= 1:
        raise ValueError("rate")
    if training:
        return x * keep / (1 - rate)
    return x.copy()


def dropout__copied(x, rate, keep, training):
    if not (0 <= rate and rate < 1):
        raise ValueError(f"not a rate: {rate}")
    if not training:
        return x
    out = np.array(x, dtype=float)
    out[np.logical_not(keep)] = 0
    out /= 1 - rate
    return out


def dropout__scaled_mask(x, rate, keep, training):
    class NotARateError(ValueError):
        pass

    if rate >= 1:
        raise NotARateError("too large")
    if rate < 0:
        raise NotARateError("negative")
    mask = keep.astype(float) / (1 - rate) if training else 1
    return np.multiply(mask, x)


def dropout__elementwise(x, rate, keep, training):
    if rate < 0 or not rate < 1:
        raise ValueError
    if not training:
        return x
    flat = [v / (1 - rate) if k else 0.0 for v, k in zip(x.ravel(), keep.ravel())]
    return np.reshape(flat, x.shape)


def penalized_gradient__where(grad, w, l1, l2):
    slope = np.where(w > 0, 1.0, 0.0) - np.where(w < 0, 1.0, 0.0)
    return grad + l1 * slope + l2 * (w + w)


def penalized_gradient__loop(grad, w, l1, l2):
    out = grad.astype(float)
    for index in np.ndindex(*w.shape):
        if w[index] > 0:
            out[index] += l1
        elif w[index] < 0:
            out[index] -= l1
        out[index] += 2 * l2 * w[index]
    return out


def penalized_gradient__divided(grad, w, l1, l2):
    size = np.abs(w)
    sign = np.divide(w, size, out=np.zeros(w.shape), where=size > 0)
    return np.add(grad, sign * (l1 + 2 * l2 * size))


def sparse_fit__held_out_rows(X, y):
    cut = len(y) * 3 // 4

    def loss(lam):
        beta = lasso_fit(X[:cut], y[:cut], lam, 30)
        return ((y[cut:] - X[cut:] @ beta) ** 2).sum()

    return lasso_fit(X, y, min(np.geomspace(2, 200, 8), key=loss), 60)


def sparse_fit__the_largest_steps(X, y):
    """Forward selection: take the column that explains most, while it explains enough."""
    rest, chosen, beta = y.copy(), [], np.zeros(X.shape[1])
    for _ in range(6):
        gain = np.abs(X.T @ rest) / np.linalg.norm(X, axis=0)
        best = int(np.argmax(gain))
        if gain[best] < 3.0 * rest.std():
            break
        chosen.append(best)
        part = np.linalg.lstsq(X[:, chosen], y, rcond=None)[0]
        rest = y - X[:, chosen] @ part
    if chosen:
        beta[chosen] = part
    return beta


def sparse_fit__refit(X, y):
    n, p = X.shape
    rest = y - X @ np.linalg.lstsq(X, y, rcond=None)[0]
    lam = np.sqrt(rest @ rest / (n - p)) * np.sqrt(2 * n * np.log(p))
    kept = np.flatnonzero(lasso_fit(X, y, lam))
    beta = np.zeros(p)
    if len(kept):
        beta[kept] = np.linalg.lstsq(X[:, kept], y, rcond=None)[0]
    return beta
