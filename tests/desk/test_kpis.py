"""The period that a person names, the tickets that are counted, and the targets that are missed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tkt.desk import kpis
from tkt.desk.desk import Desk
from tkt.desk.kpis import GROUPING, NoSuchPeriod, choose_period, choose_types
from tkt.desk.recording import NoRecorder
from tkt.domain.settings import DEFAULT_KPI_TARGETS, Settings
from tkt.domain.words import UnknownWord
from tkt.errors import CalledWrongly
from tkt.metrics.indicator import Indicator
from tkt.metrics.scorecard import BY, Period, Scorecard
from tkt.store.unreadable_ticket import UnreadableTicket

NOW = datetime.fromisoformat("2026-01-15T14:00:00+01:00")
TICKET = """\
---
id: {id}
uid: 4k7m2x9p3q
type: {type}
title: Outlook 365
requester:
  name: Marie MARTIN
category: Messagerie > Outlook
impact: medium
urgency: medium
priority: P3
state: new
level: N1
opened_at: {opened}
---

## Journal

### {opened} · Jean DUPONT · N1

- state: new
- impact: medium
- urgency: medium
- priority: P3
- level: N1
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    settings = Settings(timezone=ZoneInfo("Europe/Paris"))
    return Desk(tmp_path, settings, lambda: NoRecorder(tmp_path), NOW)


def put(desk: Desk, ticket_id: str, opened: str, type: str = "incident") -> None:
    path = desk.path(ticket_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TICKET.format(id=ticket_id, type=type, opened=opened), encoding="utf-8")


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_default_period_is_the_month_up_to_and_with_now(desk: Desk) -> None:
    assert choose_period(desk) == Period(instant("2026-01-01T00:00:00+01:00"), NOW, "Europe/Paris", open_end=True)
    assert choose_period(desk, month="this") == choose_period(desk, month="2026-01") == choose_period(desk)


def test_a_month_gone_by_is_whole_and_seen_as_of_its_end(desk: Desk) -> None:
    december = Period(instant("2025-12-01T00:00:00+01:00"), instant("2026-01-01T00:00:00+01:00"), "Europe/Paris")
    assert choose_period(desk, month="last") == choose_period(desk, month="2025-12") == december


def test_a_month_begins_and_ends_at_the_desks_midnight_whatever_the_season(desk: Desk) -> None:
    march = choose_period(desk, month="2025-03")
    assert (march.start, march.end) == (instant("2025-03-01T00:00:00+01:00"), instant("2025-04-01T00:00:00+02:00"))


def test_everything_has_no_beginning_and_ends_with_now(desk: Desk) -> None:
    assert choose_period(desk, every=True) == Period(None, NOW, "Europe/Paris", open_end=True)


def test_from_and_to_are_moments_in_the_desks_zone_and_the_end_is_left_out(desk: Desk) -> None:
    start, end = instant("2026-01-05T00:00:00+01:00"), instant("2026-01-12T08:30:00+01:00")
    assert choose_period(desk, since="2026-01-05", until="2026-01-12T08:30") == Period(start, end, "Europe/Paris")


def test_without_an_end_or_with_one_ahead_a_period_goes_up_to_and_with_now(desk: Desk) -> None:
    so_far = Period(instant("2026-01-05T00:00:00+01:00"), NOW, "Europe/Paris", open_end=True)
    assert choose_period(desk, since="2026-01-05") == so_far
    assert choose_period(desk, since="2026-01-05", until="2026-03-01") == so_far


def test_without_a_beginning_a_period_holds_all_that_came_before_its_end(desk: Desk) -> None:
    end = instant("2026-01-05T00:00:00+01:00")
    assert choose_period(desk, until="2026-01-05") == Period(None, end, "Europe/Paris")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"since": "2026-01-05", "until": "2026-01-05"}, "not after its beginning"),
        ({"since": "2026-01-12", "until": "2026-01-05"}, "ends at 2026-01-05T00:00:00"),
        ({"since": "2026-01-16"}, "has not begun"),
        ({"month": "2026-02"}, "it begins at 2026-02-01T00:00:00"),
        ({"month": "last", "every": True}, "only one"),
        ({"month": "last", "since": "2026-01-05"}, "only one"),
        ({"every": True, "until": "2026-01-05"}, "only one"),
    ],
)
def test_a_period_that_cannot_be_is_refused_with_the_reason(desk: Desk, said: dict[str, object], why: str) -> None:
    with pytest.raises(NoSuchPeriod, match=why) as refusal:
        choose_period(desk, **said)  # type: ignore[arg-type]
    assert refusal.value.exit_code == CalledWrongly.exit_code


@pytest.mark.parametrize("said", [{"month": "janvier"}, {"since": "hier"}, {"month": ""}])
def test_an_unreadable_period_is_refused(desk: Desk, said: dict[str, str]) -> None:
    with pytest.raises(CalledWrongly):
        choose_period(desk, **said)  # type: ignore[arg-type]


def test_a_period_that_begins_now_holds_now(desk: Desk) -> None:
    period = choose_period(desk, since="14:00")
    assert period.holds(NOW)


def test_incidents_and_requests_count_unless_other_types_are_named() -> None:
    assert choose_types(None) == choose_types([]) == ("incident", "request")
    assert choose_types(["problème", "CHG,demande"][:1]) == ("problem",)
    assert choose_types(["incident,problem", "demande"]) == ("incident", "problem", "request")


def test_a_breakdown_is_understood_in_either_language_and_a_slip_is_offered_the_nearest() -> None:
    assert GROUPING.codes == BY
    assert [GROUPING.read(word) for word in ("priority", "Catégorie", "mois")] == ["priority", "category", "month"]
    with pytest.raises(UnknownWord, match="Did you mean category"):
        GROUPING.read("categroy")


def test_the_tickets_of_the_desk_are_counted_by_type_and_an_unreadable_file_is_told(desk: Desk) -> None:
    put(desk, "INC0000001", "2026-01-10T09:00:00+01:00")
    put(desk, "INC0000002", "2025-12-31T23:59:00+01:00")
    put(desk, "PRB0000003", "2026-01-10T09:00:00+01:00", type="problem")
    desk.path("INC0000004").write_text("---\nid: [\n---\n", encoding="utf-8")
    unreadable: list[UnreadableTicket] = []
    card = kpis.scorecard(desk, choose_period(desk), "category", choose_types(None), unreadable)
    assert (card.indicators["created"].value, card.indicators["open"].value) == (1, 2)
    assert list(card.groups) == ["Messagerie"]
    assert [error.exit_code for error in unreadable] == [5]
    problems = kpis.scorecard(desk, choose_period(desk, every=True), "", choose_types(["problem"]), [])
    assert problems.indicators["created"].value == 1


def test_missed_targets_are_those_overall_and_of_each_priority_and_no_data_misses_none(desk: Desk) -> None:
    def held(value: float | None, priority: str | None = None) -> dict[str, Indicator]:
        figure = Indicator("sla_resolution", value, None, None, "rate")
        return {figure.key: figure.against(DEFAULT_KPI_TARGETS.of(figure.key, priority))}

    of_priorities = {"P1": held(0.9, "P1"), "P2": held(0.99, "P2"), "P3": held(None, "P3")}
    groups = {"Réseau": held(0.1)}
    card = Scorecard(choose_period(desk), held(0.94), "category", groups, of_priorities)
    assert [(code, figure.value) for code, figure in kpis.missed(card)] == [("", 0.94), ("P1", 0.9)]
