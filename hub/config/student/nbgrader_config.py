"""nbgrader for a student: the exchange of the view, which is the student's own."""

c = get_config()  # noqa: F821 - nbgrader provides it

c.CourseDirectory.course_id = "recurrent-networks"
c.Exchange.root = "/srv/exchange"

# Validate runs a whole notebook, and those of `search` and `tweets` train networks.
c.Execute.timeout = 240
