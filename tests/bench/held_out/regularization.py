# === right lasso_cost | plain loops over examples and features
def lasso_cost(X, y, beta, lam):
    total = 0.0
    for i in range(len(y)):
        prediction = 0.0
        for j in range(len(beta)):
            prediction += X[i][j] * beta[j]
        total += (y[i] - prediction) ** 2
    penalty = 0.0
    for b in beta:
        penalty += abs(b)
    return float(total + lam * penalty)


# === wrong ridge_fit | lam added to every entry, no identity matrix
def ridge_fit(X, y, lam):
    return np.linalg.solve(X.T @ X + lam, X.T @ y)


# === wrong lasso_fit | threshold lam in place of lam / 2
def lasso_fit(X, y, lam, sweeps=200):
    n, p = X.shape
    beta = np.zeros(p)
    for _ in range(sweeps):
        for j in range(p):
            r = y - X @ beta + X[:, j] * beta[j]
            square = X[:, j] @ X[:, j]
            if square == 0:
                continue
            beta[j] = soft_threshold(X[:, j] @ r, lam) / square
    return beta


# === wrong penalized_gradient | the 2 of the square's slope is missing
def penalized_gradient(grad, w, l1, l2):
    return grad + l1 * np.sign(w) + l2 * w


# === wrong lasso_cost | abs forgotten in the penalty
def lasso_cost(X, y, beta, lam):
    sse = 0
    for row, target in zip(X, y):
        sse += (target - np.dot(row, beta)) ** 2
    return sse + lam * sum(beta)


# === wrong ridge_fit | an intercept column is added
def ridge_fit(X, y, lam):
    A = np.column_stack([np.ones(len(X)), X])
    p = A.shape[1]
    return np.linalg.solve(A.T @ A + lam * np.eye(p), A.T @ y)


# === wrong dropout | keep read as what's dropped
def dropout(x, rate, keep, training):
    if rate < 0 or rate >= 1:
        raise ValueError(f"impossible rate {rate}")
    if not training:
        return x
    out = np.array(x, dtype=float)
    out[keep] = 0
    out[~keep] /= 1 - rate
    return out


# === wrong ridge_cost | half of the penalty
def ridge_cost(X, y, beta, lam):
    predictions = X @ beta
    return np.sum((y - predictions) ** 2) + lam / 2 * np.sum(beta ** 2)


# === wrong lasso_fit | the coefficients of the sweep before are used (all updated at once)
def lasso_fit(X, y, lam, sweeps=200):
    n, p = X.shape
    beta = np.zeros(p)
    squares = (X ** 2).sum(axis=0)
    for _ in range(sweeps):
        new = np.zeros(p)
        residual = y - X @ beta
        for j in range(p):
            if squares[j] == 0:
                continue
            rho = X[:, j] @ (residual + X[:, j] * beta[j])
            new[j] = soft_threshold(rho, lam / 2) / squares[j]
        beta = new
    return beta


# === wrong lasso_cost | half of the squared errors
def lasso_cost(X, y, beta, lam):
    r = y - X.dot(beta)
    return 0.5 * r.dot(r) + lam * np.linalg.norm(beta, 1)


# === wrong ridge_fit | X X^T in place of X^T X
def ridge_fit(X, y, lam):
    n, p = X.shape
    gram = X @ X.T
    return np.linalg.inv(gram + lam * np.eye(n)) @ (X.T @ y)


# === wrong penalized_gradient | l1 and l2 swapped
def penalized_gradient(grad, w, l1, l2):
    a = 2 * l1 * w
    b = l2 * np.sign(w)
    result = grad + a + b
    return result


# === right lasso_fit | the residual is carried along
def lasso_fit(X, y, lam, sweeps=200):
    X = np.asarray(X, dtype=float)
    n, p = X.shape
    beta = np.zeros(p)
    residual = np.array(y, dtype=float)
    squares = np.einsum("ij,ij->j", X, X)
    for _ in range(sweeps):
        for j in np.flatnonzero(squares):
            old = beta[j]
            rho = X[:, j] @ residual + squares[j] * old
            beta[j] = np.sign(rho) * max(abs(rho) - lam / 2, 0.0) / squares[j]
            residual = residual + X[:, j] * (old - beta[j])
    return beta


