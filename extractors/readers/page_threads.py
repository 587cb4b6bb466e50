"""Work on the pages of one file spread over threads, as many as the process was allowed: the recogniser runs without Python's lock."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")

MOST = 4
"""Threads; each holds a page and a recogniser, some 150 MB, and a worker has 1.5 GB."""
_allowed = [1]


def allow(threads: int) -> None:
    """Let this process use so many threads for the pages of a file; a worker is told at its start how many cores are idle beside it."""
    _allowed[0] = min(max(threads, 1), MOST)


def each(work: Callable[[A], B], pages: Iterable[A]) -> Iterator[B]:
    """Yield what the work makes of each page, in the order of the pages, which are taken up only as fast as they are worked off."""
    threads = _allowed[0]
    if threads == 1:
        yield from map(work, pages)
        return
    with ThreadPoolExecutor(threads) as pool:
        ahead: deque[Future[B]] = deque()
        for page in pages:
            ahead.append(pool.submit(work, page))
            if len(ahead) > threads:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
