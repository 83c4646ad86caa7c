"""Starts a member's server in the member's view."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyterhub.spawner import LocalProcessSpawner
from traitlets import Unicode

from hub import view
from hub.enrolment import Classroom
from hub.members import Member
from hub.places import PYTHON, State


class ViewSpawner(LocalProcessSpawner):
    """One local process for each member, and everything that it starts ends with it."""

    state_directory = Unicode(help="what the hub keeps").tag(config=True)

    @property
    def member(self) -> Member:
        """The member whose server this is."""
        return Classroom(State(Path(self.state_directory))).member(self.user.name)

    async def start(self) -> Any:
        """Start the server in the member's view."""
        prefix = view.command(self.member, State(Path(self.state_directory)))
        self.cmd = [*prefix, str(PYTHON), "-m", "jupyterhub.singleuser"]
        self.notebook_dir = str(view.home_inside(self.member))
        return await super().start()

    def make_preexec_fn(self, name: str) -> Callable[[], object]:
        """Set the umask of the member's role; the change of user is left to the view's command."""
        return functools.partial(os.umask, view.umask(self.member))

    def user_env(self, env: dict[str, str]) -> dict[str, str]:
        """The environment of the server, with the variables of the member's view."""
        return env | view.environment(self.member)

    async def move_certs(self, paths: Any) -> Any:
        """Refuse: the views hold no certificates."""
        raise NotImplementedError(
            "the hub and its servers talk over loopback, without certificates"
        )
