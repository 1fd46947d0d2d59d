"""Editing what a ticket is about: fields and tags, a priority that follows the matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tkt.desk.acting import Actor
from tkt.desk.categories import find_category
from tkt.desk.desk import Desk
from tkt.desk.requesters import find_requester, requester_fields
from tkt.desk.said import Said, require_line
from tkt.desk.writing import Done, NothingToDo, Step, add_entries, change_tickets, save
from tkt.domain.entry import Change, FieldChange, SetChange
from tkt.domain.keys import KEYS, REQUIRED, kind_of
from tkt.domain.priority import is_lower
from tkt.domain.ticket import Ticket
from tkt.domain.workflow import Missing
from tkt.errors import CalledWrongly, RuleRefuses, SomeoneWasFaster
from tkt.language import _
from tkt.store.ticket_file import TicketFile

# Beside what the verbs alone put in the journal, what never changes.
_BY_VERBS_ALONE = (*(key for key, known in KEYS.items() if known.kind == "identity"), "state")


class CannotBeEmpty(CalledWrongly):
    """A field that every ticket has."""


class TouchedByHand(RuleRefuses):
    """An edit of what only verbs may move: the journal, the state, the ticket's identity."""


class ChangedMeanwhile(SomeoneWasFaster):
    """The file on disk is no longer the one that the editor was given."""


class BadTag(CalledWrongly):
    """A tag that is no single word."""


def edit(
    desk: Desk, ids: Sequence[str], said: Said, fields: Mapping[str, str], tags: Sequence[str], untags: Sequence[str]
) -> list[Done]:
    """Set fields (by their keys) and tags, "" to empty one; impact or urgency re-derive a priority that is not given.

    Raises NothingToDo, and Missing where the priority sinks without a word (design.md, section 6).
    """
    fields = read_fields(fields)
    _require_filled(fields)
    fields |= _of_requester(desk, fields)
    if fields.get("category"):
        fields["category"] = find_category(fields["category"], desk.settings.categories)
    tagged = SetChange("tags", tuple(map(read_tag, tags)), tuple(map(read_tag, untags)))

    def decide(ticket: Ticket, actor: Actor) -> list[Step]:
        changes = edit_changes(desk, ticket, fields, tagged)
        if not changes:
            raise NothingToDo(ticket.id)
        _require_word_on_lowering(ticket, changes, said)
        return [Step("edit", changes)]

    return change_tickets(desk, ids, said, decide)


def read_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """Fields as a person gives them, each as one clean line and, where it has a vocabulary, as its code word.

    Raises UnusableText and UnknownWord.
    """
    return {key: _read_field(key, require_line(key, value)) for key, value in fields.items()}


def _read_field(key: str, value: str) -> str:
    vocabulary = KEYS[key].values if key in KEYS else None
    return vocabulary.read(value) if vocabulary and value else value


def _require_filled(fields: Mapping[str, str]) -> None:
    empty = next((key for key, value in fields.items() if key in REQUIRED and not value), None)
    if empty:
        raise CannotBeEmpty(_("“{key}” cannot be empty: every ticket has one.").format(key=empty))


def _of_requester(desk: Desk, fields: Mapping[str, str]) -> dict[str, str]:
    """Another requester comes with their own address and phone, where anything but their name is known."""
    if not fields.get("requester.name"):
        return {}
    known = requester_fields(find_requester(desk, fields["requester.name"]))
    own = known if any(value for key, value in known.items() if key != "requester.name") else {}
    return {key: value for key, value in own.items() if key == "requester.name" or key not in fields}


def _require_word_on_lowering(ticket: Ticket, changes: Sequence[Change], said: Said) -> None:
    lowered = next((c for c in changes if isinstance(c, FieldChange) and c.key == "priority"), None)
    if lowered and is_lower(lowered.new, lowered.old) and not said.text.strip():
        raise Missing(ticket.id, {"TEXT": _("why the priority sinks")})


