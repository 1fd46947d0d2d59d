"""A ticket's file: read into a Ticket with what is wrong with it, and written back with one more entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tkt.domain.entry import Entry, SetChange
from tkt.domain.finding import Finding
from tkt.domain.instant import read_instant
from tkt.domain.keys import KEYS, REQUIRED, kind_of
from tkt.domain.ticket import Ticket
from tkt.domain.words import did_you_mean
from tkt.errors import RuleRefuses
from tkt.language import _, reason_of
from tkt.store.bounded_file import read_file, size_in_words
from tkt.store.free_text import open_block
from tkt.store.front_matter import UneditableFrontMatter, UnreadableFrontMatter, render_front_matter
from tkt.store.journal_text import Flaw, render_entry
from tkt.store.ticket_text import NoFrontMatter, TicketText, conflict, conflict_line, without_journal
from tkt.store.unreadable_ticket import UnreadableTicket
from tkt.store.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, is_nothing

_SHOWN = 60
# Eight entries of the longest words. What is larger was not written by tkt, and is not read by it (docs/format.md).
LARGEST = 2 * 1024 * 1024
# So few bytes hold no more of anything than can be read: most tickets need not be taken apart to know.
_SURELY_READ = 6 * 1024
# A file of thousands of unknown keys shall not keep anyone waiting for as many guesses at what was meant.
_SUGGESTIONS = 10


class TicketFull(RuleRefuses):
    """A ticket that would grow beyond what can be read back."""


@dataclass(frozen=True)
class TicketFile:
    """One ticket as its file says it. `path` is as people see it: relative to the desk."""

    path: str
    text: TicketText

    @classmethod
    def parse(cls, path: str, data: bytes) -> TicketFile:
        """Read a file's bytes; raises UnreadableTicket where there is no ticket to be read at all."""
        if len(data) > LARGEST:
            raise too_large(path)
        try:
            source = data.decode()
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            flaw = Flaw(line, "error", "encoding", _("this is not UTF-8 text"), _("Save the file as UTF-8."))
            raise _unreadable(path, flaw) from error
        try:
            text = TicketText.parse(source)
            text.front_matter.places  # noqa: B018 - broken YAML is told here, with its line
        except (NoFrontMatter, UnreadableFrontMatter) as error:
            line = conflict_line(source)
            raise _unreadable(path, conflict(line) if line else _flaw_of(error)) from error
        return cls(path, text)

    @classmethod
    def of(cls, path: str, file: Path) -> TicketFile:
        """Read a file; raises UnreadableTicket, also where it cannot be opened."""
        try:
            return cls.parse(path, read_file(file, LARGEST))
        except OSError as error:
            message = _("cannot be read: {why}").format(why=reason_of(error))
            raise _unreadable(path, Flaw(0, "error", "file", message)) from error

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return str(self.text).encode()

    @cached_property
    def ticket(self) -> Ticket:
        """The ticket; raises UnreadableTicket when a value without which there is none is missing or wrong."""
        for flaw in (*self.front_matter_flaws(), *self.text.excess):
            if flaw.severity == "error":
                raise UnreadableTicket(self._finding(flaw))
        front = self.text.front_matter
        return Ticket(
            front.fields,
            read_instant(front.fields["opened_at"]),
            self.text.entries,
            front.members("tags"),
            front.members("links"),
            self.text.section("Description"),
            self.text.section("Actions"),
            front.members("aliases"),
        )

    def require_sound(self) -> Ticket:
        """The ticket, when its file is one that may be written on: raises UnreadableTicket at its first error."""
        for finding in self.findings():
            if finding.severity == "error":
                raise UnreadableTicket(finding)
        return self.ticket

    def with_entry(self, entry: Entry) -> TicketFile:
        """The file with one more entry, and the snapshot that follows from it.

        Raises UnreadableTicket where the front matter cannot take a change without losing something else, and
        TicketFull where the file could not be read any more.
        """
        front = self.text.front_matter
        try:
            for change in entry.changes:
                if isinstance(change, SetChange):
                    front = front.with_members(change.key, change.added, change.removed)
                elif kind_of(change.key) == "field":
                    front = front.with_value(change.key, change.new)
        except UneditableFrontMatter as error:
            raise self._uneditable(error) from error
        return _readable(TicketFile(self.path, self.text.with_front_matter(front).with_entry(entry)))

    def moved_to(self, path: str, ticket_id: str) -> TicketFile:
        """The file under another id; its journal is as it was. Raises UnreadableTicket as `with_entry` does."""
        try:
            front = self.text.front_matter.with_value("id", ticket_id)
        except UneditableFrontMatter as error:
            raise self._uneditable(error) from error
        return TicketFile(path, self.text.with_front_matter(front))

    def _uneditable(self, error: UneditableFrontMatter) -> UnreadableTicket:
        mend = _("Write it plainly, as “key: value” on a line of its own.")
        return _unreadable(self.path, Flaw(error.line + 1, "error", "front-matter", str(error), mend))

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the file's form and values, front matter first."""
        for flaw in [*self.front_matter_flaws(), *self.text.flaws()]:
            yield self._finding(flaw)

    def front_matter_flaws(self) -> Iterator[Flaw]:
        """What is wrong with the front matter, with lines of the file."""
        front = self.text.front_matter
        for flaw in front.flaws():
            yield flaw._replace(line=flaw.line + 1)
        unknown = 0
        for key, place in front.places.items():
            unknown += kind_of(key) is None
            yield from _flaws_of_value(key, place.value, front.line_of(place) + 1, suggest=unknown <= _SUGGESTIONS)
        for key in REQUIRED:
            if not front.fields.get(key):
                message, mend = _("“{key}” is missing").format(key=key), _("Put it back as it was in git.")
                yield Flaw(self.line_of(key), "error", "missing-key", message, mend)

    def line_of(self, key: str) -> int:
        """The line of the file on which a key stands, 1 when it does not."""
        front = self.text.front_matter
        return front.line_of(front.places[key]) + 1 if key in front.places else 1

    def _finding(self, flaw: Flaw) -> Finding:
        return _finding(self.path, flaw)


