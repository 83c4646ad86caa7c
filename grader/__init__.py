"""Grading: build the assignments, run submissions in a sandbox, compare with the reference.

Only instructors have this package; it is run from their checkout and never installed. The package
`sandbox` is the execution layer: it knows nothing of assignments.
"""
