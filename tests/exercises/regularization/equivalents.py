"""Mutants of the regularization functions that compute the same, each with the reason."""

ENOUGH = "both are many more sweeps than the descent needs; another number is right, too"

EQUIVALENT = {
    "lasso_fit": {
        f"def lasso_fit(X, y, lam, sweeps=200):  ->  def lasso_fit(X, y, lam, sweeps={sweeps}):": ENOUGH
        for sweeps in (199, 201)
    },
}
