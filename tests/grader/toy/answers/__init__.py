"""The toy course's reference."""
