"""What each member of a class gets on a server (Docker) or on a cluster (Kubernetes).

One volume holds the exchange and the course. A student's container shows the released assignments,
a lane of the student's own for handing in and one for feedback, and nothing else of it: the same
rooms as on the one-machine hub (`hub.view`), made of mounts in place of views; `hub.exchange` has
the lanes.

The hub's image holds this module and `hub.places`; it imports nothing but the standard library.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hub.places import COURSE_ID, NAMED, Inside

# A name is a folder's, a container's and nbgrader's, whose own separator is "+".
USERNAME = r"[a-z0-9][a-z0-9._@-]{0,63}"
USER = 1000  # of every member's container; what separates members is what is mounted


@dataclass(frozen=True)
class Mount:
    """A folder of the volume and where a member finds it.

    Attributes
    ----------
    source : str
        The folder, from the volume's root.
    target : str
        Its path in the member's container.
    writable : bool
        Whether the member may write to it.
    """

    source: str
    target: str
    writable: bool


@dataclass(frozen=True)
class Settings:
    """What the operator decides, from environment variables.

    Attributes
    ----------
    student_image, instructor_image : str
        The images, with their tags: STUDENT_IMAGE, INSTRUCTOR_IMAGE.
    instructors, assistants : frozenset of str
        Their names: INSTRUCTORS and ASSISTANTS, separated by commas or spaces.
    student_memory, student_cores : str and float
        Limits of one student's server (2G, 1): STUDENT_MEMORY, STUDENT_CORES.
    instructor_memory, instructor_cores : str and float
        Limits of an instructor's, who also grades (8G, 4): INSTRUCTOR_MEMORY, INSTRUCTOR_CORES.
    """

    student_image: str
    instructor_image: str
    instructors: frozenset[str]
    student_memory: str = "2G"
    student_cores: float = 1
    instructor_memory: str = "8G"
    instructor_cores: float = 4
    assistants: frozenset[str] = frozenset()

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings that the environment variables hold.

        Parameters
        ----------
        environment : mapping from str to str
            The variables, this process's own unless others are given.

        Returns
        -------
        Settings
            The settings, with a default for every limit that is not set.

        Raises
        ------
        KeyError
            Names the variable that is missing.
        ValueError
            Names the instructor's name that can't be one, or the number that is none.
        """
        assistants = environment.get("ASSISTANTS", "").strip()
        return cls(
            environment["STUDENT_IMAGE"],
            environment["INSTRUCTOR_IMAGE"],
            _names("INSTRUCTORS", environment["INSTRUCTORS"]),
            environment.get("STUDENT_MEMORY") or cls.student_memory,
            float(environment.get("STUDENT_CORES") or cls.student_cores),
            environment.get("INSTRUCTOR_MEMORY") or cls.instructor_memory,
            float(environment.get("INSTRUCTOR_CORES") or cls.instructor_cores),
            _names("ASSISTANTS", assistants) if assistants else frozenset(),
        )

    def teaches(self, name: str) -> bool:
        """Whether the member of this name is an instructor."""
        return name in self.instructors

    def group(self, name: str) -> str:
        """The hub's group of the member of this name, by which the instructors' page knows who may what."""
        if self.teaches(name):
            return "instructors"
        return "assistants" if name in self.assistants else "students"


def _names(variable: str, text: str) -> frozenset[str]:
    names = re.split(r"[,\s]+", text.strip())
    for name in names:
        if not re.fullmatch(USERNAME, name):
            raise ValueError(f"{variable}: {name!r} is not a name on this hub ({USERNAME})")
    return frozenset(names)


def group_at_login(settings: Settings) -> Callable[..., dict[str, Any]]:
    """What the hub calls after each login: it puts the member into their group.

    Parameters
    ----------
    settings : Settings
        Who teaches.

    Returns
    -------
    callable
        JupyterHub's `post_auth_hook`.
    """

    def hook(authenticator: Any, handler: Any, authentication: dict[str, Any]) -> dict[str, Any]:
        return {**authentication, "groups": [settings.group(authentication["name"])]}

    return hook


def mounts(name: str, teaches: bool) -> list[Mount]:
    """What a member sees of the volume.

    Parameters
    ----------
    name : str
        The member's name.
    teaches : bool
        Whether the member is an instructor.

    Returns
    -------
    list of Mount
        The folders. A student's list names no one else.
    """
    exchange, inside = f"exchange/{COURSE_ID}", str(Inside.EXCHANGE / COURSE_ID)
    if teaches:
        return [
            Mount(exchange, inside, writable=True),
            Mount("course", str(Inside.COURSE), writable=True),
        ]
    return [
        Mount(f"{exchange}/outbound", f"{inside}/outbound", writable=False),
        Mount(f"{exchange}/inbound/{name}", f"{inside}/inbound", writable=True),
        Mount(f"{exchange}/feedback/{name}", f"{inside}/feedback", writable=False),
    ]


def service_mounts() -> list[Mount]:
    """What the service sees of the volume, with which students practise.

    Returns
    -------
    list of Mount
        The folders: of the course directory only the mistakes that were named, and nothing that it
        may write but pages and its log.
    """
    exchange, inside = f"exchange/{COURSE_ID}", str(Inside.EXCHANGE / COURSE_ID)
    return [
        Mount(f"{exchange}/outbound", f"{inside}/outbound", writable=False),
        Mount(f"{exchange}/inbound", f"{inside}/inbound", writable=False),
        Mount(f"{exchange}/feedback", f"{inside}/feedback", writable=True),
        Mount("practice", str(Inside.PRACTICE), writable=True),
        Mount(f"course/{NAMED}", str(Inside.NAMED), writable=False),
    ]


