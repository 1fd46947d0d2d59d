"""One command, one write: decide on every ticket, then replace the files and record them, or leave all as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tkt.desk.acting import Actor
from tkt.desk.desk import Desk
from tkt.desk.recording import CommitMessage, Recorder
from tkt.desk.said import Said, stamp
from tkt.desk.undoing import FileWrite, all_or_nothing
from tkt.domain.duration import write_duration
from tkt.domain.entry import Change, Entry, FieldChange
from tkt.domain.journal import next_position
from tkt.domain.ticket import Ticket
from tkt.errors import CalledWrongly
from tkt.language import _
from tkt.store.desk_folder import remove_file, replace_file, require_inside
from tkt.store.ticket_file import TicketFile


class NothingToDo(CalledWrongly):
    """A command that would change nothing."""

    def __init__(self, ticket_id: str) -> None:
        super().__init__(_("{id}: nothing to change; it stands so already.").format(id=ticket_id))


class Step(NamedTuple):
    """One entry to be written: its changes, whether it speaks to the requester unless told otherwise, its words.

    `text` None: what was said with the command. `by_requester`: the words are the requester's own.
    """

    verb: str
    changes: tuple[Change, ...] = ()
    public: bool = False
    text: str | None = None
    by_requester: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did to one ticket."""

    before: Ticket | None
    after: Ticket
    entries: tuple[Entry, ...]
    file: TicketFile
    verbs: tuple[str, ...] = ()

    @property
    def states(self) -> list[str]:
        """The states that the ticket went through, the one before the command first (none for a new ticket)."""
        moved = [entry.value("state") for entry in self.entries]
        return [*([self.before.state] if self.before else []), *(state for state in moved if state)]


Decide = Callable[[Ticket, Actor], Sequence[Step]]


def change_tickets(desk: Desk, ids: Sequence[str], said: Said, decide: Decide) -> list[Done]:
    """Let `decide` say what happens to each ticket, and write it all in one commit, or nothing."""
    desk.require_writable()
    with desk.turn() as desk:
        desk.recorder.prepare([desk.path(one) for one in ids])
        done = [_changed(desk, desk.load(one), said, decide) for one in ids]
        save(desk, done)
    return done


def _changed(desk: Desk, file: TicketFile, said: Said, decide: Decide) -> Done:
    ticket = file.require_sound()
    actor = desk.actor(said.by, ticket.requester)
    steps = decide(ticket, actor)
    return add_entries(desk, file, ticket, said, actor, steps)


def add_entries(
    desk: Desk, file: TicketFile, before: Ticket | None, said: Said, actor: Actor, steps: Sequence[Step]
) -> Done:
    """The file with the steps' entries behind it (nothing is on disk yet)."""
    entries = []
    for step in steps:
        entry = _entry(desk, file.ticket, said, actor, step)
        file = file.with_entry(entry)
        entries.append(entry)
    return Done(before, file.ticket, tuple(entries), file, tuple(step.verb for step in steps))


def _entry(desk: Desk, ticket: Ticket, said: Said, actor: Actor, step: Step) -> Entry:
    at, ordinal = next_position(ticket.entries, stamp(said, ticket, desk.now, desk.settings.backdate_limit))
    first = step.text is None
    author = Actor(ticket.requester.name, ticket.requester.email) if step.by_requester else actor
    recorded_by = actor.recorded_by or (actor.name if author.name != actor.name else "")
    facts = facts_of(said if first else replace(said, spent=None), recorded_by)
    public = step.public if said.public is None else said.public
    text = said.text if step.text is None else step.text
    return Entry(at, author.name, author.level, public, (*step.changes, *facts), text, ordinal)


def facts_of(said: Said, recorded_by: str) -> tuple[FieldChange, ...]:
    """What an entry records beside its changes: time spent, why late, who typed it for somebody else."""
    facts = {
        "spent": write_duration(said.spent) if said.spent else "",
        "late": said.late,
        "recorded_by": recorded_by,
    }
    return tuple(FieldChange(key, value) for key, value in facts.items() if value)


def save(
    desk: Desk,
    done: Sequence[Done],
    attachments: Sequence[FileWrite] = (),
    *,
    touched: Done | None = None,
) -> None:
    """Put files in their places and record them in one commit; whatever fails, everything is as it was before.

    `touched` is the ticket that `@` means from here on: the last one where none is named.
    """
    files: list[FileWrite] = [(desk.root / one.file.path, one.file.data) for one in done]
    files += attachments
    write_and_record(desk.root, desk.recorder, files, message_of(desk, done), desk.frozen_at)
    desk.recorder.remember((touched or done[-1]).after.id)


def write_and_record(
    root: Path,
    recorder: Recorder,
    files: Sequence[FileWrite],
    message: CommitMessage,
    frozen_at: datetime | None,
) -> None:
    """Write files and record exactly these; on any failure put back what stood there, and let the error through.

    None in place of bytes takes a file away. Where this process is killed meanwhile, the next command does so
    (`all_or_nothing`). Raises OutsideTheDesk where a symbolic link would lead a write out of `root`.
    """
    for path, _data in files:
        require_inside(root, path)
    with all_or_nothing(recorder.intent_place(), recorder.witness(), root, files) as guard:
        for path, data in files:
            remove_file(path) if data is None else replace_file(path, data)
        recorder.record([path for path, _data in files], message, when=frozen_at, guard=guard)


def message_of(desk: Desk, done: Sequence[Done]) -> CommitMessage:
    """`INC0012345: new → in_progress`; of several tickets each one's trailers stand behind its own `Ticket:`."""
    alike: dict[str, list[str]] = {}
    for one in done:
        alike.setdefault(_what_happened(one), []).append(one.after.id)
    subject = "; ".join(f"{_named(ids)}: {what}" for what, ids in alike.items())
    trailers = [trailer for one in done for trailer in _trailers(desk, one)]
    trailers += [("Clock", "frozen")] if desk.frozen else []
    return CommitMessage(subject, tuple(trailers), done[0].after.title if done[0].before is None else "")


def _transition(done: Done) -> str:
    return " → ".join(done.states) if len(done.states) > 1 or done.before is None else ""


def _what_happened(done: Done) -> str:
    return _transition(done) or ", ".join(dict.fromkeys(done.verbs))


def _named(ids: Sequence[str]) -> str:
    return ", ".join(ids[:3]) + (f" (+{len(ids) - 3})" if len(ids) > 3 else "")


def _trailers(desk: Desk, done: Done) -> list[tuple[str, str]]:
    transition = _transition(done)
    authors = dict.fromkeys(_signature(desk, done, entry) for entry in done.entries)
    moved = [("Transition", transition)] if transition else []
    return [("Ticket", done.after.id), *moved, *(("Entry-By", author) for author in authors)]


def _signature(desk: Desk, done: Done, entry: Entry) -> str:
    """The author of an entry with an address where one is known."""
    if "<" in entry.author:
        return entry.author
    agent = desk.settings.agent(entry.author)
    requester = done.after.requester
    email = agent.email if agent else requester.email if requester.name == entry.author else ""
    if not email and entry.author == desk.keyboard.name:
        email = desk.keyboard.email
    return f"{entry.author} <{email}>" if email else entry.author
