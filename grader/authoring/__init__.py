"""What authors of exercises do: naming mistakes."""