# === wrong dropout | scaled by 1 - rate in use (not inverted dropout)
def dropout(x, rate, keep, training):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    if training:
        return x * keep
    return x * (1 - rate)


# === wrong lasso_cost | lam multiplies the errors too (brackets)
def lasso_cost(X, y, beta, lam):
    return float(lam * (np.sum((y - X @ beta) ** 2) + np.sum(np.abs(beta))))


# === wrong soft_threshold | the sign is lost
def soft_threshold(z, t):
    return np.maximum(np.abs(z) - t, 0)


# === wrong lasso_fit | return inside the sweep loop
def lasso_fit(X, y, lam, sweeps=200):
    n, p = X.shape
    b = np.zeros(p)
    for sweep in range(sweeps):
        for j in range(p):
            xj = X[:, j]
            if not xj.any():
                continue
            partial = y - X @ b + xj * b[j]
            b[j] = soft_threshold(xj @ partial, lam / 2) / (xj @ xj)
        return b


# === right ridge_cost | matrix products only
def ridge_cost(X, y, beta, lam):
    e = np.subtract(y, np.matmul(X, beta)).astype(float)
    return float(e @ e) + float(lam) * float(np.dot(beta, beta))


# === wrong lasso_cost | unbalanced bracket
def lasso_cost(X, y, beta, lam):
    residuals = y - X @ beta
    return float(np.sum(residuals ** 2) + lam * np.sum(np.abs(beta))


# === wrong penalized_gradient | grad changed in place
def penalized_gradient(grad, w, l1, l2):
    grad += l1 * np.sign(w)
    grad += 2 * l2 * w
    return grad


# === wrong soft_threshold | moves away from zero
def soft_threshold(z, t):
    s = np.sign(z)
    return s * np.maximum(np.abs(z) + t, 0)


# === wrong ridge_cost | returns the residual vector's squares, not their sum
def ridge_cost(X, y, beta, lam):
    squares = (y - X @ beta) ** 2
    return squares + lam * np.sum(beta ** 2)


# === right lasso_fit | plain python accumulations per column
def lasso_fit(X, y, lam, sweeps=200):
    n, p = X.shape
    beta = [0.0] * p
    columns = [X[:, j].astype(float) for j in range(p)]
    lengths = [float(c @ c) for c in columns]
    for _ in range(sweeps):
        before = list(beta)
        for j in range(p):
            if lengths[j] == 0:
                continue
            r = y - sum((columns[k] * beta[k] for k in range(p) if k != j), np.zeros(n))
            pull = float(columns[j] @ r)
            if pull > lam / 2:
                beta[j] = (pull - lam / 2) / lengths[j]
            elif pull < -lam / 2:
                beta[j] = (pull + lam / 2) / lengths[j]
            else:
                beta[j] = 0.0
        if beta == before:
            break
    return np.array(beta)


# === wrong lasso_cost | the L2 penalty
def lasso_cost(X, y, beta, lam):
    n = len(y)
    cost = 0.0
    for i in range(n):
        cost += (y[i] - X[i] @ beta) ** 2
    for j in range(len(beta)):
        cost += lam * beta[j] ** 2
    return cost


# === wrong penalized_gradient | returns a number, the sum
def penalized_gradient(grad, w, l1, l2):
    g = grad + l1 * np.sign(w) + 2 * l2 * w
    return np.sum(g)


# === right dropout | multiplies by a scale array
def dropout(x, rate, keep, training):
    if rate < 0 or rate >= 1 or rate != rate:
        raise ValueError("0 <= rate < 1, please")
    x = np.asarray(x)
    if not training:
        return x
    louder = 1 / (1 - rate)
    return np.where(keep, x * louder, np.zeros_like(x, dtype=float))


# === wrong lasso_fit | one sweep only, sweeps limits the number of coefficients
def lasso_fit(X, y, lam, sweeps=200):
    n, p = X.shape
    beta = np.zeros(p)
    for j in range(min(sweeps, p)):
        square = X[:, j] @ X[:, j]
        if square == 0:
            continue
        r = y - X @ beta + X[:, j] * beta[j]
        beta[j] = soft_threshold(X[:, j] @ r, lam / 2) / square
    return beta


# === wrong dropout | x changed in place
def dropout(x, rate, keep, training):
    if not (0 <= rate < 1):
        raise ValueError("invalid rate")
    if training:
        x[~keep] = 0
        x /= (1 - rate)
    return x


# === wrong lasso_fit | the result is printed, not returned
def lasso_fit(X, y, lam, sweeps=200):
    p = X.shape[1]
    beta = np.zeros(p)
    for _ in range(sweeps):
        for j in range(p):
            x_j = X[:, j]
            if np.all(x_j == 0):
                continue
            r = y - (X @ beta - x_j * beta[j])
            beta[j] = soft_threshold(np.sum(x_j * r), lam / 2) / np.sum(x_j ** 2)
    print(beta)


# === wrong soft_threshold | t halved inside
def soft_threshold(z, t):
    t = t / 2
    out = np.sign(z) * np.maximum(np.abs(z) - t, 0)
    return out


# === right lasso_cost | norms
def lasso_cost(X, y, beta, lam):
    rest = np.asarray(y, dtype=float) - np.asarray(X, dtype=float) @ np.asarray(beta, dtype=float)
    return np.linalg.norm(rest) ** 2 + lam * np.linalg.norm(beta, ord=1)


# === wrong ridge_fit | lam squared
def ridge_fit(X, y, lam):
    p = X.shape[1]
    rows = np.vstack([X, lam * np.eye(p)])
    targets = np.append(y, np.zeros(p))
    return np.linalg.lstsq(rows, targets, rcond=None)[0]


# === wrong ridge_cost | wrong axis: beta times X from the left
def ridge_cost(X, y, beta, lam):
    pred = beta @ X
    return float(np.sum((y - pred) ** 2) + lam * np.sum(np.square(beta)))


# === right penalized_gradient | element by element
def penalized_gradient(grad, w, l1, l2):
    out = np.empty(np.shape(w))
    for place in np.ndindex(np.shape(w)):
        v = w[place]
        side = int(v > 0) - int(v < 0)
        out[place] = grad[place] + l1 * side + 2.0 * l2 * v
    return out


# === wrong lasso_fit | runs until nothing changes with a broken test, an infinite loop
def lasso_fit(X, y, lam, sweeps=200):
    p = X.shape[1]
    beta = np.zeros(p)
    changed = True
    while changed:
        old = beta
        for j in range(p):
            square = X[:, j] @ X[:, j]
            if square > 0:
                r = y - X @ beta + X[:, j] * beta[j]
                beta[j] = soft_threshold(X[:, j] @ r, lam / 2) / square
        changed = (old == beta).all()
    return beta


# === wrong ridge_fit | returns a column vector
def ridge_fit(X, y, lam):
    y = y.reshape(-1, 1)
    XtX = X.T.dot(X)
    XtX += lam * np.eye(len(XtX))
    return np.linalg.inv(XtX).dot(X.T).dot(y)


# === right soft_threshold | np.where with three cases, floats
def soft_threshold(z, t):
    z = np.asarray(z, dtype=float)
    return np.where(z > t, z - t, np.where(z < -t, z + t, 0.0))


# === wrong penalized_gradient | l2 penalty's gradient taken as the penalty, slope of L1 without sign
def penalized_gradient(grad, w, l1, l2):
    return grad + l1 * np.ones_like(w) + l2 * w ** 2


# === wrong dropout | a wrong rate is clipped, no error
def dropout(x, rate, keep, training):
    rate = min(max(rate, 0.0), 0.999)
    if training is True:
        dropped = x * keep.astype(float)
        return dropped / (1.0 - rate)
    return x


# === wrong ridge_fit | lam on all but the first coefficient
def ridge_fit(X, y, lam):
    p = X.shape[1]
    penalty = lam * np.eye(p)
    penalty[0, 0] = 0
    return np.linalg.solve(X.T @ X + penalty, X.T @ y)


# === wrong lasso_fit | r is computed once per sweep (old residual for all columns) and lam isn't halved
def lasso_fit(X, y, lam, sweeps=200):
    p = X.shape[1]
    beta = np.zeros(p)
    norm2 = np.array([X[:, j] @ X[:, j] for j in range(p)])
    for _ in range(sweeps):
        r = y - X @ beta
        for j in range(p):
            if norm2[j] != 0:
                beta[j] = soft_threshold(X[:, j] @ r + norm2[j] * beta[j], lam) / norm2[j]
    return beta


# === wrong ridge_cost | mean squared error, and lam multiplies the mean of the squares too
def ridge_cost(X, y, beta, lam):
    mse = np.mean((X @ beta - y) ** 2)
    return mse + lam * np.mean(beta ** 2)


# === wrong lasso_fit | a column of zeros drops out of the result
def lasso_fit(X, y, lam, sweeps=200):
    full = X[:, (X != 0).any(axis=0)]
    beta = np.zeros(full.shape[1])
    for _ in range(sweeps):
        for j in range(full.shape[1]):
            x = full[:, j]
            r = y - full @ beta + beta[j] * x
            beta[j] = soft_threshold(x @ r, lam / 2) / (x @ x)
    return beta


# === wrong lasso_fit | divided by the number of examples, not by the column's square
def lasso_fit(X, y, lam, sweeps=200):
    n = X.shape[0]
    p = X.shape[1]
    beta = np.zeros(p)
    for _ in range(sweeps):
        for j in range(p):
            if not X[:, j].any():
                continue
            rest = y - X @ beta + X[:, j] * beta[j]
            beta[j] = soft_threshold(np.dot(X[:, j], rest), lam / 2) / n
    return beta


# === wrong ridge_cost | abs in place of the square in the penalty
def ridge_cost(X, y, beta, lam):
    loss = sum((y[i] - sum(X[i, j] * beta[j] for j in range(len(beta)))) ** 2 for i in range(len(y)))
    return float(loss + lam * sum(abs(b) for b in beta))


# === wrong ridge_cost | half the errors, and the square root of the penalty
def ridge_cost(X, y, beta, lam):
    res = np.asarray(y) - np.asarray(X).dot(beta)
    a = 0.5 * np.sum(res ** 2)
    b = lam * np.sqrt(np.sum(np.power(beta, 2)))
    return float(a + b)


# === wrong penalized_gradient | wrong sign for L1 and no 2 for L2
def penalized_gradient(grad, w, l1, l2):
    out = grad.copy().astype(float)
    out = out - l1 * np.sign(w)
    out = out + l2 * w
    return out


# === wrong ridge_fit | X and y standardised, and lam twice
def ridge_fit(X, y, lam):
    Xs = (X - X.mean(0)) / X.std(0)
    ys = y - np.average(y)
    return np.linalg.pinv(Xs.T @ Xs + 2 * lam * np.eye(Xs.shape[1])) @ Xs.T @ ys


# === wrong soft_threshold | strictly positive numbers only, and t subtracted twice
def soft_threshold(z, t):
    shrunk = np.abs(z) - 2 * t
    return np.where(shrunk > 0, shrunk, 0.0)


# === right ridge_cost | math.fsum over Python numbers
import math

def ridge_cost(X, y, beta, lam):
    errors = [float(t) - math.fsum(float(a) * float(b) for a, b in zip(row, beta)) for row, t in zip(X, y)]
    return math.fsum(e * e for e in errors) + lam * math.fsum(float(b) ** 2 for b in beta)
