"""Mutants of the overfitting functions that compute the same, each with the reason."""

_NEAR = "near = np.exp({} * ((epochs[:, None] - epochs) / {}) ** 2)"
WIDTH = "a window that is a little wider or narrower beats the number as well"

EQUIVALENT = {
    "likely_best": {
        **{
            f"{_NEAR.format(-0.5, 3)}  ->  {_NEAR.format(factor, width)}": WIDTH
            for factor, width in ((-1.0, 3), (-0.5, 4), (-0.5, 2))
        },
        "return int(np.argmin(near @ np.asarray(val_losses) / near.sum(axis=1)))"
        "  ->  return int(np.argmin(near @ np.asarray(val_losses) / near.sum(axis=0)))": (
            "`near` is symmetric"
        ),
    }
}
