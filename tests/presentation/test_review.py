"""A review as a whole: what is left out is counted, and a comment is never longer than a hosting site takes."""

from __future__ import annotations

from datetime import UTC

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.presentation.course import make_entry, make_ticket
from tests.presentation.reviewed import SampleReview, untouched
from tkt.domain.comparison import Comparison
from tkt.domain.finding import Finding
from tkt.presentation.review import MOST_CHARACTERS, MOST_TICKETS, review_markdown, review_text, summary

ERROR = Finding("tickets/INC0012xxx/INC0012345.md", 7, "error", "replay", "state is closed and by the journal new")
WARNING = Finding("tickets/INC0012xxx/INC0012345.md", 0, "warning", "vague-title", "the title says too little")


def test_nothing_is_said_in_a_sentence() -> None:
    assert review_text([], UTC) == "No ticket is touched.\n"
    assert review_markdown([], UTC) == "No ticket is touched.\n"


def test_the_summary_counts_kinds_and_findings() -> None:
    tickets = [untouched(what="opened"), untouched(findings=(ERROR, WARNING)), untouched(what="vanished")]
    assert summary(tickets) == "3 tickets: 1 opened, 1 changed, 1 vanished; 1 error, 1 warning."


def test_tickets_beyond_a_screenful_are_counted_unless_all_are_asked_for() -> None:
    tickets = [untouched(id=f"INC{number:07d}") for number in range(MOST_TICKETS + 12)]

    for shown in (review_text(tickets, UTC), review_markdown(tickets, UTC)):
        assert "… and 12 more tickets (--all shows every one)" in shown
        assert shown.count("INC00000") == MOST_TICKETS
    assert review_text(tickets, UTC, every=True).count("INC00000") == len(tickets)


def test_errors_and_warnings_are_told_apart() -> None:
    assert review_text([untouched(findings=(ERROR, WARNING))], UTC).splitlines()[1:3] == [
        "  error, line 7: state is closed and by the journal new",
        "  1 warning: the title says too little",
    ]


def test_only_a_terminal_gets_colour() -> None:
    ticket = untouched(findings=(ERROR,))
    assert "\x1b[1mINC0012345\x1b[0m" in review_text([ticket], UTC, color=True)
    assert "\x1b" not in review_text([ticket], UTC) + review_markdown([ticket], UTC)


@settings(max_examples=20)
@given(st.lists(st.text(max_size=300), min_size=1, max_size=4), st.integers(1, 100))
def test_a_comment_never_grows_too_long(texts: list[str], times: int) -> None:
    entries = tuple(make_entry("09:30", "Jean DUPONT", text=text) for text in texts * times)
    ticket = SampleReview(Comparison(make_ticket(), make_ticket(), entries=entries))

    assert len(review_markdown([ticket] * 8, UTC, every=True)) <= MOST_CHARACTERS
