"""The shell that runs a student's cells, and the way of what they put out to the grader.

It is a plain IPython shell: what differs is where streams, displays, results and errors go. It is made
before the process is forked, without a thread or a socket, and `Outbox.connect` does the rest.
"""

from __future__ import annotations

import base64
import builtins
import getpass
import io
import mmap
import os
import posix
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Any, NoReturn

from IPython.core import page
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError, UsageError
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from .conversation import Conversation
from .frames import frame, largest_output

SHOWN = ("text/plain", "image/png", "image/jpeg")
MAX_LINES = 100  # of a traceback
MAX_LINE = 5000
# The first lines of a cell go out one by one, so that they are known should the process die. After that
# text goes out in pieces: a frame for each of a million lines would be too many.
SINGLE_FRAMES = 500
PIECE = 1 << 14
# Bytes of address space that take no memory. More than 64 MiB: by so much glibc's second heap, which is
# reserved first and made writeable later, can overrun the limit on data.
RESERVE = 96 << 20

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class Outbox:
    """What a cell puts out, in order, on its way to the grader; nothing goes out between requests."""

    def __init__(self) -> None:
        self._conversation: Conversation | None = None
        self._largest = 0
        self._lock = threading.RLock()
        self._request: object = None
        self._singles = 0
        self._name, self._text, self._size = "stdout", list[str](), 0

    def connect(self, conversation: Conversation, largest: int) -> None:
        """Say where the outputs go from now on.

        Parameters
        ----------
        conversation : Conversation
            With the grader.
        largest : int
            Bytes of one frame; what takes more is replaced by a word about it.
        """
        self._conversation, self._largest = conversation, largest

    def open(self, request: object) -> None:
        """Let what follows belong to this request."""
        self._request, self._singles = request, SINGLE_FRAMES

    def close(self) -> None:
        """Send what is left, and nothing more."""
        self._send_text()
        self._request = None

    def write(self, name: str, text: str) -> None:
        """Add to a stream; what is larger than a piece goes out in pieces."""
        for start in range(0, len(text), PIECE):
            with self._lock:
                if self._request is None:
                    return
                if name != self._name:
                    self._send_text()
                    self._name = name
                part = text[start : start + PIECE]
                self._text.append(part)
                self._size += len(part)
                if self._size >= PIECE or (self._singles > 0 and "\n" in part):
                    self._send_text()

    def flush(self) -> None:
        """Send what was written, unless there are too many who want that."""
        if self._singles > 0:
            self._send_text()

    def show(self, kind: str, content: dict[str, object]) -> None:
        """Send a display, a result or an error, after what was written before it."""
        with self._lock:
            self._send_text()
            self._send(kind, content)

    def _send_text(self) -> None:
        with self._lock:
            if self._text:
                text = "".join(self._text)
                self._text.clear()
                self._size = 0
                self._singles -= 1
                self._send("stream", {"name": self._name, "text": text})

    def _send(self, kind: str, content: dict[str, object]) -> None:
        if self._request is None or self._conversation is None:
            return
        data = frame({"id": self._request, "kind": kind, "content": content})
        if len(data) > self._largest:
            data = frame({"id": self._request, "kind": "too_much", "content": {}})
        self._conversation.send_frame(data)


class Stream(io.TextIOBase):
    """Standard output or standard error of a cell."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, outbox: Outbox, name: str):
        self._outbox = outbox
        self.name = f"<{name}>"
        self._stream = name

    def writable(self) -> bool:
        """True: `print` asks."""
        return True

    def write(self, text: str) -> int:
        """Put text out; the number of its characters."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._outbox.write(self._stream, text)
        return len(text)

    def flush(self) -> None:
        """Send what has been written so far."""
        self._outbox.flush()


class Publisher(DisplayPublisher):
    """Where `display` goes."""

    shell: Shell

    def publish(
        self,
        data: dict[str, object],
        metadata: object = None,
        source: object = None,
        *,
        transient: object = None,
        update: bool = False,
        **options: object,
    ) -> None:
        """Put out a rich display of these data."""
        if not isinstance(data, dict):
            raise TypeError(f"data must be a dict, got: {data!r}")
        if not update:  # the grader keeps what was displayed first
            self.shell.outbox.show("display_data", {"data": _shown(data)})

    def clear_output(self, wait: bool = False) -> None:
        """Take back what the cell has put out."""
        self.shell.outbox.show("clear_output", {})


class ResultHook(DisplayHook):
    """Where the value of a cell's last line goes."""

    shell: Shell

    def write_output_prompt(self) -> None:
        """There is no prompt: results are marked as such."""

    def write_format_data(
        self, format_dict: dict[str, object], md_dict: dict[str, object] | None = None
    ) -> None:
        """Put out the value of the cell's last expression."""
        self.shell.outbox.show("execute_result", {"data": _shown(format_dict)})


