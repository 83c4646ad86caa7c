# === wrong lasso_cost | mean of the squared errors
def lasso_cost(X, y, beta, lam):
    error = y - X @ beta
    return np.mean(error ** 2) + lam * np.sum(np.abs(beta))

# === wrong lasso_cost | half of the squared errors, as in another lecture
def lasso_cost(X, y, beta, lam):
    residual = y - np.dot(X, beta)
    return 0.5 * residual @ residual + lam * np.abs(beta).sum()

# === wrong lasso_cost | no absolute value in the penalty
def lasso_cost(X, y, beta, lam):
    total = 0.0
    for i in range(len(y)):
        total += (y[i] - np.sum(X[i] * beta)) ** 2
    return total + lam * sum(beta)

# === wrong lasso_cost | absolute value of the sum
def lasso_cost(X, y, beta, lam):
    pred = X.dot(beta)
    sse = ((y - pred) ** 2).sum()
    penalty = lam * abs(beta.sum())
    return sse + penalty

# === wrong lasso_cost | square of the summed errors
def lasso_cost(X, y, beta, lam):
    errors = 0
    for i in range(X.shape[0]):
        p = 0
        for j in range(X.shape[1]):
            p += X[i, j] * beta[j]
        errors += y[i] - p
    return errors ** 2 + lam * np.sum(np.abs(beta))

# === wrong lasso_cost | penalty added once per example
def lasso_cost(X, y, beta, lam):
    cost = 0
    for xi, yi in zip(X, y):
        cost += (yi - xi @ beta) ** 2
        cost += lam * np.abs(beta).sum()
    return cost

# === wrong lasso_cost | first coefficient taken for an intercept without price
def lasso_cost(X, y, beta, lam):
    return float(np.sum((y - X @ beta) ** 2) + lam * np.linalg.norm(beta[1:], 1))

# === wrong lasso_cost | broadcast: y as a column
def lasso_cost(X, y, beta, lam):
    y_column = y.reshape(-1, 1)
    prediction = X @ beta
    diff = y_column - prediction
    return np.sum(diff ** 2) + lam * np.sum(np.abs(beta))

# === wrong lasso_cost | penalty is a vector, not summed
def lasso_cost(X, y, beta, lam):
    rss = np.sum((y - np.matmul(X, beta)) ** 2)
    l1 = np.sqrt(beta ** 2)
    return rss + lam * l1

# === wrong ridge_cost | norm not squared
def ridge_cost(X, y, beta, lam):
    sse = np.sum((y - X @ beta) ** 2)
    return sse + lam * np.linalg.norm(beta)

# === wrong ridge_cost | half of lambda
def ridge_cost(X, y, beta, lam):
    r = y - X @ beta
    return r @ r + lam / 2 * beta @ beta

# === wrong ridge_cost | square of the sum
def ridge_cost(X, y, beta, lam):
    errors = y - X @ beta
    return np.sum(errors ** 2) + lam * np.sum(beta) ** 2

# === wrong ridge_cost | divides the errors by n
def ridge_cost(X, y, beta, lam):
    n = len(y)
    mse = 1 / n * sum((y[i] - X[i, :] @ beta) ** 2 for i in range(n))
    return mse + lam * sum(b ** 2 for b in beta)

# === wrong ridge_cost | lambda squared as well
def ridge_cost(X, y, beta, lam):
    cost = 0
    for row, target in zip(X, y):
        cost = cost + (target - sum(row * beta)) ** 2
    for b in beta:
        cost = cost + (lam * b) ** 2
    return cost

# === wrong ridge_cost | sum overwritten instead of added to
def ridge_cost(X, y, beta, lam):
    total = 0
    for i in range(len(y)):
        total = (y[i] - X[i] @ beta) ** 2
    penalty = 0
    for j in range(len(beta)):
        penalty += beta[j] ** 2
    return total + lam * penalty

