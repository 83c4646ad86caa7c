"""The author's tools: do the checks hold, a new chapter with its assignment, naming a mistake."""
