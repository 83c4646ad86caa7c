# === wrong lasso_cost | mean of the squared errors in place of the sum
def lasso_cost(X, y, beta, lam):
    errors = y - X @ beta
    return np.mean(errors ** 2) + lam * np.sum(np.abs(beta))


# === wrong ridge_cost | square of the sum in place of sum of the squares
def ridge_cost(X, y, beta, lam):
    residual = y - np.dot(X, beta)
    sse = np.sum(residual ** 2)
    return float(sse + lam * np.sum(beta) ** 2)


# === wrong soft_threshold | no max: numbers near 0 go beyond it
def soft_threshold(z, t):
    return np.sign(z) * (np.abs(z) - t)


# === wrong dropout | the survivors aren't scaled
def dropout(x, rate, keep, training):
    if not 0 <= rate < 1:
        raise ValueError("rate must be in [0, 1)")
    if training:
        return np.where(keep, x, 0.0)
    return x


# === right ridge_fit | least squares with rows added for the penalty
def ridge_fit(X, y, lam):
    p = X.shape[1]
    X_long = np.vstack([X, np.sqrt(lam) * np.identity(p)])
    y_long = np.concatenate([y, np.zeros(p)])
    solution, *_ = np.linalg.lstsq(X_long, y_long, rcond=None)
    return solution


# === wrong lasso_fit | column j isn't given back to the residual
def lasso_fit(X, y, lam, sweeps=200):
    beta = np.zeros(X.shape[1])
    for s in range(sweeps):
        for j in range(X.shape[1]):
            col = X[:, j]
            norm = np.dot(col, col)
            if norm > 0:
                r = y - np.dot(X, beta)
                beta[j] = soft_threshold(np.dot(col, r), lam / 2) / norm
    return beta


# === wrong soft_threshold | hard threshold: large numbers stay as they are
def soft_threshold(z, t):
    return np.where(np.abs(z) > t, z, 0.0)


# === right soft_threshold | the difference to the clipped number
def soft_threshold(z, t):
    return z - np.clip(z, -t, t)


# === wrong penalized_gradient | slope at 0 taken as 1
def penalized_gradient(grad, w, l1, l2):
    slope = np.where(w >= 0, 1.0, -1.0)
    return grad + l1 * slope + 2 * l2 * w


# === right dropout | boolean indexing on a fresh array
def dropout(x, rate, keep, training):
    if not (rate >= 0 and rate < 1):
        raise ValueError("rate has to be at least 0 and below 1")
    if training:
        y = np.zeros(np.shape(x))
        y[keep] = x[keep] / (1.0 - rate)
        return y
    return np.copy(x)


# === wrong dropout | error raised only while training
def dropout(x, rate, keep, training):
    if training:
        if not 0 <= rate < 1:
            raise ValueError("bad rate")
        return np.where(keep, x / (1 - rate), 0.0)
    else:
        return x.copy()


# === wrong soft_threshold | python's max, works for numbers only
def soft_threshold(z, t):
    size = max(abs(z) - t, 0)
    return np.sign(z) * size


# === wrong lasso_fit | columns that are all zeros give nan
def lasso_fit(X, y, lam, sweeps=200):
    p = X.shape[1]
    beta = np.zeros(p)
    for _ in range(sweeps):
        for j in range(p):
            others = [k for k in range(p) if k != j]
            r = y - X[:, others] @ beta[others]
            beta[j] = soft_threshold(X[:, j] @ r, lam / 2) / (X[:, j] @ X[:, j])
    return beta


# === wrong ridge_cost | root of the sum as penalty (the norm itself)
def ridge_cost(X, y, beta, lam):
    err = np.linalg.norm(y - X @ beta) ** 2
    return err + lam * np.linalg.norm(beta)


# === wrong ridge_fit | X and y are centred first
def ridge_fit(X, y, lam):
    Xc = X - X.mean(axis=0)
    yc = y - y.mean()
    p = X.shape[1]
    beta = np.linalg.solve(Xc.T @ Xc + lam * np.eye(p), Xc.T @ yc)
    return beta


# === right penalized_gradient | masks for the two signs
def penalized_gradient(grad, w, l1, l2):
    result = np.array(grad, dtype=float)
    result += 2 * l2 * w
    result[w > 0] += l1
    result[w < 0] -= l1
    return result


# === wrong penalized_gradient | abs(w) in place of its slope
def penalized_gradient(grad, w, l1, l2):
    l1_part = l1 * np.abs(w)
    l2_part = l2 * 2 * w
    return grad + l1_part + l2_part


# === wrong dropout | rate 0 isn't allowed
def dropout(x, rate, keep, training):
    if rate <= 0 or rate >= 1:
        raise ValueError("rate must be between 0 and 1")
    if not training:
        return x
    return np.where(keep, x / (1 - rate), 0)


# === wrong ridge_fit | minus lam
def ridge_fit(X, y, lam):
    n_features = X.shape[1]
    A = np.dot(X.T, X) - lam * np.identity(n_features)
    b = np.dot(X.T, y)
    return np.linalg.solve(A, b)


