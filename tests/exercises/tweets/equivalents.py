"""Mutants of the tweets functions that compute the same, each with the reason."""

EQUIVALENT: dict[str, dict[str, str]] = {}
