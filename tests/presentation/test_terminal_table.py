"""On a terminal a table fits the width and has colour; in a pipe it has neither."""

from __future__ import annotations

import re

import pytest

from tkt.presentation.table import Column, Table, Toned, width_of
from tkt.presentation.tables import render

TABLE = Table(
    (Column("Ticket"), Column("Title", weight=1), Column("Count", align="right"), Column("SLA")),
    (
        ("INC0000001", "日本 - Écran noir | <b>urgent</b>", 3, Toned("breached", "bad")),
        ("INC0000002", "[bold]Imprimante[/bold] :smile:", 12.25, Toned("running", "")),
    ),
)
ESCAPE = re.compile("\x1b\\[[0-9;]*m")


def test_what_rich_would_read_as_markup_is_text() -> None:
    assert "[bold]Imprimante[/bold] :smile:" in render(TABLE, "table")


@pytest.mark.parametrize("width", [80, 60, 46])
def test_a_terminal_table_fits_its_width_by_shortening_what_may_be_shortened(width: int) -> None:
    lines = render(TABLE, "table", width=width).splitlines()
    assert all(width_of(line) <= width for line in lines)
    assert all(whole in "\n".join(lines) for whole in ("INC0000001", "12.3", "breached"))


def test_without_a_width_nothing_is_cut() -> None:
    assert "日本 - Écran noir | <b>urgent</b>" in render(TABLE, "table")


def test_on_a_terminal_too_narrow_no_number_is_cut() -> None:
    assert "12.3" in render(TABLE, "table", width=20)


def test_colour_is_there_when_asked_for_only() -> None:
    coloured = render(TABLE, "table", color=True)
    assert "\x1b[31mbreached\x1b[0m" in coloured
    assert "\x1b" not in render(TABLE, "table")
    unpainted = "".join(line.rstrip() + "\n" for line in ESCAPE.sub("", coloured).splitlines())
    assert unpainted == render(TABLE, "table")


def test_the_environment_gives_no_colour_that_was_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "CLICOLOR_FORCE"):
        monkeypatch.setenv(name, "1")
    assert "\x1b" not in render(TABLE, "table")


def test_a_column_that_may_be_spared_goes_before_a_line_runs_over_the_edge() -> None:
    columns = (Column("Ticket"), Column("Requester", weight=1, spare=True), Column("Due"))
    table = Table(columns, (("INC0012345", "Marie MARTIN", "2026-01-15 11:15"),))
    assert "Marie" in render(table, "table", width=60)
    narrow = render(table, "table", width=30)
    assert "Marie" not in narrow and "INC0012345  2026-01-15 11:15" in narrow


def test_the_column_with_more_weight_keeps_more_room() -> None:
    table = Table((Column("Title", weight=3), Column("Name", weight=1)), (("t" * 80, "n" * 80),))
    title, name = render(table, "table", width=60).splitlines()[-1].split()
    assert len(title) > 2 * len(name)
