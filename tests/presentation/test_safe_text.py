"""What a ticket holds cannot act on a terminal, a spreadsheet or a page, and still reads as it was typed."""

from __future__ import annotations

import html
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tkt.presentation.safe_text import (
    for_csv,
    for_html,
    for_json,
    for_markdown,
    for_markdown_code,
    for_terminal,
    for_tsv,
    one_line,
)

ANYTHING = st.text(st.characters(codec=None))
REORDERING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def acts_on_a_terminal(character: str) -> bool:
    return (unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t") or character in REORDERING


@given(ANYTHING)
def test_no_control_or_reordering_character_reaches_a_terminal(text: str) -> None:
    assert not any(map(acts_on_a_terminal, for_terminal(text)))
    for_terminal(text).encode("utf-8")  # raises where half a character is left


@given(ANYTHING)
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1
    assert not any(map(acts_on_a_terminal, one_line(text)))


@given(ANYTHING)
def test_what_cannot_act_is_left_as_it_was_typed(text: str) -> None:
    harmless = "".join(c for c in text if not acts_on_a_terminal(c))
    assert for_terminal(harmless) == harmless


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("\x1b[2J\x1b]0;owned\x07", "\\x1b[2J\\x1b]0;owned\\x07"),
        ("rouge\x9b31m", "rouge\\x9b31m"),
        ("facture\u202efdp.exe", "facture\\u202efdp.exe"),
        ("début\rfin", "début\\x0dfin"),
        ("ligne 1\r\nligne 2\tfin", "ligne 1\nligne 2\tfin"),
        ("e\u0301 👩‍💻 🇫🇷 日本 ⚠️", "e\u0301 👩‍💻 🇫🇷 日本 ⚠️"),
    ],
)
def test_escapes_are_visible_and_people_s_writing_is_untouched(typed: str, shown: str) -> None:
    assert for_terminal(typed) == shown


@pytest.mark.parametrize(
    "formula", ["=HYPERLINK(1)", "+33 6 12", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＠A1"]
)
def test_a_cell_that_a_spreadsheet_would_compute_begins_with_an_apostrophe(formula: str) -> None:
    assert for_csv(formula).startswith("'")
    assert for_tsv(formula).startswith("'")


@pytest.mark.parametrize("cell", ["x;=1+1", "x; @SUM(A1)", "x\n=1", "x\t+1", "x;＝1"])
def test_a_formula_behind_what_parts_cells_elsewhere_is_kept_from_being_one(cell: str) -> None:
    part = for_csv(cell)[2:].lstrip()
    assert part.startswith("'")


def test_an_ordinary_cell_is_left_alone() -> None:
    assert for_csv("Poste 1234 - a=b") == "Poste 1234 - a=b"


def test_a_tab_separated_cell_holds_neither_tab_nor_line_end() -> None:
    assert for_tsv("a\tb\nc\r\nd") == "a b c d"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00")))
def test_html_holds_no_markup_and_reads_as_the_text(text: str) -> None:
    escaped = for_html(text)
    assert not set("<>\"'") & set(escaped)
    assert html.unescape(escaped) == for_terminal(text)


@given(st.text(st.sampled_from("ab \\|`*_[]()<>!&~$#-+é;x1"), max_size=30))
def test_a_markdown_cell_renders_as_its_text_and_nothing_else(text: str) -> None:
    page = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .render(f"| a | b |\n|---|---|\n| {for_markdown(text)} | x |\n")
    )
    cell = page.split("<td>")[1].removesuffix("\n").removesuffix("</td>")
    assert "<" not in cell
    assert html.unescape(cell) == text.strip()


@given(st.text(st.sampled_from("ab \\|`*_[]()<>!&~$#-+é;x1@\n"), max_size=30))
def test_markdown_code_reads_as_its_text_and_nothing_in_it_acts(text: str) -> None:
    page = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(f"- **a**: {for_markdown_code(text)}\n")
    inside = page.removeprefix("<ul>\n<li><strong>a</strong>:").removesuffix("</li>\n</ul>\n").strip()
    code = inside.removeprefix("<code>").removesuffix("</code>")
    assert inside == (f"<code>{code}</code>" if text.split() else "")
    assert "<" not in code
    assert html.unescape(code).split() == text.split()


def test_a_line_end_in_a_markdown_cell_is_a_break() -> None:
    assert for_markdown("a\nb\tc") == "a<br>b c"


@given(ANYTHING)
def test_json_loses_nothing_and_acts_on_no_terminal(text: str) -> None:
    document = for_json(json.dumps(text, ensure_ascii=False))
    assert not any(map(acts_on_a_terminal, document))
    assert json.loads(document) == json.loads(json.dumps(text))
