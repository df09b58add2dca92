"""Work through a stream in several processes: in order, and never more of it in memory than is under way."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import Final, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

ITEMS_A_PARCEL: Final = 16
PARCELS_A_WORKER: Final = 4


def in_order(work: Callable[[Item], Result], items: Iterable[Item], *, workers: int) -> Iterator[Result]:
    """Yield `work(item)` for each item, in the order of the items.

    With 1 worker everything runs here and lazily. With more, at most `workers × 4` parcels of 16 items are in memory.
    """
    if workers == 1:
        yield from map(work, items)
    else:
        yield from _in_processes(work, iter(items), workers)


def _in_processes(work: Callable[[Item], Result], items: Iterator[Item], workers: int) -> Iterator[Result]:
    under_way: deque[Future[list[Result]]] = deque()
    with ProcessPoolExecutor(workers) as pool:
        while parcel := list(islice(items, ITEMS_A_PARCEL)):
            under_way.append(pool.submit(_worked, work, parcel))
            if len(under_way) >= workers * PARCELS_A_WORKER:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()


def _worked(work: Callable[[Item], Result], parcel: list[Item]) -> list[Result]:
    return [work(item) for item in parcel]
