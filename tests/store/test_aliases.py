"""A ticket by a number that it had: found in its front matter alone, whatever else stands in its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.course_ticket import COURSE
from tkt.store.aliases import aliases_of_number
from tkt.store.desk_folder import ticket_path


def put(root: Path, ticket_id: str, text: str) -> None:
    path = ticket_path(root, ticket_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def with_aliases(line: str) -> str:
    return COURSE.replace("impact:", f"{line}\nimpact:", 1)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("aliases: [INC0000099]", ["INC0000099"]),
        ("aliases:\n  - REQ0000012\n  - INC0000099", ["INC0000099"]),
        ("aliases: [INC0000099, REQ0000099]", ["INC0000099", "REQ0000099"]),
        ("aliases: [INC00000991]", []),
        ("aliases: [ninety-nine, 0000099]", []),
        ("# aliases: [INC0000099]", []),
        ("asset: INC0000099", []),
    ],
)
def test_only_an_alias_of_that_number_counts(tmp_path: Path, line: str, found: list[str]) -> None:
    put(tmp_path, "INC0012345", with_aliases(line) if line.startswith(("aliases", "#")) else COURSE)
    assert list(aliases_of_number(tmp_path, 99)) == [(alias, "INC0012345") for alias in found]


def test_a_front_matter_longer_than_one_look_is_read_all_the_same(tmp_path: Path) -> None:
    padding = "\n".join(f"x_{number}: {'y' * 90}" for number in range(200))
    put(tmp_path, "INC0012345", with_aliases(f"{padding}\naliases: [INC0000099]"))
    assert list(aliases_of_number(tmp_path, 99)) == [("INC0000099", "INC0012345")]


def test_a_file_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    put(tmp_path, "INC0000001", "---\naliases: [INC0000099\n---\n")
    put(tmp_path, "INC0012345", with_aliases("aliases: [INC0000099]"))
    assert list(aliases_of_number(tmp_path, 99)) == [("INC0000099", "INC0012345")]
