"""The benchmarks measure what they say: sound desks of a real shape, kept as made; figures put in their place."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import desks
import growth
import lives
import memory
import obtaining
import peer_tools
import pytest
import servicenow_log
import timing
from staff import agents

ROOT = Path(__file__).parent.parent
TICKETS = 120
LARGE = 100_000


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desks")
    desks.desk_of(folder, TICKETS)
    return folder


def said(desk: Path, *words: str) -> str:
    done = subprocess.run([*desks.TKT, *words], cwd=desk, env=desks.ENVIRONMENT, capture_output=True, text=True)
    return done.stdout


@pytest.mark.slow
def test_every_file_of_a_desk_is_sound(cache: Path) -> None:
    told = json.loads(said(desks.desk_of(cache, TICKETS), "check", "--json"))
    assert told["errors"] == 0, [found for found in told["findings"] if found["severity"] == "error"]


@pytest.mark.slow
def test_a_desk_that_is_kept_is_given_back_as_it_was_made(cache: Path) -> None:
    desk = desks.desk_of(cache, TICKETS)
    made = desks.git(desk, "rev-parse", "HEAD:")
    one = desks.ticket_file(desk, 3)
    desks.tkt(desk, "log", one.stem, "Encore une entrée")
    one.unlink()
    (desk / "more.txt").write_text("not of the desk", encoding="utf-8")
    desk = desks.desk_of(cache, TICKETS)
    assert desks.git(desk, "status", "--porcelain") == ""
    assert desks.git(desk, "rev-parse", "HEAD:") == made
    assert len(list((desk / "tickets").glob("*/*.md"))) == TICKETS


def test_a_ticket_depends_on_its_number_alone() -> None:
    assert lives.file_of(7, LARGE) == lives.file_of(7, LARGE)
    assert lives.file_of(7, LARGE) != lives.file_of(8, LARGE)


def test_a_desk_has_the_shape_of_a_real_one() -> None:
    """Six entries and 1.3 KB are the mean, one in a hundred is open, and every state, group and way is there."""
    every = [lives.ticket_of(number, LARGE) for number in range(1, LARGE, 41)]
    states = Counter(ticket.state for ticket in every)
    assert states.keys() == {"new", "assigned", "in_progress", "pending", "resolved", "closed", "cancelled"}
    assert 0.004 < sum(ticket.is_open for ticket in every) / len(every) < 0.015
    assert 5.5 < sum(len(ticket.entries) for ticket in every) / len(every) < 6.5
    assert {ticket.group for ticket in every} == {agent.group for agent in agents()}
    assert {ticket.type for ticket in every} == {"incident", "request", "problem", "change"}
    moves = Counter(change.new for ticket in every for entry in ticket.entries if (change := entry.change("state")))
    assert moves["pending"] > 100
    assert moves["resolved"] > states["resolved"] + states["closed"], "some were reopened"
    sizes = [len(lives.file_of(number, LARGE)) for number in range(1, LARGE, 401)]
    assert 1_200 < sum(sizes) / len(sizes) < 1_400
    assert max(entry.at for ticket in every for entry in ticket.entries) < lives.END
    assert (every[-1].opened_at - every[0].opened_at).days > 3 * 365


def test_the_made_log_has_as_many_events_a_ticket_as_the_real_one(tmp_path: Path) -> None:
    events = servicenow_log.make_log_file(tmp_path / "log.csv", 1_000)
    assert 5.3 < events / 1_000 < 5.9


def test_a_line_says_how_it_stands_to_its_floor_and_its_ceiling() -> None:
    line = timing.Line("`tkt list`", timing.Timing((0.3, 0.2, 0.4)), "`git status`", timing.Timing((0.1,)))
    assert str(line) == "`tkt list` | 300 ms (200 to 400) | `git status` | 100 ms | 3.00 |  | "
    assert line.met
    assert str(line.allowing(0.3, "3 ×")).endswith("| 3 × = 300 ms | pass")
    assert str(line.allowing(0.29, "3 ×")).endswith("| MISS")
    assert str(timing.Timing((12.0, 9.0, 15.0))) == "12.0 s (9.0 to 15.0)"


def test_the_memory_of_a_command_is_that_of_all_its_processes(tmp_path: Path) -> None:
    child = "import time; held = bytearray(80_000_000); time.sleep(0.2)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    assert memory.most_memory([sys.executable, "-c", parent], tmp_path) > 80_000_000


def test_figures_take_the_place_of_the_last_ones_and_of_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.md"
    page.write_text("Said.\n\n<!-- one -->\n\nold\n\n<!-- two -->\n\nstays\n", encoding="utf-8")
    monkeypatch.setattr(timing, "DOCUMENT", page)
    timing.keep("one", "new\n")
    assert page.read_text(encoding="utf-8") == "Said.\n\n<!-- one -->\n\nnew\n\n<!-- two -->\n\nstays\n"
    with pytest.raises(SystemExit, match="has no mark"):
        timing.keep("three", "lost")


def test_the_page_has_a_place_for_the_figures_of_each_program() -> None:
    page = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    marks = re.findall(r"<!-- (\w+) -->", page)
    named = {name for path in (ROOT / "bench").glob("*.py") for name in re.findall(r'keep\("(\w+)"', path.read_text())}
    named |= set(re.findall(r"--write (\w+)\)", (ROOT / "Makefile").read_text()))
    assert set(marks) == named
    assert len(marks) == len(set(marks))


def test_the_picture_shows_the_last_figure_of_each_size_and_runs_no_script(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growth, "_MEASURED", tmp_path / "measured.json")
    monkeypatch.setattr(growth, "_PICTURE", tmp_path / "images" / "growth.svg")
    floor = timing.Timing((0.02,))
    for tickets, seconds in (("1,000", 0.2), ("100,000", 0.9), ("100,000", 0.4)):
        growth.remember(
            [
                timing.Line(f"`tkt kpi` at {tickets} tickets", timing.Timing((seconds,)), "`git status`", floor),
                timing.Line(f"`tkt kpi` at {tickets} tickets, 100 files changed", floor, "`git status`", floor),
            ]
        )
    kept = json.loads((tmp_path / "measured.json").read_text(encoding="utf-8"))
    assert kept == {"tkt kpi": {"1000": 0.2, "100000": 0.4}, "git status": {"1000": 0.02, "100000": 0.02}}
    picture = (tmp_path / "images" / "growth.svg").read_text(encoding="utf-8")
    assert "tkt kpi" in picture
    assert "<script" not in picture


def test_a_peer_that_cannot_be_installed_is_named_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(obtaining.Missing, match="only root can"):
        obtaining.from_debian("taskwarrior", "no-such-program")
    with pytest.raises(obtaining.Missing, match="no npm"):
        obtaining.from_npm(tmp_path, "backlog.md", "backlog")


def test_every_peer_gets_as_many_tasks_as_the_desk_has_tickets() -> None:
    every = list(peer_tools.tasks(200))
    assert len(every) == 200
    assert sum(task.is_open for task in every) == sum(lives.ticket_of(number, 200).is_open for number in range(1, 201))
