"""Stand-ins: functions of the student's that the grader answers for, while one question is open.

A stub takes the place of the student's function in the student's own names, so that the other
functions really call it. It sends its arguments to the grader and returns, or raises, what comes back.
What stands in is not here: only its values are.
"""

from __future__ import annotations

import builtins
import threading
from collections.abc import Callable
from typing import Any

from . import wire
from .conversation import Conversation, Interrupts

MAX_CALLS = 2_000
MAX_BYTES = 32 << 20
"""What one question may ask of all stand-ins together: calls, and bytes of arguments."""

_MISSING = object()


class StandIns:
    """The stubs of one question; they bind their names between `bind` and `release`."""

    def __init__(
        self,
        conversation: Conversation,
        interrupts: Interrupts,
        request: object,
        names: list[str],
    ):
        self._conversation, self._interrupts = conversation, interrupts
        self._request, self._names = request, names
        self._lock = threading.RLock()
        self._open = False
        self._calls, self._bytes = 0, MAX_BYTES
        self._before: dict[str, object] = {}

    def bind(self, namespace: dict[str, Any]) -> None:
        """Put the stubs in the place of what bears their names."""
        self._before = {name: namespace.get(name, _MISSING) for name in self._names}
        namespace.update({name: self._stub(name) for name in self._names})
        self._open = True

    def release(self, namespace: dict[str, Any]) -> None:
        """Put back what was there. A call that is under way in a thread is waited for."""
        with self._lock:
            self._open = False
        for name, value in self._before.items():
            if value is _MISSING:
                namespace.pop(name, None)
            else:
                namespace[name] = value

    def _stub(self, name: str) -> Callable[..., object]:
        def stand_in(*arguments: object, **named: object) -> object:
            return self._call(name, list(arguments), named)

        stand_in.__name__ = stand_in.__qualname__ = name
        return stand_in

    def _call(self, name: str, arguments: list[object], named: dict[str, object]) -> object:
        # an interrupt waits for the answer, which is soon there: half of it would be taken for the next
        with self._interrupts, self._lock:
            if not self._open:
                raise RuntimeError(f"{name} stood in for yours in one question, which is over.")
            self._calls += 1
            if self._calls > MAX_CALLS:
                raise RuntimeError(f"{name} was called more than {MAX_CALLS} times.")
            try:
                text = wire.dump([arguments, named], max_bytes=self._bytes)
                if len(text) > self._bytes:
                    raise wire.WireError("too large")
            except wire.WireError as error:
                raise TypeError(f"{name} takes arrays, numbers and strings only: {error}") from None
            self._bytes -= len(text)
            message = {"kind": "stand_in", "id": self._request, "number": self._calls}
            self._conversation.send(message | {"name": name, "arguments": text})
            return _result(self._conversation.receive())


def _result(answer: dict[str, Any]) -> object:
    if "raised" in answer:
        raise _exception(answer["raised"], answer["message"])
    return wire.load(answer["value"], len(answer["value"]))


def _exception(names: list[str], message: str) -> Exception:
    """An exception of the first class that can be made of a message alone."""
    for name in names:
        try:
            error = getattr(builtins, name)(message)
        except (AttributeError, TypeError):
            continue
        if isinstance(error, Exception):
            return error
    return RuntimeError(message)
