"""Mutants of the regularization functions that compute the same, each with the reason."""

ENOUGH = "both are many more sweeps than the descent needs; another number is right, too"

EQUIVALENT = {
    "lasso_fit": {
        f"def lasso_fit(X, y, lam, sweeps=200):  ->  def lasso_fit(X, y, lam, sweeps={sweeps}):": ENOUGH
        for sweeps in (199, 201)
    },
    "sparse_fit": {
        "return lasso_fit(X, y, noise * np.sqrt(n * np.log(p)))"
        "  ->  return lasso_fit(X, y, noise + np.sqrt(n * np.log(p)))": (
            "a strength for noise of size one, which beats the number as well"
        ),
        "noise = np.sqrt(errors @ errors / (n - p))"
        "  ->  noise = np.sqrt(errors @ errors / (n + p))": (
            "a smaller estimate of the noise: still in the range of strengths that do"
        ),
        "errors = y - X @ ridge_fit(X, y, 0.0)  ->  errors = y - X @ ridge_fit(X, y, 1.0)": (
            "nearly the same errors"
        ),
        "return lasso_fit(X, y, noise * np.sqrt(n * np.log(p)))"
        "  ->  return lasso_fit(X, y, noise * np.sqrt(n / np.log(p)))": (
            "a weaker penalty: still in the range of strengths that do"
        ),
        "return lasso_fit(X, y, noise * np.sqrt(n * np.log(p)))"
        "  ->  return lasso_fit(X, y, noise * np.sqrt(n + np.log(p)))": (
            "a weaker penalty: still in the range of strengths that do"
        ),
    },
}
