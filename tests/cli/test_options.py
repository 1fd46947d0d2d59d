"""The options of every verb that writes: who, when, why so late, how long; and what is kept of them."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Clock
from tests.cli.front_door import FrontDoor


@pytest.mark.parametrize("name", ["Pierre MARTIN", "pierre martin", "Pierre", "pierre.martin@entreprise.fr"])
def test_an_agent_is_named_by_a_part_of_the_name_or_by_address(tkt: FrontDoor, ticket: str, name: str) -> None:
    tkt("log", ticket, "--as", name, "Vérification IP blacklist")

    entry = tkt.last_entry(ticket)
    assert (entry["author"], entry["level"]) == ("Pierre MARTIN", "N2")
    assert tkt.facts(ticket) == {"recorded_by": "Jean DUPONT"}
    assert ("Entry-By", "Pierre MARTIN <pierre.martin@entreprise.fr>") in tkt.trailers()
    assert tkt.git("log", "-1", "--format=%an <%ae>").strip() == "Jean DUPONT <jean.dupont@entreprise.fr>"


@pytest.mark.parametrize(
    "name",
    ["Marie MARTIN", "marie martin", "marie.martin@entreprise.fr", "Marie M. <Marie.Martin@entreprise.fr>"],
)
def test_the_requester_is_named_by_name_or_address(tkt: FrontDoor, ticket: str, name: str) -> None:
    tkt("log", ticket, "--as", name, "Toujours en panne")

    entry = tkt.last_entry(ticket)
    assert (entry["author"], entry["level"]) == ("Marie MARTIN", None)


def test_anybody_else_is_named_with_an_address(tkt: FrontDoor, ticket: str) -> None:
    tkt("log", ticket, "--as", "Ana LIMA <ana@fournisseur.pt>", "Correctif livré")

    assert tkt.last_entry(ticket)["author"] == "Ana LIMA <ana@fournisseur.pt>"
    assert ("Entry-By", "Ana LIMA <ana@fournisseur.pt>") in tkt.trailers()


def test_who_acts_in_their_own_name_is_not_recorded_by_anybody(tkt: FrontDoor, ticket: str) -> None:
    tkt("log", ticket, "--as", "Jean", "moi-même")

    assert tkt.facts(ticket) == {}


def test_somebody_of_no_address_is_refused_with_the_way_to_write_it(tkt: FrontDoor, ticket: str) -> None:
    said = tkt.refuses("log", ticket, "--as", "Piere MARTIN", "x", code=4)

    assert "Did you mean Pierre MARTIN?" in said
    assert '"Name <mail@example.org>"' in said


@pytest.mark.parametrize("name", ["Ana\nLIMA <a@b>", "\x1b[31mAna <a@b>"])
def test_a_name_is_one_clean_line(tkt: FrontDoor, ticket: str, name: str) -> None:
    assert "control character" in tkt.refuses("log", ticket, "--as", name, "x", code=2)


@pytest.mark.parametrize(
    ("at", "instant"),
    [
        ("10:15", "2026-01-15T10:15:00+01:00"),
        ("9h50", "2026-01-15T09:50:00+01:00"),
        ("-10m", "2026-01-15T10:10:00+01:00"),
        ("-1h", "2026-01-15T09:20:00+01:00"),
        ("2026-01-15T10:15", "2026-01-15T10:15:00+01:00"),
        ("2026-01-15 10:15:30", "2026-01-15T10:15:30+01:00"),
        ("2026-01-15T09:15:00Z", "2026-01-15T10:15:00+01:00"),
        ("2026-01-15T04:15:00-05:00", "2026-01-15T10:15:00+01:00"),
    ],
)
def test_an_instant_may_be_said_in_many_ways(tkt: FrontDoor, ticket: str, clock: Clock, at: str, instant: str) -> None:
    clock("2026-01-15T10:20:00+01:00")
    tkt.setting("backdate_limit: 2h")

    tkt("log", ticket, "--at", at, "Test envoi externe : OK")

    assert tkt.last_entry(ticket)["at"] == instant


@pytest.mark.parametrize("at", ["hier", "25:00", "2026-02-30", "-10", "10:61", "-2d", ""])
def test_what_is_no_instant_is_refused(tkt: FrontDoor, ticket: str, at: str) -> None:
    if at:
        tkt.refuses("log", ticket, "--at", at, "x", code=2)


def test_the_future_is_refused(tkt: FrontDoor, ticket: str) -> None:
    assert "in the future" in tkt.refuses("log", ticket, "--at", "09:15:01", "x", code=2)


def test_before_the_last_entry_is_refused(tkt: FrontDoor, ticket: str) -> None:
    assert "before the last entry" in tkt.refuses("log", ticket, "--at", "-1m", "x", code=3)


def test_further_back_than_the_limit_needs_a_reason_that_is_journalled(
    tkt: FrontDoor, ticket: str, clock: Clock
) -> None:
    clock("2026-01-15T10:00:01+01:00")
    assert "--late" in tkt.refuses("log", ticket, "--at", "09:30", "x", code=3)

    tkt("log", ticket, "--at", "09:30:01", "à la limite")
    assert tkt.facts(ticket) == {}

    tkt("log", ticket, "--at", "09:30:01", "--late", "panne du réseau", "--spent", "20m", "x")
    assert tkt.facts(ticket) == {"late": "panne du réseau", "spent": "20m"}
    assert tkt.last_entry(ticket)["ordinal"] == 2


def test_no_reason_reaches_back_before_the_last_entry(tkt: FrontDoor, ticket: str) -> None:
    assert "before the last entry" in tkt.refuses("log", ticket, "--at", "09:00", "--late", "oubli", "x", code=3)


def test_where_a_clock_runs_behind_the_last_entrys_instant_is_taken_and_said_so(
    tkt: FrontDoor, ticket: str, clock: Clock
) -> None:
    clock("2026-01-15T09:00:00+01:00")

    answer = tkt("log", ticket, "x")

    assert (tkt.last_entry(ticket)["at"], tkt.last_entry(ticket)["ordinal"]) == ("2026-01-15T09:15:00+01:00", 2)
    assert "later than this machine's clock" in answer.err


@pytest.mark.parametrize(
    ("local", "readings"),
    [
        ("2026-10-25T02:30", ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"]),
        ("2026-03-29T02:30", ["2026-03-29T02:30:00+01:00", "2026-03-29T02:30:00+02:00"]),
    ],
)
def test_a_local_time_that_was_twice_or_never_is_refused_with_both_readings(
    tkt: FrontDoor, ticket: str, clock: Clock, local: str, readings: list[str]
) -> None:
    clock("2026-11-01T09:00:00+01:00")

    said = tkt.refuses("log", ticket, "--at", local, "--late", "oubli", "x", code=2)
    assert all(reading in said for reading in readings)

    tkt("log", ticket, "--at", readings[0], "--late", "oubli", "x")


def test_now_freezes_the_clock_and_the_commit_says_so(tkt: FrontDoor, ticket: str) -> None:
    tkt("log", ticket, "x", "--now", "2026-01-15T09:40:00+01:00")

    assert tkt.last_entry(ticket)["at"] == "2026-01-15T09:40:00+01:00"
    assert ("Clock", "frozen") in tkt.trailers()
    assert tkt.git("log", "-1", "--format=%aI").strip() == "2026-01-15T09:40:00+01:00"


def test_a_running_clock_leaves_no_such_mark(tkt: FrontDoor, ticket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TKT_NOW")

    tkt("log", ticket, "x")

    assert "Clock" not in dict(tkt.trailers())


@pytest.mark.parametrize("now", ["bientôt", "2026-13-01"])
def test_a_clock_that_cannot_be_read_is_refused(tkt: FrontDoor, ticket: str, now: str) -> None:
    assert "is no moment" in tkt.refuses("log", ticket, "x", "--now", now, code=2)


@pytest.mark.parametrize(("said", "kept"), [("15m", "15m"), ("90m", "1h30"), ("1h30", "1h30"), ("1h30m", "1h30")])
def test_time_spent_is_kept_in_one_form(tkt: FrontDoor, ticket: str, said: str, kept: str) -> None:
    tkt("log", ticket, "--spent", said, "x")

    assert tkt.facts(ticket) == {"spent": kept}


@pytest.mark.parametrize(
    ("said", "hint"), [("2d", "2bd"), ("2j", "48h"), ("un peu", "15m"), ("-15m", "15m"), ("15", "15m")]
)
def test_a_time_that_cannot_be_read_is_refused(tkt: FrontDoor, ticket: str, said: str, hint: str) -> None:
    assert hint in tkt.refuses("log", ticket, "--spent", said, "x", code=2)


def test_no_commit_writes_the_file_and_leaves_the_rest_to_the_person(tkt: FrontDoor, ticket: str) -> None:
    before = tkt.commits()

    tkt("log", ticket, "x", "--no-commit")
    assert tkt.commits() == before
    assert tkt.git("status", "--porcelain") == f" M {tkt.path(ticket).relative_to(tkt.root)}\n"
    assert tkt.last_entry("@")["text"] == "x"

    assert "not committed" in tkt.refuses("log", ticket, "y", code=3)
    tkt("log", ticket, "y", "--no-commit")


def test_a_desk_may_never_commit(tkt: FrontDoor) -> None:
    tkt.setting("commit: false")
    before = tkt.commits()

    tkt("new", "Écran noir", "-r", "Ana LIMA")
    tkt("start", "1")

    assert tkt.commits() == before
    assert tkt.ticket("1")["state"] == "in_progress"


def test_what_the_person_staged_and_changed_elsewhere_stays_so(tkt: FrontDoor, ticket: str) -> None:
    (tkt.root / "notes.txt").write_text("à moi", encoding="utf-8")
    tkt.git("add", "notes.txt")
    (tkt.root / "people.csv").write_text("name\nAna LIMA\n", encoding="utf-8")
    before = tkt.git("status", "--porcelain")

    tkt("log", ticket, "x")

    assert tkt.git("status", "--porcelain") == before
    assert len(tkt.committed_files()) == 1
