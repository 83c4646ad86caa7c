"""The students of a class, as the gradebook knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbgrader.api import Gradebook


@dataclass(frozen=True)
class Student:
    """One of them.

    Attributes
    ----------
    id : str
        The name in the course and on the hub.
    first, last, email : str
        May be empty.
    lms_id : str
        The number in the learning management system, empty where none is noted.
    """

    id: str
    first: str = ""
    last: str = ""
    email: str = ""
    lms_id: str = ""


def students_in(gradebook: Gradebook) -> list[Student]:
    """The students of an open gradebook, in its order."""
    found = []
    for known in gradebook.students:
        texts = (known.first_name, known.last_name, known.email, known.lms_user_id)
        found.append(Student(known.id, *(text or "" for text in texts)))
    return found
