"""How long groups and levels had a ticket, and what their clocks show."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from tests.service_level.lives import at, imported, life, said
from tkt.domain.entry import Entry
from tkt.domain.opening_hours import CalendarVersion, OpeningHours
from tkt.domain.policies import Ola, PolicyVersion, Target
from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.service_level.agreements import Agreements
from tkt.service_level.holding import read_holdings
from tkt.service_level.reading import HoldingReading

HOUR = 3600
BEGIN = date(2026, 1, 1)


def version(since: date = BEGIN, **targets: int) -> PolicyVersion:
    return PolicyVersion(since, {code: Target(None, None, holding=seconds) for code, seconds in targets.items()})


TWO_HOURS = Ola("messaging", "group", "Messagerie", (version(P3=2 * HOUR, P1=HOUR),))
NETWORK = Ola("network", "group", "Réseau", (version(P3=4 * HOUR),))


def agreed(*olas: Ola, calendars: tuple[OpeningHours, ...] = ()) -> Agreements:
    return Agreements.of(Settings(olas=olas, calendars=calendars))


AGREED = agreed(TWO_HOURS, NETWORK)


def handed(when: str, group: str, **changes: str) -> Entry:
    return said(when, group=group, **changes)


def seen(ticket: Ticket, now: str = "18:00", agreements: Agreements = AGREED) -> list[tuple[str, str, str, str]]:
    """Of each holding: who, from when, until when, and the verdict."""
    return [
        (one.holder, f"{one.since:%H:%M}", f"{one.until:%H:%M}" if one.until else "", one.clock.verdict)
        for one in read_holdings(ticket, agreements, at(now))
    ]


def only(ticket: Ticket, now: str = "18:00", agreements: Agreements = AGREED) -> HoldingReading:
    (one,) = read_holdings(ticket, agreements, at(now))
    return one


def test_a_holding_begins_when_it_is_given_to_a_group_and_ends_when_it_is_handed_on() -> None:
    ticket = life(handed("10:00", "Messagerie"), handed("11:00", "Messagerie → Réseau"))
    assert seen(ticket, "12:00") == [("Messagerie", "10:00", "11:00", "met"), ("Réseau", "11:00", "", "running")]


def test_each_holding_has_a_clock_of_its_own() -> None:
    ticket = life(
        handed("10:00", "Messagerie"),
        handed("11:30", "Messagerie → Réseau"),
        handed("12:00", "Réseau → Messagerie"),
    )
    one = read_holdings(ticket, AGREED, at("13:40"))[-1]
    assert (one.clock.elapsed, one.clock.verdict, one.clock.due) == (100 * 60, "at_risk", at("14:00"))


def test_a_target_exactly_filled_is_met_and_a_second_more_breaches() -> None:
    assert seen(life(handed("10:00", "Messagerie"), handed("12:00", "Messagerie → Autre")))[0][3] == "met"
    over = life(handed("10:00", "Messagerie"), handed("12:00:01", "Messagerie → Autre"))
    assert only(over).clock.breached_at == at("12:00")


@pytest.mark.parametrize("state", ["resolved", "closed"])
def test_a_resolution_ends_a_holding_and_a_reopening_begins_another(state: str) -> None:
    ticket = life(
        handed("10:00", "Messagerie", state="new → assigned"),
        said("11:00", state=f"assigned → {state}"),
        said("15:00", state=f"{state} → in_progress"),
    )
    assert seen(ticket, "16:00") == [("Messagerie", "10:00", "11:00", "met"), ("Messagerie", "15:00", "", "running")]


def test_closing_what_was_resolved_ends_nothing_twice() -> None:
    ticket = life(
        handed("10:00", "Messagerie"),
        said("11:00", state="new → resolved"),
        said("14:00", state="resolved → closed"),
    )
    assert seen(ticket) == [("Messagerie", "10:00", "11:00", "met")]


def test_what_is_handed_over_while_resolved_is_held_from_its_reopening_on() -> None:
    ticket = life(
        handed("10:00", "Messagerie"),
        said("11:00", state="new → resolved"),
        handed("12:00", "Messagerie → Réseau"),
        said("15:00", state="resolved → in_progress"),
    )
    assert seen(ticket, "16:00")[1:] == [("Réseau", "15:00", "", "running")]


def test_a_cancelled_ticket_is_nobodys_and_its_holding_reads_cancelled_breached_or_not() -> None:
    ticket = life(handed("10:00", "Messagerie"), said("13:00", state="new → cancelled", reason="error"))
    one = only(ticket)
    assert (one.until, one.clock.verdict, one.clock.breached) == (at("13:00"), "cancelled", True)
    assert one.clock.stopped_at is None


def test_a_holding_before_the_cancellation_keeps_its_verdict() -> None:
    ticket = life(
        handed("10:00", "Messagerie"),
        handed("11:00", "Messagerie → Réseau"),
        said("12:00", state="new → cancelled", reason="spam"),
        said("12:30", state="cancelled → in_progress"),
    )
    verdicts = [verdict for _who, _since, _until, verdict in seen(ticket, "13:00")]
    assert verdicts == ["met", "cancelled", "running"]


def test_waiting_for_the_user_is_cut_out_and_rests_the_clock() -> None:
    ticket = life(
        handed("10:00", "Messagerie", state="new → in_progress"),
        said("10:30", state="in_progress → pending", reason="user"),
        said("13:30", state="pending → in_progress"),
    )
    assert only(ticket, "12:00").clock.verdict == "paused"
    assert only(ticket, "14:00").clock.due == at("15:00")


def test_a_pause_that_began_under_another_group_counts_for_each_as_far_as_it_held() -> None:
    ticket = life(
        handed("10:00", "Messagerie", state="new → in_progress"),
        said("10:30", state="in_progress → pending", reason="vendor"),
        handed("12:00", "Messagerie → Réseau"),
        said("13:00", state="pending → in_progress"),
    )
    assert [one.clock.elapsed for one in read_holdings(ticket, AGREED, at("14:00"))] == [1800, HOUR]


def test_raising_the_priority_judges_the_holding_again_from_its_beginning() -> None:
    ticket = life(handed("10:00", "Messagerie"), said("11:30", priority="P3 → P1"), opened="08:00")
    assert only(ticket, "11:29").clock.verdict == "running"
    assert only(ticket, "11:31").clock.breached_at == at("11:30")


def test_lowering_the_priority_after_a_breach_heals_nothing() -> None:
    ticket = life(handed("10:00", "Messagerie"), said("11:30", priority="P1 → P3"), priority="P1")
    assert (only(ticket, "11:40").clock.verdict, only(ticket, "11:40").clock.breached_at) == ("breached", at("11:00"))


def test_a_priority_that_held_before_the_holding_began_is_not_its_own() -> None:
    ticket = life(said("09:45", priority="P1 → P3"), handed("10:00", "Messagerie"), priority="P1", opened="06:00")
    assert only(ticket, "11:30").clock.verdict == "running"


def test_a_priority_without_a_target_has_no_verdict() -> None:
    assert only(life(handed("10:00", "Messagerie"), priority="P4")).clock.verdict == "none"


def test_an_ola_counts_by_its_calendar_and_by_that_of_a_priority() -> None:
    hours = CalendarVersion(BEGIN, ZoneInfo("Europe/Paris"), (((9 * HOUR, 12 * HOUR), (14 * HOUR, 18 * HOUR)),) * 7)
    targets = {"P3": Target(None, None, holding=2 * HOUR), "P1": Target(None, None, "24x7", HOUR)}
    ola = Ola("messaging", "group", "Messagerie", (PolicyVersion(BEGIN, targets, calendar="office"),))
    agreements = agreed(ola, calendars=(OpeningHours("office", (hours,)),))
    at_noon = [handed("11:30", "Messagerie")]
    assert only(life(*at_noon), "12:30", agreements).clock.due == at("15:30")
    assert only(life(*at_noon, priority="P1"), "12:15", agreements).clock.due == at("12:30")


def test_a_level_has_holdings_beside_those_of_the_group() -> None:
    level = Ola("second line", "level", "N2", (version(P3=HOUR),))
    ticket = life(
        handed("10:00", "Messagerie", level="N1 → N2"),
        handed("10:30", "Messagerie → Réseau"),
        said("11:30", level="N2 → N3"),
    )
    assert seen(ticket, "11:45", agreed(TWO_HOURS, NETWORK, level)) == [
        ("Messagerie", "10:00", "10:30", "met"),
        ("N2", "10:00", "11:30", "breached"),
        ("Réseau", "10:30", "", "running"),
    ]


def test_the_first_ola_of_the_group_that_the_ticket_matches_judges() -> None:
    of_servers = TWO_HOURS._replace(name="servers", when={"asset": ("SRV-*",)}, versions=(version(P3=300),))
    agreements = agreed(of_servers, TWO_HOURS)
    held = handed("10:00", "Messagerie")
    assert only(life(held, asset="SRV-1"), agreements=agreements).ola == "servers"
    assert only(life(held, asset="PC-1"), agreements=agreements).ola == "messaging"


def test_the_version_in_force_when_the_ticket_was_opened_judges_however_late_it_is_held() -> None:
    versions = (version(P3=HOUR), version(date(2026, 1, 15), P3=2 * HOUR))
    ticket = life(handed("10:00", "Messagerie"), opened=at("10:00", day=14))
    assert only(ticket, agreements=agreed(TWO_HOURS._replace(versions=versions))).clock.target == HOUR


def test_a_group_is_itself_in_capitals_too_and_one_ola_may_be_of_many() -> None:
    ticket = life(handed("10:00", "MESSAGERIE"), handed("11:00", "MESSAGERIE → Messagerie"))
    assert seen(ticket, "11:30") == [("MESSAGERIE", "10:00", "", "running")]
    every = Ola("all", "group", "*", (version(P3=HOUR),))
    assert seen(life(handed("10:00", "Poste")), "10:10", agreed(every)) == [("Poste", "10:00", "", "running")]


def test_what_the_ticket_was_when_they_had_it_chooses_the_ola_not_what_the_next_entry_made_of_it() -> None:
    of_mail = TWO_HOURS._replace(name="mail", when={"category": ("Messagerie",)})
    ticket = life(
        handed("10:00", "Messagerie", category="Messagerie > Outlook"),
        handed("11:00", "Messagerie → Réseau", category="Messagerie > Outlook → Réseau > VPN"),
    )
    assert only(ticket, agreements=agreed(of_mail)).ola == "mail"


def test_two_people_who_move_the_group_at_once_give_it_to_each_from_their_own_moment_on() -> None:
    # The second did not see the first: the last writer has it.
    ticket = life(
        handed("09:30", "Messagerie"),
        handed("10:00", "Messagerie → Réseau"),
        handed("10:05", "Messagerie → Poste"),
    )
    assert seen(ticket, "11:00") == [("Messagerie", "09:30", "10:00", "met"), ("Réseau", "10:00", "10:05", "met")]


def test_who_held_it_for_no_time_did_not_hold_it() -> None:
    ticket = life(
        handed("09:30", "Messagerie"),
        handed("10:00", "Messagerie → Poste"),
        handed("10:00", "Messagerie → Réseau"),
    )
    every = Ola("all", "group", "*", (version(P3=HOUR),))
    assert [one[0] for one in seen(ticket, "11:00", agreed(every))] == ["Messagerie", "Réseau"]


def test_a_group_that_is_set_back_at_once_held_it_all_along() -> None:
    ticket = life(
        handed("09:30", "Messagerie"),
        handed("10:00", "Messagerie → Réseau"),
        handed("10:00", "Réseau → Messagerie"),
    )
    assert seen(ticket, "11:00") == [("Messagerie", "09:30", "", "running")]


def test_a_group_that_is_set_back_later_begins_again() -> None:
    ticket = life(
        handed("09:30", "Messagerie"),
        handed("10:00", "Messagerie → Réseau"),
        handed("10:20", "Réseau → Messagerie"),
    )
    assert [one[1] for one in seen(ticket, "11:00")] == ["09:30", "10:00", "10:20"]


def test_a_move_that_did_not_know_of_the_resolution_opens_the_ticket_for_its_holder_again() -> None:
    ticket = life(
        handed("09:30", "Messagerie", state="new → in_progress"),
        said("10:00", state="in_progress → resolved"),
        said("10:10", state="in_progress → pending", reason="vendor"),
    )
    assert seen(ticket, "11:00") == [("Messagerie", "09:30", "10:00", "met"), ("Messagerie", "10:10", "", "paused")]


def test_a_reopening_that_comes_to_light_later_cuts_out_the_time_since_the_resolution_as_for_the_sla() -> None:
    ticket = life(
        handed("09:30", "Messagerie", state="new → in_progress"),
        said("10:00", state="in_progress → resolved"),
        said("10:10", state="in_progress → assigned"),
        said("10:40", state="resolved → in_progress"),
    )
    one = read_holdings(ticket, AGREED, at("11:00"))[-1]
    assert (one.since, one.clock.wall, one.clock.elapsed) == (at("10:10"), 50 * 60, 20 * 60)


def test_an_imported_journal_that_first_names_the_group_late_gives_it_to_nobody_before() -> None:
    ticket = imported("08:00", said("10:00", state="in_progress", group="Messagerie", priority="P3"))
    assert seen(ticket, "11:00") == [("Messagerie", "10:00", "", "running")]


def test_an_imported_journal_that_tells_who_had_it_before_gives_it_to_them_from_the_opening_on() -> None:
    ticket = imported("08:00", said("10:30", state="in_progress", group="Messagerie → Réseau", priority="P3"))
    assert seen(ticket, "11:00")[0] == ("Messagerie", "08:00", "10:30", "breached")


def test_a_journal_that_never_names_the_group_leaves_it_to_the_front_matter_from_the_opening_on() -> None:
    assert seen(life(group="Messagerie"), "10:00") == [("Messagerie", "09:15", "", "running")]


def test_a_journal_that_never_tells_of_the_state_leaves_it_to_the_front_matter() -> None:
    held = {"group": "Messagerie", "priority": "P3"}
    assert seen(imported("08:00", said("09:00", spent="5m"), state="resolved", **held)) == []
    assert len(seen(imported("08:00", said("09:00", spent="5m"), state="assigned", **held))) == 1


def test_later_entries_do_not_count() -> None:
    ticket = life(handed("10:00", "Messagerie"), handed("11:00", "Messagerie → Réseau"))
    assert seen(ticket, "10:30") == [("Messagerie", "10:00", "", "running")]


def test_an_entry_stamped_before_the_one_before_counts_at_that_ones_instant() -> None:
    ticket = life(handed("10:00", "Messagerie"), handed("09:30", "Messagerie → Réseau"))
    assert seen(ticket, "11:00") == [("Réseau", "10:00", "", "running")]


def test_a_desk_without_olas_has_no_holdings_to_judge() -> None:
    assert read_holdings(life(handed("10:00", "Messagerie")), agreed(), at("11:00")) == ()


@pytest.mark.parametrize("entry", ["begins", "ends", "priority", "pause", "matched"])
def test_a_reading_that_rests_on_a_late_entry_is_marked(entry: str) -> None:
    def late(name: str) -> dict[str, str]:
        return {"late": "forgot"} if name == entry else {}

    of_mail = TWO_HOURS._replace(when={"category": ("Messagerie",)})
    ticket = life(
        handed("10:00", "Messagerie", state="new → in_progress", category="Messagerie", **late("begins")),
        said("10:10", priority="P3 → P1", **late("priority")),
        said("10:20", category="Messagerie → Messagerie > Outlook", **late("matched")),
        said("10:30", state="in_progress → pending", reason="user", **late("pause")),
        said("10:40", state="pending → in_progress"),
        handed("11:00", "Messagerie → Réseau", **late("ends")),
    )
    assert only(ticket, agreements=agreed(of_mail)).clock.late


def test_a_holding_that_begins_by_a_late_reopening_is_marked() -> None:
    ticket = life(
        handed("09:30", "Messagerie"),
        said("10:00", state="new → resolved"),
        said("11:00", state="resolved → in_progress", late="forgot"),
    )
    assert [one.clock.late for one in read_holdings(ticket, AGREED, at("12:00"))] == [False, True]


def test_of_several_entries_at_one_instant_one_that_is_late_marks_what_they_begin_and_end() -> None:
    ticket = life(
        handed("09:30", "Messagerie"),
        said("10:00", state="new → resolved", late="forgot"),
        handed("10:00", "Messagerie → Réseau"),
        said("10:00", state="resolved → in_progress"),
    )
    assert [one.clock.late for one in read_holdings(ticket, AGREED, at("11:00"))] == [True, True]


def test_what_was_late_before_or_after_a_holding_leaves_it_unmarked() -> None:
    ticket = life(
        said("09:30", priority="P1 → P3", late="forgot"),
        handed("09:40", "Réseau", state="new → pending", reason="user", late="forgot"),
        said("09:50", state="pending → in_progress", late="forgot"),
        handed("10:00", "Réseau → Messagerie"),
        handed("11:00", "Messagerie → Réseau"),
        said("11:30", priority="P3 → P1", late="forgot"),
        priority="P1",
    )
    marks = {one.since: one.clock.late for one in read_holdings(ticket, AGREED, at("12:00"))}
    assert marks == {at("09:40"): True, at("10:00"): False, at("11:00"): True}


def test_a_breach_that_ends_without_an_ola_is_still_told_under_the_one_that_was_broken() -> None:
    of_p1 = TWO_HOURS._replace(when={"priority": ("P1",)})
    ticket = life(handed("10:00", "Messagerie"), said("11:30", priority="P1 → P3"), priority="P1")
    one = only(ticket, "12:00", agreed(of_p1))
    assert (one.ola, one.clock.verdict, one.clock.target) == ("messaging", "breached", None)
    assert one.is_pressing
