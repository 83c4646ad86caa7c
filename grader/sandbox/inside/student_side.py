"""The student's process: an IPython kernel that also answers the grader's questions.

Everything here runs beside the student's code and can be bent by it. That is no loss: what it
sends is a claim about that student's functions, and the grader believes nothing else.
"""

from __future__ import annotations

import contextlib
import io
import mmap
import os
import sys
import time
import warnings

import numpy as np
import zmq
from ipykernel.compiler import XCachingCompiler
from ipykernel.iostream import IOPubThread
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core.compilerop import CachingCompiler
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config
from zmq.eventloop.zmqstream import ZMQStream

from . import trace, wire

MAX_TEXT = 1000
MAX_WARNINGS = 20
# Bytes of address space that take no memory. More than 64 MiB: by so much glibc's second heap, which is
# reserved first and made writeable later, can overrun the limit on data.
RESERVE = 96 << 20


class Compiler(XCachingCompiler):
    """Names a cell as IPython does; the kernel's own way, for a debugger, takes milliseconds."""

    get_code_name = CachingCompiler.get_code_name


class SilentStart(IPythonKernel):
    """An IPython kernel that says nothing before it is asked.

    The status "starting" goes out while the subscription comes in on the same socket, and libzmq takes
    the notice of the one off with the other: once in a thousand starts the welcome stayed away.
    """

    def _publish_status(self, status, channel, parent=None):
        if status != "starting":
            super()._publish_status(status, channel, parent)


