"""The toy course's exercises."""
