"""The two hosts: what is painted, what is a hole, and when covering is done."""

import asyncio

from termlab.ui.host import Holes, Painted
from termlab.ui.strips import HoleStrip, VtStrip

Claims = list[tuple[int, int, tuple[int, ...], bool]]


def made() -> tuple[Holes, Claims]:
    claims: Claims = []
    return Holes(lambda *claim: claims.append(claim)), claims


def kinds(host: Holes | Painted) -> list[type]:
    """Of pane 1, pane 2, the frame, the status row."""
    strips = (
        host.pane_line(1, b"a", 0, 4),
        host.pane_line(2, b"a", 0, 4),
        host.frame_line(b"a", 4),
        host.status_line(b"a", 4),
    )
    return [type(strip) for strip in strips]


def test_stand_alone_everything_is_painted_and_covering_takes_no_time() -> None:
    host = Painted()
    assert asyncio.run(host.cover(1, frozenset({1})))
    host.uncover()
    assert kinds(host) == [VtStrip] * 4


def test_a_claim_is_in_force_once_its_rows_have_come() -> None:
    async def scene() -> None:
        host, claims = made()
        covering = asyncio.create_task(host.cover(7, frozenset({1})))
        await asyncio.sleep(0)
        assert claims == [(1, 7, (1,), True)]
        assert kinds(host) == [HoleStrip] * 4
        host.granted(1, 7)
        assert await covering
        assert host.claimed
        assert kinds(host) == [VtStrip, HoleStrip, VtStrip, HoleStrip]
        host.granted(1, 7)  # later rows
        host.uncover()
        assert kinds(host) == [HoleStrip] * 4

    asyncio.run(scene())


def test_rows_of_another_geometry_or_claim_grant_nothing() -> None:
    async def scene() -> None:
        host, claims = made()
        first = asyncio.create_task(host.cover(7, frozenset({1})))
        await asyncio.sleep(0)
        host.granted(1, 8)
        assert not await first
        second = asyncio.create_task(host.cover(8, frozenset({2})))
        await asyncio.sleep(0)
        host.granted(1, 8)
        await asyncio.sleep(0)
        assert not second.done()
        third = asyncio.create_task(host.cover(8, frozenset({1, 2})))
        await asyncio.sleep(0)
        assert not await second
        host.granted(3, 8)
        assert await third
        assert claims[-1] == (3, 8, (1, 2), True)

    asyncio.run(scene())


def test_nobody_waits_for_a_claim_that_was_given_up() -> None:
    async def scene() -> None:
        host, _ = made()
        covering = asyncio.create_task(host.cover(7, frozenset({1})))
        await asyncio.sleep(0)
        host.uncover()
        assert not await covering
        host.granted(1, 7)
        assert not host.claimed

    asyncio.run(scene())
