"""Mutants of the bptt functions that compute the same, each with the reason."""

EQUIVALENT = {
    "numerical_gradient": {
        "def numerical_gradient(f, theta, eps=1e-05):"
        "  ->  def numerical_gradient(f, theta, eps=-1e-05):": (
            "a central difference is the same to either side"
        ),
    },
    "clip_by_global_norm": {
        "factor = 1.0 if norm <= max_norm else max_norm / norm"
        "  ->  factor = 1.0 if norm < max_norm else max_norm / norm": (
            "where both are equal the quotient is 1"
        ),
    },
    "gentle_start": {
        "return 1.1 * rotation  ->  return -1.1 * rotation": "a rotation, turned round, is one too",
    },
}
