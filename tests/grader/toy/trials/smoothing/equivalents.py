"""Changes of the reference that change nothing, each with the reason."""

EQUIVALENT = {}
