"""What runs in the sandbox, mounted there as one folder; it imports nothing else of the engine."""