# === wrong ridge_cost | changes y in place
def ridge_cost(X, y, beta, lam):
    y -= X @ beta
    return float(y @ y + lam * (beta @ beta))

# === wrong ridge_cost | builds on lasso_cost with the wrong coefficients
def ridge_cost(X, y, beta, lam):
    return lasso_cost(X, y, beta ** 2, lam)

# === wrong ridge_cost | wrong name, beta is called w
def ridge_cost(X, y, beta, lam):
    pred = X @ beta
    loss = ((pred - y) ** 2).sum()
    loss += lam * (w ** 2).sum()
    return loss

# === wrong ridge_fit | lam added to every entry
def ridge_fit(X, y, lam):
    A = X.T @ X + lam
    b = X.T @ y
    return np.linalg.solve(A, b)

# === wrong ridge_fit | lam times n, as for a mean of errors
def ridge_fit(X, y, lam):
    n, p = X.shape
    return np.linalg.inv(X.T @ X + n * lam * np.eye(p)) @ X.T @ y

# === wrong ridge_fit | half of lam
def ridge_fit(X, y, lam):
    p = X.shape[1]
    gram = np.dot(X.T, X)
    for j in range(p):
        gram[j, j] += lam / 2
    return np.linalg.solve(gram, np.dot(X.T, y))

# === wrong ridge_fit | adds an intercept column
def ridge_fit(X, y, lam):
    ones = np.ones((X.shape[0], 1))
    X1 = np.hstack([ones, X])
    A = X1.T @ X1 + lam * np.eye(X1.shape[1])
    return np.linalg.solve(A, X1.T @ y)[1:]

# === wrong ridge_fit | centres X and y first
def ridge_fit(X, y, lam):
    Xc = X - X.mean(axis=0)
    yc = y - y.mean()
    p = X.shape[1]
    return np.linalg.solve(Xc.T @ Xc + lam * np.identity(p), Xc.T @ yc)

# === wrong ridge_fit | identity of size n, X X^T
def ridge_fit(X, y, lam):
    n, p = X.shape
    A = X @ X.T + lam * np.eye(n)
    return np.linalg.solve(A, y)

# === wrong ridge_fit | first coefficient without price
def ridge_fit(X, y, lam):
    I = np.eye(X.shape[1])
    I[0, 0] = 0
    return np.linalg.solve(X.T.dot(X) + lam * I, X.T.dot(y))

# === wrong ridge_fit | gradient descent with too few steps
def ridge_fit(X, y, lam):
    beta = np.zeros(X.shape[1])
    rate = 0.001
    for step in range(100):
        slope = -2 * X.T @ (y - X @ beta) + 2 * lam * beta
        beta = beta - rate * slope
    return beta

# === wrong ridge_fit | the answer as a column
def ridge_fit(X, y, lam):
    y = y.reshape(-1, 1)
    A = X.T @ X + lam * np.eye(X.shape[1])
    return np.linalg.solve(A, X.T @ y)

# === wrong ridge_fit | sign of the penalty
def ridge_fit(X, y, lam):
    XtX = X.T @ X
    XtX -= lam * np.eye(len(XtX))
    return np.linalg.pinv(XtX) @ (X.T @ y)

# === wrong ridge_fit | least squares, shrunk afterwards by 1 + lam
def ridge_fit(X, y, lam):
    ols = np.linalg.lstsq(X, y, rcond=None)[0]
    return ols / (1 + lam)

# === wrong soft_threshold | hard threshold: the others are not moved
def soft_threshold(z, t):
    return np.where(np.abs(z) > t, z, 0.0)

# === wrong soft_threshold | negative numbers become 0
def soft_threshold(z, t):
    return np.maximum(z - t, 0)

# === wrong soft_threshold | no max: small numbers go beyond zero
def soft_threshold(z, t):
    return np.sign(z) * (np.abs(z) - t)

# === wrong soft_threshold | Python's max on an array
def soft_threshold(z, t):
    size = max(abs(z) - t, 0)
    return np.sign(z) * size

