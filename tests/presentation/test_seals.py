"""Seals as people and programs read them."""

from __future__ import annotations

from datetime import UTC

from tests.presentation.sealed import AT, CHANGED, CREATED, SEAL
from tkt.domain.person import Person
from tkt.metrics.figure import Figure
from tkt.metrics.seal import Departure, Differing, Place, Seal, Verification
from tkt.presentation.seals import seal_table, verification_text
from tkt.presentation.seals_json import seals_json, verifications_json
from tkt.presentation.tables import render

OF_P1 = Departure(Place("P1", "fcr"), Figure(0.5, 1, 2), Figure(0.5, 1, 2), None)
OF_OLA = Departure(Place("messaging, Messagerie", "met"), Figure(0.5, 1, 2), Figure(1.0, 2, 2), Figure(0.5, 1, 2))
UNKNOWN = Departure(Place("", "\x1b[31mmade up"), Figure(None, None, None), None, Figure(1.5, 3, 2))


def text(*figures: Departure, **more: object) -> str:
    return verification_text(Verification(SEAL, figures=figures, **more), "plain")  # type: ignore[arg-type]


def test_a_list_shows_each_seal_with_its_main_figures() -> None:
    shown = render(seal_table([SEAL], UTC), "plain").splitlines()[1]

    assert shown.split()[:6] == ["2026-01", "2026-02-03", "09:00", "Jean", "DUPONT", "1" * 10]
    assert "yes" in shown and "200" in shown and "70.3%" in shown


def test_a_seal_that_cannot_be_read_is_listed_without_figures() -> None:
    unread = Seal("2026-01", "tkt/seal/2026-01", "0" * 40, "1" * 40, Person(""), AT, False, None)

    assert "no" in render(seal_table([unread], UTC), "plain").splitlines()[1]
    assert seals_json([unread])["seals"][0]["kpi"] == {}


def test_a_seal_that_holds_takes_one_line() -> None:
    assert text() == "tkt/seal/2026-01 holds\n"
    assert text(settings_changed=True) == "tkt/seal/2026-01 holds\n"


def test_figures_that_are_others_stand_beside_what_they_are() -> None:
    shown = text(CREATED)

    assert shown.startswith("tkt/seal/2026-01 does not hold\n")
    assert shown.splitlines()[-1].split() == ["Created", "200", "200", "201"]


def test_figures_of_priorities_are_counted_where_those_of_all_say_enough() -> None:
    assert text(CREATED, OF_P1).endswith("1 figure of priorities and OLAs is another one too: --json has it.\n")
    assert "FCR P1" in text(OF_P1, OF_OLA) and "50.0% (1 / 2)" in text(OF_P1) and "not computed" in text(OF_P1)
    assert "messaging, Messagerie: Met" in text(OF_OLA)
    whole = verification_text(Verification(SEAL, figures=(CREATED, OF_P1)), "csv")
    assert "Created,200" in whole and "FCR P1" in whole


def test_a_figure_that_this_tkt_does_not_know_is_shown_by_its_key_and_acts_on_no_terminal() -> None:
    shown = text(UNKNOWN)

    assert "\\x1b[31mmade up" in shown and "\x1b" not in shown


def test_a_ticket_says_what_changed_and_what_it_counts_in() -> None:
    gone = Differing("INC0000002", "gone", ("created", "resolved", "mttr_seconds", "fcr", "csat"))
    judged = Differing("INC0000003", "changed", ("sla_response",))

    lines = text(CREATED, tickets=(CHANGED, gone, judged)).splitlines()[-3:]

    assert [part.strip() for part in lines[0].split("  ") if part] == [
        "INC0000001",
        "priority P3 → P1, 1 entry added, 2 entries gone",
        "Created, FCR",
    ]
    assert "gone" in lines[1] and lines[1].endswith("…")
    assert "judged otherwise" in lines[2]


def test_troubles_are_told_each_on_a_line_of_its_own() -> None:
    told = verification_text(Verification(SEAL, troubles=("one\nof them", "another\x1b")), "plain")

    assert told.splitlines() == ["tkt/seal/2026-01 does not hold", "one of them", "another\\x1b"]


def test_a_document_has_every_figure_in_full() -> None:
    (one,) = verifications_json([Verification(SEAL, figures=(CREATED, OF_P1), tickets=(CHANGED,))])["seals"]

    assert one["figures"][0]["of"] is None and one["figures"][1]["of"] == "P1"
    assert one["figures"][1]["today"] is None
    assert one["figures"][1]["sealed"] == {"value": 0.5, "numerator": 1, "denominator": 2}
    assert one["tickets"][0]["fields"] == [{"key": "priority", "old": "P3", "new": "P1"}]
