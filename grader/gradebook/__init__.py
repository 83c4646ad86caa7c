"""The course directory and nbgrader's gradebook: release, recording, feedback, class report."""
