"""Read without a YAML parser, a front matter says exactly what the parser makes of it, or nothing is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.course_ticket import course
from tests.store.hand_written import VALUES, front_matters
from tests.torture import scaled
from tkt.store.front_matter import render_front_matter
from tkt.store.plain_yaml import compose_plainly
from tkt.store.yaml_text import compose
from tkt.store.yaml_tree import BrokenYaml

many = settings(max_examples=scaled(80, 20_000))
pieces = st.sampled_from(
    [
        *(
            "id",
            "x_a",
            "  ",
            "    ",
            ":",
            ": ",
            ":\n",
            "\n",
            "\r\n",
            "\r",
            " ",
            "[",
            "]",
            ", ",
            ",",
            "{}",
            "'",
            '"',
            '""',
        ),
        *(
            "~",
            "null",
            "a",
            "é 📠",
            "-",
            "- a",
            "#",
            " # b",
            "a: b",
            "a:b",
            "a:",
            "?",
            "|",
            ">",
            "&a",
            "*a",
            "!a",
            "%",
            "@",
        ),
        *(
            "\t",
            "\x85",
            "\u2028",
            "\ufeff",
            "\\",
            "---\n",
            "...\n",
            "12",
            "1:30",
            "yes",
            "[a, b]",
            '["a b"]',
            "['é']",
            "[]",
        ),
        *VALUES,
    ]
)
made_up = st.lists(
    st.tuples(st.sampled_from(["", "", "  "]), st.sampled_from(["id", "x_a", "b"]), st.lists(pieces, max_size=3)),
    max_size=4,
).map(lambda lines: "".join(f"{indent}{key}: {''.join(value)}\n" for indent, key, value in lines))


def parsed(source: str) -> object:
    """What the YAML parser makes of it."""
    try:
        return compose(source)
    except BrokenYaml as error:
        return error


@many
@given(st.one_of(made_up, st.lists(pieces, max_size=12).map("".join), front_matters().map(lambda made: made[0])))
def test_what_is_read_plainly_is_what_the_parser_reads(source: str) -> None:
    plain = compose_plainly(source)
    assert plain is None or plain == parsed(source)


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_what_tkt_writes_is_read_plainly(eol: str) -> None:
    sets = {"tags": ("vip", "deux mots"), "links": ("related-to:INC0012345",)}
    made = render_front_matter({"id": "INC0000001", "requester.name": "Zoé LE GOFF", "requester.phone": "0612"}, sets)
    for source in (course().text.front_matter.source, made):
        source = source.replace("\n", eol)
        assert compose_plainly(source) == compose(source)
        assert compose_plainly(source) is not None


@pytest.mark.parametrize(
    "line", ["a: b # c", "a: ~", "a: null", "null: b", "a: 'it''s'", 'a: "\\n"', "# a", "", "a:  b", "a : b", "- a"]
)
def test_what_may_be_read_in_two_ways_is_left_to_the_parser(line: str) -> None:
    assert compose_plainly(f"id: a\n{line}\n") is None
