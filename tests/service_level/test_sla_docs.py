"""docs/sla.md says what the code judges: its targets, its verdicts, its worked example."""

from __future__ import annotations

import re
from pathlib import Path

from tests.service_level.lives import COURSE_TICKET, POLICIES, WINTER, at, life, said
from tkt.domain.duration import read_duration, write_duration
from tkt.domain.settings import DEFAULT_TARGETS
from tkt.domain.words import VERDICT
from tkt.service_level.verdict import read_clocks

PAGE = (Path(__file__).parents[2] / "docs" / "sla.md").read_text(encoding="utf-8")


def rows(title: str) -> list[list[str]]:
    """The rows of the table in a section that begin with a code word, cell by cell."""
    section = PAGE.split(f"## {title}", 1)[1].split("\n## ", 1)[0]
    lines = (line for line in section.splitlines() if line.startswith("| `"))
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines]


def test_the_targets_are_the_default_ones() -> None:
    promised = {code: (read_duration(one), read_duration(other)) for code, one, other in rows("What is promised")}
    assert promised == {code: (target.response, target.resolution) for code, target in DEFAULT_TARGETS.items()}


def test_every_verdict_is_explained() -> None:
    assert {word for word, _when in rows("Verdicts")} == set(VERDICT.codes)


def test_the_worked_example_reads_as_printed() -> None:
    clocks = read_clocks(COURSE_TICKET, POLICIES, at("18:00"))
    found = [
        [
            one.clock,
            f"{COURSE_TICKET.opened_at:%H:%M}",
            f"{one.stopped_at.astimezone(WINTER):%H:%M}" if one.stopped_at else "",
            write_duration(one.elapsed),
            write_duration(one.target or 0),
            one.verdict,
        ]
        for one in clocks
    ]
    assert found == rows("Worked example")


def test_what_the_example_would_have_been_as_p1_is_as_told() -> None:
    told = re.findall(r"\d\d:\d\d", PAGE.split("Had it been", 1)[1])
    due, at_risk, breached, wait_from, wait_until, due_after_wait, resolved = told
    taken = said("09:30", state="new → in_progress")
    plain = life(taken, priority="P1")
    waited = life(
        taken,
        said(wait_from, state="in_progress → pending", reason="user"),
        said(wait_until, state="pending → in_progress"),
        said(resolved, state="in_progress → resolved"),
        priority="P1",
    )
    assert read_clocks(plain, POLICIES, at(at_risk)).resolution.due == at(due)
    assert read_clocks(plain, POLICIES, at(at_risk)).resolution.verdict == "at_risk"
    assert read_clocks(plain, POLICIES, at(f"{breached}:01")).resolution.breached_at == at(breached)
    assert read_clocks(waited, POLICIES, at("11:30")).resolution.due == at(due_after_wait)
    assert read_clocks(waited, POLICIES, at("20:00")).resolution.verdict == "met"
