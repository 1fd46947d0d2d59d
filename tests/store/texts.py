"""What people may write into a ticket, at its worst: lines that look like ours, odd characters, odd ends."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import settings
from hypothesis import strategies as st

from tkt.domain.entry import Change, Entry, FieldChange, SetChange
from tkt.domain.keys import KEYS
from tkt.domain.words import LEVEL

# For laws whose examples take their time to make.
fifty = settings(max_examples=50)

LIKE_OURS = (
    "",
    " ",
    "\t",
    "# Titre",
    "## Journal",
    "## Description",
    "###",
    "#### quatre",
    "### 2026-01-15T09:15:00+01:00 · Jean DUPONT · N1",
    "### 2026-01-15",
    "\\### 2026-01-15T09:15:00+01:00 · Jean DUPONT",
    "\\\\# deux",
    "- state: closed",
    "- state: new → closed",
    "- tags: +vip -old",
    "\\- state: closed",
    "\\\\- state: closed",
    "- state:",
    "- Symptôme : rien ne va",
    "- [ ] Vérifier SPF/DKIM",
    "---",
    "...",
    "```",
    "~~~",
    "<<<<<<< HEAD",
    "\\<<<<<<< HEAD",
    "=======",
    ">>>>>>> autre",
    "id: INC0000001",
    '"',
    '"a" → "b"',
    "a → b",
    " · ",
    "\\",
    "מחשב לא עובד \u202e!",
    "📠🔥 👩‍💻",
    "e\u0301 é \u00a0",
    "a\u2028b\u2029c\x85d\x0b\x0ce",
    "\rretour",
    "fin\r",
    "\ufeff",
    "\x00\x1b[31m\x7f",
)
characters = st.characters(codec="utf-8")
some_text = st.text(characters, max_size=8)
lines = st.one_of(st.sampled_from(LIKE_OURS), st.sampled_from(LIKE_OURS), some_text)
texts = st.lists(lines, max_size=5).map("\n".join)
words = st.one_of(st.sampled_from(LIKE_OURS), some_text, st.tuples(lines, lines).map("\n".join))

instants = st.builds(
    lambda seconds, quarters: (
        datetime(1990, 1, 1, tzinfo=timezone(timedelta(minutes=15 * quarters))) + timedelta(seconds=seconds)
    ),
    st.integers(0, 3_000_000_000),
    st.integers(-48, 56),
)
single_keys = st.sampled_from([*(name for name, key in KEYS.items() if key.kind != "set"), "x_ours", "x_a.b", "other"])
changes: st.SearchStrategy[Change] = st.one_of(
    st.builds(FieldChange, single_keys, words, words),
    st.builds(
        SetChange,
        st.sampled_from(["tags", "links"]),
        st.lists(words, max_size=2).map(tuple),
        st.lists(words, max_size=2).map(tuple),
    ),
)
entries = st.builds(
    Entry,
    at=instants,
    author=st.one_of(st.sampled_from(["Jean DUPONT", "public", "N1", "A · B", '"JD"', "Marie <m@e.fr>"]), words),
    level=st.sampled_from(["", *LEVEL.codes]),
    public=st.booleans(),
    changes=st.lists(changes, max_size=3).map(tuple),
    text=texts,
    ordinal=st.integers(1, 999_999_999),
)
line_ends = st.sampled_from(["\n", "\r\n"])
