"""What a redaction looks for: only what people wrote, exactly as it shows, and a field with all its past values."""

from __future__ import annotations

import pytest

from tkt.domain.keys import KEYS
from tkt.domain.redaction import MARKER
from tkt.domain.sought import Sought, is_typed


def test_code_words_identities_and_lengths_of_time_are_nobodys() -> None:
    kept = {name for name in KEYS if not is_typed(name)}
    assert kept >= {
        "id",
        "uid",
        "opened_at",
        "state",
        "priority",
        "level",
        "links",
        "aliases",
        "spent",
        "rating",
        "redacted",
    }
    assert not kept & {"title", "requester.phone", "cause", "tags", "recorded_by", "late", "attached"}
    assert is_typed("x_ours")


@pytest.mark.parametrize(
    ("texts", "text", "expected"),
    [
        (("Marie",), "Marie et marie", f"{MARKER} et marie"),
        (("Marie", "Marie MARTIN"), "Marie MARTIN", MARKER),
        (("a.b",), "a.b axb", f"{MARKER} axb"),
        ((), "Marie", "Marie"),
    ],
)
def test_words_go_as_they_show_the_longest_first(texts: tuple[str, ...], text: str, expected: str) -> None:
    assert Sought(texts).in_text(text) == expected


def test_a_field_goes_whole_and_no_other_does() -> None:
    sought = Sought.of((), ["requester.phone"], [("requester.phone", "06"), ("title", "06")])
    assert sought.in_value("requester.phone", "06") == MARKER
    assert sought.in_value("requester.phone", "") == ""
    assert sought.in_value("title", "06") == "06"


def test_a_requesters_name_and_address_go_from_the_heads_of_entries() -> None:
    values = [("requester.name", "Marie MARTIN"), ("requester.email", "m@e.fr")]
    both = Sought.of((), ["requester.name", "requester.email"], values)
    assert both.in_author("marie martin <M@E.fr>") == f"{MARKER} <{MARKER}>"
    assert both.in_author("Marie MARTINEZ") == "Marie MARTINEZ"
    assert Sought.of((), ["requester.email"], values).in_author("Marie MARTIN") == "Marie MARTIN"
