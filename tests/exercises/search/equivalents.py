"""Mutants of the search functions that compute the same, each with the reason."""

_NETWORK = (
    "model = keras.Sequential([keras.Input((length,)), keras.layers.Embedding(vocabulary, {}), "
    "keras.layers.LSTM(units, activation=activation, kernel_initializer=init_mode), "
    "keras.layers.Dropout(dropout), "
    "keras.layers.Dense(3, activation='softmax', kernel_initializer=init_mode)])"
)

EQUIVALENT: dict[str, dict[str, str]] = {
    "build_classifier": {
        f"{_NETWORK.format(32)}  ->  {_NETWORK.format(size)}": "the embedding may have any size"
        for size in (33, 31)
    },
}
