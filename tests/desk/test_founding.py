"""Founding: what a desk begins with, once, and never over what stands there."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.course_months import CET
from tkt.desk.founding import Beginnings, found_desk
from tkt.desk.recording import CommitMessage, NoRecorder
from tkt.domain.settings import Agent
from tkt.store.people import find_people
from tkt.store.settings.settings import read_settings

NOON = datetime(2026, 1, 15, 12, tzinfo=CET)


class Kept(NoRecorder):
    """Remembers what it was told to record."""

    messages: list[CommitMessage]

    def record(
        self, paths: object, message: CommitMessage, *, when: datetime | None = None, guard: int | None = None
    ) -> None:
        self.messages = [*getattr(self, "messages", []), message]


def test_a_desk_begins_with_what_is_given_to_it(tmp_path: Path) -> None:
    beginnings = Beginnings((Agent("Jean DUPONT"),), ("Réseau > VPN",), 500, "name,phone\nMarie MARTIN,1234\n")
    found_desk(tmp_path, "fr", "Europe/Paris", NoRecorder(tmp_path), None, beginnings)
    read = read_settings(tmp_path / "tkt.yaml")
    assert (read.agents, read.categories, read.first_number) == ((Agent("Jean DUPONT"),), ("Réseau > VPN",), 500)
    assert [one.phone for one in find_people(tmp_path / "people.csv", "marie")] == ["1234"]


def test_without_people_no_address_book_is_made(tmp_path: Path) -> None:
    assert "people.csv" not in found_desk(tmp_path, "fr", "Europe/Paris", NoRecorder(tmp_path), None)


def test_a_second_founding_writes_and_records_nothing(tmp_path: Path) -> None:
    recorder = Kept(tmp_path)
    found_desk(tmp_path, "en", "Europe/Paris", recorder, None)
    assert found_desk(tmp_path, "en", "Europe/Paris", recorder, None) == []
    assert len(recorder.messages) == 1


@pytest.mark.parametrize(("frozen_at", "trailers"), [(NOON, (("Clock", "frozen"),)), (None, ())])
def test_under_a_frozen_clock_the_commit_says_so(
    tmp_path: Path, frozen_at: datetime | None, trailers: tuple[tuple[str, str], ...]
) -> None:
    recorder = Kept(tmp_path)
    found_desk(tmp_path, "en", "Europe/Paris", recorder, frozen_at)
    assert recorder.messages[0].trailers == trailers
