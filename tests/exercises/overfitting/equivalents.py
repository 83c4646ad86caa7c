"""Mutants of the overfitting functions that compute the same, each with the reason."""

EQUIVALENT = {}
