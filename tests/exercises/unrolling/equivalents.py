"""Mutants of the unrolling functions that compute the same, each with the reason."""

EQUIVALENT = {
    "parity_network": {
        "k = 20.0  ->  k = 40.0": "the units are at their ends already",
        "W = k / 2 * np.array([[1, 1], [-1, -1]])"
        "  ->  W = k / 2 / np.array([[1, 1], [-1, -1]])": "to divide by 1 or -1 is to multiply by it",
        "W = k / 2 * np.array([[1, 1], [-1, -1]])  ->  W = k / 3 * np.array([[1, 1], [-1, -1]])": (
            "the sums stay on the same sides of both thresholds"
        ),
    },
}