class KernelApp(IPKernelApp):
    """An IPython kernel in two halves: what all kernels share, and what each has for itself.

    `initialize` makes kernel, shell and matplotlib without any thread or socket, so that the process
    can be forked afterwards; `connect` does the rest on sockets that are listening already, whose paths
    are gone. There is no control channel, heartbeat, debugger or subshell: one thread takes the
    requests as they come. Some of this is private to ipykernel, so its version is pinned.
    """

    kernel_class = SilentStart

    def initialize(self, argv=None):
        super(IPKernelApp, self).initialize(argv)  # profile and configuration
        self.init_pdb()
        self.init_connection_file()
        self.init_kernel()
        self.init_path()
        self.init_shell()
        self.init_gui_pylab()
        self.init_extensions()
        self.init_code()
        self.shell.enable_matplotlib("inline")  # pyplot was imported before there was a shell

    def connect(self, listeners: dict[int, int]) -> None:
        """Start the threads and take the listening sockets: file descriptors by "port"."""
        self._listeners = listeners
        self.session.pid = os.getpid()  # a session sends nothing from another process
        self.shell.starting_dir = os.getcwd()
        self.shell.user_ns["_dh"][:] = [self.shell.starting_dir]
        self.init_sockets()
        self.init_io()
        self.init_signal()
        kernel, shell = self.kernel, self.shell
        kernel._stdout, kernel._stderr = sys.stdout, sys.stderr
        kernel.shell_stream = ZMQStream(self.shell_socket)
        kernel.stdin_socket = self.stdin_socket
        kernel.iopub_thread, kernel.iopub_socket = self.iopub_thread, self.iopub_socket
        shell.displayhook.pub_socket = shell.display_pub.pub_socket = self.iopub_socket
        self.displayhook.get_execution_count = lambda: kernel.execution_count

    def _try_bind_socket(self, s, port):
        if port in self._listeners:
            s.setsockopt(zmq.USE_FD, self._listeners[port])
            s.bind(f"ipc:///kernel-{port}")
        else:
            s.bind(f"inproc://kernel-{port}")  # nobody calls on stdin
        return port

    def parse_command_line(self, argv=None):
        pass  # there is none, and building the parser takes a tenth of the start

    def init_control(self, context):
        pass

    def init_iopub(self, context):
        # without the pipe for subprocesses: there are none, and it would need a network
        self.iopub_socket = context.socket(zmq.XPUB)
        self.iopub_port = self._bind_socket(self.iopub_socket, self.iopub_port)
        self.iopub_thread = IOPubThread(self.iopub_socket, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket

    def init_connection_file(self):
        self.load_connection_info(
            # No key: the student's process would hold it, and nobody else has the sockets.
            {"transport": "ipc", "ip": "/kernel", "key": ""}
            | {f"{name}_port": n for n, name in enumerate(("shell", "iopub", "stdin"), 1)}
        )

    def init_kernel(self):
        self.kernel = self.kernel_class.instance(
            parent=self,
            session=self.session,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
            compiler_class=Compiler,
        )


def prepare() -> KernelApp:
    """Make the kernel that is forked, so far as it can be made before."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.IPythonKernel._execute_sleep = 0.0  # the outputs come in order without it
    app = KernelApp.instance(config=config)
    app.initialize([])

    def ask_request(stream, ident, parent):
        content = answer_all(app.shell.user_ns, **parent["content"])
        app.kernel.session.send(stream, "ask_reply", content, parent, ident=ident)

    app.kernel.shell_handlers["ask_request"] = ask_request
    _keep_a_reserve(app.shell)
    return app


def _keep_a_reserve(shell: InteractiveShell) -> None:
    """Keep some memory back for saying that there is none left, and for going on after that."""
    reserve = mmap.mmap(-1, RESERVE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)

    def show(shell, kind, error, trace, tb_offset=None):
        reserve.close()
        shell.showtraceback((kind, error, trace), tb_offset, running_compiled_code=True)

    shell.set_custom_exc((MemoryError,), show)


def serve(app: KernelApp, shell: int, iopub: int) -> None:
    """Run the kernel on two listening sockets (file descriptors) until the process ends."""
    app.connect({1: shell, 2: iopub})
    app.start()


def rehearse(app: KernelApp, cells: list[str]) -> None:
    """Run cells in the kernel when nobody is connected to it."""
    app.connect({})
    for cell in cells:
        app.shell.run_cell(cell)


def answer_all(namespace: dict, call: str, setup: str, cases: str, max_bytes: int) -> dict:
    """Evaluate `call` on every case; return the content of a reply, with one entry per case."""
    prepare = compile(setup, "<setup of the check>", "exec")
    evaluate = compile(call, "<call of the check>", "eval")
    answers, left = [], max_bytes
    for case in wire.load(cases, len(cases)):
        answer, interrupted = _answer(dict(namespace), prepare, evaluate, case, left)
        left -= len(answer["value"])
        answers.append(answer)
        if interrupted:
            return {"answers": answers, "interrupted": True}
    return {"answers": answers, "interrupted": False}


def _answer(namespace: dict, prepare, evaluate, case: dict, max_bytes: int) -> tuple[dict, bool]:
    inputs = wire.copied(case)
    value, error, text = None, None, ""
    start = time.perf_counter()
    with _quiet(), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            exec(prepare, namespace)
            namespace.update(inputs)
            with np.errstate(all="warn", under="ignore"):
                start = time.perf_counter()
                value = eval(evaluate, namespace)
        except BaseException as raised:
            error = raised
            text = _text(raised)
    seconds = time.perf_counter() - start
    line, shapes = trace.place(error) if error is not None else ("", "")
    answer = {
        "value": _portable(value, max_bytes),
        "raised": [c.__name__ for c in type(error).__mro__[:-1]] if error is not None else [],
        "message": text,
        "changed": [name for name in case if not same(case[name], inputs[name])],
        "warnings": [f"{w.category.__name__}: {_text(w.message)}" for w in caught[:MAX_WARNINGS]],
        "seconds": seconds,
        "line": wire.clean(line),
        "shapes": wire.clean(shapes),
    }
    return answer, isinstance(error, KeyboardInterrupt)


def same(a: object, b: object) -> bool:
    """Whether two values of the wire are the same in type, dtype, shape and every element."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b or (a != a and b != b)  # nan


def _portable(value: object, max_bytes: int) -> str:
    try:
        return wire.dump(value, lenient=True, max_bytes=max(0, max_bytes))
    except Exception as error:
        reason = error if isinstance(error, wire.WireError) else "it cannot be read"
        return wire.dump(wire.Unsupported(f"{type(value).__name__} ({reason})"))


def _text(value: object) -> str:
    try:
        return wire.clean(str(value)[:MAX_TEXT])
    except Exception:
        return ""


class _Nowhere(io.TextIOBase):
    """Swallows what is written to it."""

    def write(self, text):
        return len(text)


@contextlib.contextmanager
def _quiet():
    with contextlib.redirect_stdout(_Nowhere()), contextlib.redirect_stderr(_Nowhere()):
        yield
