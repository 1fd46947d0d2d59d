"""What each key of a query asks of a ticket; and what is said of a query that cannot be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.domain.tickets import at, opening, said, ticket
from tests.query.asking import CONTEXT, NOW, PARIS, holds, query
from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.errors import CalledWrongly, TktError
from tkt.query.context import Phrase
from tkt.query.query import Context, Query, UnreadableQuery, open_unless_named
from tkt.service_level.agreements import Agreements

# At 10:00: in hand since 09:30, on Marie MARTIN's PC, tagged and linked, due on the morrow.
WORKED = replace(
    ticket(
        said("09:30", state="new → in_progress", assignee="Pierre MARTIN → Jean DUPONT", public=True),
        said("09:40", tags="+VIP"),
        opened_by=opening(group="Messagerie", assignee="Pierre MARTIN"),
        requester__department="Comptabilité",
        via="phone",
        x_site="Lyon (Part-Dieu)",
    ),
    tags=("VIP", "réseau local"),
    links=("caused-by:PRB0000007",),
)
WAITS = ticket(said("09:20", state="new → pending", reason="vendor"), id="REQ0000020", type="request")
DROPPED = ticket(said("09:20", state="new → cancelled", reason="spam"), id="INC0000030")
# Resolved within ten minutes, taken up again, resolved for good at 09:50 and closed.
CLOSED = ticket(
    said("09:25", state="new → resolved", cause="unknown", action="Redémarrage"),
    said("09:35", state="resolved → in_progress"),
    said("09:50", state="in_progress → resolved", rating="2"),
    said("09:55", state="resolved → closed"),
    id="INC0000040",
    opened_by=opening(priority="P1"),
)
ALL = {"worked": WORKED, "waits": WAITS, "dropped": DROPPED, "closed": CLOSED}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "worked waits dropped closed"),
        ("state:open", "worked waits"),
        ("-state:open", "dropped closed"),
        ("état:fermé,annulé", "dropped closed"),
        ('state:"en cours"', "worked"),
        ("priority:P1", "closed"),
        ("priority:P1..P3", "worked waits dropped closed"),
        ("priorité:critique", "closed"),
        ("type:demande", "waits"),
        ("level:N1 impact:medium urgency:moyenne", "worked waits dropped closed"),
        ("id:12345,20", "worked waits"),
        ("id:inc40", "closed"),
        ("id:20..40", "waits dropped closed"),
        ("id:..29", "waits"),
        ("assignee:me", "worked"),
        ("assignee:moi,none", "worked waits dropped closed"),
        ("assignee:dupont", "worked"),
        ('assignee:"me"', ""),
        ("assignee:=jean", ""),
        ("assignee:=jean,me", "worked"),
        ("-assignee:me", "waits dropped closed"),
        ("no:assignee", "waits dropped closed"),
        ("has:assigné-à", "worked"),
        ("group:messag", "worked"),
        ("group:=messagerie", "worked"),
        ("group:M*ie", "worked"),
        ("group:M*i", ""),
        ("category:moi", ""),
        ("group:aucun", "waits dropped closed"),
        ('group:"none"', ""),
        ("requester:marie.martin@", "worked waits dropped closed"),
        ("requester:comptabilite", "worked"),
        ("department:compta", "worked"),
        ("category:outlook", "worked waits dropped closed"),
        ('category:="messagerie>outlook"', "worked waits dropped closed"),
        ("category:=Outlook", ""),
        ("asset:PC-*-015", "worked waits dropped closed"),
        ("tag:vip", "worked"),
        ("tag:vi", ""),
        ('tag:"reseau local"', "worked"),
        ("no:tag", "waits dropped closed"),
        ("via:téléphone", "worked"),
        ("title:EMAILS", "worked waits dropped closed"),
        ("reason:vendor", "waits"),
        ("reason:spam", "dropped"),
        ("reason:none", "worked closed"),
        ("cause:unknown action:redemarrage", "closed"),
        ("has:code", ""),
        ("linked:PRB7", "worked"),
        ("linked:7", "worked"),
        ("-linked:7", "waits dropped closed"),
        ("has:linked", "worked"),
        ("x_site:part-dieu", "worked"),
        ("no:x_site", "waits dropped closed"),
        ("opened:today", "worked waits dropped closed"),
        ("opened:2026-01-15", "worked waits dropped closed"),
        ("opened:<2026-01-15", ""),
        ("opened:>2026-01-15", ""),
        ("opened:>=2026-01-15 opened:<=2026-01", "worked waits dropped closed"),
        ("opened:09:15", "worked waits dropped closed"),
        ("opened:-1h", "worked waits dropped closed"),
        ("opened:>-30m", ""),
        ("opened:yesterday,this_month", "worked waits dropped closed"),
        ("updated:>=09:40", "worked closed"),
        ("updated:09:20..09:40", "worked waits dropped"),
        ("answered:<=09:30", "worked closed"),
        ("no:answered", "waits dropped"),
        ("resolved:today", "closed"),
        ("resolved:<09:50", ""),
        ("closed:09:55", "closed"),
        ("closed:none", "worked waits dropped"),
        ("due:<=+1h15", "waits"),
        ("due:<2h", "waits"),
        ("due:<=11:15", "waits"),
        ("due:tomorrow", "worked"),
        ("due:demain", "worked"),
        ("due:next_week", ""),
        ("NOT state:open", "dropped closed"),
        ("type:incident AND NOT (state:closed OR NON tag:vip)", "worked"),
        ("due:2026-01-16", "worked"),
        ("due:<24h", "worked waits"),
        ("no:due", "dropped closed"),
        ("age:>=45m", "worked waits dropped closed"),
        ("age:>45m", ""),
        ("age:30m..1h", "worked waits dropped closed"),
        ("age:<1bd", "worked waits dropped closed"),
        ("idle:>=40m", "waits dropped"),
        ("idle:<10m", "closed"),
        ("reopened:>0", "closed"),
        ("reopened:non", "worked waits dropped"),
        ("reopened:1..", "closed"),
        ("rating:<3", "closed"),
        ("sla:breached", ""),
        ("sla:paused", "waits"),
        ("response:met", "worked closed"),
        ("resolution:running", "worked"),
        ("resolution:cancelled", "dropped"),
        ("policy:standard", "worked waits dropped closed"),
        ("overdue:yes", ""),
        ("overdue:no", "worked waits dropped closed"),
        ("state:new OR state:pending", "waits"),
        ("state:pending AND type:request", "waits"),
        ("(state:pending OR tag:vip) -type:request", "worked"),
        ("-(state:pending OR tag:vip)", "dropped closed"),
        ("type:incident tag:vip OR state:closed", "worked closed"),
    ],
)
def test_a_key_asks_what_it_says(text: str, found: str | None) -> None:
    if found is None:
        with pytest.raises(UnreadableQuery):
            query(text)
        return
    assert " ".join(name for name, one in ALL.items() if holds(text, one)) == found


def test_a_clock_over_its_target_is_overdue_until_it_stops() -> None:
    late = replace(CONTEXT, now=at("16T09:20"))

    assert holds("overdue:yes sla:breached due:<today", WORKED, late) is False
    assert holds("overdue:yes resolution:breached due:<09:16", WORKED, late)
    assert not holds("overdue:yes", CLOSED, late)


def test_why_a_ticket_waited_before_is_not_why_it_was_cancelled() -> None:
    """A cancellation without a reason, as an import may bring, has none."""
    dropped = ticket(said("09:20", state="new → pending", reason="user"), said("09:30", state="pending → cancelled"))

    assert holds("no:reason", dropped)
    assert not holds("reason:user", dropped)


def test_business_days_are_counted_by_the_desk() -> None:
    """Opened on Thursday at 09:15: on Monday at 09:15 two working days are over."""
    monday = at("19T09:15")

    assert holds("age:>=2bd -age:>2bd", WORKED, replace(CONTEXT, now=monday))
    assert not holds("age:>=2bd", WORKED, replace(CONTEXT, now=monday - timedelta(minutes=1)))
    assert holds("age:>2bd opened:<-2bd", WORKED, replace(CONTEXT, now=monday + timedelta(minutes=1)))
    every_day = Context(monday, PARIS, working_day_after=lambda start, days: start + timedelta(days=days.count))
    assert holds("age:>3bd", WORKED, every_day)


def test_why_clocks_cannot_be_told_is_told_and_nothing_is_held_of_them() -> None:
    told: list[TktError] = []

    def cannot(_start: datetime, _days: object) -> datetime:
        raise CalledWrongly("no such year")

    context = Context(NOW, PARIS, working_day_after=cannot, on_untold=told.append)

    assert not holds("age:<1bd", WORKED, context)
    assert [str(one) for one in told] == ["no such year"]


def test_whoever_asks_is_asked_for_only_by_a_query_about_them() -> None:
    def nobody() -> str:
        raise AssertionError

    context = replace(CONTEXT, me=nobody)

    assert holds("assignee:dupont state:open", WORKED, context)
    with pytest.raises(AssertionError):
        holds("assignee:me", WORKED, context)


def test_words_are_looked_for_together_and_once() -> None:
    asked: list[tuple[Phrase, ...]] = []

    def matching(phrases: tuple[Phrase, ...]) -> set[str]:
        asked.append(phrases)
        return {WORKED.id}

    context = replace(CONTEXT, matching=matching)

    assert [holds('relay state:open "550 5.7.1" -spam', one, context) for one in (WORKED, WAITS)] == [False, False]
    together = (Phrase("relay"), Phrase("550 5.7.1", exact=True))
    assert asked == [together, (Phrase("spam"),), together]
    assert query('relay "550 5.7.1" -spam (a OR b)').words == together
    assert query("relay -spam (a OR b)").phrases == (Phrase("relay"), Phrase("a"), Phrase("b"))


def test_a_text_with_a_colon_that_is_no_key_is_looked_for() -> None:
    assert query('10:30 "mail:proxy"').words == (Phrase("10:30"), Phrase("mail:proxy", exact=True))
    assert query("http://proxy C:\\Temp").words == (Phrase("http://proxy"), Phrase("C:\\Temp"))


def test_words_that_join_conditions_are_words_among_words() -> None:
    assert len(query("mail et téléphone not working").words) == 5
    assert len(query("state:open not working").words) == 2


@pytest.mark.parametrize(
    ("text", "word", "column", "why"),
    [
        ("state:open prioriti:P1", "prioriti:P1", 12, "Did you mean priority?"),
        ("proxy:mail", "proxy:mail", 1, "In quotes it is a text to look for."),
        ("created:today", "created:today", 1, "Did you mean opened?"),
        ("créé:hier", "créé:hier", 1, "Did you mean opened?"),
        ("label:vip", "label:vip", 1, "Did you mean tag?"),
        ("state:-closed", "state:-closed", 1, "-state:closed"),
        ("assignee:!Jean", "assignee:!Jean", 1, "-assignee:Jean"),
        ("state:open priority=P1", "priority=P1", 12, "written with a colon, priority:P1;"),
        ("state!=closed", "state!=closed", 1, "written with a colon, -state:closed;"),
        ("age>3bd", "age>3bd", 1, "written with a colon, age:>3bd;"),
        ("priority = P1", "=", 10, "written with a colon, priority:P1;"),
        ("state:open or priority:P1", "or", 12, "in capitals, OR"),
        ("proxy et priority:P1", "et", 7, "in capitals, ET"),
        ("not state:open", "not", 1, "in capitals, NOT"),
        ("state:open NOT", "NOT", 12, "something must follow"),
        ("opened:>=lastweek", "opened:>=lastweek", 1, "Did you mean last_week?"),
        ("opened:>=soon", "opened:>=soon", 1, "Or today, yesterday, tomorrow"),
        ("opened:2026-01-20..2026-01-10", "opened:2026-01-20..2026-01-10", 1, "the other way round"),
        ("age:8h..4h", "age:8h..4h", 1, "the other way round"),
        ("reopened:3..1", "reopened:3..1", 1, "the other way round"),
        ("id:20..10", "id:20..10", 1, "the other way round"),
        ("state:opne", "state:opne", 1, "Did you mean open?"),
        ("-type:incidant", "-type:incidant", 1, "Did you mean incident?"),
        ("age:>3d", "age:>3d", 1, "write 72h for round-the-clock time or 3bd for business days"),
        ("age:3bd", "age:3bd", 1, "write age:>4h, age:<=3bd or age:4h..8h"),
        ("age:>5000bd", "age:>5000bd", 1, "at most 1000bd"),
        ("priority:>P2", "priority:>P2", 1, "not compared by >: write priority:A, priority:A,B or priority:A..B."),
        ("priority:P3..P1", "priority:P3..P1", 1, "the other way round"),
        ("opened:>=a", "opened:>=a", 1, "“a” is no moment"),
        ("opened:>=2026-01-01,2026-02-01", "opened:>=2026-01-01,2026-02-01", 1, "put OR between"),
        ("reopened:many", "reopened:many", 1, "“many” is no number"),
        ("due:<9h15", "due:<9h15", 1, "write 9:15 for the time of day or +9h15 for so long from now"),
        ("id:x", "id:x", 1, "“x” is no ticket"),
        ("has:sla", "has:sla", 1, "Every ticket has “sla”"),
        ("overdue:perhaps", "overdue:perhaps", 1, "not a known answer"),
        ("a group:", "group:", 3, "a value is missing"),
        ('a "b', '"b', 3, "the quotes are not closed"),
        ("(a OR", "OR", 4, "something must follow"),
        ("(a", "(", 1, "this parenthesis is not closed"),
        ("a b)", ")", 4, "this parenthesis closes none"),
        ("OR a", "OR", 1, "a condition must stand before it"),
        ("a OR OR b", "OR", 6, "a condition must stand before it"),
        ("()", ")", 2, "a condition must stand before it"),
        ("a -", "-", 3, "nothing behind the minus sign"),
        ("a ...", "...", 3, "no word in it"),
        ("(" * 500, "(", 41, "too many parentheses"),
    ],
)
def test_what_is_wrong_is_said_of_the_word_that_it_is_about(text: str, word: str, column: int, why: str) -> None:
    with pytest.raises(UnreadableQuery) as refused:
        query(text)

    assert (refused.value.word, refused.value.column) == (word, column)
    assert why in refused.value.why
    assert f"“{word}” (column {column})" in str(refused.value)


def test_a_query_is_about_open_tickets_unless_it_says_how_far_they_have_come() -> None:
    def found(text: str) -> list[str]:
        asked = open_unless_named(query(text), CONTEXT)
        return [name for name, one in ALL.items() if holds(str(asked), one)]

    assert found("type:incident") == ["worked"]
    assert found("resolved:today") == ["closed"]
    assert found("id:30") == ["dropped"]
    assert str(open_unless_named(Query(), CONTEXT)) == "state:open"


def test_a_desk_without_policies_has_no_verdict_but_none(ticket_without_policy: Ticket) -> None:
    context = replace(CONTEXT, agreements=Agreements.of(Settings(policies=())))

    assert holds("sla:none no:due no:policy -overdue:yes", ticket_without_policy, context)


@pytest.fixture
def ticket_without_policy() -> Ticket:
    """Any ticket."""
    return WORKED
