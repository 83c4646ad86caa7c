"""nbgrader in the instructor's image: the hub's configuration, the gradebook that $GRADEBOOK names.

The image's /etc/jupyter has this file, and so has the course directory, where `grader` looks.
"""

import os

c = get_config()  # noqa: F821 - nbgrader provides it
load_subconfig(  # noqa: F821
    "nbgrader_config.py", path=os.environ["COURSE_CHECKOUT"] + "/hub/config/instructor"
)

if os.environ.get("GRADEBOOK"):
    c.CourseDirectory.db_url = os.environ["GRADEBOOK"]
