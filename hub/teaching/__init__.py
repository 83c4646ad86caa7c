"""The instructors' page: a service of the hub, with which a week of teaching needs no terminal."""
