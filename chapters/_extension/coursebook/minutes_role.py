"""``{minutes}`chapters``` and ``{minutes}`exercises```: how long they take, "40 to 75 minutes".

For reading, the box at the head of each chapter says it; for an exercise, its checks do.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from .contents import Contents
from .exercises import exercises, sources

NAME = "minutes"


def minutes_of(what: str, root: Path, build: Path) -> list[int]:
    """Of all ``chapters`` or all ``exercises``; ValueError for anything else."""
    contents = Contents(root)
    if what == "chapters":
        found = [contents.reading_minutes(f"chapters/{name}") for name in contents.chapters]
        return [minutes for minutes in found if minutes]
    if what == "exercises":
        return [exercise.minutes for exercise in exercises(root, build).values()]
    raise ValueError(f"the role {NAME} knows chapters and exercises, not {what!r}")


def spoken(minutes: list[int]) -> str:
    """From the shortest to the longest."""
    low, high = min(minutes), max(minutes)
    return f"{low} minutes" if low == high else f"{low} to {high} minutes"


class Minutes(SphinxRole):
    """How long a chapter, its exercise or all of them take."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The time in words; a warning where it is not known."""
        root = Path(self.env.srcdir)
        for path in self.read_from(root):
            self.env.note_dependency(str(path))
        try:
            found = minutes_of(self.text, root, Path(self.env.app.outdir).parent)
            return [nodes.Text(spoken(found))], []
        except ValueError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]

    def read_from(self, root: Path) -> list[Path]:
        """The files that the times stand in."""
        names = Contents(root).chapters
        pages = [root / "chapters" / f"{name}.md" for name in names]
        return [path for path in (*pages, *sources(root, names)) if path.is_file()]


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.add_role(NAME, Minutes())
