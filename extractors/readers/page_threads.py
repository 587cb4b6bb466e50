"""Work on the pages of one file spread over threads, as many as the process may use: the recogniser runs without Python's lock."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")
Share = Callable[[], int]
"""How many threads the process may use now."""

MOST = 4
"""Threads."""
ONE_MB, MORE_MB = 950, 150
"""Address space in MB that is left to the largest page read alone, and that each further one at the same time takes."""
_share: list[Share] = [lambda: 1]


def allow(share: Share, memory_mb: int) -> None:
    """Let this process use so many threads for the pages of a file, as far as its memory allows; the share is asked before each page."""
    most = min(1 + max(memory_mb - ONE_MB, 0) // MORE_MB, MOST)
    _share[0] = lambda: min(max(share(), 1), most)


def each(work: Callable[[A], B], pages: Iterable[A]) -> Iterator[B]:
    """Yield what the work makes of each page, in the order of the pages, which are taken up only as fast as they are worked off."""
    with ThreadPoolExecutor(MOST) as pool:
        ahead: deque[Future[B]] = deque()
        for page in pages:
            while len(at_work := [future for future in ahead if not future.done()]) >= threads():
                wait(at_work, return_when=FIRST_COMPLETED)
            while ahead and ahead[0].done():
                yield ahead.popleft().result()
            if ahead or threads() > 1:
                ahead.append(pool.submit(work, page))
            else:
                yield work(page)  # a thread less, and its memory
        while ahead:
            yield ahead.popleft().result()


def threads() -> int:
    """Return how many the process may use now."""
    return _share[0]()
