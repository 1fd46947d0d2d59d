"""Laws of queries: one reads back as it is written, its bounds pass nothing over, and logic is logic."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.tickets import opening, said, ticket
from tests.query.asking import CONTEXT, NOW, query
from tests.torture import scaled
from tkt.domain import words
from tkt.domain.entry import Entry
from tkt.domain.ticket import Ticket
from tkt.query.candidate import Candidate
from tkt.query.query import Query, UnreadableQuery, read_query

MANY = scaled(120, 5_000)
_NAMES = ("", "Jean DUPONT", "Pierre MARTIN", "Élodie")
_PIECES = st.text(alphabet='ab é"\\,():=*-<>.', min_size=1, max_size=6)


def in_quotes(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def one_or_two(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=2).map(",".join)


_texts = st.one_of(
    _PIECES.map(in_quotes),
    st.sampled_from(["me", "none", "moi", "aucun", "jean", "DUPONT", "*e*", "é", '"none"', '"me"']),
)
_days = st.sampled_from(
    ["2026-01-14", "2026-01-15", "2026-01", "today", "yesterday", "this_week", "-20m", "-1bd", "09:30"]
)
_signs = st.sampled_from(["", ">", ">=", "<", "<="])
_lengths = st.sampled_from(["10m", "45m", "1h30", "24h", "1bd", "3bd"])


def _compared(keys: str, signs: st.SearchStrategy[str], values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(keys.split()), signs, values).map(lambda one: f"{one[0]}:{one[1]}{one[2]}")


def _coded(key: str, codes: tuple[str, ...]) -> st.SearchStrategy[str]:
    return one_or_two(st.sampled_from(codes)).map(lambda said: f"{key}:{said}")


def _is_forwards(text: str) -> bool:
    """Whether a range begins before its end; others are refused."""
    try:
        query(text)
    except UnreadableQuery:
        return False
    return True


terms = st.one_of(
    _compared("assignee group title category tag x_a requester asset", st.sampled_from(["", "="]), one_or_two(_texts)),
    _coded("state", (*words.STATE.codes, "open", "none")),
    _coded("priority", words.PRIORITY.codes),
    _coded("type", words.KIND.codes),
    _coded("sla", words.VERDICT.codes),
    _coded("reason", (*words.PENDING_REASON.codes, *words.CANCEL_REASON.codes, "none")),
    _coded("no", ("assignee", "group", "tag", "due", "resolved")),
    _coded("has", ("assignee", "reason", "linked", "answered")),
    _compared("opened updated resolved closed answered due", _signs, _days),
    st.tuples(st.sampled_from(["opened", "updated"]), _days, _days)
    .map(lambda one: f"{one[0]}:{one[1]}..{one[2]}")
    .filter(_is_forwards),
    _compared("age idle", _signs.filter(bool), _lengths),
    st.sampled_from(
        ["reopened:>0", "reopened:no", "overdue:yes", "id:..5", "id:1,INC0000002", "linked:7", "age:10m..1bd"]
    ),
    _PIECES.filter(lambda text: any(char.isalnum() for char in text)).map(in_quotes),
    st.sampled_from(["relay", "10:30", "é"]),
)
queries = st.recursive(
    terms,
    lambda inner: st.one_of(
        inner.map(lambda one: f"-({one})"),
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda many: f"({' OR '.join(many)})"),
    ),
    max_leaves=6,
)


@st.composite
def journals(draw: st.DrawFn) -> tuple[Entry, ...]:
    """Moves of a morning, whatever state they leave."""
    entries, state = [], "new"
    minutes = draw(st.lists(st.integers(16, 59), unique=True, max_size=4).map(sorted))
    for minute in minutes:
        state, before = draw(st.sampled_from(words.STATE.codes)), state
        moved = {"state": f"{before} → {state}"}
        if state in ("pending", "cancelled"):
            moved["reason"] = draw(st.sampled_from(["vendor", "spam"]))
        entries.append(said(f"09:{minute}", public=draw(st.booleans()), **moved))
    return tuple(entries)


@st.composite
def tickets(draw: st.DrawFn) -> Ticket:
    """A ticket of the days before now: of any state, held by anybody, and with anything in its fields."""
    entries = draw(journals())
    priority, assignee = draw(st.sampled_from(words.PRIORITY.codes)), draw(st.sampled_from(_NAMES))
    found = ticket(
        *entries,
        opened_by=opening(priority=priority, assignee=assignee),
        id=draw(st.sampled_from(["INC0000001", "REQ0000002", "INC0000009"])),
        type=draw(st.sampled_from(words.KIND.codes)),
        title=draw(st.sampled_from(["relay denied", "Élodie", "a,b"])),
        group=draw(st.sampled_from(["", "Réseau"])),
    )
    days = draw(st.integers(0, 5))
    if days and not entries:
        opened = found.opened_at - timedelta(days=days)
        entry = replace(found.entries[0], at=opened)
        found = replace(found, opened_at=opened, entries=(entry,))
    tags, links = draw(st.sampled_from([(), ("VIP",)])), draw(st.sampled_from([(), ("causes:PRB0000007",)]))
    return replace(found, tags=tags, links=links)


def answers(asked: Query, one: Ticket, later: timedelta = timedelta(0)) -> bool:
    return asked.holds(Candidate(one, replace(CONTEXT, now=NOW + later)))


@settings(max_examples=MANY, deadline=None)
@given(queries)
def test_a_query_reads_back_as_it_is_written(text: str) -> None:
    read = query(text)

    assert query(str(read)) == read
    assert str(query(str(read))) == str(read)


@settings(max_examples=MANY, deadline=None)
@given(queries, tickets())
def test_what_is_written_asks_for_what_was_read(text: str, one: Ticket) -> None:
    read = query(text)

    assert answers(query(str(read)), one) == answers(read, one)


@settings(max_examples=2 * MANY, deadline=None)
@given(queries, tickets())
def test_bounds_pass_over_no_ticket_that_is_asked_for(text: str, one: Ticket) -> None:
    read = query(text)

    assert not answers(read, one) or read.bounds.hold(one)


@settings(max_examples=MANY, deadline=None)
@given(queries, tickets(), st.integers(0, 5000))
def test_what_no_moment_changes_holds_whatever_is_asked_for_at_any(text: str, one: Ticket, minutes: int) -> None:
    later = timedelta(minutes=minutes)
    then = read_query(text, replace(CONTEXT, now=NOW + later))

    assert not answers(then, one, later) or answers(query(text).steady, one)


@settings(max_examples=MANY, deadline=None)
@given(queries, queries, tickets())
def test_logic_is_logic(first: str, second: str, one: Ticket) -> None:
    a, b = answers(query(first), one), answers(query(second), one)

    assert answers(query(f"-({first})"), one) is not a
    assert answers(query(f"({first}) OR {second}"), one) is (a or b)
    assert answers(query(f"({first}) ({second})"), one) is (a and b)
    assert answers(query(first) & query(second), one) is (a and b)


@settings(max_examples=2 * MANY, deadline=None)
@given(st.text(alphabet='ab:"()-,.<>=* OR\\é\n\x1b\ud800', max_size=25))
def test_whatever_is_typed_is_read_or_refused_at_a_word_of_it(text: str) -> None:
    try:
        query(text)
    except UnreadableQuery as refused:
        assert text[refused.column - 1 :].startswith(refused.word)


def test_the_tickets_of_these_laws_are_of_every_kind() -> None:
    """A law that is only tried on what holds it anyway says nothing."""
    some = ("state:open", "resolved:today", "reason:vendor", "age:>1bd", "answered:today", "assignee:me")
    held = dict.fromkeys(some, 0)

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(tickets())
    def try_it(one: Ticket) -> None:
        for text in held:
            held[text] += answers(query(text), one)

    try_it()
    assert all(held.values()), held
