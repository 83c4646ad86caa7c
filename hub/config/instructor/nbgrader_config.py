"""nbgrader for an instructor: the course's own configuration, and the hub's exchange."""

import os

c = get_config()  # noqa: F821 - nbgrader provides it
load_subconfig("nbgrader_config.py", path=os.environ["COURSE_CHECKOUT"])  # noqa: F821

c.CourseDirectory.root = "/home/instructor/course"
c.CourseDirectory.groupshared = True  # with the other instructors
c.Exchange.root = "/srv/exchange"
# The last submission before the deadline counts; where there is none, the last one after it, late.
c.ExchangeCollect.before_duedate = True
c.ExchangeFactory.collect = "hub.exchange.Collect"
c.ExchangeFactory.release_feedback = "hub.exchange.ReleaseFeedback"
