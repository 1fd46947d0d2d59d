"""The report's page in a real Chromium: it shows, asks for nothing, complains of nothing, and prints."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.metrics.months import PARIS
from tests.presentation.report.drawn import COMPARED, EMPTY, EVIL, WHOLE
from tests.torture import scaled
from tkt import language
from tkt.presentation.report.page import page

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), "")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium")]
# How many colours fill more than a speck of a picture: a blank page has one.
COLORS = """
async (png) => {
  const image = new Image();
  image.src = "data:image/png;base64," + png;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const data = context.getImageData(0, 0, image.width, image.height).data;
  const seen = {};
  for (let i = 0; i < data.length; i += 40) {
    const color = data.slice(i, i + 3).join();
    seen[color] = (seen[color] || 0) + 1;
  }
  return Object.values(seen).filter((count) => count > 30).length;
}
"""
# By how much a card of the dashboard stands out of its section, in pixels.
WIDEST_CARD = """
() => Math.max(...[...document.querySelectorAll(".card")].map(
  (card) => card.getBoundingClientRect().right - card.closest("section").getBoundingClientRect().right))
"""


@dataclass
class Shown:
    """A page that is open in the browser, what it asked for and what it complained of."""

    page: Any
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def of_all(self, selector: str, property: str) -> list[Any]:
        found: list[Any] = self.page.eval_on_selector_all(selector, f"all => all.map(one => {property})")
        return found


@dataclass
class Browser:
    """A browser, and the files of the pages that it may open."""

    chromium: Any
    folder: Path

    def open(self, name: str, width: int = 1280, **context: Any) -> Shown:
        page = self.chromium.new_context(viewport={"width": width, "height": 900}, **context).new_page()
        shown = Shown(page)
        page.on("request", lambda one: shown.asked.append(one.url))
        page.on("console", lambda one: shown.said.append(one.text))
        page.on("pageerror", lambda one: shown.said.append(str(one)))
        page.goto((self.folder / f"{name}.html").as_uri())
        return shown


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    folder = tmp_path_factory.mktemp("pages")
    for name, report, spoken in (
        ("en", WHOLE, "en"),
        ("fr", COMPARED, "fr"),
        ("evil", EVIL, "en"),
        ("empty", EMPTY, "en"),
    ):
        language.speak(spoken)
        (folder / f"{name}.html").write_text(page(report, PARIS), encoding="utf-8")
    language.speak("en")
    with sync_playwright() as playwright:
        # Its own sandbox is refused to root, as whom containers run.
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield Browser(chromium, folder)
        chromium.close()


@pytest.fixture(scope="module")
def english(browser: Browser) -> Shown:
    """The page of a whole report, opened once."""
    return browser.open("en")


@pytest.mark.parametrize("name", ["en", "fr", "evil", "empty"])
def test_it_asks_for_nothing_and_complains_of_nothing(browser: Browser, name: str) -> None:
    shown = browser.open(name)
    assert shown.asked == [(browser.folder / f"{name}.html").as_uri()]
    assert shown.said == []


def test_it_is_not_blank_and_its_charts_are_seen(browser: Browser, english: Shown) -> None:
    picture = base64.b64encode(english.page.screenshot()).decode()
    assert browser.chromium.new_page().evaluate(COLORS, picture) > 8
    widths = english.of_all("svg.chart", "one.getBoundingClientRect().width")
    heights = english.of_all("svg.chart", "one.getBoundingClientRect().height")
    assert len(widths) == 11 and min(widths) > 300 and min(heights) > 60
    # Were the style sheet refused, shapes would be black.
    assert set(english.of_all(".chart .first rect", "getComputedStyle(one).fill")) == {"rgb(0, 114, 178)"}


def test_two_series_are_told_apart_without_colour(english: Shown) -> None:
    """By their pattern, or as lines by their dashes."""
    second = english.of_all(".chart .second rect", "getComputedStyle(one).fill")
    assert second and all("second-fill" in fill for fill in second)
    dashes = english.of_all(".chart .target .line", "getComputedStyle(one).strokeDasharray")
    assert dashes and "none" not in dashes


def test_the_table_of_each_chart_opens(browser: Browser) -> None:
    page = browser.open("en").page
    page.evaluate("document.querySelectorAll('summary').forEach(one => one.click())")
    charts = page.locator("figure:has(svg.chart)").count()
    assert charts == page.locator("figure:has(svg.chart) table:visible").count() == 11


def test_a_page_of_any_width_scrolls_down_alone(browser: Browser) -> None:
    for name in ("fr", "evil"):
        page = browser.open(name).page
        for width in (320, 390, 721, 800, 1024, 1180, 1280, 1600):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
            assert page.evaluate(WIDEST_CARD) <= 0, (name, width)


@pytest.mark.parametrize("scheme", ["light", "dark"][: scaled(1, 2)])
def test_it_breaks_no_rule_of_accessibility(browser: Browser, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(browser.open("fr", color_scheme=scheme).page)
    assert results.response["violations"] == [], results.generate_report()


def test_it_prints_with_every_table(browser: Browser) -> None:
    shown = browser.open("en")
    printed = shown.page.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF-") and len(re.findall(rb"/Type\s*/Page\b", printed)) >= 3
    shown.page.emulate_media(media="print")
    heights = shown.of_all("details table", "one.getBoundingClientRect().height")
    assert heights and min(heights) > 20
    assert shown.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
