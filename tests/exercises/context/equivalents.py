"""Mutants of the context functions that compute the same, each with the reason."""

EQUIVALENT = {}
