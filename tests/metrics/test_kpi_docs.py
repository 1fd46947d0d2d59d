"""docs/kpi.md says what the code counts: the same keys, units and default targets, in the same order."""

from __future__ import annotations

import re
from pathlib import Path

from tests.metrics.exercise import exercise
from tests.metrics.months import JANUARY, SETTINGS, card, local
from tests.service_level.lives import life, said
from tkt.domain.duration import write_duration
from tkt.domain.ticket import Ticket
from tkt.metrics.balance import Balance
from tkt.metrics.grouping import BY
from tkt.metrics.scorecard import score

PAGE = (Path(__file__).parents[2] / "docs" / "kpi.md").read_text(encoding="utf-8")
CARD = score([], JANUARY, SETTINGS)


def rows(title: str = "The figures") -> list[list[str]]:
    """The rows of a section's table that begin with a key, cell by cell."""
    table = PAGE.split(f"\n## {title}", 1)[1].split("\n## ", 1)[0]
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line.startswith("| `")
    ]


def test_the_table_lists_exactly_the_keys_that_are_scored_in_their_order() -> None:
    assert [row[0].strip("`") for row in rows()] == list(CARD.indicators)


def test_the_table_gives_each_figures_unit_and_default_target() -> None:
    for key, _meaning, _formula, unit, target, _source in rows():
        one = CARD.indicators[key.strip("`")]
        assert unit == one.unit, key
        overall = target.split(",")[0].strip("`")
        assert overall == (one.target or "–"), key


def test_the_page_names_every_term_of_the_balance_and_every_way_to_break_down() -> None:
    missing = [term for term in (*Balance.__dataclass_fields__, *BY) if not re.search(rf"`{term}`", PAGE)]
    assert missing == []


def reads_as_printed(title: str, *tickets: Ticket) -> bool:
    """Whether the figures of these tickets are those of a section's table."""
    figures = card(*tickets).indicators
    for key, numerator, denominator, reads in rows(title):
        one = figures[key.strip("`")]
        above = "–" if one.numerator is None else str(round(one.numerator))
        assert (above, str(one.denominator)) == (numerator, denominator), key
        assert one.value is not None
        assert reads == (write_duration(round(one.value)) if one.unit == "seconds" else f"{one.value * 100:.1f} %")
    return bool(rows(title))


def test_the_worked_example_reads_as_printed() -> None:
    assert reads_as_printed("Worked example", *exercise())


def test_what_the_rate_does_not_say_reads_as_printed() -> None:
    opened = local(2026, 1, 5, 9)
    kept = life(said(local(2026, 1, 5, 13), state="new → resolved"), opened=opened)
    waited = life(
        said(local(2026, 1, 5, 10), state="new → pending", reason="user"),
        said(local(2026, 1, 7, 10), state="pending → in_progress"),
        said(local(2026, 1, 7, 12), state="in_progress → resolved"),
        opened=opened,
    )
    slow = life(said(local(2026, 1, 6, 15), state="new → resolved"), opened=opened)
    assert reads_as_printed("What the rate does not say", kept, waited, slow)
