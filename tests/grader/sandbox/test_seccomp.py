"""The filter's numbers are the kernel's, and its jumps lead where they should."""

import errno
import re
import socket
from pathlib import Path

import pytest

from grader.sandbox.inside import seccomp

HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}
machines = pytest.mark.parametrize("machine", seccomp.TABLES)


@machines
def test_numbers_are_those_of_the_kernel_headers(machine):
    header = HEADERS[machine]
    if not header.exists():
        pytest.skip(f"{header} is not installed (linux-libc-dev)")
    defined = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", header.read_text())
    numbers = {name: int(number) for name, number in defined}
    table = seccomp.TABLES[machine]
    ours = table.denied | {"clone": table.clone, "socket": table.socket, "clone3": table.clone3}
    assert {name: numbers.get(name) for name in ours} == ours


def test_machines_deny_the_same_calls():
    """Except those that the newer one never had."""
    old = {"fork", "vfork", "modify_ldt"}
    assert set(seccomp.TABLES["x86_64"].denied) - old == set(seccomp.TABLES["aarch64"].denied)


def verdict(machine, number, argument=0, architecture=None):
    """What the program returns for one call: the rules of classic BPF, as seccomp(2) uses them."""
    table = seccomp.TABLES[machine]
    data = {
        seccomp.NUMBER: number,
        seccomp.ARCHITECTURE: architecture or table.architecture,
        seccomp.FIRST_ARGUMENT: argument,
    }
    steps, at, accumulator = seccomp.program(table), 0, None
    while True:
        code, true, false, constant = steps[at]
        at += 1
        if code == seccomp.LOAD:
            accumulator = data[constant]
        elif code == seccomp.RETURN:
            return constant
        else:
            holds = {
                seccomp.JUMP_EQUAL: accumulator == constant,
                seccomp.JUMP_GREATER_EQUAL: accumulator >= constant,
                seccomp.JUMP_SET: bool(accumulator & constant),
            }[code]
            at += true if holds else false


def refused(code):
    return seccomp.ERRNO | code


@machines
def test_every_denied_call_is_refused_and_its_neighbours_are_not(machine):
    table = seccomp.TABLES[machine]
    special = set(table.denied.values()) | {table.clone, table.clone3, table.socket}
    for number in range(500):
        if number in table.denied.values():
            assert verdict(machine, number) == refused(errno.EPERM)
        elif number not in special:
            assert verdict(machine, number) == seccomp.ALLOW


@machines
def test_threads_may_be_made_and_processes_not(machine):
    table = seccomp.TABLES[machine]
    thread = 0x3D0F00  # what the C library asks for: CLONE_VM, CLONE_THREAD and others
    assert verdict(machine, table.clone, thread) == seccomp.ALLOW
    assert verdict(machine, table.clone, 17) == refused(errno.EPERM)  # SIGCHLD alone: fork
    assert verdict(machine, table.clone3) == refused(errno.ENOSYS)


@machines
def test_only_local_sockets_may_be_made(machine):
    number = seccomp.TABLES[machine].socket
    assert verdict(machine, number, socket.AF_UNIX) == seccomp.ALLOW
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET, 40):
        assert verdict(machine, number, family) == refused(errno.EAFNOSUPPORT)


@machines
def test_other_architectures_and_numberings_have_no_way_round(machine):
    assert verdict(machine, 1, architecture=0x40000003) == seccomp.KILL  # 32 bits
    assert verdict(machine, 0x40000000 + 59) == refused(errno.ENOSYS)  # x32
