"""Changes of the after functions that change nothing, each with the reason."""

EQUIVALENT: dict[str, dict[str, str]] = {}
