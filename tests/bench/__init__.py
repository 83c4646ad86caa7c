"""How long grading takes: this grader beside plain nbgrader (`python -m tests.bench`)."""
