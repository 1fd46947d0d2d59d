"""A desk as a commit holds it: what is read of it, what is not, and that nothing of the work files plays a part."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.git.work import Work
from tkt.desk.desk import Desk
from tkt.desk.recording import NoRecorder
from tkt.domain.bounds import EVERYTHING, Bounds
from tkt.domain.settings import Settings
from tkt.git.committed_desk import CommittedDesk, NoDeskThen
from tkt.git.comparing import UnknownRevision
from tkt.git.repository import Repository
from tkt.store.settings.digest import digest_at
from tkt.store.settings.holidays_file import NoHolidaysFile
from tkt.store.settings.settings import BadSettings
from tkt.store.ticket_file import LARGEST
from tkt.store.unreadable_ticket import UnreadableTicket

TICKET = """\
---
id: {id}
uid: 4k7m2x9p3q
type: incident
title: {title}
requester:
  name: Marie MARTIN
impact: medium
urgency: medium
priority: P3
state: new
opened_at: 2026-01-15T09:15:00+01:00
---

## Journal

### 2026-01-15T09:15:00+01:00 · Jean DUPONT · N1

- state: new
"""
FOLDERS = ["", "desk/", "Support ~ été [1] *.lock/:(top)/"]


def place(ticket_id: str) -> str:
    return f"tickets/{ticket_id[:-3]}xxx/{ticket_id}.md"


def written(ticket_id: str, title: str = "Imprimante") -> str:
    return TICKET.format(id=ticket_id, title=title)


def desk_in(work: Work, folder: str, *ids: str) -> Path:
    """A desk committed in a folder, with some tickets."""
    work.write(f"{folder}tkt.yaml", "format: 1\ntimezone: Europe/London\n")
    for one in ids:
        work.write(folder + place(one), written(one))
    work.git("add", "--all")
    work.git("commit", "-qm", "a desk")
    return work.top / folder


def committed(work: Work, root: Path, revision: str = "HEAD") -> CommittedDesk:
    return CommittedDesk.of(Repository.of(work.top), root, revision)


def titles(found: CommittedDesk, root: Path, bounds: Bounds = EVERYTHING) -> tuple[dict[str, str], list[str]]:
    """The titles of the tickets by id, and what was put aside."""
    unreadable: list[UnreadableTicket] = []
    desk = Desk(root, Settings(), lambda: NoRecorder(root), found.commit.at)
    return {one.id: one.title for one in found.within(desk, bounds, unreadable)}, list(map(str, unreadable))


@pytest.mark.parametrize("folder", FOLDERS)
def test_tickets_and_settings_are_those_of_the_commit_wherever_the_desk_lies(work: Work, folder: str) -> None:
    root = desk_in(work, folder, "INC0012345", "REQ0000001", "INC0000002")
    work.write(f"{folder}tkt.yaml", "timezone: Nowhere")
    (root / place("INC0012345")).unlink()
    work.write(folder + place("INC0000002"), written("INC0000002", "Autre"))
    work.write("tickets/INC0000xxx/INC0000077.md", written("INC0000077"))

    found = committed(work, root)

    everyone = dict.fromkeys(["INC0000002", "INC0012345", "REQ0000001"], "Imprimante")
    assert titles(found, root) == (everyone, [])
    assert list(titles(found, root)[0]) == sorted(everyone)
    assert found.settings.timezone.key == "Europe/London"


def test_only_tickets_in_their_places_are_read(work: Work) -> None:
    root = desk_in(work, "", "INC0000001")
    work.write("tickets/INC0000xxx/INC0012345.md", written("INC0012345"))
    work.write("tickets/INC0000002.md", written("INC0000002"))
    work.write("tickets/INC0000xxx/INC0000001/INC0000003.md", written("INC0000003"))
    work.write("tickets/INC0000xxx/notes.md", "words")
    work.write("tickets/INC0000xxx/INC0000004.md\n", written("INC0000004"))
    (work.top / place("INC0000005")).symlink_to("INC0000001.md")
    work.git("add", "--all")
    work.git("commit", "-qm", "odd")

    assert titles(committed(work, root), root) == ({"INC0000001": "Imprimante"}, [])


def test_what_cannot_be_read_is_put_aside_by_its_name_in_git_and_hides_nothing(work: Work) -> None:
    root = desk_in(work, "", "INC0000001", "INC0000003")
    work.write(place("INC0000002"), "nothing of the kind")
    work.write(place("INC0000004"), written("INC0000004") + "x" * LARGEST)
    work.git("add", "--all")
    work.git("commit", "-qm", "spoilt")

    found = committed(work, root)
    kept, aside = titles(found, root)

    assert list(kept) == ["INC0000001", "INC0000003"]
    short = found.commit.hash[:10]
    assert [one.partition(".md")[0] for one in aside] == [
        f"{short}:tickets/INC0000xxx/INC0000002",
        f"{short}:tickets/INC0000xxx/INC0000004",
    ]
    assert "larger than" in aside[1]


def test_tickets_outside_of_the_bounds_are_left_out(work: Work) -> None:
    root = desk_in(work, "", "INC0000001")
    found = committed(work, root)

    assert titles(found, root, Bounds(states=frozenset({"closed"})))[0] == {}


def test_holidays_are_those_of_the_commit(work: Work) -> None:
    root = desk_in(work, "")
    work.committed("holidays/FR.yaml", "years: {2026: {2026-01-01: Jour de l'an}}\n")
    work.write("holidays/FR.yaml", "years: {2026: {}}\n")

    found = committed(work, root).settings

    assert [*found.holidays("FR")[2026].values()] == ["Jour de l'an"]
    with pytest.raises(NoHolidaysFile, match=r"holidays/DE\.yaml is not there"):
        found.holidays("DE")


def test_a_fingerprint_is_that_of_the_files_on_disk_and_another_one_for_any_change(work: Work) -> None:
    root = desk_in(work, "", "INC0000001")
    seen = {committed(work, root).digest}
    for name, text in (("tkt.yaml", "format: 1\n"), ("holidays/FR.yaml", "years: {}\n"), ("holidays/DE.yaml", "")):
        work.committed(name, text)
        digest = committed(work, root).digest
        assert digest == digest_at(root)
        assert digest not in seen
        seen.add(digest)
    work.committed("people.csv", "name\n")
    work.committed("holidays/notes.txt", "words\n")
    assert committed(work, root).digest == digest_at(root) in seen


def test_broken_settings_are_told_with_the_name_that_git_has_for_them(work: Work) -> None:
    root = desk_in(work, "desk/")
    work.committed("desk/tkt.yaml", "timezone: Nowhere/Land\n")
    found = committed(work, root)

    with pytest.raises(BadSettings, match=f"{found.commit.hash[:10]}:desk/tkt.yaml:1"):
        _ = found.settings


def test_a_commit_without_the_desk_and_a_word_that_is_no_commit_are_refused(work: Work) -> None:
    work.committed("readme", "words")
    first = work.git("rev-parse", "HEAD").strip()
    root = desk_in(work, "desk/", "INC0000001")
    work.git("tag", "-am", "words", "an/annotated")

    with pytest.raises(NoDeskThen, match=r"no desk/tkt\.yaml"):
        committed(work, root, first)
    assert titles(committed(work, root, "an/annotated"), root)[0] == {"INC0000001": "Imprimante"}
    for revision in ("--all", "-1", "HEAD:desk", "nothing", "", "HEAD~9", "HEAD\nHEAD", "^HEAD", first + ".."):
        with pytest.raises(UnknownRevision):
            committed(work, root, revision)


def test_what_a_clone_puts_in_a_commits_place_is_not_read(work: Work) -> None:
    root = desk_in(work, "", "INC0000001")
    then = work.git("rev-parse", "HEAD").strip()
    work.committed(place("INC0000001"), written("INC0000001", "Autre"))
    work.git("replace", then, "HEAD")

    assert titles(committed(work, root, then), root)[0] == {"INC0000001": "Imprimante"}
