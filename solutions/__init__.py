"""The reference package: one module per chapter, one function per exercise.

Each docstring is the specification that the student reads in the notebook; each body is the one
place where the solution is written. Instructors only: nothing that a student can import depends on
this package.
"""
