"""The front matter, lossless: an edit reads back, everything else reads as before, and no other line moves."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.store import hand_written
from tests.store.hand_written import front_matters
from tests.store.texts import fifty, texts, words
from tkt.domain.keys import FRONT_MATTER, KEYS
from tkt.store.front_matter import FrontMatter, UnreadableFrontMatter, render_draft, render_front_matter

keys = st.sampled_from(
    [
        *hand_written.KEYS,
        *(f"requester.{child}" for child in hand_written.CHILDREN),
        *("code", "action", "x_new", "x_deep.name", "x_deep.new", "x_fresh.yes"),
    ]
)
values = st.one_of(st.just(""), st.sampled_from(hand_written.VALUES), words)
members = st.one_of(st.sampled_from(hand_written.TAGS), st.text(st.characters(codec="utf-8"), min_size=1, max_size=5))
some = st.lists(members, max_size=3, unique=True).map(tuple)


def loaded(source: str) -> dict[str, Any]:
    """What a plain YAML loader reads, every value as text."""
    return yaml.load(source, Loader=yaml.BaseLoader) or {}


def without(data: dict[str, Any], key: str) -> dict[str, Any]:
    """What is read, without one key (and without the mapping that held nothing else)."""
    parent, _dot, child = key.partition(".")
    rest = {name: value for name, value in data.items() if name not in (parent, key)}
    if child and isinstance(data.get(parent), dict):
        inner = {name: value for name, value in data[parent].items() if name != child}
        rest |= {parent: inner} if inner else {}
    return rest


def own_lines(front: FrontMatter, key: str) -> set[int]:
    """The lines on which a key stands, and the mapping that holds it where it is nested."""
    own: set[int] = set()
    for name in (key, key.partition(".")[0]):
        if place := front.places.get(name):
            first = front.source.count("\n", 0, place.key.start)
            own |= set(range(first, front.source.count("\n", 0, place.value.end) + 1))
    return own


def shared(one: list[str], other: list[str]) -> int:
    """How many lines two texts begin with alike."""
    return next(
        (n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )


def between(before: FrontMatter, after: FrontMatter) -> tuple[set[int], set[int]]:
    """The lines of each text from the first that differs to the last."""
    old, new = before.source.split("\n"), after.source.split("\n")
    top = shared(old, new)
    end = shared(old[top:][::-1], new[top:][::-1])
    return set(range(top, len(old) - end)), set(range(top, len(new) - end))


def line_by_line(before: FrontMatter, after: FrontMatter) -> tuple[set[int], set[int]]:
    """The lines of each text that have no like in the other, as a diff pairs them."""
    old, new = before.source.split("\n"), after.source.split("\n")
    changed = [one for one in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if one[0] != "equal"]
    gone = {line for _what, start, end, _from, _to in changed for line in range(start, end)}
    return gone, {line for _what, _from, _to, start, end in changed for line in range(start, end)}


def notes(source: str) -> int:
    """How many comments stand there (no text of these front matters holds such words)."""
    return sum(source.count(word) for word in ("# note", "# clé", "# seul", "# id", "# décalé", "# un,", "# a, b"))


def check_edit(before: FrontMatter, after: FrontMatter, key: str) -> None:
    assert without(loaded(after.source), key) == without(loaded(before.source), key)
    # A comment that stays between two lines that change is touched by neither, and a diff may pair blank lines amiss.
    pairings = [between(before, after), line_by_line(before, after)]
    assert any(old <= own_lines(before, key) and new <= own_lines(after, key) for old, new in pairings)
    assert after.source.count("\r\n") in (0, after.source.count("\n"))
    assert list(after.flaws()) == list(before.flaws()) == []


@fifty
@given(front_matters(), keys, values)
def test_a_value_reads_back_and_nothing_else_changes(written: tuple[str, str], key: str, value: str) -> None:
    before = FrontMatter(*written)
    after = before.with_value(key, value)
    assert after.fields.get(key, "") == value
    check_edit(before, after, key)
    assert notes(after.source) == notes(before.source)


@fifty
@given(front_matters(), st.sampled_from(["tags", "links"]), some, some)
def test_members_join_and_leave_and_nothing_else_changes(
    written: tuple[str, str], key: str, added: tuple[str, ...], removed: tuple[str, ...]
) -> None:
    before = FrontMatter(*written)
    after = before.with_members(key, added, removed)
    kept = [one for one in before.members(key) if one not in removed or one in added]
    assert after.members(key) == (*kept, *(one for one in added if one not in before.members(key)))
    check_edit(before, after, key)
    gone = set(before.members(key)) - set(after.members(key))
    assert notes(before.source) - len(gone) <= notes(after.source) <= notes(before.source)


@fifty
@given(front_matters(), st.lists(st.tuples(keys, values), max_size=8), some, some)
def test_any_sequence_of_edits_reads_as_its_last_word(
    written: tuple[str, str], edits: list[tuple[str, str]], tags: tuple[str, ...], left: tuple[str, ...]
) -> None:
    front = FrontMatter(*written)
    members = front.members("tags")
    expected = {key: value for key, value in front.fields.items() if value}
    for key, value in edits:
        front = front.with_value(key, value).with_members("tags", tags, ()).with_members("tags", (), left)
        expected[key] = value
        members = tuple(one for one in dict.fromkeys([*members, *tags]) if one not in left)
        assert {key: text for key, text in front.fields.items() if text} == {k: v for k, v in expected.items() if v}
        assert front.members("tags") == members


@fifty
@given(front_matters(), keys)
def test_a_value_that_stands_there_already_changes_nothing(written: tuple[str, str], key: str) -> None:
    before = FrontMatter(*written)
    assert before.with_value(key, before.fields.get(key, "")) is before
    assert before.with_members("tags", before.members("tags"), ("nobody's",)) is before


@fifty
@given(front_matters(), keys, st.sampled_from(hand_written.VALUES))
def test_what_tkt_writes_is_text_to_a_plain_yaml_loader(written: tuple[str, str], key: str, value: str) -> None:
    parent, _dot, child = key.partition(".")
    before = FrontMatter(*written)
    after = before.with_value(key, value)
    if key == "opened_at" or after is before:
        return
    read = yaml.safe_load(after.source.replace("!!str", ""))
    found = read.get(key) or read[parent][child] if child else read[key]
    assert found == value


named = st.dictionaries(
    st.sampled_from([*(k for k in FRONT_MATTER if KEYS[k].kind != "set"), "x_a", "x_b.c", "x_a.d"]), words
)


@fifty
@given(named, some, some)
def test_a_new_front_matter_reads_back_as_it_was_meant(
    fields: dict[str, str], tags: tuple[str, ...], links: tuple[str, ...]
) -> None:
    front = FrontMatter(render_front_matter(fields, {"tags": tags, "links": links}))
    assert front.fields == {key: value for key, value in fields.items() if value}
    assert (front.members("tags"), front.members("links")) == (tags, links)
    assert list(front.flaws()) == []
    assert [key for key in front.places if key in FRONT_MATTER] == [key for key in FRONT_MATTER if key in front.places]


@fifty
@given(named, some)
def test_a_draft_shows_the_empty_keys_too(fields: dict[str, str], tags: tuple[str, ...]) -> None:
    front = FrontMatter(render_draft(fields, tags))
    assert front.fields == fields
    assert front.members("tags") == tags


@fifty
@given(texts)
def test_any_text_is_a_front_matter_or_told_as_none(source: str) -> None:
    front = FrontMatter(source)
    try:
        front.places  # noqa: B018
    except UnreadableFrontMatter as error:
        assert 1 <= error.line <= len(source.splitlines()) + 1
    else:
        for flaw in front.flaws():
            assert flaw.message