# === wrong soft_threshold | if on an array
def soft_threshold(z, t):
    if z > t:
        return z - t
    elif z < -t:
        return z + t
    else:
        return 0.0

# === wrong soft_threshold | int array keeps ints, the halves are lost
def soft_threshold(z, t):
    z = np.asarray(z)
    out = np.zeros_like(z)
    out[z > t] = z[z > t] - t
    out[z < -t] = z[z < -t] + t
    return out

# === wrong soft_threshold | sign of the move swapped for negatives
def soft_threshold(z, t):
    return np.where(z > t, z - t, np.where(z < -t, z - t, 0.0))

# === wrong soft_threshold | moves everything to the range [-t, t]
def soft_threshold(z, t):
    # nothing may be larger than t
    return np.clip(z, -t, t)

# === wrong soft_threshold | sign lost
def soft_threshold(z, t):
    shrunk = np.abs(z) - t
    shrunk = np.where(shrunk < 0, 0, shrunk)
    return shrunk

# === wrong soft_threshold | loops over one dimension only
def soft_threshold(z, t):
    result = []
    for value in z:
        if abs(value) <= t:
            result.append(0.0)
        elif value > 0:
            result.append(value - t)
        else:
            result.append(value + t)
    return np.array(result)

# === wrong lasso_fit | moves by lam, not lam / 2
def lasso_fit(X, y, lam, sweeps=200):
    n, p = X.shape
    beta = np.zeros(p)
    for _ in range(sweeps):
        for j in range(p):
            xj = X[:, j]
            if not xj.any():
                continue
            r = y - X @ beta + xj * beta[j]
            beta[j] = soft_threshold(xj @ r, lam) / (xj @ xj)
    return beta

# === wrong lasso_fit | column j is not given back to the residual
def lasso_fit(X, y, lam, sweeps=200):
    beta = np.zeros(X.shape[1])
    for s in range(sweeps):
        for j in range(X.shape[1]):
            r = y - X @ beta
            square = X[:, j] @ X[:, j]
            if square == 0:
                beta[j] = 0
            else:
                beta[j] = soft_threshold(X[:, j] @ r, lam / 2) / square
    return beta

# === wrong lasso_fit | all coefficients change at once (Jacobi)
def lasso_fit(X, y, lam, sweeps=200):
    p = X.shape[1]
    beta = np.zeros(p)
    for sweep in range(sweeps):
        new = np.zeros(p)
        for j in range(p):
            others = np.delete(np.arange(p), j)
            r = y - X[:, others] @ beta[others]
            sq = np.sum(X[:, j] ** 2)
            if sq > 0:
                new[j] = soft_threshold(X[:, j] @ r, lam / 2) / sq
        beta = new
    return beta

# === wrong lasso_fit | division by X_j . X_j forgotten
def lasso_fit(X, y, lam, sweeps=200):
    beta = np.zeros(X.shape[1])
    for _ in range(sweeps):
        for j in range(len(beta)):
            without = beta.copy()
            without[j] = 0
            r = y - X @ without
            beta[j] = soft_threshold(X[:, j] @ r, lam / 2)
    return beta

# === wrong lasso_fit | divides by n, as for scaled columns
def lasso_fit(X, y, lam, sweeps=200):
    n, p = X.shape
    beta = np.zeros(p)
    for it in range(sweeps):
        for j in range(p):
            r = y - X @ beta + X[:, j] * beta[j]
            rho = X[:, j] @ r / n
            beta[j] = soft_threshold(rho, lam / (2 * n))
    return beta

# === wrong lasso_fit | an empty column gives nan
def lasso_fit(X, y, lam, sweeps=200):
    beta = np.zeros(X.shape[1])
    for _ in range(sweeps):
        for j in range(X.shape[1]):
            r = y - X @ beta + X[:, j] * beta[j]
            beta[j] = soft_threshold(np.dot(X[:, j], r), lam / 2) / np.dot(X[:, j], X[:, j])
    return beta

