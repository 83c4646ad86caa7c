"""Outcomes that could not be written down yet: kept, so that nothing is executed twice for it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Outcome = TypeVar("Outcome")

MOST_CHARACTERS = 128 << 20
"""Of all outcomes that are kept. Whoever's is dropped is graded again: a full disk may stay full for
days, and must not fill the memory too."""


class Kept(Generic[Key, Outcome]):
    """A few outcomes, by what they are of; threads may share it.

    Parameters
    ----------
    size : callable
        Gives the characters of an outcome.
    most : int, default MOST_CHARACTERS
        Of all that are kept; the oldest go first.
    """

    def __init__(self, size: Callable[[Outcome], int], most: int = MOST_CHARACTERS):
        self._size, self._most = size, most
        self._kept: OrderedDict[Key, Outcome] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, key: Key, outcome: Outcome) -> None:
        """Keep an outcome, in place of an older one of the same."""
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = outcome
            total = sum(map(self._size, self._kept.values()))
            while total > self._most:
                _, dropped = self._kept.popitem(last=False)
                total -= self._size(dropped)

    def get(self, key: Key) -> Outcome | None:
        """What is kept of it; None where there is nothing."""
        with self._lock:
            return self._kept.get(key)

    def drop(self, key: Key) -> None:
        """It is written down, or nobody wants it any more."""
        with self._lock:
            self._kept.pop(key, None)

    def __contains__(self, key: Key) -> bool:
        return self.get(key) is not None
