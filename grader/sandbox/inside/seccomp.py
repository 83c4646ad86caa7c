"""A system call filter for one student's process (Linux; seccomp(2), classic BPF).

The name spaces and the read-only system do the isolating. The filter takes away what would leave
them or widen the kernel's surface, and it allows threads but no further processes: then the limits
of one process are the limits of the submission. Machines without a table here are refused.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import socket
import struct
from dataclasses import dataclass

# Classic BPF (linux/bpf_common.h) and seccomp's return values (linux/seccomp.h)
LOAD, JUMP_EQUAL, JUMP_GREATER_EQUAL, JUMP_SET, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
KILL, ERRNO, ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
# Offsets in struct seccomp_data
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16

CLONE_THREAD = 0x10000
X32_BIT = 0x40000000
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2

# System calls above 424 have one number on all machines.
_COMMON = {
    "io_uring_setup": 425,
    "io_uring_enter": 426,
    "io_uring_register": 427,
    "open_tree": 428,
    "move_mount": 429,
    "fsopen": 430,
    "fsconfig": 431,
    "fsmount": 432,
    "fspick": 433,
    "pidfd_getfd": 438,
    "mount_setattr": 442,
    "memfd_secret": 447,
}


@dataclass(frozen=True)
class Table:
    """A machine's numbers: its audit architecture, the calls denied, and three looked at closer."""

    architecture: int
    denied: dict[str, int]
    clone: int
    socket: int
    clone3: int = 435


TABLES = {
    "x86_64": Table(
        architecture=0xC000003E,
        clone=56,
        socket=41,
        denied=_COMMON
        | {
            "fork": 57,
            "vfork": 58,
            "execve": 59,
            "execveat": 322,
            "ptrace": 101,
            "process_vm_readv": 310,
            "process_vm_writev": 311,
            "personality": 135,
            "modify_ldt": 154,
            "mount": 165,
            "umount2": 166,
            "pivot_root": 155,
            "chroot": 161,
            "unshare": 272,
            "setns": 308,
            "memfd_create": 319,
            "shmget": 29,
            "msgget": 68,
            "semget": 64,
            "userfaultfd": 323,
            "bpf": 321,
            "perf_event_open": 298,
            "add_key": 248,
            "request_key": 249,
            "keyctl": 250,
            "kexec_load": 246,
            "kexec_file_load": 320,
            "init_module": 175,
            "finit_module": 313,
            "open_by_handle_at": 304,
            "name_to_handle_at": 303,
            "swapon": 167,
            "quotactl": 179,
        },
    ),
    "aarch64": Table(
        architecture=0xC00000B7,
        clone=220,
        socket=198,
        denied=_COMMON
        | {
            "execve": 221,
            "execveat": 281,
            "ptrace": 117,
            "process_vm_readv": 270,
            "process_vm_writev": 271,
            "personality": 92,
            "mount": 40,
            "umount2": 39,
            "pivot_root": 41,
            "chroot": 51,
            "unshare": 97,
            "setns": 268,
            "memfd_create": 279,
            "shmget": 194,
            "msgget": 186,
            "semget": 190,
            "userfaultfd": 282,
            "bpf": 280,
            "perf_event_open": 241,
            "add_key": 217,
            "request_key": 218,
            "keyctl": 219,
            "kexec_load": 104,
            "kexec_file_load": 294,
            "init_module": 105,
            "finit_module": 273,
            "open_by_handle_at": 265,
            "name_to_handle_at": 264,
            "swapon": 224,
            "quotactl": 60,
        },
    ),
}

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, constant


def program(table: Table) -> list[Instruction]:
    """Return the filter: kill a foreign architecture, refuse what is denied, allow the rest."""
    refuse = _refuse(errno.EPERM)
    steps = [
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_EQUAL, 1, 0, table.architecture),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
        # x86_64 has a second set of numbers for the same calls; nothing uses it
        (JUMP_GREATER_EQUAL, 0, 1, X32_BIT),
        _refuse(errno.ENOSYS),
        # its flags are in memory, out of the filter's sight; libc falls back to clone
        (JUMP_EQUAL, 0, 1, table.clone3),
        _refuse(errno.ENOSYS),
    ]
    for number in sorted(table.denied.values()):
        steps += [(JUMP_EQUAL, 0, 1, number), refuse]
    steps += [
        (JUMP_EQUAL, 0, 3, table.clone),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (JUMP_SET, 4, 0, CLONE_THREAD),
        refuse,
        (JUMP_EQUAL, 0, 2, table.socket),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (JUMP_EQUAL, 0, 1, socket.AF_UNIX),
        (RETURN, 0, 0, ALLOW),
        _refuse(errno.EAFNOSUPPORT),
    ]
    return steps


def install() -> None:
    """Put this thread, and all that it will start, under the filter of this machine for good."""
    steps = program(TABLES[platform.machine()])
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    for arguments in (
        (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.c_char_p(header), 0, 0),
    ):
        if libc.prctl(*arguments) != 0:
            raise OSError(ctypes.get_errno(), "the system call filter was refused")


def _refuse(code: int) -> Instruction:
    return (RETURN, 0, 0, ERRNO | code)