# === wrong lasso_fit | break at an empty column: the columns after it never get their turn
def lasso_fit(X, y, lam, sweeps=200):
    n, p = X.shape
    beta = np.zeros(p)
    for _ in range(sweeps):
        for j in range(p):
            square = X[:, j] @ X[:, j]
            if square == 0:
                break
            r = y - X @ beta + X[:, j] * beta[j]
            beta[j] = soft_threshold(X[:, j] @ r, lam / 2) / square
    return beta

# === wrong lasso_fit | threshold after the division
def lasso_fit(X, y, lam, sweeps=200):
    p = X.shape[1]
    beta = np.zeros(p)
    norms = (X ** 2).sum(axis=0)
    for _ in range(sweeps):
        for j in range(p):
            if norms[j] == 0:
                continue
            r = y - X @ beta + X[:, j] * beta[j]
            beta[j] = soft_threshold(X[:, j] @ r / norms[j], lam / 2)
    return beta

# === wrong lasso_fit | return inside the outer loop: one sweep only
def lasso_fit(X, y, lam, sweeps=200):
    beta = np.zeros(X.shape[1])
    for sweep in range(sweeps):
        for j in range(X.shape[1]):
            col = X[:, j]
            r = y - X @ beta + col * beta[j]
            if col @ col != 0:
                beta[j] = soft_threshold(col @ r, lam / 2) / (col @ col)
        return beta

# === wrong lasso_fit | rows instead of columns
def lasso_fit(X, y, lam, sweeps=200):
    n, p = X.shape
    beta = np.zeros(p)
    for _ in range(sweeps):
        for j in range(p):
            xj = X[j]
            r = y - X @ beta
            r = r + xj * beta[j]
            beta[j] = soft_threshold(xj @ r, lam / 2) / (xj @ xj)
    return beta

# === wrong lasso_fit | scales the columns and does not scale back
def lasso_fit(X, y, lam, sweeps=200):
    scale = np.sqrt((X ** 2).sum(axis=0))
    scale[scale == 0] = 1
    Z = X / scale
    beta = np.zeros(X.shape[1])
    for _ in range(sweeps):
        for j in range(Z.shape[1]):
            r = y - Z @ beta + Z[:, j] * beta[j]
            beta[j] = soft_threshold(Z[:, j] @ r, lam / 2)
    return beta

# === wrong lasso_fit | centres X and y
def lasso_fit(X, y, lam, sweeps=200):
    X = X - X.mean(0)
    y = y - y.mean()
    beta = np.zeros(X.shape[1])
    for _ in range(sweeps):
        for j in range(X.shape[1]):
            sq = X[:, j] @ X[:, j]
            if sq < 1e-12:
                continue
            r = y - X @ beta + X[:, j] * beta[j]
            beta[j] = soft_threshold(X[:, j] @ r, lam / 2) / sq
    return beta

# === wrong lasso_fit | stops as soon as one coefficient did not change
def lasso_fit(X, y, lam, sweeps=200):
    p = X.shape[1]
    beta = np.zeros(p)
    for _ in range(sweeps):
        for j in range(p):
            sq = X[:, j] @ X[:, j]
            if sq == 0:
                continue
            r = y - X @ beta + X[:, j] * beta[j]
            new = soft_threshold(X[:, j] @ r, lam / 2) / sq
            if new == beta[j]:
                return beta
            beta[j] = new
    return beta

# === wrong lasso_fit | residual kept up to date on y itself: changes y
def lasso_fit(X, y, lam, sweeps=200):
    r = y
    beta = np.zeros(X.shape[1])
    squares = np.sum(X * X, axis=0)
    for _ in range(sweeps):
        for j in range(X.shape[1]):
            if squares[j] == 0:
                continue
            r += X[:, j] * beta[j]
            beta[j] = soft_threshold(X[:, j] @ r, lam / 2) / squares[j]
            r -= X[:, j] * beta[j]
    return beta

