"""What can go wrong in a way that the instructor can mend: one exception, its text is the remedy."""


class GraderError(Exception):
    """Shown on the command line without a traceback. Names the file, the cell and what to do."""
