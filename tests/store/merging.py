"""Clones of a ticket as people and commands leave them, for the laws of merging."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta

from hypothesis import strategies as st

from tests.store.course_ticket import COURSE, PATH, TEN
from tests.store.hand_written import front_matters
from tests.store.texts import line_ends, texts, words
from tkt.domain.entry import Change, Entry, FieldChange, SetChange
from tkt.domain.journal import next_position, replay
from tkt.domain.keys import KEYS
from tkt.git.line_merge import merge_lines
from tkt.store.journal_text import render_entry
from tkt.store.merging.ticket_merge import Merged, merge_tickets
from tkt.store.ticket_file import TicketFile
from tkt.store.unreadable_ticket import UnreadableTicket

_FIELDS = ["state", "priority", "assignee", "group", "cause", "code", "asset", "title", "requester.phone"]
_ALSO = ["requester.location", "via", "x_ours", "x_deep.name", "category", "level"]
_WORDS = st.one_of(st.sampled_from(["Zoé", "N2", "> 70%", "0612345670", "yes", "a: b", "# a", ""]), words)
_MEMBERS = st.lists(st.sampled_from(["vip", "réseau", "deux mots", "12", "zz", "a:b"]), max_size=2, unique=True)
changes: st.SearchStrategy[Change] = st.one_of(
    st.builds(FieldChange, st.sampled_from(_FIELDS + _ALSO), _WORDS),
    st.builds(FieldChange, st.sampled_from([name for name, key in KEYS.items() if key.kind == "fact"]), words),
    st.builds(SetChange, st.sampled_from(["tags", "links"]), _MEMBERS.map(tuple), st.just(())),
    st.builds(SetChange, st.just("tags"), st.just(()), _MEMBERS.map(tuple)),
)
said = st.tuples(
    st.integers(0, 3),
    st.sampled_from(["Jean DUPONT", "Zoé LENOIR"]),
    st.lists(changes, max_size=3, unique_by=lambda change: change.key).map(tuple),
    texts.map(lambda text: text.rstrip("\r\n")),
)
Said = tuple[int, str, tuple[Change, ...], str]
# An opening that says nothing of a front matter which hands wrote.
OPENING = "\n### 2026-01-15T09:15:00+01:00 · Jean DUPONT · N1\n\nOuvert.\n"
BODY = COURSE[COURSE.index("\n## Description") : COURSE.index("\n### ")] + OPENING


def with_said(file: TicketFile, steps: Iterable[Said]) -> TicketFile:
    """The file after commands; what a front matter cannot take, its commands refuse."""
    for minutes, author, moved, text in steps:
        entries = file.text.entries
        at, ordinal = next_position(entries, TEN + timedelta(minutes=minutes))
        try:
            file = file.with_entry(Entry(at, author, changes=_from(file, moved), text=text, ordinal=ordinal))
        except UnreadableTicket as error:
            assert "cannot edit" in str(error)
    return file


def _from(file: TicketFile, moved: Iterable[Change]) -> tuple[Change, ...]:
    """The changes with the old values that stand there, as commands write them."""
    fields = file.text.front_matter.fields
    return tuple(
        FieldChange(
            one.key, one.new, fields.get(one.key, "") if not KEYS.get(one.key) or KEYS[one.key].kind == "field" else ""
        )
        if isinstance(one, FieldChange)
        else one
        for one in moved
    )


@st.composite
def bases(draw: st.DrawFn) -> TicketFile:
    """A ticket from which clones grow: the course's, or one whose front matter hands wrote."""
    if draw(st.booleans()):
        text = COURSE.replace("\n", draw(line_ends))
        return TicketFile.parse(PATH, (text if draw(st.booleans()) else text.rstrip("\r\n")).encode())
    front, eol = draw(front_matters())
    indent = re.match(r"( *)", next((one for one in front.split(eol) if re.match(r" *['\"\w?]", one)), ""))
    uid = f"{indent[1] if indent else ''}uid: 4k7m2x9p3q{eol}"
    bom = draw(st.sampled_from(["", "\ufeff"]))
    return TicketFile.parse(PATH, f"{bom}---{eol}{uid}{front}---{eol}{BODY.replace(chr(10), eol)}".encode())


# What hands do to a line, the last that begins so: another comes before it, or in its place, or it goes.
# Where nothing fits, nothing is done.
hand_edits = st.lists(
    st.sampled_from(
        [
            ("uid:", "before", "# vu avec Marie"),
            ("opened_at:", "before", "# à revoir"),
            ("  email:", "before", "  # à revoir"),
            ("title:", "before", "x_first: 1"),
            ("---", "before", "x_last: {a: 1}"),
            ("---", "before", "x_other: 'é'"),
            ("---", "before", "# fin"),
            ("via:", "instead", "via: email  # par la suite"),
            ("asset:", "gone", ""),
            ("  phone:", "gone", ""),
            ("tags:", "instead", "tags: [ vip, réseau ] # à la main"),
            ("requester:", "instead", "requester: # qui ?"),
            ("category:", "instead", 'category: "Messagerie"'),
            ("## Actions", "before", "Précision."),
            ("- [ ]", "before", "- [ ] Appeler"),
            ("- [ ]", "instead", "- [x] Vérifier SPF/DKIM"),
            ("## Journal", "before", "## Notes"),
            ("## Journal", "before", "à moi"),
        ]
    ),
    max_size=3,
    unique=True,
)
Edit = tuple[str, str, str]


def by_hand(file: TicketFile, edits: Iterable[Edit]) -> TicketFile:
    """The file after an editor; one that would leave no ticket to be read is undone."""
    for beginning, how, line in edits:
        lines = str(file.text).split(file.text.eol)
        for at in [number for number, one in enumerate(lines) if number and one.startswith(beginning)][-1:]:
            lines[at : at + (how != "before")] = [] if how == "gone" else [line]
        with suppress(UnreadableTicket):
            file = TicketFile.parse(PATH, file.text.eol.join(lines).encode())
    return file


def merged(base: TicketFile | None, ours: TicketFile, theirs: TicketFile) -> Merged:
    """The merge under test, with git's own line merge."""
    return merge_tickets(base.data if base else None, ours.data, theirs.data, merge_lines)


def read(result: Merged) -> TicketFile:
    """A merged file."""
    return TicketFile.parse(PATH, result.data)


def in_order(file: TicketFile) -> bool:
    """Whether a journal stands in journal order."""
    keys = [(entry.position, render_entry(entry).encode()) for entry in file.text.entries]
    return keys == sorted(keys)


def count(file: TicketFile) -> Counter[str]:
    """How often each entry stands in a journal."""
    return Counter(render_entry(entry).rstrip("\n") for entry in file.text.entries)


def follows_its_journal(file: TicketFile) -> bool:
    """Whether the snapshot is what the journal says."""
    front, told = file.text.front_matter, replay(file.text.entries)
    values = all(front.fields.get(key, "") == value for key, value in told.values.items())
    return values and all(
        present == (member in front.members(key))
        for key, members in told.members.items()
        for member, present in members.items()
    )
