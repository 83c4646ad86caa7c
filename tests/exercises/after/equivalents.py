"""Changes of the after functions that change nothing, each with the reason."""

EQUIVALENT: dict[str, dict[str, str]] = {
    "stopwatch": {
        "leak, k = (1e-05, 60.0)  ->  leak, k = (2e-05, 60.0)": (
            "the state is still on the straight beginning of its curve, and the read-out goes along"
        ),
        "leak, k = (1e-05, 60.0)  ->  leak, k = (1e-05, 120.0)": "the gate is open wide already",
    },
}
