"""Seal a freshly forked process: name spaces, a private file system, limits, no privileges.

Runs in the sandbox, in every student's own processes, before any of the student's code
(namespaces(7), mount(2), capabilities(7)). The order is: `separate` in the supervisor,
`private_file_system`, `limit` and `drop_privileges` in its child, the student's process.
"""

from __future__ import annotations

import ctypes
import os
import resource
import struct
from pathlib import Path

from . import seccomp
from .limits import MIB, Limits

CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REC, MS_PRIVATE = 1, 2, 4, 8, 0x4000, 1 << 18
PR_CAPBSET_DROP, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 24, 47, 4
CAPABILITY_VERSION_3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def separate() -> None:
    """Leave all name spaces for new ones, keeping the user and group; children get new PIDs."""
    uid, gid = os.getuid(), os.getgid()
    flags = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET
    _check(_libc.unshare(flags | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
    _check(_libc.sethostname(b"kernel", 6), "sethostname")


def private_file_system(limits: Limits) -> None:
    """Cover everything that is shared and writeable, or that shows other processes."""
    _mount(None, "/", None, MS_REC | MS_PRIVATE)
    _mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    options = f"size={limits.tmp_size},nr_inodes=20000,mode=700"
    _mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, options)
    options = f"size={32 * MIB},nr_inodes=1000,mode=700"
    _mount("tmpfs", "/dev/shm", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, options)
    flags = MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY
    _mount("tmpfs", "/dev/pts", "tmpfs", flags, "size=4096")


def limit(limits: Limits, *, threads: bool) -> None:
    """Set the limits of this process for good.

    Parameters
    ----------
    limits : Limits
        For this process.
    threads : bool
        Limit these, too; outside a name space of its own it would count all of the user's.
    """
    sizes = _memory_in_use()
    data = sizes["VmData"] + limits.memory
    space = sizes["VmSize"] + limits.memory + limits.address_space_extra
    values = {
        resource.RLIMIT_DATA: data,
        resource.RLIMIT_AS: space,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 1 << 16,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: 256,
    }
    if threads:
        values[resource.RLIMIT_NPROC] = limits.threads
    Path("/proc/self/oom_score_adj").write_text("1000")  # where memory is short, this goes first
    for what, value in values.items():
        # at the soft limit of time comes a signal that says so, a second later the end
        wanted = (value, value + (what == resource.RLIMIT_CPU))
        hard = resource.getrlimit(what)[1]
        if hard != resource.RLIM_INFINITY:
            wanted = (min(wanted[0], hard), min(wanted[1], hard))
        resource.setrlimit(what, wanted)


def drop_privileges() -> None:
    """Give up every capability, in this name space as well, and come under the call filter."""
    for capability in range(64):
        if _libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            break  # past the last that this kernel knows
    _libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    header, nothing = struct.pack("II", CAPABILITY_VERSION_3, 0), bytes(24)
    _check(_libc.capset(ctypes.c_char_p(header), ctypes.c_char_p(nothing)), "capset")
    seccomp.install()


def _memory_in_use() -> dict[str, int]:
    """Return the lines of /proc/self/status that are sizes, in bytes."""
    lines = (line.split() for line in Path("/proc/self/status").read_text().splitlines())
    return {f[0].rstrip(":"): int(f[1]) << 10 for f in lines if len(f) == 3 and f[2] == "kB"}


def _mount(
    source: str | None, target: str, kind: str | None, flags: int, options: str = ""
) -> None:
    names = [None if name is None else name.encode() for name in (source, target, kind)]
    code = _libc.mount(*names, ctypes.c_ulong(flags), options.encode())
    _check(code, f"mount {target}")


def _check(code: int, what: str) -> None:
    if code != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
