"""Opening: numbers, uids, and words that come back as they were typed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.course_months import CET, JEAN
from tkt.desk.desk import Desk
from tkt.desk.founding import found_desk
from tkt.desk.opening import Wish, open_ticket
from tkt.desk.recording import NoRecorder
from tkt.desk.said import Said
from tkt.domain.ticket import Ticket
from tkt.store.settings.settings import read_settings

FIELDS = {"title": "Poste 12 - Session bloquée", "requester.name": "Marie MARTIN"}
# Pieces of text that look like something of ours, and those that are easily lost.
PIECES = """\
mot|é|→|\\|## Journal|## Description|## Actions|# Titre|### 2026-01-15T09:15:00+01:00 · Jean DUPONT|- state: closed
- [ ] à faire|---|```"""
TYPED = st.lists(
    st.sampled_from([*PIECES.replace("\n", "|").split("|"), " ", "\n", "\n\n", "\t", "\r", "\u2028"]), max_size=8
).map("".join)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk without git at 09:15, on a disk that need not survive a power cut."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)
    recorder = NoRecorder(tmp_path, lambda: JEAN)
    found_desk(tmp_path, "fr", "Europe/Paris", recorder, None)
    now = datetime(2026, 1, 15, 9, 15, tzinfo=CET)
    yield Desk(tmp_path, read_settings(tmp_path / "tkt.yaml"), lambda: recorder, now, frozen=True)


def opened(desk: Desk, wish: Wish, text: str = "") -> Ticket:
    """The ticket that a wish makes, as its file has it; alone on its desk."""
    shutil.rmtree(desk.root / "tickets")
    return desk.load(open_ticket(desk, wish, Said(text)).after.id).ticket


@quick
@given(typed=TYPED)
def test_a_description_comes_back_as_it_was_typed(desk: Desk, typed: str) -> None:
    ticket = opened(desk, Wish(FIELDS, typed))
    assert ticket.description == typed
    assert len(ticket.entries) == 1


@quick
@given(typed=TYPED.filter(bool))
def test_in_a_template_too_and_what_is_to_do_stays(desk: Desk, typed: str) -> None:
    ticket = opened(desk, Wish(FIELDS, typed, template="application-crashes"))
    assert ticket.description == typed
    assert ticket.actions.count("- [ ] ") == 7


@quick
@given(typed=TYPED)
def test_the_first_words_come_back_as_they_were_typed(desk: Desk, typed: str) -> None:
    ticket = opened(desk, Wish(FIELDS, "- Symptôme : la session se ferme"), typed)
    assert [entry.text for entry in ticket.entries] == [typed]


def test_the_series_of_numbers_begins_where_the_desk_says(desk: Desk) -> None:
    later = replace(desk, settings=replace(desk.settings, first_number=12345))
    ids = [open_ticket(later, Wish({**FIELDS, "type": kind}), Said()).after.id for kind in ("incident", "request")]
    assert ids == ["INC0012345", "REQ0012346"]


def test_the_desk_gives_the_uid(desk: Desk) -> None:
    given_one = open_ticket(replace(desk, make_uid=lambda: "4k7m2x9p3q"), Wish(FIELDS), Said()).after
    assert given_one.get("uid") == "4k7m2x9p3q"
    others = {open_ticket(desk, Wish(FIELDS), Said()).after.get("uid") for _one in range(5)}
    assert len(others) == 5 and all(len(uid) == 10 for uid in others)
