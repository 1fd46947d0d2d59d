"""Ids and uids: a number and back, and nothing that only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.identifier import derived_uid, is_id, make_id, new_uid, number_of, read_number
from tkt.domain.words import PREFIX

ALPHABET = set("0123456789abcdefghjkmnpqrstvwxyz")


@given(st.sampled_from(sorted(PREFIX.values())), st.integers(0, 10**18 - 1))
def test_a_number_comes_back_from_its_id(prefix: str, number: int) -> None:
    made = make_id(prefix, number)
    assert is_id(made)
    assert number_of(made) == number
    assert len(made) >= 10


@given(st.integers(0, 10**18 - 1))
def test_a_bare_number_is_a_number_with_or_without_its_sign(number: int) -> None:
    assert read_number(str(number)) == read_number(f"#{number}") == read_number(f"{number:07d}"[:18]) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "INC",
        "INC001234",
        "inc0012345",
        "INC0012345 ",
        "INC0012345\n",
        "INCI0012345",
        "INC00123４5",
        "INC-0012345",
        "../INC0012345",
    ],
)
def test_what_only_looks_like_an_id_is_none(text: str) -> None:
    assert not is_id(text)
    with pytest.raises(ValueError, match="^" + text[:3]):
        number_of(text)


@pytest.mark.parametrize("text", ["", "#", "##1", "-1", "1.5", "INC0012345", "１２", "1" * 19])
def test_what_is_no_bare_number_is_none(text: str) -> None:
    assert read_number(text) is None


def test_the_id_of_the_course() -> None:
    assert make_id("INC", 12345) == "INC0012345"
    assert make_id("INC", 12345678) == "INC12345678"


def test_uids_are_ten_characters_that_nobody_misreads_and_never_the_same() -> None:
    uids = {new_uid() for _number in range(500)}
    assert len(uids) == 500
    assert all(len(uid) == 10 and set(uid) <= ALPHABET for uid in uids)


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_a_seed_gives_one_uid_for_ever_and_another_seed_another(one: str, other: str) -> None:
    assert derived_uid(one) == derived_uid(one)
    assert len(derived_uid(one)) == 10 and set(derived_uid(one)) <= ALPHABET
    assert (derived_uid(one) == derived_uid(other)) == (one == other)


def test_a_derived_uid_stays_what_it_was_in_files_already_written() -> None:
    assert derived_uid("servicenow:INC0000045") == "jps7hj7zet"
