"""The front matter by examples: what an edit makes of a line, and what is refused with its line."""

from __future__ import annotations

import pytest

from tkt.store.front_matter import (
    FrontMatter,
    UneditableFrontMatter,
    UnreadableFrontMatter,
)


@pytest.mark.parametrize(
    ("before", "key", "value", "after"),
    [
        ("state: new # c\n", "state", "closed", "state: closed # c\n"),
        ("state: 'new'\n", "state", "closed", "state: 'closed'\n"),
        ('"state" : "new"\n', "state", "closed", '"state" : "closed"\n'),
        ("state:\n", "state", "closed", "state: closed\n"),
        ("state: ~ # c\n", "state", "closed", "state: closed # c\n"),
        ("id: a\nlevel: N1\n", "state", "closed", "id: a\nstate: closed\nlevel: N1\n"),
        ("# c\nx_a: 1\n", "state", "closed", "state: closed\n# c\nx_a: 1\n"),
        ("id: a\nassignee: b\nlevel: N1\n", "assignee", "", "id: a\nlevel: N1\n"),
        ("cause: |+\n  a\n\nid: b\n\n", "id", "", "cause: |+\n  a\n\nid: \n\n"),
        ("id: a\nassignee: b # c\nlevel: N1\n", "assignee", "", "id: a\nassignee:  # c\nlevel: N1\n"),
        ("phone: 0612\nasset: 0613\n", "asset", "0614", 'phone: 0612\nasset: "0614"\n'),
        ("cause: |  # c\n  a\n\n  b\n\nid: x\n", "cause", "d", "cause: d  # c\n\nid: x\n"),
        ("cause: a\n  b\n\n  c # d\nid: x\n", "cause", "d", "cause: d # d\nid: x\n"),
        ("id: a\n", "requester.name", "M", "id: a\nrequester:\n  name: M\n"),
        ("id: a\nrequester: # c\n# d\n", "requester.name", "M", "id: a\nrequester: # c\n  name: M\n# d\n"),
        ("id: a\nrequester: ~\n", "requester.name", "M", "id: a\nrequester: \n  name: M\n"),
        ("requester: {}\n", "requester.name", "M", "requester: {name: M}\n"),
        ("requester: {name: M}\n", "requester.phone", "06", 'requester: {name: M, phone: "06"}\n'),
        ("requester: {name: M, phone: 06}\n", "requester.phone", "", "requester: {name: M}\n"),
        ("requester: {phone: 06, name: M}\n", "requester.phone", "", "requester: {name: M}\n"),
        ("requester: {name}\n", "requester.name", "M", "requester: {name: M}\n"),
        ("requester:\n    name: M\n", "requester.phone", "1", 'requester:\n    name: M\n    phone: "1"\n'),
        ("requester:\n  name: M\n", "requester.name", "", "requester:\n  name: \n"),
        ("  id: a\n", "state", "new", "  id: a\n  state: new\n"),
        ("x_a: 5\n", "x_a.b", "6", 'x_a: 5\nx_a.b: "6"\n'),
        ("id: a\n", "x_a.yes", "no", 'id: a\nx_a:\n  "yes": "no"\n'),
        ("id: a\n...\n", "state", "new", "id: a\nstate: new\n...\n"),
        ("x_a: 1\n", "opened_at", "2026-01-15T09:15:00Z", "opened_at: 2026-01-15T09:15:00Z\nx_a: 1\n"),
    ],
)
def test_an_edit_is_what_a_careful_hand_would_make_of_it(before: str, key: str, value: str, after: str) -> None:
    assert FrontMatter(before).with_value(key, value).source == after
    crlf = FrontMatter(before.replace("\n", "\r\n"), "\r\n")
    assert crlf.with_value(key, value).source == after.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("before", "added", "removed", "after"),
    [
        ("id: a\n", ("b", "c"), (), "id: a\ntags: [b, c]\n"),
        ("tags:\n", ("b",), (), "tags: [b]\n"),
        ("tags: ~ # c\n", ("b",), (), "tags: [b] # c\n"),
        ("tags: []\n", ("b",), (), "tags: [b]\n"),
        ("tags: ['a', b] # c\n", ("c: d",), ("b",), "tags: ['a', \"c: d\"] # c\n"),
        ("tags: [a,b , c]\n", (), ("b",), "tags: [a,c]\n"),
        ("tags: [a]\n", (), ("a",), "tags: []\n"),
        ("tags: [a,]\n", (), ("a",), "tags: []\n"),
        ("tags: [a]\n", ("b",), ("a",), "tags: [b]\n"),
        ("tags: [a, b, a]\n", (), ("a",), "tags: [b]\n"),
        ("tags: [a, # x, y\n  b]\n", (), ("a",), "tags: [ # x, y\n  b]\n"),
        ("tags: [a, # x, y\n  b]\n", (), ("b",), "tags: [a # x, y\n  ]\n"),
        ("tags: [a # x, y\n  , b]\n", (), ("a",), "tags: [ # x, y\n   b]\n"),
        ("tags:\n- a # x\n- b\nid: c\n", ("c",), (), "tags:\n- a # x\n- b\n- c\nid: c\n"),
        ("tags:\n  - a # x\n  # y\n  - b\n", (), ("a",), "tags:\n  # y\n  - b\n"),
        ("tags:\n  - a\nid: c\n", (), ("a",), "id: c\n"),
        ("tags:\n  - a\nid: c\n", ("b",), ("a",), "tags:\n  - b\nid: c\n"),
        ("tags: # x\n  # y\n  - a\nid: c\n", (), ("a",), "tags: [] # x\n  # y\nid: c\n"),
        ("id: a\ntags:\n  - b\n", (), ("b",), "id: a\n"),
        ("tags: [a]\n", ("a",), ("a",), "tags: [a]\n"),
    ],
)
def test_a_set_is_edited_as_a_careful_hand_would(
    before: str, added: tuple[str, ...], removed: tuple[str, ...], after: str
) -> None:
    assert FrontMatter(before).with_members("tags", added, removed).source == after
    crlf = FrontMatter(before.replace("\n", "\r\n"), "\r\n")
    assert crlf.with_members("tags", added, removed).source == after.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("source", "key"),
    [("? title\n", "title"), ("id: a\nx_a:\n  b: 1\n", "x_a")],
)
def test_an_edit_that_would_change_something_else_is_refused(source: str, key: str) -> None:
    with pytest.raises(UneditableFrontMatter, match=key) as caught:
        FrontMatter(source).with_value(key, "new")
    assert caught.value.line == source[: source.index(key[:3])].count("\n") + 1


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("- a\n", 1),
        ("a\n", 1),
        ("{a: b}\n", 1),
        ("a: 1\nb: [\n", 2),
        ("a: &b 1\nc: *b\n", 1),
        ("a: b: c\n", 1),
        ("a: 1\nb: \x00\n", 2),
    ],
)
def test_what_is_no_mapping_is_told_with_its_line_and_the_way_out(source: str, line: int) -> None:
    with pytest.raises(UnreadableFrontMatter) as caught:
        FrontMatter(source).places  # noqa: B018
    assert caught.value.line == line
    assert caught.value.mend


