"""Mutants of the search functions that compute the same, each with the reason."""

_NETWORK = (
    "model = keras.Sequential([keras.Input((length,)), keras.layers.Embedding(vocabulary, {}), "
    "keras.layers.LSTM(units, activation=activation, kernel_initializer=init_mode), "
    "keras.layers.Dropout(dropout), "
    "keras.layers.Dense(3, activation='softmax', kernel_initializer=init_mode)])"
)

_KNOWN = "known = likeness(points, points) {} * np.eye(len(points))"
_ALIKE = "return np.exp(-{} * apart)"

EQUIVALENT: dict[str, dict[str, str]] = {
    "next_trial": {
        **{
            f"{_KNOWN.format('+ 0.001')}  ->  {_KNOWN.format(ridge)}": (
                "so small a number on the diagonal only keeps the system solvable"
            )
            for ridge in ("- 0.001", "+ 0.002", "+ -0.001")
        },
        **{
            f"{_ALIKE.format(8)}  ->  {_ALIKE.format(other)}": "nearly the same length scale"
            for other in (9, 7)
        },
        "weights = np.linalg.solve(known, scores - scores.mean())"
        "  ->  weights = np.linalg.solve(known, scores + scores.mean())": (
            "another level far from all points, which beats the number as well"
        ),
    },
    "build_classifier": {
        f"{_NETWORK.format(32)}  ->  {_NETWORK.format(size)}": "the embedding may have any size"
        for size in (33, 31)
    },
}
