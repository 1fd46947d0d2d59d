"""Sealing: which months may be, and which tickets of two desks count otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tkt.desk.desk import Desk
from tkt.desk.recording import NoRecorder
from tkt.desk.sealing import (
    SEALED_TYPES,
    Month,
    MonthNotOver,
    NotAllRead,
    differing,
    figures_to_seal,
    month_of,
    require_over,
)
from tkt.domain.instant import fixed
from tkt.domain.moments import UnreadableMoment
from tkt.domain.settings import Settings
from tkt.metrics.seal import Differing
from tkt.store.desk_folder import ticket_path

TICKET = """\
---
id: {id}
uid: 4k7m2x9p3q
type: incident
title: Imprimante
requester:
  name: Marie MARTIN
impact: medium
urgency: medium
priority: P3
state: {state}
opened_at: 2026-01-15T09:15:00+01:00
---

## Journal

### 2026-01-15T09:15:00+01:00 · Jean DUPONT · N1

- state: new
"""
RESOLVED = """
### 2026-{day}T10:15:00+01:00 · Jean DUPONT · N1

- state: new → resolved
"""


def desk(root: Path, now: str = "2026-02-03T09:00:00+01:00", **tickets: str) -> Desk:
    """A desk on disk; of each ticket the day on which it was resolved, "" for none."""
    for name, day in tickets.items():
        path = ticket_path(root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = TICKET.format(id=name, state="resolved" if day else "new")
        path.write_text(text + (RESOLVED.format(day=day) if day else ""), encoding="utf-8")
    return Desk(root, Settings(), lambda: NoRecorder(root), fixed(datetime.fromisoformat(now)))


def january(one: Desk) -> Month:
    return month_of(one, "2026-01")


def others(before: Desk, after: Desk, *, alike: bool = True) -> list[Differing]:
    return [*differing(before, after, january(before).period, SEALED_TYPES, alike=alike)]


@pytest.mark.parametrize(("text", "name"), [("last", "2026-01"), ("2025-12", "2025-12"), ("this", "2026-02")])
def test_a_month_is_named_as_for_figures(tmp_path: Path, text: str, name: str) -> None:
    assert month_of(desk(tmp_path), text).name == name


@pytest.mark.parametrize("text", ["", "january", "2026-1", "2026-01-15"])
def test_what_is_no_month_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableMoment):
        month_of(desk(tmp_path), text)


def test_a_month_is_over_from_the_first_instant_of_the_next_one_on(tmp_path: Path) -> None:
    require_over(at_last := desk(tmp_path, "2026-02-01T00:00:00+01:00"), january(at_last))
    with pytest.raises(MonthNotOver):
        require_over(replace(at_last, now=datetime.fromisoformat("2026-01-31T23:59:59+01:00")), january(at_last))


def test_figures_that_would_lack_a_ticket_are_not_sealed(tmp_path: Path) -> None:
    one = desk(tmp_path, INC0000001="")
    assert figures_to_seal(one, january(one)).indicators["created"].value == 1
    ticket_path(tmp_path, "INC0000001").write_text("spoilt")
    with pytest.raises(NotAllRead, match="INC0000001"):
        figures_to_seal(one, january(one))


def test_tickets_that_count_otherwise_are_told_in_the_order_of_ids(tmp_path: Path) -> None:
    before = desk(tmp_path / "a", INC0000001="01-15", INC0000002="", INC0000003="", INC0000005="02-01")
    after = desk(tmp_path / "b", INC0000001="01-15", INC0000002="01-16", INC0000004="", INC0000005="02-02")

    changed, gone, added = others(before, after)

    assert (changed.id, changed.what, changed.entries_added, changed.entries_gone) == ("INC0000002", "changed", 1, 0)
    assert [(one.key, one.old, one.new) for one in changed.fields] == [("state", "new", "resolved")]
    assert {"resolved", "open", "mttr_seconds"} <= set(changed.keys)
    assert "created" not in changed.keys
    assert (gone.id, gone.what, gone.fields) == ("INC0000003", "gone", ())
    assert (added.id, added.what) == ("INC0000004", "added")


def test_the_same_tickets_count_alike_unless_the_desks_are_set_up_otherwise(tmp_path: Path) -> None:
    before = desk(tmp_path, INC0000001="01-15", INC0000002="")
    after = replace(before, settings=Settings(policies=()))

    assert others(before, before) == others(before, before, alike=False) == []
    assert {one.id for one in others(before, after, alike=False)} == {"INC0000001", "INC0000002"}


def test_what_counts_in_no_figure_makes_no_difference(tmp_path: Path) -> None:
    before, after = desk(tmp_path / "a", INC0000001=""), desk(tmp_path / "b", INC0000001="")
    path = ticket_path(after.root, "INC0000001")
    path.write_text(path.read_text().replace("Imprimante", "Autre chose"))

    assert others(before, after) == []
