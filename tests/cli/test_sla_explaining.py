"""`tkt sla explain`: the working of a ticket's clocks, as docs/sla.md shows it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import AGENTS, IN_STATE, Clock
from tests.cli.front_door import FrontDoor
from tests.cli.test_asking import on_terminal
from tkt.service_level.account import COUNTED, KINDS

PAGE = (Path(__file__).parents[2] / "docs" / "sla.md").read_text(encoding="utf-8")
SETTINGS = "format: 1\nlanguage: en\ntimezone: Europe/Paris\n"


def block(kind: str) -> str:
    found = re.search(rf"^```{kind} explain\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def example(tkt: FrontDoor) -> FrontDoor:
    """The desk of the page's worked example, with its ticket."""
    (tkt.root / "tkt.yaml").write_text(SETTINGS + AGENTS + block("yaml"), encoding="utf-8")
    tkt.commit("settings")
    *lived, _explain = block("sh").splitlines()
    for line in lived:
        tkt(*shlex.split(line)[1:])
    return tkt


def explain(tkt: FrontDoor, *options: str) -> str:
    return tkt(*shlex.split(block("sh").splitlines()[-1])[1:], *options).out


def test_the_worked_example_reads_as_printed(example: FrontDoor) -> None:
    assert explain(example) == block("text")


def test_the_kinds_of_the_page_are_those_that_there_are() -> None:
    section = PAGE.split("\n## Explain\n", 1)[1].split("\n## ", 1)[0]
    told = re.findall(r"^\| `(\w+)` \| (yes|no) \|", section, flags=re.MULTILINE)
    assert told == [(kind, "yes" if kind in COUNTED else "no") for kind in KINDS]


def test_the_document_adds_up_and_agrees_with_sla_check(example: FrontDoor) -> None:
    now = ("--now", "2026-01-19T12:00")
    document = example("sla", "explain", "1", "--json", *now).json
    assert list(document["clocks"]) == ["response", "resolution"]
    (judged,) = example("sla", "check", "1", "--json", *now).json["tickets"]
    for name, one in document["clocks"].items():
        assert {key: one["clock"][key] for key in judged["clocks"][name]} == judged["clocks"][name]
        assert sum(part["counted_seconds"] for part in one["intervals"]) == one["clock"]["elapsed_seconds"]
        assert sum(part["seconds"] for part in one["sums"]) == one["clock"]["wall_seconds"]


def test_the_lines_named_are_those_of_the_entries(example: FrontDoor) -> None:
    asked = ("--clock", "resolution", "--now", "2026-01-19T12:00")
    document = example("sla", "explain", "1", "--json", *asked).json
    lines = (example.root / document["path"]).read_text(encoding="utf-8").splitlines()
    named = [entry for one in document["clocks"]["resolution"]["intervals"] for entry in one["by"]]
    assert len(named) == 6
    for entry in named:
        assert lines[entry["line"] - 1].startswith(f"### {entry['at']} · {entry['author']}")


def test_one_clock_alone_may_be_asked_for_in_either_language(lives: FrontDoor) -> None:
    for word in ("resolution", "résolution"):
        out = lives("sla", "explain", IN_STATE["pending"], "--clock", word).out
        assert "RESOLUTION: paused, 15 min of 24h\n" in out
        assert "RESPONSE" not in out
    assert "“resolutoin”" in lives.refuses("sla", "explain", "1", "--clock", "resolutoin", code=2)


def test_every_state_is_explained_and_nothing_is_written(lives: FrontDoor) -> None:
    with lives.untouched():
        for ticket in IN_STATE.values():
            assert "RESPONSE: " in lives("sla", "explain", ticket).out


def test_the_past_is_explained_as_it_stood(lives: FrontDoor) -> None:
    out = lives("sla", "explain", IN_STATE["resolved"], "--clock", "resolution", "--now", "2026-01-15T09:20").out
    assert "RESOLUTION: running, 5 min of 24h\n" in out


def test_a_ticket_that_is_not_there_is_said_so(lives: FrontDoor) -> None:
    assert "no ticket" in lives.refuses("sla", "explain", "99", code=4)


def test_a_year_whose_holidays_are_not_known_is_one_clear_line(example: FrontDoor, clock: Clock) -> None:
    settings = (example.root / "tkt.yaml").read_text(encoding="utf-8")
    settings = settings.replace("      closed: [", "      holidays: FR\n      closed: [")
    (example.root / "tkt.yaml").write_text(settings, encoding="utf-8")
    (example.root / "holidays").mkdir()
    (example.root / "holidays" / "FR.yaml").write_text("region: FR\nyears:\n  2025: {}\n", encoding="utf-8")
    example.commit("holidays")
    clock("2026-01-19T12:00:00+01:00")
    assert "tkt calendar holidays FR 2026" in example.refuses("sla", "explain", "1", code=5)


def test_on_a_terminal_a_time_line_is_drawn_to_its_width(lives: FrontDoor) -> None:
    plain = {"NO_COLOR": "1"}
    shown = on_terminal(lives, "sla", "explain", IN_STATE["pending"], environment=plain, size=(40, 100))
    assert "█" * 33 + "░" * 67 in shown.lines
    assert all(len(line) <= 100 for line in shown.lines)


def test_on_a_terminal_verdicts_are_coloured(lives: FrontDoor) -> None:
    assert "\x1b[2mpaused\x1b[0m" in on_terminal(lives, "sla", "explain", IN_STATE["pending"]).out