def edit_changes(desk: Desk, ticket: Ticket, fields: Mapping[str, str], tagged: SetChange) -> tuple[Change, ...]:
    """The changes that bring a ticket to these values, the matrix's priority among them."""
    wanted = dict(fields)
    if "priority" not in wanted and ("impact" in wanted or "urgency" in wanted):
        pair = tuple(wanted.get(key, ticket.get(key)) for key in ("impact", "urgency"))
        wanted["priority"] = desk.settings.matrix[pair[0], pair[1]]
    changes: list[Change] = [
        FieldChange(key, value, ticket.get(key)) for key, value in wanted.items() if value != ticket.get(key)
    ]
    joined = tuple(one for one in dict.fromkeys(tagged.added) if one not in ticket.tags)
    left = tuple(one for one in dict.fromkeys(tagged.removed) if one in ticket.tags)
    if joined or left:
        changes.append(SetChange("tags", joined, left))
    return tuple(changes)


def read_tag(text: str) -> str:
    """A tag: one word without blanks, quotes or commas; raises BadTag."""
    tag = require_line("--tag", text)
    if not tag or any(char.isspace() or char in ',"' for char in tag) or tag[0] in "+-":
        raise BadTag(_("“{tag}” is no tag: one word without blanks, quotes or commas is.").format(tag=tag))
    return tag


def apply_edited(desk: Desk, ticket_id: str, said: Said, before: bytes, edited: bytes) -> list[Done]:
    """Take a ticket's file over as a person's editor left it, and journal what changed in it.

    `before` is what the editor was given. Raises SomeoneWasFaster when the file has changed since, and
    TouchedByHand when the journal, the state or what identifies the ticket was edited: those only move by verbs.
    """
    desk.require_writable()
    with desk.turn() as desk:
        desk.recorder.prepare([desk.path(ticket_id)])
        file = desk.load(ticket_id)
        if file.data != before:
            raise ChangedMeanwhile(_("{id} changed while you were editing: nothing was saved.").format(id=ticket_id))
        ticket = file.require_sound()
        new = TicketFile.parse(file.path, edited)
        _require_untouched(file, new)
        changes = _edited_changes(desk, ticket, file, new)
        _require_word_on_lowering(ticket, changes, said)
        actor = desk.actor(said.by, ticket.requester)
        done = [replace(add_entries(desk, new, ticket, said, actor, [Step("edit", changes)]), before=ticket)]
        save(desk, done)
    return done


def _require_untouched(file: TicketFile, new: TicketFile) -> None:
    new.require_sound()
    if _unended(new.text.journal) != _unended(file.text.journal):
        raise TouchedByHand(_("{path}: the journal was edited; it only grows, by `tkt log`.").format(path=file.path))
    touched = [key for key in _BY_VERBS_ALONE if new.ticket.get(key) != file.ticket.get(key)]
    touched += ["links"] if new.ticket.links != file.ticket.links else []
    for key in touched:
        message = _("{path}:{line}: “{key}” is not edited by hand.")
        raise TouchedByHand(message.format(path=file.path, line=new.line_of(key), key=key))


def _unended(journal: str) -> str:
    """A journal without its last line end: editors end a last line that was not ended, as the next entry would."""
    return journal.removesuffix("\n").removesuffix("\r")


def _edited_changes(desk: Desk, ticket: Ticket, file: TicketFile, new: TicketFile) -> tuple[Change, ...]:
    names = dict.fromkeys([*ticket.fields, *new.ticket.fields])
    fields = {
        key: new.ticket.get(key) for key in names if kind_of(key) == "field" and new.ticket.get(key) != ticket.get(key)
    }
    if fields.get("category"):
        fields["category"] = find_category(fields["category"], desk.settings.categories)
    joined = tuple(read_tag(one) for one in new.ticket.tags if one not in ticket.tags)
    left = tuple(one for one in ticket.tags if one not in new.ticket.tags)
    changes = edit_changes(desk, ticket, fields, SetChange("tags", joined, left))
    if new.text.body != file.text.body:
        return (*changes, FieldChange("edited", "description"))
    if not changes and new.data == file.data:
        raise NothingToDo(ticket.id)
    return changes or (FieldChange("edited", "front matter"),)
