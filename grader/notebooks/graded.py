"""How a graded notebook begins and ends, whatever has judged its cells."""

from __future__ import annotations

import json
import logging
from typing import Any

from grader.notebooks.merge import UnreadableSubmission, merge, read_cells
from grader.notebooks.verdicts import insert_name, insert_note
from grader.submission import Graded, Submission, Verdict, fingerprint

log = logging.getLogger(__name__)


def merged(submission: Submission) -> tuple[dict[str, Any], str]:
    """What was handed in, in the cells of the release.

    Parameters
    ----------
    submission : Submission
        With its release.

    Returns
    -------
    notebook : dict of str to object
        The release as it is where nothing could be read.
    unreadable : str
        Why not; else empty.
    """
    release = json.loads(submission.release)
    try:
        return merge(release, read_cells(submission.data, submission.others)), ""
    except UnreadableSubmission as error:
        return merge(release, []), str(error)


def sealed(
    notebook: dict[str, Any],
    submission: Submission,
    verdicts: list[Verdict],
    unreadable: str,
    cost: dict[str, float],
) -> Graded:
    """The notebook with what its student should know of it as a whole, and what it was made of.

    Parameters
    ----------
    notebook : dict of str to object
        With the verdicts in its cells.
    submission : Submission
        That was graded.
    verdicts : list of Verdict
        In the notebook's order.
    unreadable : str
        Why nothing could be read, else empty.
    cost : dict of str to float
        Of running it.

    Returns
    -------
    Graded
        To be recorded.
    """
    if unreadable:
        insert_note(notebook, unreadable)
    elif submission.name:
        insert_name(notebook, submission.name, f"{submission.assignment}.ipynb")
        log.info("%s: graded from %r", submission.student, submission.name)
    for cell in notebook["cells"]:
        if characters := cell["metadata"].get("submitted", {}).get("characters"):
            log.warning("%s: a cell of %d characters was cut", submission.student, characters)
    notebook["metadata"]["grader"] = {
        "assignment": submission.assignment,
        "fingerprint": fingerprint(submission),
        "made_of": submission.parts(),
        "note": unreadable,
        "student": submission.student,
    }
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    return Graded(submission.student, text, verdicts, unreadable, cost)
