"""The author's tools: do the checks hold, and a new chapter with its assignment."""
