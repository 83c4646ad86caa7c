"""Start a command as an unprivileged user who can still reach certain directories.

`python unprivileged.py UID[:GID[:GROUP...]] DIRECTORY... -- COMMAND...`, run as root; without a group,
the one with the user's number. An interpreter may be installed
below a directory that is closed to others, such as root's home. Bubblewrap, which must not run as
root, could then not show it to the sandbox. So here, in a mount name space of its own, each closed
directory on the way is covered by an empty one that holds nothing but the directories asked for.
The host's own directories and permissions stay as they are.

Needs the standard library only: it is run as a file.
"""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from pathlib import Path

CLONE_NEWNS = 0x20000
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 1 << 18


def closed_ancestor(path: Path) -> Path | None:
    """Return the outermost directory on the way to `path` that others may not pass, if any."""
    for directory in reversed(path.parents):
        if not directory.stat().st_mode & stat.S_IXOTH:
            return directory
    return None


def uncover(paths: list[Path]) -> None:
    """Make `paths` reachable for everybody, in this process and what it starts."""
    libc = ctypes.CDLL(None, use_errno=True)

    def mount(source: str, target: Path, kind: str | None, flags: int, options: str = "") -> None:
        names = [source.encode(), os.fsencode(target), kind and kind.encode()]
        if libc.mount(*names, ctypes.c_ulong(flags), options.encode()) != 0:
            raise OSError(ctypes.get_errno(), f"cannot mount on {target}")

    if libc.unshare(CLONE_NEWNS) != 0:
        raise OSError(ctypes.get_errno(), "cannot make a mount name space")
    mount("none", Path("/"), None, MS_REC | MS_PRIVATE)
    closed = {path: closed_ancestor(path) for path in paths}
    # held from here on: the way is about to be covered
    held = {path: os.open(path, os.O_PATH) for path in paths if closed[path]}
    for directory in set(filter(None, closed.values())):
        mount("tmpfs", directory, "tmpfs", 0, "mode=755,size=1m")
    for path, descriptor in held.items():
        path.mkdir(parents=True, exist_ok=True)
        mount(f"/proc/self/fd/{descriptor}", path, None, MS_BIND | MS_REC)
        os.close(descriptor)


def main() -> None:
    """See the module's docstring."""
    split = sys.argv.index("--")
    identity, *directories = sys.argv[1:split]
    user, *groups = map(int, identity.split(":"))
    group = groups[0] if groups else user
    umask = os.umask(0o022)  # what is made on the way is to be passed by everybody
    if directories:
        uncover([Path(d) for d in directories])
    os.umask(umask)
    os.setgroups(groups[1:])
    os.setresgid(group, group, group)
    os.setresuid(user, user, user)
    command = sys.argv[split + 1 :]
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
