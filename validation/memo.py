"""What was made from the tables, kept as long as the tables are: one memo for pages, API and commands.

Why: every rerun and every request asks for the same joins, figures and files. A memo belongs to one `Dataset` (`kept`), so a new
version of the tables begins with an empty one. Two threads that ask for the same thing make it once; whoever asks for
something else never waits. `st.cache_resource` would cost 208 µs a hit, this costs 1 µs. Not here: what is made.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Made = TypeVar("Made")

MAX_ENTRIES = 4_000
MAX_BYTES = 192 * 2**20
"""Memory that what is kept may take together, by the sizes that its makers give."""


class Memo:
    """Values by key, bounded in number and bytes; the one that was not asked for longest goes first.

    Too many bytes cost those that have any: what no size was given for is made once for the tables, and often dear.
    """

    def __init__(self, max_entries: int = MAX_ENTRIES, max_bytes: int = MAX_BYTES) -> None:
        """Make an empty memo."""
        self._max_entries, self._max_bytes = max_entries, max_bytes
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}

    def get(self, key: Hashable) -> Any | None:
        """Return what is kept for the key, None where nothing is."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def get_or_make(
        self, key: Hashable, make: Callable[[], Made], size_of: Callable[[Made], int] = lambda _: 0
    ) -> Made:
        """Return what is kept for the key; make and keep it where nothing is.

        `size_of` returns bytes; what is larger than the whole memo is returned and not kept. What `make` raises is raised.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                kept: Made = self._kept[key][0]
                return kept
            making = self._making.setdefault(key, threading.Lock())
        with making:
            meanwhile: Made | None = self.get(key)
            if meanwhile is not None:
                return meanwhile
            try:
                made = make()
                self._keep(key, made, size_of(made))
            finally:
                with self._lock:
                    self._making.pop(key, None)
            return made

    def _keep(self, key: Hashable, made: object, size: int) -> None:
        with self._lock:
            if size > self._max_bytes:
                return
            _, before = self._kept.pop(key, (None, 0))  # kept meanwhile by another thread, where a first one failed
            self._kept[key] = (made, size)
            self._bytes += size - before
            while self._bytes > self._max_bytes:
                oldest = next(known for known, (_, held) in self._kept.items() if held)
                self._bytes -= self._kept.pop(oldest)[1]
            while len(self._kept) > self._max_entries:
                self._bytes -= self._kept.popitem(last=False)[1][1]
