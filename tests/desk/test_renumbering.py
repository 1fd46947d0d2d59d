"""Renumbering: who must change, and everything that hangs on a number going with it, in one commit."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.course_months import CET
from tkt.desk.attaching import attach
from tkt.desk.desk import Desk, UnknownTicket
from tkt.desk.founding import found_desk
from tkt.desk.linking import link
from tkt.desk.opening import Wish, open_ticket
from tkt.desk.renumbering import misnumbered, renumber
from tkt.desk.said import Said
from tkt.git.recorder import GitRecorder
from tkt.git.repository import Repository
from tkt.store.settings.settings import read_settings

FIELDS = {"title": "Poste 12 - Session bloquée", "requester.name": "Marie MARTIN"}


@pytest.mark.parametrize(
    ("mine", "theirs", "reserved", "expected"),
    [
        pytest.param({"INC0000002": "b"}, {"INC0000001": "a"}, [], {}, id="apart"),
        pytest.param({"INC0000001": "b"}, {"INC0000001": "a"}, [], {"INC0000001": ""}, id="one id"),
        pytest.param({"INC0000001": "b"}, {"REQ0000001": "a"}, [], {"INC0000001": ""}, id="one number"),
        pytest.param({"INC0000001": "a"}, {"INC0000001": "a"}, [], {}, id="pushed by another way"),
        pytest.param({"INC0000005": "b"}, {}, [(1, 20)], {"INC0000005": ""}, id="reserved by others"),
        pytest.param({"INC0000021": "b"}, {}, [(1, 20)], {}, id="beyond what is reserved"),
        pytest.param({"INC0000001": "a"}, {"INC0000001": "a"}, [(1, 20)], {}, id="pushed out of others' range"),
        pytest.param(
            {"INC0000001": "b"},
            {"INC0000001": "a", "INC0000007": "b"},
            [],
            {"INC0000001": "INC0000007"},
            id="renumbered in another clone",
        ),
    ],
)
def test_only_what_nobody_else_has_seen_changes_its_number(
    mine: dict[str, str], theirs: dict[str, str], reserved: list[tuple[int, int]], expected: dict[str, str]
) -> None:
    assert misnumbered(mine, theirs, reserved) == expected


@pytest.fixture
def desk(repository: Path) -> Desk:
    """A desk in git at 09:15."""
    subprocess.run(["git", "config", "core.fsync", "none"], cwd=repository, check=True)
    recorder = GitRecorder(Repository.of(repository))
    found_desk(repository, "fr", "Europe/Paris", recorder, None)
    now = datetime(2026, 1, 15, 9, 15, tzinfo=CET)
    return Desk(repository, read_settings(repository / "tkt.yaml"), lambda: recorder, now, frozen=True)


def opened(desk: Desk) -> str:
    return open_ticket(desk, Wish(FIELDS), Said()).after.id


def renumbered(
    desk: Desk, wanted: dict[str, str], touched: tuple[str, ...] = (), taken: tuple[int, ...] = ()
) -> dict[str, str]:
    with desk.turn() as turn:
        return renumber(turn, wanted, touched, taken)


def git(desk: Desk, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=desk.root, check=True, capture_output=True).stdout.decode()


def test_a_ticket_moves_with_its_attachments_and_the_links_to_it_in_one_commit(desk: Desk, tmp_path: Path) -> None:
    first, second = opened(desk), opened(desk)
    link(desk, first, Said(), "caused-by", second)
    (tmp_path / "trace.log").write_text("trace", encoding="utf-8")
    attach(desk, first, Said(), [tmp_path / "trace.log"])
    before = desk.load(first).ticket
    commits = int(git(desk, "rev-list", "--count", "HEAD"))

    moved = renumbered(desk, {first: ""}, (second,), (3, 9))

    now = moved[first]
    assert moved == {first: "INC0000010"}
    after = desk.load(now).ticket
    assert (after.id, after.get("uid"), after.aliases) == (now, before.get("uid"), (first,))
    assert after.entries[:-1] == before.entries
    assert [change.key for change in after.entries[-1].changes] == ["aliases", "automatic"]
    assert after.entries[-1].author == "Jean DUPONT"
    assert desk.load(second).ticket.links == (f"causes:{now}",)
    assert (desk.path(now).with_suffix("") / "trace.log").read_text(encoding="utf-8") == "trace"
    assert not desk.path(first).exists() and not desk.path(first).with_suffix("").exists()
    assert int(git(desk, "rev-list", "--count", "HEAD")) == commits + 1
    assert git(desk, "status", "--porcelain") == ""
    assert git(desk, "log", "-1", "--format=%s").strip() == f"{now}: was {first}; {second}: link"


def test_two_tickets_may_change_places(desk: Desk) -> None:
    first, second = opened(desk), opened(desk)
    uids = [desk.load(one).ticket.get("uid") for one in (first, second)]

    moved = renumbered(desk, {first: second, second: ""})

    assert desk.load(second).ticket.get("uid") == uids[0]
    assert desk.load(moved[second]).ticket.get("uid") == uids[1]
    assert not desk.path(first).exists()


def test_links_between_two_that_are_renumbered_both_follow(desk: Desk) -> None:
    first, second = opened(desk), opened(desk)
    link(desk, first, Said(), "related-to", second)
    moved = renumbered(desk, {first: "", second: ""})
    assert desk.load(moved[first]).ticket.links == (f"related-to:{moved[second]}",)
    assert desk.load(moved[second]).ticket.links == (f"related-to:{moved[first]}",)


def test_the_last_ticket_touched_is_still_the_last_one_touched(desk: Desk) -> None:
    first, _second = opened(desk), opened(desk)
    assert desk.find("@") == "INC0000002"
    renumbered(desk, {first: ""})
    assert desk.find("@") == "INC0000002"
    moved = renumbered(desk, {"INC0000002": ""})
    assert desk.find("@") == moved["INC0000002"]


def test_an_old_number_finds_the_ticket_until_another_one_bears_it(desk: Desk) -> None:
    told: list[tuple[str, str]] = []
    asking = replace(desk, on_alias=lambda old, new: told.append((old, new)))
    first = opened(desk)
    now = renumbered(desk, {first: "INC0000007"})[first]

    assert [asking.find(one) for one in ("1", "#1", "inc1", first)] == [now] * 4
    assert told == [(first, now)] * 4
    with pytest.raises(UnknownTicket):
        asking.find("REQ0000001")
    desk.path(first).write_bytes(desk.path(now).read_bytes())
    assert asking.find("1") == first