# === wrong lasso_fit | gradient descent with sign: never exactly zero
def lasso_fit(X, y, lam, sweeps=200):
    beta = np.zeros(X.shape[1])
    step = 0.5 / np.linalg.norm(X, 2) ** 2
    for _ in range(sweeps):
        gradient = -2 * X.T @ (y - X @ beta) + lam * np.sign(beta)
        beta = beta - step * gradient
    return beta

# === wrong lasso_fit | least squares first, then one threshold for all
def lasso_fit(X, y, lam, sweeps=200):
    beta = ridge_fit(X, y, 1e-8)
    return soft_threshold(beta, lam / 2)

# === wrong lasso_fit | residual of the earlier columns only
def lasso_fit(X, y, lam, sweeps=200):
    beta = np.zeros(X.shape[1])
    for _ in range(sweeps):
        r = y.astype(float)
        for j in range(X.shape[1]):
            sq = (X[:, j] ** 2).sum()
            if sq == 0:
                continue
            beta[j] = soft_threshold((X[:, j] * r).sum(), lam / 2) / sq
            r = r - X[:, j] * beta[j]
    return beta

# === wrong dropout | survivors are not scaled
def dropout(x, rate, keep, training):
    if rate < 0 or rate >= 1:
        raise ValueError("rate")
    if not training:
        return x
    return np.where(keep, x, 0.0)

# === wrong dropout | divides by rate
def dropout(x, rate, keep, training):
    if not 0 <= rate < 1:
        raise ValueError("rate must be in [0, 1)")
    if training:
        if rate == 0:
            return x
        return np.where(keep, x / rate, 0)
    return x

# === wrong dropout | scales by the share that the mask happens to keep
def dropout(x, rate, keep, training):
    if not (0 <= rate < 1):
        raise ValueError
    if not training:
        return x.copy()
    share = keep.mean()
    out = x * keep
    return out / share

# === wrong dropout | old dropout: multiplies when the network is used
def dropout(x, rate, keep, training):
    if rate < 0 or rate >= 1:
        raise ValueError("bad rate")
    if training:
        return x * keep
    else:
        return x * (1 - rate)

# === wrong dropout | draws its own mask
def dropout(x, rate, keep, training):
    if not 0 <= rate < 1:
        raise ValueError("rate out of range")
    if not training:
        return x
    keep = np.random.rand(*x.shape) >= rate
    return x * keep / (1 - rate)

# === wrong dropout | the rate is checked only in training
def dropout(x, rate, keep, training):
    if training:
        if rate < 0 or rate >= 1:
            raise ValueError("rate must be between 0 and 1")
        return np.where(keep, x / (1 - rate), 0.0)
    return x

# === wrong dropout | a rate of 0 is refused
def dropout(x, rate, keep, training):
    if not 0 < rate < 1:
        raise ValueError("rate")
    scale = 1 / (1 - rate)
    return np.where(keep, x * scale, 0.0) if training else x

# === wrong dropout | the mask the wrong way round
def dropout(x, rate, keep, training):
    if rate >= 1 or rate < 0:
        raise ValueError("rate")
    result = np.array(x, dtype=float)
    if training:
        result[keep] = 0
        result /= 1 - rate
    return result

# === wrong dropout | changes x in place
def dropout(x, rate, keep, training):
    if not 0 <= rate < 1:
        raise ValueError("rate should be >= 0 and < 1")
    if training == False:
        return x
    x[~keep] = 0
    return x / (1 - rate)

# === wrong dropout | returns the error instead of raising it
def dropout(x, rate, keep, training):
    if rate < 0 or rate >= 1:
        return ValueError("rate must be at least 0 and below 1")
    if not training:
        return x
    return np.where(keep, x / (1 - rate), 0.0)

