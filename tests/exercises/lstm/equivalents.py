"""Mutants of the lstm functions that compute the same, each with the reason."""

EQUIVALENT = {
    "sigmoid": {
        "return np.where(np.asarray(z) >= 0, 1 / (1 + e), e / (1 + e))"
        "  ->  return np.where(np.asarray(z) > 0, 1 / (1 + e), e / (1 + e))": (
            "at 0 both formulas give exactly 1/2"
        ),
    },
    "adding_cell": {
        "k, small = (40.0, 0.01)  ->  k, small = (80.0, 0.01)": "the gates are shut or open already",
        "k, small = (40.0, 0.01)  ->  k, small = (40.0, 0.02)": (
            "a tanh is still a straight line there, and the read-out goes along"
        ),
        "k, small = (40.0, 0.01)  ->  k, small = (40.0, -0.01)": (
            "the read-out changes its sign as well"
        ),
        "params['bf'], params['bi'] = (np.array([k]), np.array([-k / 2]))"
        "  ->  params['bf'], params['bi'] = (np.array([k]), np.array([-k / 3]))": (
            "the gate is still shut without a mark and open with one"
        ),
    },
}
