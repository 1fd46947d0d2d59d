"""Reading a front matter without YAML: it says what the YAML reader says, or nothing at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.store.course_ticket import course
from tests.store.hand_written import VALUES
from tests.store.texts import LIKE_OURS
from tkt.domain.growth import Snapshot
from tkt.domain.keys import KEYS
from tkt.store.front_matter import FrontMatter, UnreadableFrontMatter
from tkt.store.plain_front_matter import read_plainly

SIGNS = ["~", "null", "NULL", '""', '"a"', '"a" b', "'a'", "[a]", "[a, b]", '["a:b", c]', "[null]", "[]", "[a,b]", "[a"]
SIGNS += [
    "a: b",
    "a:",
    "a #b",
    "a#b",
    "- a",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "%a",
    "@a",
    "`a",
    "{a: b}",
    "? a",
    "...",
    "---",
]
SIGNS += ["a\tb", "a ", " a", "é\u00a0", "a\u2028b", "a\x85b", "\ufeffa", '"\\u00e9"', "<<", "=", "1_000", "0x1F", "📠"]
values = st.sampled_from([*VALUES, *SIGNS, *LIKE_OURS, ""])
names = st.sampled_from(
    [*(key for key in KEYS if "." not in key), "x_ours", "requester", "couleur", "null", "Xx", "été"]
)
children = st.sampled_from(["name", "phone", "email", "null", "0", "a.b"])
top = st.builds("{}:{}{}".format, names, st.sampled_from([" ", "", "  ", " \t"]), values)
below = st.builds(
    "{}{}:{}{}".format, st.sampled_from(["  ", "    ", " "]), children, st.sampled_from([" ", ""]), values
)
lines = st.one_of(top, top, below, st.sampled_from(["", "# note", "  # note", "- a", "  suite", "...", "---", "<<: a"]))
sources = st.lists(lines, max_size=6).map(lambda some: "".join(f"{line}\n" for line in some))


def by_yaml(source: str) -> Snapshot | None:
    front = FrontMatter(source)
    try:
        sets = {name: front.members(name) for name, key in KEYS.items() if key.kind == "set"}
        return Snapshot(front.fields, sets)
    except UnreadableFrontMatter:
        return None


@given(sources)
def test_it_says_what_the_yaml_reader_says_or_nothing(source: str) -> None:
    plain = read_plainly(source)
    assert plain is None or plain == by_yaml(source)


@given(st.lists(st.tuples(names, values), max_size=6, unique_by=lambda pair: pair[0]))
def test_of_single_lines_too(pairs: list[tuple[str, str]]) -> None:
    source = "".join(f"{name}: {value}\n" for name, value in pairs)
    plain = read_plainly(source)
    assert plain is None or plain == by_yaml(source)


def test_what_tkt_writes_is_plain() -> None:
    front = course().text.front_matter
    assert read_plainly(front.source) is not None
    edited = front.with_members("tags", ("vip", "réseau"), ()).with_members("links", ("caused-by:PRB0000007",), ())
    edited = edited.with_value("requester.phone", "0612345670").with_value("x_ours", "12")
    assert read_plainly(edited.source) == by_yaml(edited.source) != None  # noqa: E711 - both at once


def test_a_value_inside_a_text_of_several_lines_is_left_to_the_yaml_reader() -> None:
    assert read_plainly('couleur: "a\nstate: closed\nb"\n') is None
    assert read_plainly("couleur: |\n  a\nstate: closed\n") is None
