"""Mutants of the unrolling functions that compute the same, each with the reason."""

EQUIVALENT = {}
