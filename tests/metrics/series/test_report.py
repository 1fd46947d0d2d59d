"""What a report draws adds up to the figures of its scorecard, for any journals and any period."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.metrics.any_lives import any_life, any_period
from tests.metrics.months import JANUARY, SETTINGS, local
from tests.service_level.lives import at, life, said
from tests.torture import scaled
from tkt.domain.ticket import Ticket
from tkt.metrics.period import Period
from tkt.metrics.series.report import Report, draw_up_report


def drawn(*tickets: Ticket, period: Period = JANUARY) -> Report:
    return draw_up_report(tickets, period, SETTINGS)


@settings(max_examples=scaled(80, 4_000), deadline=None)
@given(st.lists(any_life(), max_size=6), any_period())
def test_every_drawing_adds_up_to_the_scorecard(tickets: list[Ticket], period: Period) -> None:
    report = drawn(*tickets, period=period)
    figures = {key: one.value for key, one in report.card.indicators.items()}
    for key in ("created", "resolved", "cancelled", "reopened"):
        assert sum(getattr(one, key) for one in report.volumes) == figures[key]
    last = report.volumes[-1]
    assert (last.in_hand, last.waiting, last.open) == (figures["in_progress"], figures["backlog"], figures["open"])
    assert report.open_before == report.card.balance.open_start
    for key in ("sla_response", "sla_resolution", "fcr", "reopen_rate"):
        whole = report.card.indicators[key]
        parts = [one.figures[key] for one in report.outcomes]
        assert sum(part.numerator or 0 for part in parts) == whole.numerator
        assert sum(part.denominator or 0 for part in parts) == whole.denominator
    assert sum(one.met + one.breached + one.unjudged for one in report.resolution_times) == figures["resolved"]
    assert sum(one.in_hand + one.waiting for one in report.ages) == figures["open"]
    assert sum(one.breached for one in report.ages) == figures["open_breached"]
    for of_all in report.loads.values():
        assert sum(one.resolved for one in of_all) == figures["resolved"]
        assert sum(one.open for one in of_all) == figures["open"]


@settings(max_examples=scaled(60, 3_000), deadline=None)
@given(st.lists(any_life(), max_size=6), any_period())
def test_each_breached_clock_is_told_with_what_it_went_over_by(tickets: list[Ticket], period: Period) -> None:
    report = drawn(*tickets, period=period)
    figures = report.card.indicators
    for standing in ("resolved", "open", "cancelled"):
        of_it = {id(one.ticket) for one in report.breaches if one.standing == standing}
        assert len(of_it) == figures[f"{standing}_breached"].value
    over = sum(one.overrun for one in report.breaches if one.standing == "resolved" and one.clock == "resolution")
    assert over == figures["resolution_overrun_seconds"].numerator
    assert all(one.told.breach is not None for one in report.breaches)
    assert [one.overrun for one in report.breaches] == sorted((one.overrun for one in report.breaches), reverse=True)


def test_the_longest_silence_of_a_breach_leaves_its_pauses_out() -> None:
    ticket = life(
        said("10:15", state="new → in_progress"),
        said("11:15", state="in_progress → pending", reason="vendor"),
        said("09:15", day=18, state="pending → in_progress"),
        said("12:15", day=20, state="in_progress → resolved"),
    )
    (breach,) = [one for one in drawn(ticket).breaches if one.clock == "resolution"]
    assert (breach.silence.start, breach.silence.seconds) == (int(at("09:15", 18).timestamp()), 51 * 3600)
    assert (breach.paused, breach.waited, breach.standing) == (70 * 3600, 0, "resolved")
    assert breach.overrun == breach.elapsed - breach.target == 29 * 3600


def test_a_month_is_compared_with_the_one_before() -> None:
    report = drawn(life(opened=local(2025, 12, 30)), life(opened=local(2026, 1, 30)))
    assert report.before is not None and report.before.indicators["created"].value == 1
    assert (report.open_before, report.card.indicators["created"].value) == (1, 1)
    assert report.oldest is not None and report.oldest.opened_at == local(2025, 12, 30)


def test_ages_and_times_fall_in_their_ranges() -> None:
    quick = life(said("09:45", state="new → resolved"), opened="09:15")
    old = life(opened=local(2026, 2) - timedelta(days=3))
    report = drawn(quick, old)
    assert [(one.least, one.met) for one in report.resolution_times if one.met] == [(1800, 1)]
    assert [one.least for one in report.ages if one.waiting] == [3 * 24 * 3600]
    assert report.percentiles == {50: 1800, 75: 1800, 90: 1800, 95: 1800}


def test_what_tickets_waited_for_is_told_longest_first() -> None:
    waited = life(
        said("10:00", state="new → pending", reason="user"),
        said("11:00", state="pending → pending", reason="vendor"),
        said("14:00", state="pending → resolved"),
    )
    waiting = life(said("10:00", state="new → pending", reason="user"))
    waits = drawn(waited, waiting).waits
    assert [(one.reason, one.tickets, one.seconds, one.pending) for one in waits] == [
        ("vendor", 1, 3 * 3600, 0),
        ("user", 1, 3600, 1),
    ]
