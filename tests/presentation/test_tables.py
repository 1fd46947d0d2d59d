"""One table, six formats: nothing of a ticket acts in any of them, and widths are those of the screen."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.presentation.table import Column, Table, Toned, width_of
from tkt.presentation.tables import FORMATS, UnknownFormat, render

COLUMNS = (Column("Ticket"), Column("Title", weight=1), Column("Count", align="right"), Column("SLA"))
TABLE = Table(
    COLUMNS,
    (
        ("INC0000001", "日本 - Écran noir | <b>urgent</b>", 3, Toned("breached", "bad")),
        ("INC0000002", "=1+1", 12.25, Toned("running", "")),
        ("INC0000003", None, None, "met"),
    ),
)


def test_plain_has_no_borders_and_keeps_its_columns_under_wide_characters() -> None:
    assert render(TABLE, "plain").splitlines() == [
        "Ticket      Title                              Count  SLA",
        "INC0000001  日本 - Écran noir | <b>urgent</b>      3  breached",
        "INC0000002  =1+1                                12.3  running",
        "INC0000003                                            met",
    ]


@pytest.mark.parametrize("text", ["日本", "⚠️ a", "e\u0301te\u0301", "👩‍💻", "abc"])
def test_plain_and_table_align_what_follows_any_writing(text: str) -> None:
    table = Table((Column("a"), Column("b")), ((text, "|"), ("long enough", "|")))
    for format in ("plain", "table"):
        lines = [line for line in render(table, format).splitlines() if "|" in line]
        assert len({width_of(line[: line.index("|")]) for line in lines}) == 1


def test_markdown_is_a_table_whose_cells_hold_no_markup() -> None:
    lines = render(TABLE, "markdown").splitlines()
    assert "日本 - Écran noir \\| &lt;b>urgent&lt;/b>" in lines[2]
    assert re.fullmatch(r"\|:-+\|:-+\|-+:\|:-+\|", lines[1])


class Cells(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag in ("td", "th"):
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if self.texts:
            self.texts[-1] = (self.texts[-1] + data).strip()


def test_html_holds_the_cells_and_no_tag_of_theirs() -> None:
    page = Cells(render(TABLE, "html"))
    assert page.tags == {"table", "thead", "tbody", "tr", "th", "td"}
    assert page.texts[4:8] == ["INC0000001", "日本 - Écran noir | <b>urgent</b>", "3", "breached"]


def test_csv_reads_back_with_formulas_guarded_and_numbers_whole() -> None:
    assert list(csv.reader(io.StringIO(render(TABLE, "csv")))) == [
        ["Ticket", "Title", "Count", "SLA"],
        ["INC0000001", "日本 - Écran noir | <b>urgent</b>", "3", "breached"],
        ["INC0000002", "'=1+1", "12.25", "running"],
        ["INC0000003", "", "", "met"],
    ]


def test_a_negative_number_of_ours_is_not_guarded() -> None:
    assert render(Table((Column("n"),), ((-3,), ("-3",))), "csv") == "n\n-3\n'-3\n"


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2))
def test_tsv_has_one_line_a_row_and_one_tab_between_cells(cells: list[str]) -> None:
    lines = render(Table((Column("a"), Column("b")), (tuple(cells),)), "tsv").split("\n")
    assert [line.count("\t") for line in lines] == [1, 1, 0]


@given(st.text(st.characters(codec=None)), st.sampled_from(FORMATS))
def test_no_control_character_of_a_cell_or_a_title_comes_out(text: str, format: str) -> None:
    out = render(Table((Column(text), Column("b")), ((text, "x"),)), format)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", out)


@pytest.mark.parametrize("format", FORMATS)
def test_a_table_without_rows_still_says_its_titles(format: str) -> None:
    assert "Title" in render(Table(COLUMNS, ()), format)


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownFormat, match="table, plain, markdown, csv, tsv, html"):
        render(TABLE, "xlsx")


def test_neither_rich_nor_tabulate_is_loaded_before_a_format_needs_it() -> None:
    program = (
        "import sys; from tkt.presentation import sheet, table, tables, listing, findings, history;"
        "from tkt.presentation import json_form; from tkt.presentation.clocks import sla_table;"
        "tables.render(table.Table((table.Column('a'),), (('b',),)), 'plain');"
        "print({'rich', 'tabulate', 'html', 'decimal', 'json'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