def too_large(path: str) -> UnreadableTicket:
    """Why a file of more than LARGEST bytes is not read."""
    message = _("the file is larger than {limit}").format(limit=size_in_words(LARGEST))
    return _unreadable(path, Flaw(0, "error", "size", message, _("Put it back from git.")))


def new_ticket_file(path: str, fields: Mapping[str, str], ticket: Ticket, body: str) -> TicketFile:
    """A ticket's first file: front matter, `body` (its sections as they are to stand), journal; raises TicketFull."""
    journal = "\n".join(render_entry(entry) for entry in ticket.entries)
    front = render_front_matter(dict(fields), ticket.sets)
    body = without_journal(body.lstrip("\n"))
    ended = body if not body or body.endswith("\n") else f"{body}\n"
    sections = f"\n{ended}" if body else ""
    text = f"---\n{front}---\n{sections}\n## Journal\n\n{journal}"
    return _readable(TicketFile(path, TicketText.parse(text)))


def _readable(file: TicketFile) -> TicketFile:
    """A file about to be written, when it can be read again."""
    size = len(file.data)
    if size > LARGEST or (size > _SURELY_READ and file.text.excess):
        message = _("{path}: the ticket would be too long to be read: attach what is large with `tkt attach`.")
        raise TicketFull(message.format(path=file.path))
    return file


def sections_of(description: str, actions: str = "") -> str:
    """The body of a new ticket, from what was typed."""
    parts = (("Description", description), ("Actions", actions))
    return "\n".join(f"## {title}\n{open_block(text)}" for title, text in parts if text)


def _flaws_of_value(key: str, node: Node, line: int, *, suggest: bool) -> Iterator[Flaw]:
    kind = kind_of(key)
    if kind == "set":
        yield from _flaws_of_set(key, node, line)
    elif key == "requester":
        if not isinstance(node, MappingNode) and not is_nothing(node):
            message = _("“requester” must hold `name:` and, where known, department, email and phone")
            yield Flaw(line, "error", "value-type", message, _("Put them below it, one a line, indented."))
    elif kind is None or kind == "fact":
        message = _("“{key}” is not a known key; keys of your own begin with x_").format(key=key[:_SHOWN])
        known = [one for one in KEYS if kind_of(one) != "fact"] if kind is None and suggest else []
        yield Flaw(line, "warning", "unknown-key", message, did_you_mean(key[:_SHOWN], known).strip())
    elif not key.startswith("x_"):
        yield from _flaws_of_scalar(key, node, line)


def _flaws_of_set(key: str, node: Node, line: int) -> Iterator[Flaw]:
    words = isinstance(node, SequenceNode) and all(isinstance(one, ScalarNode) for one in node.items)
    if not words and not is_nothing(node):
        message = _("“{key}” must be a list of words: [one, two]").format(key=key)
        yield Flaw(line, "error", "value-type", message, _("Put brackets round it, and commas between."))


def _flaws_of_scalar(key: str, node: Node, line: int) -> Iterator[Flaw]:
    if not isinstance(node, ScalarNode):
        mend = _("Take the brackets away, or put quotes round a text that begins with one.")
        yield Flaw(line, "error", "value-type", _("“{key}” must be a single value").format(key=key), mend)
        return
    value, known = node.text, KEYS[key]
    if known.values is not None and value and value not in known.values:
        message = _("“{value}” is not a known {vocabulary}").format(value=value[:_SHOWN], vocabulary=key)
        yield Flaw(line, "error", "value", message, did_you_mean(value[:_SHOWN], known.values.codes).strip())
    if known.is_instant and value and not _is_instant(value):
        message = _("“{value}” is no instant with its offset, such as 2026-01-15T09:15:00+01:00")
        yield Flaw(line, "error", "value", message.format(value=value[:_SHOWN]), _("Put it back as it was in git."))


def _is_instant(text: str) -> bool:
    try:
        read_instant(text)
    except ValueError:
        return False
    return True


def _flaw_of(error: NoFrontMatter | UnreadableFrontMatter) -> Flaw:
    if isinstance(error, UnreadableFrontMatter):
        return Flaw(error.line + 1, "error", "front-matter", str(error), error.mend)
    message = _("the file must begin with a front matter between two `---` lines")
    return Flaw(1, "error", "front-matter", message, _("Put it back from git."))


def _finding(path: str, flaw: Flaw) -> Finding:
    return Finding(path, flaw.line, flaw.severity, flaw.rule, flaw.message, flaw.mend)


def _unreadable(path: str, flaw: Flaw) -> UnreadableTicket:
    return UnreadableTicket(_finding(path, flaw))
