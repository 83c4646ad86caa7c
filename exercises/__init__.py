"""The assignments: for each chapter a sheet `<name>/<name>.md` and its `<name>/checks.py`.

Instructors only: this folder and `solutions` never reach a student.
"""