def page_mounts() -> list[Mount]:
    """What the instructors' page sees of the volume.

    Returns
    -------
    list of Mount
        The folders: an instructor's, and the log of practice to read.
    """
    practice = Mount("practice", str(Inside.PRACTICE), writable=False)
    return [*mounts("", teaches=True), practice]


def make_shared_folders(volume: Path) -> None:
    """Make the folders that are not one student's alone.

    Parameters
    ----------
    volume : Path
        The shared volume.
    """
    exchange = volume / "exchange" / COURSE_ID
    for name in ("outbound", "inbound", "feedback"):
        _make(exchange / name, volume)
    for name in ("course", f"course/{NAMED}", "practice"):
        _make(volume / name, volume)


def _make(folder: Path, volume: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        while folder != volume:
            os.chown(folder, USER, USER, follow_symlinks=False)
            folder = folder.parent


def make_folders(volume: Path, name: str, teaches: bool) -> None:
    """Make what a member's container mounts; otherwise Docker or Kubernetes would, as root.

    Parameters
    ----------
    volume : Path
        The shared volume.
    name : str
        The member's name.
    teaches : bool
        Whether the member is an instructor.

    Raises
    ------
    ValueError
        Where the name could lead out of its folder: whatever the login lets through.
    """
    if not re.fullmatch(USERNAME, name):
        raise ValueError(f"{name!r} is not a name on this hub ({USERNAME})")
    make_shared_folders(volume)
    if not teaches:
        for lanes in ("inbound", "feedback"):
            _make(volume / "exchange" / COURSE_ID / lanes / name, volume)


def set_limits(spawner: Any, settings: Settings) -> bool:
    """Set image and limits of the member's server.

    Parameters
    ----------
    spawner : Spawner
        Starts the server; its fields are set.
    settings : Settings
        What the operator decided.

    Returns
    -------
    bool
        Whether the member teaches.
    """
    teaches = settings.teaches(spawner.user.name)
    spawner.image = settings.instructor_image if teaches else settings.student_image
    spawner.mem_limit = settings.instructor_memory if teaches else settings.student_memory
    spawner.cpu_limit = settings.instructor_cores if teaches else settings.student_cores
    return teaches


def on_docker(spawner: Any, settings: Settings, volume: Path) -> None:
    """Say what a container has, before it starts.

    An instructor's container may make name spaces, which the grader's sandbox is made of; a
    student's may not, has no capability, and reaches no database.

    Parameters
    ----------
    spawner : DockerSpawner
        Starts the container; its fields are set.
    settings : Settings
        What the operator decided.
    volume : Path
        The shared volume: the same path on the server and in the hub's container.

    Raises
    ------
    ValueError
        Where the member's name can't be a folder's.
    """
    name = spawner.user.name
    teaches = set_limits(spawner, settings)
    make_folders(volume, name, teaches)
    spawner.volumes = {
        str(volume / mount.source): {"bind": mount.target, "mode": "rw" if mount.writable else "ro"}
        for mount in mounts(name, teaches)
    }
    spawner.volumes[f"home-{spawner.escaped_name}"] = {"bind": "/home/jovyan", "mode": "rw"}
    spawner.network_name = "teaching" if teaches else "students"
    options = ["no-new-privileges:true"]
    if teaches:
        options += ["seccomp=unconfined", "apparmor=unconfined", "systempaths=unconfined"]
    spawner.extra_host_config = {
        "cap_drop": ["ALL"],
        "security_opt": options,
        "pids_limit": 2048 if teaches else 512,
        "init": True,
    }


def on_kubernetes(spawner: Any, settings: Settings, claim: str, volume: Path) -> None:
    """Say what a pod has, before it starts.

    An instructor's pod gets a user name space of its own and an unmasked /proc for the grader's
    sandbox: Kubernetes 1.33 or later.

    Parameters
    ----------
    spawner : KubeSpawner
        Starts the pod; its fields are set.
    settings : Settings
        What the operator decided.
    claim : str
        The claim of the shared volume.
    volume : Path
        Where the hub's pod has the volume.

    Raises
    ------
    ValueError
        Where the member's name can't be a folder's.
    """
    name = spawner.user.name
    teaches = set_limits(spawner, settings)
    make_folders(volume, name, teaches)
    spawner.mem_guarantee, spawner.cpu_guarantee = spawner.mem_limit, 0.1
    spawner.volumes = _joined(
        spawner.volumes, "course", {"name": "course", "persistentVolumeClaim": {"claimName": claim}}
    )
    shown = [
        {
            "name": "course",
            "subPath": mount.source,
            "mountPath": mount.target,
            "readOnly": not mount.writable,
        }
        for mount in mounts(name, teaches)
    ]
    for number, mount in enumerate(shown):
        spawner.volume_mounts = _joined(spawner.volume_mounts, f"course-{number}", mount)
    spawner.extra_labels = {
        **spawner.extra_labels,
        "course-role": "staff" if teaches else "student",
    }
    if teaches:
        spawner.extra_pod_config = {**spawner.extra_pod_config, "hostUsers": False}
        spawner.container_security_context = {
            **spawner.container_security_context,
            "procMount": "Unmasked",
            "seccompProfile": {"type": "Unconfined"},
        }


def _joined(known: Any, key: str, entry: dict[str, Any]) -> Any:
    """KubeSpawner takes lists, and dictionaries whose keys only order the entries."""
    return {**known, key: entry} if isinstance(known, dict) else [*known, entry]