def test_a_key_that_stands_twice_and_a_key_that_is_no_word_are_told() -> None:
    front = FrontMatter('id: a\nrequester: {name: b, "name": c, [d]: e}\n"id": f\n? {a: b}\n: c\n')
    assert sorted((flaw.line, flaw.rule) for flaw in front.flaws()) == [
        (2, "duplicate-key"),
        (2, "key"),
        (3, "duplicate-key"),
        (4, "key"),
    ]
    assert front.fields == {"id": "a", "requester.name": "b"}


def test_a_billion_laughs_are_refused_at_once() -> None:
    lines = ["a0: &a0 [lol]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]
    with pytest.raises(UnreadableFrontMatter, match="&a0"):
        FrontMatter("\n".join(lines) + "\n").places  # noqa: B018


@pytest.mark.parametrize(
    "source",
    [
        "".join(f"key{number}: value\n" for number in range(10_000)),
        "x_a:\n" + "".join(f"  key{number}: value\n" for number in range(10_000)),
        "tags: [" + "a, " * 20_000 + "]\n",
        "title: " + "mot " * 250_000 + "\n",
        "cause: |\n" + "  ligne\n" * 120_000,
        "# note\n" * 140_000,
    ],
    ids=["keys", "nested", "flow", "plain", "block", "comments"],
)
def test_a_very_long_front_matter_is_read_and_edited(source: str) -> None:
    front = FrontMatter(source).with_value("state", "new")
    assert front.fields["state"] == "new"
    assert list(front.flaws()) == []
