"""A report in a real browser: the page of a run that was measured, and of one that is hostile."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest

from termlab.model.document import schema
from termlab.runs.reports.html_report import html_report
from termlab.runs.reports.subject import FLAME, HEAP, Subject
from tests.e2e.chromium import Page, browsing, until
from tests.runs.reports.hostile import IMAGE, hostile_profile
from tests.runs.rich import rich_profile

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("chromium"), reason="there is no browser"),
]

STACKS: Final = b"main;draw 30\nmain;idle 10\n"
TERMLAB: Final = (sys.executable, "-m", "termlab")
DRAWN: Final = "document.documentElement.dataset.drawn"
# What a person would see at a width: charts that are drawn, and nothing beyond the page's edge.
SEEN: Final = """
({
  title: document.title,
  charts: [...document.querySelectorAll(".chart")].map((chart) => [
    chart.id, chart.querySelectorAll(".main-svg").length, chart.clientWidth
  ]),
  beyond: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  ground: getComputedStyle(document.body).backgroundColor,
})
"""


async def opened(page: Page, path: Path, width: int, scheme: str) -> None:
    """The page, drawn."""
    await page.call(
        "Emulation.setDeviceMetricsOverride",
        width=width,
        height=900,
        deviceScaleFactor=1,
        mobile=width < 600,
    )
    preferred = [{"name": "prefers-color-scheme", "value": scheme}]
    await page.call("Emulation.setEmulatedMedia", features=preferred)
    for domain in ("Runtime", "Log", "Network"):
        await page.call(f"{domain}.enable")
    await page.call("Page.navigate", url=path.as_uri())

    async def drawn() -> bool:
        return await page.evaluate(DRAWN) == "yes"

    await until(drawn, page)


def complaints(page: Page, path: Path) -> list[dict[str, Any]]:
    """What went wrong in the page, and what it asked the network for."""
    found = []
    for event in page.events:
        kind, about = event["method"], event["params"]
        wrong = (
            kind == "Runtime.exceptionThrown"
            or (kind == "Runtime.consoleAPICalled" and about["type"] in ("error", "warning"))
            or (kind == "Log.entryAdded" and about["entry"]["level"] in ("error", "warning"))
        )
        if kind == "Network.requestWillBeSent":
            url = about["request"]["url"]
            wrong = url != path.as_uri() and not url.startswith(("data:", "blob:"))
        if wrong:
            found.append(event)
    return found


class Visitor:
    """Somebody with a browser, which is started once."""

    def __init__(self, runner: asyncio.Runner, page: Page) -> None:
        self._runner = runner
        self._page = page

    def sees(self, path: Path, width: int = 1200, scheme: str = "light", then: str = SEEN) -> Any:
        """What ``then`` says of the page, of which nothing complained."""
        return self._runner.run(self._look(path, width, scheme, then))

    async def _look(self, path: Path, width: int, scheme: str, then: str) -> Any:
        page = self._page
        await page.call("Page.navigate", url="about:blank")
        page.events.clear()
        await opened(page, path, width, scheme)
        said = await page.evaluate(then)
        assert complaints(page, path) == []
        return said


@pytest.fixture(scope="module")
def visitor() -> Iterator[Visitor]:
    with asyncio.Runner() as runner:
        browser = browsing("about:blank")
        page = runner.run(_entered(browser))
        try:
            yield Visitor(runner, page)
        finally:
            runner.run(_left(browser))


async def _entered(browser: AbstractAsyncContextManager[Page]) -> Page:
    return await browser.__aenter__()


async def _left(browser: AbstractAsyncContextManager[Page]) -> None:
    await browser.__aexit__(None, None, None)


def written(path: Path, subject: Subject) -> Path:
    path.write_text(html_report(subject), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {FLAME: STACKS, HEAP: STACKS}
    subject = Subject(rich_profile(6), "run 12", 0.0, files.get)
    return written(tmp_path_factory.mktemp("report") / "rich.html", subject)


@pytest.mark.parametrize(
    ("width", "scheme", "ground"),
    [(1200, "light", "rgb(246, 247, 249)"), (390, "dark", "rgb(16, 20, 27)")],
)
def test_every_chart_is_drawn_and_nothing_goes_beyond_the_page(
    visitor: Visitor, rich: Path, width: int, scheme: str, ground: str
) -> None:
    said = visitor.sees(rich, width, scheme)
    assert said["title"] == "python -m demo \N{MIDDLE DOT} termlab profile"
    assert said["ground"] == ground
    assert len(said["charts"]) == 7
    for name, drawings, wide in said["charts"]:
        assert drawings >= 1, name
        assert width * 0.7 < wide < width, name
    assert said["beyond"] == 0


def test_a_press_shows_time_in_the_place_of_calls(visitor: Visitor, rich: Path) -> None:
    press = """
    (() => {
      const [calls, time] = document.querySelectorAll(".views button");
      time.click();
      const data = document.getElementById("chart-calls").data;
      return [calls, time].map((button) => button.getAttribute("aria-pressed"))
        .concat(data.filter((trace) => trace.visible).map((trace) => trace.name));
    })()
    """
    assert visitor.sees(rich, then=press) == ["false", "true", "time in them"]


def test_nothing_a_program_says_runs_in_the_page(visitor: Visitor, tmp_path: Path) -> None:
    stacks = f"{IMAGE};{IMAGE} 3\n".encode()
    hostile = Subject(hostile_profile(), IMAGE, 0.0, lambda name: stacks)
    said = visitor.sees(written(tmp_path / "hostile.html", hostile))
    assert said["title"].startswith("'=HYPERLINK(1)'")
    images = "document.images.length + document.scripts.length"
    # Its own two scripts, the charts' data, and the library, once packed and once as it runs.
    assert visitor.sees(tmp_path / "hostile.html", then=images) == 4


def test_a_measured_run_becomes_a_page(visitor: Visitor, tmp_path: Path) -> None:
    environment = dict(os.environ, TERMLAB_DATA=str(tmp_path / "data"))
    (tmp_path / "demo.py").write_text("for n in range(3000): print(n, sum(range(n)))\n")
    command = [*TERMLAB, "profile", "--headless", "-n", "2", "--record"]
    for words in (
        [*command, sys.executable, "demo.py"],
        [*TERMLAB, "report", "-o", "r.html"],
        [*TERMLAB, "report", "-o", "r.cast"],
        [*TERMLAB, "report", "-o", "r.json"],
    ):
        done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    jsonschema.validate(json.loads((tmp_path / "r.json").read_text()), schema())
    assert json.loads((tmp_path / "r.cast").read_text().splitlines()[0])["version"] in (2, 3)
    said = visitor.sees(tmp_path / "r.html")
    assert said["title"].endswith("demo.py \N{MIDDLE DOT} termlab profile")
    assert {name for name, *_ in said["charts"]} >= {"chart-spread"}
