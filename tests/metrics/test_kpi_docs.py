"""docs/kpi.md says what the code counts: the same keys, units and default targets, in the same order."""

from __future__ import annotations

import re
from pathlib import Path

from tests.metrics.exercise import exercise
from tests.metrics.months import JANUARY, SETTINGS, card
from tkt.domain.duration import write_duration
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


def test_the_worked_example_reads_as_printed() -> None:
    figures = card(*exercise()).indicators
    for key, numerator, denominator, reads in rows("Worked example"):
        one = figures[key.strip("`")]
        assert (one.numerator, one.denominator) == (int(numerator), int(denominator))
        assert one.value is not None
        assert reads == (write_duration(round(one.value)) if one.unit == "seconds" else f"{one.value * 100:.1f} %")