# === wrong dropout | only the survivors come back
def dropout(x, rate, keep, training):
    if not 0 <= rate < 1:
        raise ValueError("!")
    if training:
        return x[keep] / (1 - rate)
    return x

# === wrong dropout | None when not training
def dropout(x, rate, keep, training):
    if not 0 <= rate < 1:
        raise ValueError("rate")
    if training:
        out = np.zeros(x.shape)
        out[keep] = x[keep] / (1 - rate)
        return out

# === wrong penalized_gradient | slope of the square without the 2
def penalized_gradient(grad, w, l1, l2):
    return grad + l1 * np.sign(w) + l2 * w

# === wrong penalized_gradient | the size in place of the sign
def penalized_gradient(grad, w, l1, l2):
    g1 = l1 * np.abs(w)
    g2 = l2 * 2 * w
    return grad + g1 + g2

# === wrong penalized_gradient | l1 and l2 exchanged
def penalized_gradient(grad, w, l1, l2):
    return grad + 2 * l1 * w + l2 * np.sign(w)

# === wrong penalized_gradient | changes grad in place
def penalized_gradient(grad, w, l1, l2):
    grad += l1 * np.sign(w)
    grad += 2 * l2 * w
    return grad

# === wrong penalized_gradient | slope 1 at zero
def penalized_gradient(grad, w, l1, l2):
    sign = np.where(w >= 0, 1.0, -1.0)
    return grad + l1 * sign + 2 * l2 * w

# === wrong penalized_gradient | w / abs(w) is nan at zero
def penalized_gradient(grad, w, l1, l2):
    slope_l1 = w / np.abs(w)
    slope_l2 = 2 * w
    return grad + l1 * slope_l1 + l2 * slope_l2

# === wrong penalized_gradient | adds the penalties themselves
def penalized_gradient(grad, w, l1, l2):
    penalty = l1 * np.sum(np.abs(w)) + l2 * np.sum(w ** 2)
    return grad + penalty

# === wrong penalized_gradient | penalties are subtracted
def penalized_gradient(grad, w, l1, l2):
    result = grad.copy()
    result = result - l1 * np.sign(w)
    result = result - l2 * 2 * w
    return result

# === wrong penalized_gradient | one-sided numerical slope with a coarse step
def penalized_gradient(grad, w, l1, l2):
    h = 0.01
    p = l1 * np.abs(w) + l2 * w ** 2
    p_h = l1 * np.abs(w + h) + l2 * (w + h) ** 2
    return grad + (p_h - p) / h

# === wrong penalized_gradient | loops over the first axis only
def penalized_gradient(grad, w, l1, l2):
    out = np.zeros(len(w))
    for i in range(len(w)):
        s = 0
        if w[i] > 0:
            s = 1
        if w[i] < 0:
            s = -1
        out[i] = grad[i] + l1 * s + 2 * l2 * w[i]
    return out

