"""What a review says of one ticket: net changes, clocks on both sides, and new entries in a line each."""

from __future__ import annotations

from datetime import UTC

from tests.presentation.course import course_entries, make_entry, make_ticket, opening
from tests.presentation.reviewed import SampleReview, untouched
from tkt.domain.comparison import compare
from tkt.domain.entry import FieldChange
from tkt.domain.finding import Finding
from tkt.domain.ticket import Ticket
from tkt.presentation.review import review_text
from tkt.service_level.reading import Clocks


def lines(ticket: SampleReview) -> list[str]:
    """What is said below a ticket's title."""
    return [line.strip() for line in review_text([ticket], UTC).split("\n\n")[0].splitlines()[1:]]


def test_a_tickets_whole_life_is_a_few_lines(course_ticket: Ticket, course_clocks: Clocks, open_clocks: Clocks) -> None:
    before = make_ticket(opening())
    compared = compare(before, course_ticket, course_entries()[1:])

    assert lines(SampleReview(compared, clocks=(open_clocks, course_clocks))) == [
        "state: New → In progress → Resolved → Closed",
        "assigned to: none → Pierre MARTIN",
        "level: N1 → N2",
        "cause: none → IP serveur mail dans blacklist Spamhaus",
        "action: none → Demande de delist effectuée",
        "resolution: running (due 2026-01-16 08:15) → met",
        "… 1 earlier entry",
        "2026-01-15 08:30 · Jean DUPONT · N1: Escalade N2 pour vérification serveur mail",
        "2026-01-15 09:15 · Pierre MARTIN · N2: Vérification serveur Exchange : RAS",
        "2026-01-15 10:30 · Pierre MARTIN · N2: Delist effectué par Spamhaus (délai 1-2h propagation)",
        "2026-01-15 12:45 · Pierre MARTIN · N2: Test envoi externe : OK",
        "2026-01-15 13:00 · Marie MARTIN: Validé, je peux à nouveau envoyer mes emails. Merci !",
    ]


def test_an_opened_ticket_is_told_as_it_stands(open_clocks: Clocks) -> None:
    ticket = make_ticket(opening(), assignee="Jean DUPONT")
    told = lines(SampleReview(compare(None, ticket), what="opened", clocks=(None, open_clocks)))

    assert told[0] == "New, P3, Jean DUPONT, N1"
    assert told[1] == "response: met"
    assert told[-1] == "2026-01-15 08:15 · Jean DUPONT · N1"


def test_an_entry_without_words_is_told_by_what_it_moved() -> None:
    entry = make_entry("09:30", "Zoé", FieldChange("state", "pending", "new"), FieldChange("reason", "vendor"))
    assert lines(SampleReview(compare(make_ticket(), make_ticket(), [entry]))) == [
        "2026-01-15 08:30 · Zoé: Pending: vendor"
    ]


def test_a_clock_that_only_ran_on_is_not_told(open_clocks: Clocks) -> None:
    later = open_clocks._replace(resolution=open_clocks.resolution._replace(elapsed=9999))
    assert lines(untouched(clocks=(open_clocks, later))) == []


def test_long_lists_are_cut_and_counted() -> None:
    names = tuple((f"{number}.log", "added") for number in range(9))
    errors = tuple(Finding("x", 0, "error", "rule", f"wrong {number}") for number in range(12))

    told = lines(untouched(attachments=names, findings=errors))

    assert told[4:6] == ["attachment added: 4.log", "… and 4 more"]
    assert told[-1] == "… and 2 more"


def test_what_was_rewritten_is_named() -> None:
    compared = compare(make_ticket(), make_ticket(description="Autre"))
    assert lines(SampleReview(compared, others=True)) == ["description rewritten, other sections rewritten"]


def test_long_words_are_cut() -> None:
    entry = make_entry("09:30", "Zoé", text="mot " * 100)
    assert len(lines(SampleReview(compare(make_ticket(), make_ticket(), [entry])))[0]) < 200