class Shell(InteractiveShell):
    """IPython's shell, whose outputs go to the grader."""

    display_pub_class = Type(Publisher)
    displayhook_class = Type(ResultHook)

    def __init__(self, **options: object):
        self.outbox = Outbox()
        super().__init__(**options)  # type: ignore[no-untyped-call]

    def init_hooks(self) -> None:
        """Let `obj?` show its page as output: there is no pager."""
        super().init_hooks()  # type: ignore[no-untyped-call]
        self.set_hook("show_in_pager", page.as_hook(page.display_page), 99)  # type: ignore[no-untyped-call]

    def enable_gui(self, gui: str | None = None) -> None:
        """Nobody looks at a window; figures are inline."""
        if gui not in (None, "inline"):
            raise UsageError(f"no window can be opened here, so no {gui}")

    def ask_exit(self) -> None:
        """What `exit` and `quit` call: the process ends when the cell does, or the question.

        In a thread they end the thread. When that comes is a matter of chance, and a grade must not be.
        """
        if threading.current_thread() is not threading.main_thread():
            raise SystemExit
        self.exit_now = True

    def showtraceback(
        self,
        exc_tuple: ExceptionInfo | None = None,
        filename: str | None = None,
        tb_offset: int | None = None,
        exception_only: bool = False,
        running_compiled_code: bool = False,
    ) -> None:
        """Put out the error that is being handled, with its traceback."""
        kind, error, trace = exc_tuple or sys.exc_info()
        if kind is None or error is None:
            print("No traceback available to show.", file=sys.stderr)
        elif issubclass(kind, SyntaxError):
            self.showsyntaxerror(filename, running_compiled_code)
        elif kind is UsageError:
            self.show_usage_error(error)  # type: ignore[no-untyped-call]
        else:
            sys.last_type, sys.last_value, sys.last_traceback = kind, error, trace
            self._show_error(error, self._traceback(error, trace, tb_offset, exception_only))

    def showsyntaxerror(
        self, filename: str | None = None, running_compiled_code: bool = False
    ) -> None:
        """Put out a syntax error, with its line."""
        _, error, trace = sys.exc_info()
        if error is not None:
            way: Any = traceback.extract_tb(trace) if running_compiled_code else []
            lines = self.SyntaxTB.structured_traceback(type(error), error, way)
            self._show_error(error, lines)

    def _traceback(
        self,
        error: BaseException,
        trace: TracebackType | None,
        offset: int | None,
        exception_only: bool,
    ) -> list[str]:
        if exception_only:
            return list(self.InteractiveTB.get_exception_only(type(error), error))
        if not isinstance(error, BaseExceptionGroup):  # IPython does not show what is in a group
            try:
                return list(
                    self.InteractiveTB.structured_traceback(
                        type(error), error, trace, tb_offset=offset
                    )
                )
            except Exception:  # an exception of the student's that is odd
                pass
        return traceback.format_exception(type(error), error, trace)

    def _show_error(self, error: BaseException, lines: list[str]) -> None:
        try:
            value = str(error)
        except Exception:
            value = ""
        if len(lines) > MAX_LINES:
            lines = [*lines[: MAX_LINES // 2], *lines[-MAX_LINES // 2 :]]
        content: dict[str, object] = {
            "ename": type(error).__name__,
            "evalue": value[:MAX_LINE],
            "traceback": [line[:MAX_LINE] for line in lines],
        }
        self.outbox.show("error", content)


def prepare() -> Shell:
    """Make the shell of the process that is to be forked."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.DisplayFormatter.active_types = list(SHOWN)  # nothing else is kept
    shell = Shell.instance(config=config)
    shell.enable_matplotlib("inline")  # type: ignore[no-untyped-call]
    builtins.input = getpass.getpass = _refuse_input
    os._exit = posix._exit = _of_the_main_thread(os._exit)
    os.abort = posix.abort = _of_the_main_thread(os.abort)
    _keep_a_reserve(shell)
    return shell


def connect(shell: Shell, conversation: Conversation, output_bytes: int) -> None:
    """Let the shell's outputs go to the grader, from this process on."""
    shell.outbox.connect(conversation, largest_output(output_bytes))
    sys.stdout, sys.stderr = Stream(shell.outbox, "stdout"), Stream(shell.outbox, "stderr")


def _shown(data: dict[str, object]) -> dict[str, object]:
    """What the grader keeps of a display."""
    shown = {kind: data[kind] for kind in SHOWN if kind in data}
    return {
        kind: base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for kind, value in shown.items()
        if isinstance(value, str | bytes)
    }


def _refuse_input(prompt: object = "", *rest: object, **named: object) -> NoReturn:
    raise StdinNotImplementedError(
        "Nobody can answer while a notebook is graded, so there is no input()."
    )


def _of_the_main_thread(end: Callable[..., NoReturn]) -> Callable[..., NoReturn]:
    """A function that ends the process, and in a thread of the student's that thread, as `exit` does."""

    def ended(*status: int) -> NoReturn:
        if threading.current_thread() is threading.main_thread():
            end(*status)
        raise SystemExit

    return ended


def _keep_a_reserve(shell: Shell) -> None:
    """Keep some memory back for saying that there is none left, and for going on after that."""
    reserve = mmap.mmap(-1, RESERVE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)

    def show(
        shell: Shell,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
        tb_offset: int | None = None,
    ) -> None:
        reserve.close()
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset, running_compiled_code=True)

    shell.set_custom_exc((MemoryError,), show)  # type: ignore[no-untyped-call]
