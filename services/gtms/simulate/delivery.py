"""How records arrive: late, twice, in another order than they came about.

Pure: the same dispatches and the same generator of chance, the same arrivals. What comes out is
what went in plus exact duplicates; nothing is lost and nothing is changed.
"""

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from random import Random

from gtms.simulate.stamps import Dispatch, Noise, Role


def delivered(dispatches: Iterable[Dispatch], noise: Noise, rng: Random) -> Iterator[Dispatch]:
    """The dispatches in the order of their arrival; holds back at most `noise.hold` places."""
    if not noise.late and not noise.duplicated:
        yield from dispatches
        return
    held: list[tuple[int, int, Dispatch]] = []
    place, number = -1, 0
    for place, dispatch in enumerate(dispatches):
        if rng.random() < noise.duplicated:
            copy = dispatch._replace(role=Role.DUPLICATE)
            heappush(held, (place + 1 + int(rng.random() * noise.hold), number, copy))
            number += 1
        if rng.random() < noise.late:
            heappush(held, (place + 1 + int(rng.random() * noise.hold), number, dispatch))
            number += 1
        else:
            yield dispatch
        while held and held[0][0] <= place:
            yield heappop(held)[2]
    while held:
        yield heappop(held)[2]