# === wrong penalized_gradient | syntax slip: bracket not closed
def penalized_gradient(grad, w, l1, l2):
    slope = l1 * np.sign(w) + 2 * l2 * (w
    return grad + slope

# === wrong lasso_fit | changes one coefficient by trial: small fixed steps, whatever lowers the cost
def lasso_fit(X, y, lam, sweeps=200):
    beta = np.zeros(X.shape[1])
    step = 0.1
    for s in range(sweeps):
        for j in range(len(beta)):
            for change in (step, -step):
                trial = beta.copy()
                trial[j] += change
                if lasso_cost(X, y, trial, lam) < lasso_cost(X, y, beta, lam):
                    beta = trial
    return beta

# === wrong lasso_fit | residual is computed once per sweep
def lasso_fit(X, y, lam, sweeps=200):
    n, p = X.shape
    beta = np.zeros(p)
    for sweep in range(sweeps):
        r = y - X @ beta
        for j in range(p):
            r_j = r + X[:, j] * beta[j]
            square = np.dot(X[:, j], X[:, j])
            if square > 0:
                beta[j] = soft_threshold(np.dot(X[:, j], r_j), lam / 2) / square
    return beta

# === wrong ridge_fit | solves for each column alone
def ridge_fit(X, y, lam):
    p = X.shape[1]
    beta = np.zeros(p)
    for j in range(p):
        xj = X[:, j]
        beta[j] = np.sum(xj * y) / (np.sum(xj * xj) + lam)
    return beta

# === wrong soft_threshold | shrinks by a factor as ridge does
def soft_threshold(z, t):
    z = np.asarray(z, dtype=float)
    shrunk = z / (1 + t)
    return np.where(np.abs(z) <= t, 0.0, shrunk)

# === wrong dropout | drops the first share of the numbers
def dropout(x, rate, keep, training):
    if rate < 0 or rate >= 1:
        raise ValueError("rate has to be in [0, 1)")
    if not training:
        return x
    out = np.array(x, dtype=float).ravel()
    n_drop = int(round(rate * out.size))
    out[:n_drop] = 0
    return out.reshape(x.shape) / (1 - rate)

# === wrong penalized_gradient | both prices scaled by the number of weights
def penalized_gradient(grad, w, l1, l2):
    n = w.size
    total = np.zeros(w.shape)
    total += grad
    total += l1 / n * np.sign(w)
    total += 2 * l2 / n * w
    return total

# === right lasso_cost | norms
def lasso_cost(X, y, beta, lam):
    return float(np.linalg.norm(y - X @ beta) ** 2 + lam * np.linalg.norm(beta, 1))

# === right lasso_cost | einsum
def lasso_cost(X, y, beta, lam):
    error = np.einsum("ij,j->i", X, beta) - y
    return float(np.einsum("i,i->", error, error) + lam * np.einsum("j,j->", beta, np.sign(beta)))

# === right lasso_cost | plain loops
def lasso_cost(X, y, beta, lam):
    cost = 0.0
    for i in range(len(y)):
        rest = y[i]
        for j in range(len(beta)):
            rest = rest - X[i][j] * beta[j]
        cost += rest * rest
    for b in beta:
        cost += lam * (b if b > 0 else -b)
    return float(cost)

# === right ridge_cost | augmented system: the penalty as p more examples
def ridge_cost(X, y, beta, lam):
    p = len(beta)
    A = np.vstack([X, np.sqrt(lam) * np.eye(p)])
    r = np.concatenate([y, np.zeros(p)]) - A @ beta
    return float(r @ r)

# === right ridge_cost | length of one long vector by hypot
import math
from functools import reduce

def ridge_cost(X, y, beta, lam):
    numbers = list(y - X @ beta) + [math.sqrt(lam) * b for b in beta]
    return reduce(math.hypot, numbers, 0.0) ** 2

# === right ridge_cost | generator sums
def ridge_cost(X, y, beta, lam):
    errors = (t - sum(x * b for x, b in zip(row, beta)) for row, t in zip(X, y))
    return float(sum(e ** 2 for e in errors) + lam * sum(b ** 2 for b in beta))

# === right ridge_fit | least squares with p more examples
def ridge_fit(X, y, lam):
    p = X.shape[1]
    A = np.vstack([X, np.sqrt(lam) * np.eye(p)])
    b = np.hstack([y, np.zeros(p)])
    return np.linalg.lstsq(A, b, rcond=None)[0]

# === right ridge_fit | singular values
def ridge_fit(X, y, lam):
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    weights = np.divide(s, s ** 2 + lam, out=np.zeros_like(s), where=s > 0)
    return Vt.T @ (weights * (U.T @ y))

# === right ridge_fit | Cholesky in scipy, diagonal filled by stride
from scipy.linalg import cho_factor, cho_solve

def ridge_fit(X, y, lam):
    gram = (X.T @ X).astype(float)
    gram.flat[:: len(gram) + 1] += lam
    return cho_solve(cho_factor(gram), X.T @ y)

# === right soft_threshold | z minus its clipped self
def soft_threshold(z, t):
    return z - np.clip(z, -t, t)

# === right soft_threshold | two hinges
def soft_threshold(z, t):
    return np.maximum(z - t, 0) + np.minimum(z + t, 0)

# === right soft_threshold | boolean arithmetic, without sign
def soft_threshold(z, t):
    return (z - t) * (z > t) + (z + t) * (z < -t)

# === right lasso_fit | residual kept up to date, in a copy
def lasso_fit(X, y, lam, sweeps=200):
    X = np.asarray(X, dtype=float)
    rest, beta = np.array(y, dtype=float), np.zeros(X.shape[1])
    for _ in range(sweeps):
        for j, column in enumerate(X.T):
            square = column @ column
            if square:
                new = soft_threshold(column @ rest + square * beta[j], lam / 2) / square
                rest += column * (beta[j] - new)
                beta[j] = new
    return beta

# === right lasso_fit | covariance updates: only X'X and X'y are needed
def lasso_fit(X, y, lam, sweeps=200):
    G, c = X.T @ X, X.T @ y
    beta = np.zeros(len(c))
    for _ in range(sweeps):
        before = beta.copy()
        for j in np.flatnonzero(np.diag(G)):
            z = c[j] - G[j] @ beta + G[j, j] * beta[j]
            beta[j] = np.sign(z) * max(abs(z) - lam / 2, 0) / G[j, j]
        if np.array_equal(before, beta):
            break
    return beta

# === right lasso_fit | masks column j, three cases by hand
def lasso_fit(X, y, lam, sweeps=200):
    p = X.shape[1]
    beta = [0.0] * p
    for turn in range(sweeps * p):
        j = turn % p
        others = [k for k in range(p) if k != j]
        r = y - sum((X[:, k] * beta[k] for k in others), np.zeros(len(y)))
        z, square = float(X[:, j] @ r), float(np.square(X[:, j], dtype=float).sum())
        if square == 0 or -lam / 2 <= z <= lam / 2:
            beta[j] = 0.0
        elif z > 0:
            beta[j] = (z - lam / 2) / square
        else:
            beta[j] = (z + lam / 2) / square
    return np.array(beta)

# === right dropout | assignment to a copy of zeros
def dropout(x, rate, keep, training):
    if rate >= 1 or rate < 0:
        raise ValueError(f"{rate} is not in [0, 1)")
    if not training:
        return np.copy(x)
    out = np.zeros(np.shape(x))
    np.divide(x, 1 - rate, out=out, where=keep)
    return out

# === right dropout | scale as an array: 0 or 1 / (1 - rate)
def dropout(x, rate, keep, training):
    if not (rate >= 0 and rate < 1):
        raise ValueError("0 <= rate < 1")
    if training:
        return x * np.array([0.0, 1 / (1 - rate)])[np.asarray(keep).astype(int)]
    return x

# === right dropout | masked array
def dropout(x, rate, keep, training):
    if not 0 <= rate < 1:
        raise ValueError("a share from 0 up to, but not including, 1")
    if training:
        return np.ma.array(x / (1 - rate), mask=~keep).filled(0.0)
    return x

# === right penalized_gradient | comparisons instead of sign
def penalized_gradient(grad, w, l1, l2):
    slope = (w > 0).astype(float) - (w < 0)
    return grad + l1 * slope + (l2 + l2) * w

# === right penalized_gradient | loop over ndindex
def penalized_gradient(grad, w, l1, l2):
    out = np.array(grad, dtype=float)
    for place in np.ndindex(*w.shape):
        if w[place] > 0:
            out[place] += l1
        elif w[place] < 0:
            out[place] -= l1
        out[place] += 2 * l2 * w[place]
    return out

# === right penalized_gradient | sum of three arrays, np.select
def penalized_gradient(grad, w, l1, l2):
    return sum([grad, np.select([w > 0, w < 0], [l1, -l1], 0.0), 2 * l2 * w])
