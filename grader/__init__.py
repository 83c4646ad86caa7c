"""Grading: build the assignments, run submissions in a sandbox, compare with the reference.

Only instructors have this package; it is run from their checkout and never installed. The modules
`wire`, `limits`, `sandbox` and `kernel` are the execution layer: they know nothing of assignments.
"""
