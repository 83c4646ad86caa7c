"""Mutants of the lstm functions that compute the same, each with the reason."""

EQUIVALENT = {
    "sigmoid": {
        "return np.where(np.asarray(z) >= 0, 1 / (1 + e), e / (1 + e))"
        "  ->  return np.where(np.asarray(z) > 0, 1 / (1 + e), e / (1 + e))": (
            "at 0 both formulas give exactly 1/2"
        ),
    },
}
