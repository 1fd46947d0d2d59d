"""The journal of a sheet: one block for what one author did at one instant."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

from tests.presentation.course import course_entries, make_entry, make_ticket, opening
from tkt.domain.entry import FieldChange
from tkt.presentation.sheet_journal import blocks

PARIS = ZoneInfo("Europe/Paris")


def headings(*entries: object) -> list[str]:
    ticket = make_ticket(opening(), *entries)  # type: ignore[arg-type]
    return [block.split("\n")[0] for block in blocks(ticket, PARIS)]


def test_entries_of_one_author_at_one_instant_are_one_block() -> None:
    assert headings(*course_entries()[1:]) == [
        "[09:30 - Jean DUPONT]",
        "[10:15 - Pierre MARTIN - N2]",
        "[11:30 - Pierre MARTIN - N2]",
        "[13:45 - Pierre MARTIN - N2]",
        "[14:00 - Marie MARTIN]",
    ]


def test_two_authors_at_one_instant_are_two_blocks() -> None:
    one, other = make_entry("10:00", "Jean DUPONT", text="a"), make_entry("10:00", "Zoé", text="b", ordinal=2)
    assert headings(one, other) == ["[10:00 - Jean DUPONT]", "[10:00 - Zoé]"]


def test_the_day_is_said_where_it_is_not_that_of_the_opening(french: None) -> None:
    assert headings(make_entry("16T09:30", "Zoé", text="a")) == ["[16/01 09:30 - Zoé]"]


def test_the_day_is_that_of_the_desk_s_zone() -> None:
    ticket = make_ticket(opening(), make_entry("16T00:30", "Zoé", text="a"))
    assert [block.split("\n")[0] for block in blocks(ticket, UTC)] == ["[23:30 - Zoé]"]
    assert [block.split("\n")[0] for block in blocks(ticket, PARIS)] == ["[2026-01-16 00:30 - Zoé]"]


def test_the_year_is_said_where_it_is_another(french: None) -> None:
    entry = make_entry("16T09:30", "Zoé", text="a")
    later = entry.__class__(entry.at.replace(year=2027), "Zoé", text="a")
    assert headings(later) == ["[16/01/2027 09:30 - Zoé]"]


def test_first_line_support_goes_without_saying() -> None:
    assert headings(make_entry("10:00", "Zoé", level="N1", text="a")) == ["[10:00 - Zoé]"]
    assert headings(make_entry("10:00", "Zoé", level="N3", text="a")) == ["[10:00 - Zoé - N3]"]


def test_an_author_s_address_is_left_out() -> None:
    assert headings(make_entry("10:00", "Zoé DURAND <zoe@entreprise.fr>", text="a")) == ["[10:00 - Zoé DURAND]"]
    assert headings(make_entry("10:00", "<zoe@entreprise.fr>", text="a")) == ["[10:00 - zoe@entreprise.fr]"]


def test_an_entry_with_nothing_to_show_has_no_block() -> None:
    assert headings(make_entry("10:00", "Zoé", FieldChange("recorded_by", "Jean"))) == []


def test_an_opening_with_words_has_a_block() -> None:
    ticket = make_ticket(make_entry("09:15", "Jean DUPONT", FieldChange("state", "new"), text="Appel de Marie."))
    assert list(blocks(ticket, PARIS)) == ["[09:15 - Jean DUPONT]\nAppel de Marie."]


def test_an_imported_journal_without_an_opening_shows_its_first_entry() -> None:
    ticket = make_ticket(make_entry("09:20", "Zoé", FieldChange("state", "in_progress", "new")))
    assert list(blocks(ticket, PARIS)) == ["[09:20 - Zoé]\n→ Work started"]
