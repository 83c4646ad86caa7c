"""nbgrader for a student: the exchange of the view, which is the student's own."""

c = get_config()  # noqa: F821 - nbgrader provides it

c.CourseDirectory.course_id = "recurrent-networks"
c.Exchange.root = "/srv/exchange"
