"""nbgrader for an instructor: the course's own configuration, and the hub's exchange."""

import os

c = get_config()  # noqa: F821 - nbgrader provides it
load_subconfig("nbgrader_config.py", path=os.environ["COURSE_CHECKOUT"])  # noqa: F821

c.CourseDirectory.root = "/home/instructor/course"
c.CourseDirectory.groupshared = True  # with the other instructors
c.Exchange.root = "/srv/exchange"
c.ExchangeFactory.collect = "hub.exchange.Collect"
c.ExchangeFactory.release_feedback = "hub.exchange.ReleaseFeedback"
