"""A ticket's commits, read back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.git.work import Work
from tkt.desk.recording import CommitMessage
from tkt.domain.person import Person
from tkt.git.history import TicketCommit, ticket_commits
from tkt.git.repository import Repository

TICKET = "tickets/INC0012xxx/INC0012345.md"


def commits(work: Work, name: str = TICKET) -> list[TicketCommit]:
    """What is told of a file."""
    return ticket_commits(Repository.of(work.top), work.top / name)


def test_what_was_recorded_is_read_back_newest_last(work: Work) -> None:
    paris = timezone(timedelta(hours=1))
    recorder = work.recorder()
    trailers = (
        ("Ticket", "INC0012345"),
        ("Transition", "new → in_progress"),
        ("Entry-By", "Pierre MARTIN <pierre.martin@entreprise.fr>"),
        ("Clock", "frozen"),
    )
    path = work.write(TICKET, "one")
    recorder.record([path], CommitMessage("INC0012345: new"), when=datetime(2026, 1, 15, 9, 15, tzinfo=paris))
    work.write(TICKET, "two")
    message = CommitMessage("INC0012345: new → in_progress", trailers, "Prise en charge.\nContact : oui")
    recorder.record([path], message, when=datetime(2026, 1, 15, 9, 30, tzinfo=paris))
    work.committed("other.md")
    first, second = commits(work)
    assert (first.subject, first.at.isoformat(), first.trailers) == ("INC0012345: new", "2026-01-15T09:15:00+01:00", ())
    assert second.subject == "INC0012345: new → in_progress"
    assert second.trailers == trailers
    assert second.trailer("entry-by") == "Pierre MARTIN <pierre.martin@entreprise.fr>"
    assert second.trailer("Reviewed-By") == ""
    assert second.at == datetime(2026, 1, 15, 9, 30, tzinfo=paris)
    assert second.author == Person("Jean DUPONT", "jean.dupont@entreprise.fr")
    assert second.hash == work.git("rev-parse", "HEAD~1").strip()
    assert second.hash.startswith(second.abbreviated)


def test_no_commits_are_no_history(work: Work) -> None:
    assert commits(work) == []
    work.committed("other.md")
    assert commits(work) == []


def test_configuration_and_odd_names_do_not_disturb_the_reading(work: Work) -> None:
    for key, value in {
        "log.showSignature": "true",
        "log.date": "relative",
        "color.ui": "always",
        "format.pretty": "raw",
        "log.decorate": "full",
        "log.follow": "true",
        "i18n.logOutputEncoding": "ISO-8859-1",
    }.items():
        work.git("config", key, value)
    work.committed("*.md")
    work.committed("é.md")
    assert [commit.subject for commit in commits(work, "*.md")] == ["add *.md"]
    assert [commit.subject for commit in commits(work, "é.md")] == ["add é.md"]


def test_hostile_words_come_back_raw_and_keep_to_their_commit(work: Work) -> None:
    work.committed(TICKET)
    work.write(TICKET, "two")
    work.git("commit", "-qam", "a\x1b[31mred\nTicket: no trailer\n\nbody\n\nTicket: A\n continued\nX: y\nTicket: B: C")
    first, second = commits(work)
    assert first.trailers == ()
    assert second.subject == "a\x1b[31mred Ticket: no trailer"
    assert second.trailers == (("Ticket", "A continued"), ("Ticket", "B: C"))


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("1768464900 -0330", datetime(2026, 1, 15, 4, 45, tzinfo=timezone(-timedelta(hours=3, minutes=30)))),
        ("99999999999999 +0000", datetime.fromtimestamp(0, UTC)),
        ("0 +9999", datetime.fromtimestamp(0, UTC)),
    ],
)
def test_any_date_can_be_read(work: Work, date: str, expected: datetime) -> None:
    path = work.committed(TICKET)
    tree = work.git("rev-parse", "HEAD^{tree}").strip()
    raw = work.top.parent / "commit"
    raw.write_text(f"tree {tree}\nauthor A <a@b> {date}\ncommitter A <a@b> 1768464900 +0000\n\nsubject\n")
    commit = work.git("hash-object", "--literally", "-t", "commit", "-w", str(raw)).strip()
    work.git("reset", "-q", commit)
    (found,) = ticket_commits(Repository.of(work.top), path)
    assert found.at == expected
    assert found.at.utcoffset() == expected.utcoffset()


def test_history_of_a_file_outside_is_refused(work: Work, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="not in the git repository"):
        ticket_commits(Repository.of(work.top), tmp_path / "x.md")
