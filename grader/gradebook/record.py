"""Writes grades into nbgrader's gradebook: the one writer of a batch.

A submission is recorded in the order database, then file. Whatever interrupts that, the file of a
recorded grade is complete, and a submission without one is graded again, to the same grade.
"""

from __future__ import annotations

import json
import re
import warnings
from functools import cached_property
from typing import Any

from grader.digest import differences
from grader.errors import GraderError
from grader.gradebook import marked
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.deadlines import enter_extension
from grader.gradebook.whole_file import write_whole
from grader.submission import Graded, Submission, fingerprint


def changes(course: CourseDirectory, submission: Submission) -> list[str] | None:
    """What has changed since a submission's grade was recorded.

    Parameters
    ----------
    course : CourseDirectory
        Where grades are recorded.
    submission : Submission
        As it is now.

    Returns
    -------
    list of str or None
        For people; empty where the grade is up to date, None where there is none.
    """
    path = course.autograded(submission.assignment, submission.student)
    try:
        grader = json.loads(path.read_text(encoding="utf-8"))["metadata"]["grader"]
        if grader["fingerprint"] == fingerprint(submission):
            return []
        before = grader["made_of"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return differences(before, submission.parts()) or ["the grader"]


class Recorder:
    """Enters graded submissions in the gradebook and puts their notebooks under autograded/.

    It does what nbgrader's SaveAutoGrades and AssignLatePenalties do, in one transaction a student and
    one session for all: a session of its own for each would prepare every query anew. To be used as a
    context manager, by one thread.
    """

    def __init__(self, course: CourseDirectory):
        url = course.db_url
        from nbgrader.api import Gradebook
        from sqlalchemy.exc import SQLAlchemyError

        self._course = course
        try:
            self._gradebook = Gradebook(url, course.coursedir.course_id)
        except SQLAlchemyError as error:
            reason = getattr(error, "orig", None) or error
            raise GraderError(f"the gradebook cannot be opened: {reason}") from error
        self._gradebook.db = _one_transaction(self._gradebook.engine)
        self._known_release: tuple[str, str] | None = None
        self._known_structure: list[tuple[str, str, list[Any], list[Any]]] = []

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *exception: object) -> None:
        self._gradebook.close()

    def record(self, submission: Submission, graded: Graded) -> None:
        """Enter a grade: database first, then file. An exception leaves neither half done.

        Parameters
        ----------
        submission : Submission
            What was graded.
        graded : Graded
            What grading gave.

        Raises
        ------
        GraderError
            Where there is no writing: then no later grade could be recorded either.
        """
        from nbgrader.api import InvalidEntry
        from sqlalchemy.exc import IntegrityError, SQLAlchemyError

        try:
            try:
                self._record(submission, graded)
            except IntegrityError:  # formgrader entered the same row meanwhile: now it is there
                self._record(submission, graded)
        except (OSError, SQLAlchemyError, InvalidEntry) as error:
            reason = str(getattr(error, "orig", None) or error).rstrip(
                "."
            )  # the database's own words
            raise GraderError(
                f"the grade of {submission.student} could not be recorded: {reason}."
                f"{self._advice(reason)} What was recorded before is safe. Mend that, and run the same"
                " command again: it does what is left"
            ) from error

    def _advice(self, reason: str) -> str:
        """A remedy, where the reason is one that is known; a wrong guess would lead astray."""
        known = {
            r"\bfull\b|disk I/O|No space|too large|quota": f"Is the disk of {self._course.root} full?",
            "readonly|read-only": "Look at who owns the gradebook and its folder.",
            "locked": "Another program has the gradebook open: end it.",
        }
        for pattern, remedy in known.items():
            if re.search(pattern, reason, re.IGNORECASE):
                return f" {remedy}"
        return ""

    def _record(self, submission: Submission, graded: Graded) -> None:
        name, student = submission.assignment, submission.student
        timestamp = self._course.timestamp(name, student)
        notebook = _read(graded)
        now = marked.basis(notebook)
        try:
            self._enter(submission, notebook, now, timestamp)
            self._gradebook.db().end()
        except BaseException:
            self._gradebook.db.rollback()
            raise
        finally:
            self._gradebook.db.expunge_all()  # or the session grows with the class
        marked.keep(self._course.root, name, student, now)
        path = self._course.autograded(name, student)
        if timestamp is not None:
            write_whole(path.with_name("timestamp.txt"), timestamp, durable=True)
        secret = self._course.submission_secret(name, student)
        if secret is not None:
            write_whole(path.with_name("submission_secret.txt"), secret, durable=True)
        self._course.add_seconds(name, student, graded.cost.get("cpu_seconds", 0.0))
        write_whole(path, graded.notebook, durable=True)

    def _enter(
        self, handed_in: Submission, notebook: Any, now: marked.Basis, timestamp: str | None
    ) -> None:
        from nbgrader import utils
        from nbgrader.api import Comment, Grade
        from sqlalchemy.exc import SAWarning

        from grader.judging.judge import WARNINGS  # whoever executes has imported it meanwhile

        cells = {
            cell.metadata.nbgrader.grade_id: cell
            for cell in notebook.cells
            if "nbgrader" in cell.metadata
        }
        when = {"timestamp": utils.parse_utc(timestamp)} if timestamp else {}
        name, student = handed_in.assignment, handed_in.student
        with WARNINGS, warnings.catch_warnings():
            # nbgrader makes SQLAlchemy warn of objects that it adds a moment later
            warnings.simplefilter("ignore", SAWarning)
            self._gradebook.update_or_create_student(student)
            if self._enter_first(handed_in, cells, when):
                return
            submission = self._gradebook.update_or_create_submission(name, student, **when)
            enter_extension(self._course, submission)
        submitted = self._gradebook.find_submission_notebook(name, name, student)
        before = marked.last(self._course.root, name, student)
        with self._gradebook.db.no_autoflush:
            for grade in self._with_cells(Grade, submitted):
                grade.auto_score = _score(cells[grade.cell.name])
                grade.needs_manual_grade = marked.opens(grade, grade.cell.name, before, now)
            for comment in self._with_cells(Comment, submitted):
                comment.auto_comment = _comment(cells[comment.cell.name])
        self._gradebook.db.flush()
        submitted.late_submission_penalty = self._penalty(submission, submitted)

    def _enter_first(
        self, handed_in: Submission, cells: dict[str, Any], when: dict[str, Any]
    ) -> bool:
        """Enter a student's first submission, if nothing can be late: all its rows at once.

        It writes what nbgrader's `add_submission` and the grades after it would. They make an object of
        each row and read others back for it, which takes longer than running the notebook did.
        """
        from nbgrader.api import (
            Assignment,
            Comment,
            Grade,
            SubmittedAssignment,
            SubmittedNotebook,
            new_uuid,
        )
        from sqlalchemy import and_, insert, select

        execute = self._gradebook.db.execute
        own = and_(
            SubmittedAssignment.assignment_id == Assignment.id,
            SubmittedAssignment.student_id == handed_in.student,
        )
        assignment, duedate, submitted = execute(
            select(Assignment.id, Assignment.duedate, SubmittedAssignment.id)
            .outerjoin(SubmittedAssignment, own)
            .where(Assignment.name == handed_in.assignment)
        ).one()
        if submitted is not None or duedate is not None:
            return False
        row = {"id": new_uuid(), "assignment_id": assignment, "student_id": handed_in.student}
        execute(insert(SubmittedAssignment.__table__), [row | when])
        for notebook, notebook_name, graded, commented in self._structure(handed_in):
            place = {"notebook_id": new_uuid()}
            known = cells if notebook_name == handed_in.assignment else {}
            ids = {"id": place["notebook_id"], "notebook_id": notebook, "assignment_id": row["id"]}
            execute(insert(SubmittedNotebook.__table__), [ids])
            scores = [(cell, _score(known[n]) if n in known else None) for cell, n in graded]
            grades = [
                place | {"cell_id": cell, "auto_score": score, "needs_manual_grade": score is None}
                for cell, score in scores
            ]
            if grades:
                execute(insert(Grade.__table__), grades)
            comments = [
                place
                | {"cell_id": cell, "auto_comment": _comment(known[n]) if n in known else None}
                for cell, n in commented
            ]
            if comments:
                execute(insert(Comment.__table__), comments)
        return True

    def _structure(self, handed_in: Submission) -> list[tuple[str, str, list[Any], list[Any]]]:
        """The assignment's notebooks: id, name, and id and name of cells with grades and comments."""
        key = (handed_in.assignment, handed_in.release)
        if key != self._known_release:
            assignment = self._gradebook.find_assignment(handed_in.assignment)
            self._known_structure = [
                (
                    notebook.id,
                    notebook.name,
                    [(c.id, c.name) for c in [*notebook.grade_cells, *notebook.task_cells]],
                    [(c.id, c.name) for c in [*notebook.solution_cells, *notebook.task_cells]],
                )
                for notebook in assignment.notebooks
            ]
            self._known_release = key
        return self._known_structure

    def _with_cells(self, kind: Any, submitted: Any) -> list[Any]:
        """Grades or comments, each with its cell: one query in place of one for every cell."""
        from sqlalchemy.orm import joinedload

        query = self._gradebook.db.query(kind).options(joinedload(kind.cell))
        found: list[Any] = query.filter(kind.notebook_id == submitted.id).all()
        return found

    @cached_property
    def _penalties(self) -> Any:
        from nbgrader.preprocessors import AssignLatePenalties

        penalties = AssignLatePenalties(parent=self._course.api)
        penalties.init_plugin()
        return penalties

    def _penalty(self, submission: Any, submitted: Any) -> float | None:
        seconds = submission.total_seconds_late
        if seconds <= 0:
            return None
        penalties = self._penalties
        penalty = penalties.plugin_inst.late_submission_penalty(
            submission.student_id, submitted.score, seconds
        )
        if penalty is None:
            return None
        checked: float | None = penalties._check_late_penalty(submitted, penalty)
        return checked


def _read(graded: Graded) -> Any:
    import nbformat

    return nbformat.from_dict(json.loads(graded.notebook))


def _score(cell: Any) -> float | None:
    """The score that nbgrader reads off a graded cell; None where a person gives it."""
    from nbgrader import utils

    score: float | None = utils.determine_grade(cell)[0]
    return score


def _comment(cell: Any) -> str | None:
    from nbgrader import utils

    unchanged = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
    return "No response." if unchanged else None


def _one_transaction(engine: Any) -> Any:
    """A session in which the commits of nbgrader's methods wait for `end`."""
    from sqlalchemy.orm import Session, scoped_session, sessionmaker

    class OneTransaction(Session):
        def commit(self) -> None:
            self.flush()

        def end(self) -> None:
            super().commit()

    return scoped_session(sessionmaker(engine, class_=OneTransaction))