# === wrong lasso_fit | threshold after the division
def lasso_fit(X, y, lam, sweeps=200):
    p = X.shape[1]
    beta = np.zeros(p)
    z = np.sum(X * X, axis=0)
    for it in range(sweeps):
        for j in range(p):
            if z[j] == 0.0:
                beta[j] = 0.0
            else:
                without_j = beta.copy()
                without_j[j] = 0
                r = y - X @ without_j
                beta[j] = soft_threshold(X[:, j] @ r / z[j], lam / 2)
    return beta


# === wrong dropout | divided by rate in place of 1 - rate
def dropout(x, rate, keep, training):
    if not 0 <= rate < 1:
        raise ValueError("The rate must satisfy 0 <= rate < 1")
    result = x
    if training:
        result = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            if keep[index]:
                result[index] = x[index] / rate
    return result


# === right soft_threshold | two one-sided parts
def soft_threshold(z, t):
    above = np.maximum(np.asarray(z) - t, 0)
    below = np.maximum(-np.asarray(z) - t, 0)
    return above - below


# === wrong ridge_fit | lam times n, the mean's convention
def ridge_fit(X, y, lam):
    n, p = X.shape
    left = X.T @ X / n + lam * np.eye(p)
    right = X.T @ y / n
    return np.linalg.solve(left, right)


# === wrong lasso_fit | the columns are scaled to length 1 and not scaled back
def lasso_fit(X, y, lam, sweeps=200):
    norms = np.sqrt((X ** 2).sum(axis=0))
    norms[norms == 0] = 1.0
    Z = X / norms
    beta = np.zeros(X.shape[1])
    for _ in range(sweeps):
        for j in range(X.shape[1]):
            r = y - Z @ beta + Z[:, j] * beta[j]
            beta[j] = soft_threshold(Z[:, j] @ r, lam / 2)
    return beta


# === wrong dropout | scaled by the share that the mask really keeps
def dropout(x, rate, keep, training):
    if not 0 <= rate < 1:
        raise ValueError("rate must be in [0, 1)")
    if not training:
        return x.copy()
    kept_share = keep.mean()
    return np.where(keep, x / kept_share, 0.0)


# === wrong soft_threshold | integer dtype of z is kept
def soft_threshold(z, t):
    z = np.array(z)
    big = z > t
    small = z < -t
    middle = ~big & ~small
    z[big] -= np.array(t).astype(z.dtype)
    z[small] += np.array(t).astype(z.dtype)
    z[middle] = 0
    return z


# === wrong ridge_fit | transposes forgotten
def ridge_fit(X, y, lam):
    I = np.eye(X.shape[1])
    return np.linalg.solve(X @ X + lam * I, X @ y)


# === wrong ridge_cost | the penalty is subtracted
def ridge_cost(X, y, beta, lam):
    y_hat = np.einsum("ij,j->i", X, beta)
    fit = ((y - y_hat) ** 2).sum()
    price = (beta * beta).sum()
    return fit - lam * price


# === right ridge_fit | singular values
def ridge_fit(X, y, lam):
    U, s, Vt = np.linalg.svd(np.asarray(X, dtype=float), full_matrices=False)
    weights = np.zeros_like(s)
    ok = s > 1e-13 * s.max(initial=0.0)
    weights[ok] = s[ok] / (s[ok] ** 2 + lam)
    return Vt.T @ (weights * (U.T @ y))


# === wrong penalized_gradient | the penalties are subtracted, as in an update step
def penalized_gradient(grad, w, l1, l2):
    penalty = l1 * np.sign(w) + l2 * 2 * w
    return grad - penalty


# === wrong lasso_cost | only the first example's error
def lasso_cost(X, y, beta, lam):
    for i in range(X.shape[0]):
        error = y[i] - np.sum(X[i] * beta)
        return float(error ** 2 + lam * np.abs(beta).sum())


# === wrong dropout | assert in place of ValueError
def dropout(x, rate, keep, training):
    assert 0 <= rate < 1, "rate must be in [0, 1)"
    if training:
        return np.where(keep, x / (1 - rate), 0.0)
    return x


# === wrong lasso_fit | beta keeps y's integer dtype and the threshold's sign is wrong for negatives
def lasso_fit(X, y, lam, sweeps=200):
    n, p = X.shape
    beta = np.zeros(p, dtype=int)
    for _ in range(sweeps):
        for j in range(p):
            sq = (X[:, j] ** 2).sum()
            if sq == 0:
                continue
            r = y - X @ beta + X[:, j] * beta[j]
            rho = (X[:, j] * r).sum()
            if rho > lam / 2:
                beta[j] = (rho - lam / 2) / sq
            elif rho < -lam / 2:
                beta[j] = (rho - lam / 2) / sq
            else:
                beta[j] = 0
    return beta


# === wrong penalized_gradient | the L2 penalty counts only if there is no L1
def penalized_gradient(grad, w, l1, l2):
    if l1 > 0:
        return grad + l1 * np.sign(w)
    elif l2 > 0:
        return grad + 2 * l2 * w
    return grad


