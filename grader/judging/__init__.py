"""Is an answer right, and if not, why: comparison by value, and the mistake in words."""
