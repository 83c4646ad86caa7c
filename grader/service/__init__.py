"""Feedback in seconds: watches the lanes, grades what lies in them, puts the pages into the lanes."""
