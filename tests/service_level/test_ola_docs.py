"""The OLA section of docs/sla.md says what the code judges: its worked example."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from tests.service_level.lives import WINTER, at, life, said
from tkt.domain.duration import write_duration
from tkt.domain.ticket import Ticket
from tkt.service_level.agreements import Agreements
from tkt.service_level.holding import read_holdings
from tkt.service_level.reading import HoldingReading
from tkt.store.settings.settings import parse_settings

PAGE = (Path(__file__).parents[2] / "docs" / "sla.md").read_text(encoding="utf-8")
SECTION = PAGE.split("\n## OLA\n", 1)[1].split("\n## ", 1)[0]


def rows(title: str) -> list[list[str]]:
    """The rows of the table whose first column bears that title."""
    table = SECTION.split(f"\n| {title} |", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def told() -> Ticket:
    """The ticket that went through what the section says."""
    entries = [said(clock, **dict(re.findall(r"(\w+): ([^`,]+)", changes))) for clock, changes in rows("at")]
    priority, opened = re.findall(r"a `(P\d)` opened at (\d\d:\d\d)", SECTION)[0]
    return life(*entries, priority=priority, opened=opened)


def held() -> tuple[HoldingReading, ...]:
    example = re.findall(r"```yaml\n(.*?)```", SECTION, re.DOTALL)[0]
    return read_holdings(told(), Agreements.of(parse_settings("tkt.yaml", example.encode())), at("18:00"))


def local(instant: datetime | None) -> str:
    return f"{instant.astimezone(WINTER):%H:%M}" if instant else "–"


def test_the_worked_example_reads_as_printed() -> None:
    found = [
        [
            one.ola,
            one.holder,
            local(one.since),
            local(one.until),
            write_duration(one.clock.elapsed),
            write_duration(one.clock.target or 0),
            one.clock.verdict,
        ]
        for one in held()
    ]
    assert found == rows("OLA")


def test_the_breach_is_when_the_section_says() -> None:
    (breached,) = [one for one in held() if one.clock.breached]
    assert local(breached.clock.breached_at) == SECTION.split("over its target from ", 1)[1][:5]
