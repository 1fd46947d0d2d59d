"""tkt import: another system's tickets in one commit, and a second import that changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.front_door import FrontDoor
from tests.sources.make_log import FIRST_ROW, make_rows, write_log


@pytest.fixture
def log(tkt: FrontDoor) -> Path:
    """A log of 30 tickets, beside the desk."""
    return write_log(tkt.root.parent / "log.csv", list(make_rows(30)))


def imported(tkt: FrontDoor, *more: str, code: int = 0) -> tuple[str, str]:
    """What `tkt import servicenow` prints of the log, and what it tells."""
    answer = tkt("import", "servicenow", "../log.csv", *more, code=code)
    return answer.out, answer.err


def test_a_log_becomes_tickets_in_one_commit(tkt: FrontDoor, log: Path) -> None:
    before = tkt.commits()

    out, _err = imported(tkt)

    assert out.startswith("30 tickets added (")
    assert tkt.commits() == before + 1
    assert len(tkt.committed_files()) == 30
    assert tkt.subject() == "import servicenow: 30 tickets"
    assert tkt.git("status", "--porcelain") == ""
    assert tkt("check", "--json").json["errors"] == 0
    assert tkt.ticket("30")["id"] == "INC0000030"


def test_a_second_import_changes_nothing(tkt: FrontDoor, log: Path) -> None:
    imported(tkt)

    with tkt.untouched():
        out, _err = imported(tkt)

    assert "0 tickets added" in out and "30 unchanged" in out


def test_a_dry_run_says_what_would_be_done_and_does_nothing(tkt: FrontDoor, log: Path) -> None:
    with tkt.untouched():
        out, _err = imported(tkt, "--dry-run")

    assert out.startswith("30 tickets added (") and "--dry-run" in out


def test_what_lives_here_already_is_kept_and_told(tkt: FrontDoor, log: Path) -> None:
    imported(tkt)
    tkt.put("INC0000002", tkt.data("INC0000002").replace(b"uid: ", b"uid: z", 1))
    tkt("log", "3", "rappelé")

    with tkt.untouched():
        out, err = imported(tkt)

    assert "29 unchanged, 1 kept" in out
    assert "tickets/INC0000xxx/INC0000002.md: the desk gave this number to another ticket: kept" in err


def test_a_dates_zone_may_be_named(tkt: FrontDoor) -> None:
    write_log(tkt.root.parent / "log.csv", [dict(FIRST_ROW)])

    imported(tkt, "--timezone", "America/New_York")

    assert tkt.ticket("1")["opened_at"] == "2016-02-29T07:16:00+01:00"


def test_rows_that_cannot_be_taken_as_they_are_are_told_with_their_lines(tkt: FrontDoor) -> None:
    rows = [dict(FIRST_ROW), {**FIRST_ROW, "incident_state": "Vanished", "sys_mod_count": "1"}]
    write_log(tkt.root.parent / "log.csv", rows)

    _out, err = imported(tkt)

    assert "line 3, INC0000001: " in err and "Vanished" in err


def test_a_failing_hook_leaves_no_trace_of_an_import(tkt: FrontDoor, log: Path) -> None:
    tkt.hook("pre-commit", "echo non >&2; exit 1")

    with tkt.untouched():
        _out, err = imported(tkt, code=7)

    assert "non" in err


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (("absent.csv",), 5, "absent.csv"),
        (("people.csv",), 5, "people.csv"),
        (("../log.csv", "--timezone", "Europe/Pari"), 2, "Did you mean Europe/Paris?"),
    ],
)
def test_what_cannot_be_imported_is_told(
    tkt: FrontDoor, log: Path, line: tuple[str, ...], code: int, said: str
) -> None:
    assert said in tkt.refuses("import", "servicenow", *line, code=code)


def test_an_import_names_its_source(tkt: FrontDoor) -> None:
    assert "servicenow" in tkt("import", "--help").out
    assert "jira" in tkt("import", "jira", "log.csv", code=2).err
