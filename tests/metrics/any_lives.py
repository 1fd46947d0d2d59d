"""Any lives of tickets and any periods, for the laws that hold of all of them."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from tests.service_level.lives import at, life, said
from tkt.domain.entry import Entry
from tkt.domain.ticket import Ticket
from tkt.domain.words import STATE
from tkt.metrics.period import Period

OPENED = at("09:15")
state = st.sampled_from(STATE.codes)


@st.composite
def any_life(draw: st.DrawFn) -> Ticket:
    """Moves from any state to any other, each perhaps made without knowing of the one before it."""
    now, minute, entries = "new", draw(st.integers(0, 60)), list[Entry]()
    opened = OPENED + timedelta(minutes=minute)
    for _ in range(draw(st.integers(0, 8))):
        minute += draw(st.integers(0, 30))
        before, now = draw(st.one_of(st.just(now), state)), draw(state)
        entries.append(said(OPENED + timedelta(minutes=minute), state=f"{before} → {now}"))
    return life(*entries, opened=opened)


@st.composite
def any_period(draw: st.DrawFn) -> Period:
    start, length = draw(st.one_of(st.none(), st.integers(-10, 200))), draw(st.integers(0, 200))
    end = OPENED + timedelta(minutes=(start or 0) + length)
    return Period(
        None if start is None else OPENED + timedelta(minutes=start), end, "Europe/Paris", open_end=draw(st.booleans())
    )
