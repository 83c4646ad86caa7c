"""Notebooks on their way: from a sheet to the release, from a submission to what is recorded."""
