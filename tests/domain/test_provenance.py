"""Provenance: an entry is by who committed it, and of about that moment, or the commit says otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.domain.tickets import at, said
from tkt.domain.entry import Entry
from tkt.domain.person import Person
from tkt.domain.provenance import Origin, doubts, imported_doubts
from tkt.domain.settings import Agent, Settings

JEAN = Person("Jean DUPONT", "jean.dupont@entreprise.fr")
ORIGIN = Origin(JEAN, at("09:30"))
DESK = Settings(agents=(Agent("Jean DUPONT", "jean.dupont@entreprise.fr"), Agent("Zoé LENOIR", "zoe@entreprise.fr")))


def rules(origin: Origin, *new: Entry, settings: Settings = DESK, last: str = "09:00") -> list[str]:
    return [one.rule for one in doubts(origin, settings, new, at(last))]


@pytest.mark.parametrize(
    ("author", "origin"),
    [
        ("Jean DUPONT", ORIGIN),
        ("jean dupont", ORIGIN),
        ("J. D. <Jean.Dupont@entreprise.fr>", ORIGIN),
        ("Zoé LENOIR", replace(ORIGIN, entry_by=(Person("Zoé LENOIR", "zoe@entreprise.fr"),))),
        ("Zoé LENOIR", replace(ORIGIN, author=Person("zlenoir", "ZOE@entreprise.fr"))),
        ("Luc <luc@example.org>", replace(ORIGIN, entry_by=(Person("Luc", "luc@example.org"),))),
        ("A - B", replace(ORIGIN, author=Person("A · B", "ab@example.org"))),
    ],
)
def test_an_author_whom_the_commit_names_is_believed(author: str, origin: Origin) -> None:
    assert rules(origin, said("09:30", "Vu.", author=author)) == []


@pytest.mark.parametrize("author", ["Zoé LENOIR", "Jean", "Jean DUPONT <jean@ailleurs.fr>", "zoe@entreprise.fr"])
def test_any_other_author_is_doubtful(author: str) -> None:
    (one,) = doubts(ORIGIN, DESK, [said("09:30", "Vu.", author=author, line=7)], None)
    assert (one.severity, one.rule, one.line) == ("error", "author", 7)
    assert "Entry-By" in one.mend


def test_an_entry_may_say_itself_who_typed_it() -> None:
    assert rules(ORIGIN, said("09:30", "Dit.", author="Marie MARTIN", recorded_by="Jean DUPONT")) == []
    assert rules(ORIGIN, said("09:30", "Dit.", author="Marie MARTIN", recorded_by="Zoé LENOIR")) == ["author"]


def test_what_a_rule_of_the_desk_wrote_anybody_may_commit() -> None:
    assert rules(ORIGIN, said("09:30", "Trop long.", author="tkt", automatic="escalation r")) == []
    assert rules(ORIGIN, said("09:30", "Trop long.", author="tkt")) == ["author"]
    assert rules(ORIGIN, said("09:30", "Vu.", author="Zoé LENOIR", automatic="escalation r")) == ["author"]
    named = replace(DESK, automatic_author="Robot")
    assert rules(ORIGIN, said("09:30", author="Robot", automatic="autoclose"), settings=named) == []
    assert rules(ORIGIN, said("09:30", author="tkt", automatic="autoclose"), settings=named) == ["author"]


@pytest.mark.parametrize(
    ("when", "fault"), [("09:35", 0), ("09:36", 1), ("08:55", 0), ("08:54", 1), ("16T09:30", 1), ("14T09:30", 1)]
)
def test_an_entry_is_of_the_moment_of_its_commit_give_or_take(when: str, fault: int) -> None:
    assert rules(ORIGIN, said(when, "Vu."), last="01T09:00") == ["time"] * fault


def test_what_is_late_and_says_why_is_no_fault_but_what_is_yet_to_come_is() -> None:
    assert rules(ORIGIN, said("08:00", "Vu.", late="panne")) == []
    assert rules(ORIGIN, said("10:00", "Vu.", late="panne")) == ["time"]


def test_a_frozen_clock_may_stand_behind_its_entries_never_before_them() -> None:
    frozen = replace(ORIGIN, frozen=True)
    assert rules(frozen, said("08:00", "Vu.")) == []
    assert rules(frozen, said("10:00", "Vu.")) == ["time"]


def test_an_entry_that_took_the_instant_of_the_last_one_has_no_time_of_its_own() -> None:
    assert rules(ORIGIN, said("11:00", "Vu.", n=2), said("11:00", "Vu.", n=3), last="11:00") == []


def test_how_far_back_is_the_desk_s_to_say_and_where_it_commits_nothing_itself_it_is_a_warning() -> None:
    entry = said("08:00", "Vu.")
    assert rules(ORIGIN, entry, settings=replace(DESK, backdate_limit=3 * 3600)) == []
    (one,) = doubts(ORIGIN, replace(DESK, commit=False), [entry], None)
    assert one.severity == "warning"


def test_another_system_says_who_and_when_but_nothing_that_is_yet_to_come() -> None:
    told = [said("01T09:00", "Vu.", author="ServiceNow"), said("16T09:00", "Vu.", author="ServiceNow")]
    assert [one.rule for one in imported_doubts(ORIGIN, told)] == ["time"]


@pytest.mark.parametrize("entry", [said("09:31"), said("09:26", author="Zoé")])
def test_what_needs_no_closer_look_would_stand_one(entry: Entry) -> None:
    origin = replace(ORIGIN, entry_by=(Person("Zoé", "z@example.org"),))
    assert origin.vouches_for([entry])
    assert rules(origin, entry) == []