# === wrong soft_threshold | sign by division: nan at 0
def soft_threshold(z, t):
    z = np.asarray(z, dtype=float)
    sign = z / np.abs(z)
    return sign * np.maximum(np.abs(z) - t, 0)


# === wrong dropout | draws its own mask and ignores keep
def dropout(x, rate, keep, training):
    if not 0 <= rate < 1:
        raise ValueError("rate must be at least 0 and less than 1")
    if not training:
        return x
    mask = np.random.rand(*x.shape) > rate
    return x * mask / (1 - rate)


# === wrong lasso_cost | y reshaped to a column: the errors become a matrix
def lasso_cost(X, y, beta, lam):
    y = y.reshape(-1, 1)
    error = y - X @ beta
    return float((error ** 2).sum() + lam * np.abs(beta).sum())


# === wrong lasso_fit | curly quotes in the docstring's place
def lasso_fit(X, y, lam, sweeps=200):
    “coordinate descent”
    beta = np.zeros(X.shape[1])
    for _ in range(sweeps):
        for j in range(len(beta)):
            r = y - X @ beta + X[:, j] * beta[j]
            s = X[:, j] @ X[:, j]
            beta[j] = soft_threshold(X[:, j] @ r, lam / 2) / s if s else 0
    return beta


# === wrong ridge_cost | intercept: the first coefficient isn't penalised
def ridge_cost(X, y, beta, lam):
    residuals = y - X @ beta
    return np.sum(residuals ** 2) + lam * np.sum(beta[1:] ** 2)


# === right dropout | flat list comprehension, reshaped
def dropout(x, rate, keep, training):
    possible = 0 <= rate < 1
    if not possible:
        raise ValueError("rate")
    if not training:
        return np.array(x)
    numbers = [v / (1 - rate) if k else 0.0 for v, k in zip(np.ravel(x), np.ravel(keep))]
    return np.array(numbers, dtype=float).reshape(np.shape(x))


# === wrong soft_threshold | abs forgotten in the size, negative numbers all become 0
def soft_threshold(z, t):
    return np.sign(z) * np.maximum(z - t, 0)


# === right ridge_fit | scipy, symmetric system
def ridge_fit(X, y, lam):
    from scipy import linalg
    A = np.einsum("ni,nj->ij", X, X).astype(float)
    A[np.diag_indices_from(A)] += lam
    b = np.einsum("ni,n->i", X, y)
    return linalg.pinvh(A) @ b if lam == 0 else linalg.solve(A, b, assume_a="sym")


# === wrong penalized_gradient | multiplied: the gradient is scaled by the penalty
def penalized_gradient(grad, w, l1, l2):
    total = np.zeros_like(grad)
    for idx, g in np.ndenumerate(grad):
        total[idx] = g * (l1 * np.sign(w[idx]) + 2 * l2 * w[idx])
    return total


# === right penalized_gradient | clipped ratio in place of np.sign
def penalized_gradient(grad, w, l1, l2):
    w = np.asarray(w, dtype=float)
    size = np.abs(w)
    slope = np.divide(w, size, out=np.zeros_like(w), where=size > 0)
    return np.asarray(grad) + (l1 * slope + (l2 + l2) * w)


# === wrong lasso_cost | calls a function that doesn't exist
def lasso_cost(X, y, beta, lam):
    rss = np.sum(np.square(y - np.matmul(X, beta)))
    return float(rss + lam * np.l1_norm(beta))


# === wrong soft_threshold | takes the maximum with t in place of 0
def soft_threshold(z, t):
    result = np.array(z, dtype=float)
    it = np.nditer(result, flags=["multi_index"], op_flags=["readwrite"])
    for v in it:
        v[...] = np.sign(v) * max(abs(float(v)) - t, t)
    return result


# === wrong dropout | no error at all, and no scaling
def dropout(x, rate, keep, training):
    if training:
        y = x.copy()
        y[np.logical_not(keep)] = 0
        return y
    return x


# === wrong lasso_cost | mean in place of the sum for both, with half of lam
def lasso_cost(X, y, beta, lam):
    n, p = X.shape
    fit = ((X @ beta - y) ** 2).sum() / n
    return float(fit + lam / 2 * np.abs(beta).mean())


# === wrong lasso_fit | r keeps column j, and no threshold (the least squares step)
def lasso_fit(X, y, lam, sweeps=200):
    beta = np.zeros(X.shape[1])
    for sweep in range(sweeps):
        for j, column in enumerate(X.T):
            length = column @ column
            if length:
                beta[j] = (column @ (y - X @ beta)) / length
    return beta


# === wrong lasso_fit | small coefficients never become exactly zero: ridge in place of the soft threshold
def lasso_fit(X, y, lam, sweeps=200):
    p = X.shape[1]
    beta = np.zeros(p)
    for _ in range(sweeps):
        for j in range(p):
            r = y - np.delete(X, j, axis=1) @ np.delete(beta, j)
            denominator = X[:, j] @ X[:, j] + lam / 2
            beta[j] = X[:, j] @ r / denominator if denominator > 0 else 0.0
    return beta

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
