"""The report's page: whole in itself, the same every time, and nothing a person typed is more than text in it."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from tests.metrics.months import PARIS
from tests.presentation.report.drawn import EMPTY, EVIL, WHOLE
from tkt import language
from tkt.metrics.series.report import Report
from tkt.presentation.report.page import page
from tkt.presentation.report.sections import sections

VOID = {"meta", "br", "link", "img"}


class Seen(HTMLParser):
    """The elements of a page, refusing one that is not closed as it was opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.mark.parametrize("report", [WHOLE, EMPTY, EVIL], ids=["whole", "empty", "evil"])
def test_a_page_loads_nothing_and_runs_nothing(report: Report) -> None:
    seen = Seen(page(report, PARIS))
    assert not {tag for tag, _attributes in seen.elements} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "use",
        "image",
    }
    names = {name for _tag, attributes in seen.elements for name in attributes}
    assert not {name for name in names if name.startswith("on")} | names & {"style", "src", "srcset", "action"}
    assert all((one["href"] or "").startswith("#") for one in seen.all("a"))


def test_its_policy_allows_its_own_style_sheet_alone() -> None:
    text = page(WHOLE, PARIS)
    (style,) = re.findall("<style>(.*?)</style>", text, flags=re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = [one["content"] for one in Seen(text).all("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(http" not in style and "@import" not in style


def test_each_chart_has_a_name_a_description_and_its_table() -> None:
    text = page(WHOLE, PARIS)
    seen = Seen(text)
    identifiers = [attributes["id"] for _tag, attributes in seen.elements if attributes.get("id")]
    assert len(identifiers) == len(set(identifiers))
    charts = [one for one in seen.all("svg") if one.get("role") == "img"]
    assert len(charts) == 11
    for chart in charts:
        title, description = (chart["aria-labelledby"] or "").split()
        for name in (title, description):
            assert re.search(rf'id="{name}">[^<]', text), name
    figures = re.findall("<figure.*?</figure>", text, flags=re.DOTALL)
    assert all("<table>" in one for one in figures if 'role="img"' in one)


def test_a_page_says_what_its_sections_say_and_links_to_them() -> None:
    text = page(WHOLE, PARIS)
    for section in sections(WHOLE, PARIS):
        assert f'href="#{section.key}"' in text and f'<section id="{section.key}"' in text
        assert all(f"<caption>{panel.title}</caption>" in text for panel in section.panels if panel.table.rows)


def test_what_people_typed_is_text() -> None:
    text = page(EVIL, PARIS)
    assert "&lt;script&gt;" in text and "<script" not in text
    assert "\x1b" not in text and "\u202e" not in text


def test_the_same_report_gives_the_same_bytes() -> None:
    assert page(WHOLE, PARIS) == page(WHOLE, PARIS)


def test_a_page_says_its_language() -> None:
    language.speak("fr")
    assert Seen(page(WHOLE, PARIS)).all("html") == [{"lang": "fr"}]


def test_nothing_at_all_is_a_report_too() -> None:
    text = page(EMPTY, PARIS)
    assert "no data" in text and "Nothing is open." in text and "No clock went over its target." in text
