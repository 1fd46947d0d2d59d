"""The desk's folder: one path for each id, nothing followed out of it, and files replaced whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.store.desk_folder import (
    CannotWrite,
    NotADesk,
    OutsideTheDesk,
    UnreadableFolder,
    attachment_folder,
    find_desk,
    highest_number,
    id_at,
    ids,
    ids_of_number,
    ids_with_prefix,
    peek_language,
    remove_file,
    replace_file,
    require_inside,
    ticket_path,
)

IDS = st.from_regex(r"[A-Z]{3}[0-9]{7,18}", fullmatch=True)
ROOT = Path("/desk")
unlike_root = pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")


def make(root: Path, ticket_ids: Iterable[str]) -> Path:
    for ticket_id in ticket_ids:
        path = ticket_path(root, ticket_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return root


@pytest.mark.parametrize(
    ("ticket_id", "path"),
    [
        ("INC0012345", "tickets/INC0012xxx/INC0012345.md"),
        ("REQ0000001", "tickets/REQ0000xxx/REQ0000001.md"),
        ("INC1234567890", "tickets/INC1234567xxx/INC1234567890.md"),
    ],
)
def test_a_ticket_lies_in_the_folder_of_its_thousand_with_its_attachments_beside_it(ticket_id: str, path: str) -> None:
    assert ticket_path(ROOT, ticket_id) == ROOT / path
    assert attachment_folder(ROOT, ticket_id) == (ROOT / path).with_suffix("")


@given(IDS)
def test_a_tickets_place_names_the_ticket(ticket_id: str) -> None:
    assert id_at(ROOT, ticket_path(ROOT, ticket_id)) == ticket_id


@given(st.lists(IDS, unique=True))
def test_no_two_tickets_share_a_place(ticket_ids: list[str]) -> None:
    assert len({ticket_path(ROOT, one) for one in ticket_ids}) == len(ticket_ids)


@pytest.mark.parametrize(
    "name", ["INC0013xxx/INC0012345.md", "INC0012345.md", "INC0012xxx/INC0012345.txt", "README.md"]
)
def test_what_lies_elsewhere_is_no_tickets_place(name: str) -> None:
    assert id_at(ROOT, ROOT / "tickets" / name) is None


@pytest.mark.parametrize("ticket_id", ["INC12345", "../../etc/pw", "inc0012345", "INC0012345\n", ""])
def test_what_is_no_id_has_no_place(ticket_id: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        ticket_path(ROOT, ticket_id)


def test_the_desk_is_found_upwards(tmp_path: Path) -> None:
    (tmp_path / "tkt.yaml").touch()
    deep = tmp_path / "tickets" / "INC0012xxx"
    deep.mkdir(parents=True)
    assert find_desk(deep) == find_desk(tmp_path) == Path(os.path.realpath(tmp_path))


def test_outside_any_desk_the_way_out_is_said(tmp_path: Path) -> None:
    (tmp_path / "tkt.yaml").mkdir()
    with pytest.raises(NotADesk, match=r"is not in a desk.*`tkt init`.*`-C DIR`"):
        find_desk(tmp_path)
    with pytest.raises(NotADesk, match="is not a folder"):
        find_desk(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("format: 1\nlanguage: fr\n", "fr"),
        ("\ufefflanguage: en # words\r\n", "en"),
        ("language: 'fr'\n", "fr"),
        ('language: "en"', "en"),
        ("x_note:\n  language: en\n", None),
        ("#language: en\n", None),
        ("language: de\n", None),
        ("language: french\n", None),
        ("language: [fr\n", None),
        ("", None),
    ],
)
def test_the_desks_language_is_seen_without_reading_its_settings(
    tmp_path: Path, text: str, language: str | None
) -> None:
    (tmp_path / "tkt.yaml").write_bytes(text.encode())
    assert peek_language(tmp_path) == language


def test_without_settings_no_language_is_seen(tmp_path: Path) -> None:
    assert peek_language(tmp_path) is None


FOUND = ["CHG0000001", "INC0000999", "INC0012344", "INC0012345", "INC0013000", "INC10012345", "REQ0012345"]


def test_every_ticket_is_found_by_prefix_and_number_and_strays_are_not(tmp_path: Path) -> None:
    desk = make(tmp_path, reversed(FOUND))
    tickets = desk / "tickets"
    (tickets / "INC0012xxx" / "INC0012345").mkdir()
    (tickets / "INC0012xxx" / "INC0012345" / "INC0012346.md").touch()
    (tickets / "INC0012xxx" / "INC0012347.md").mkdir()
    for stray in ("INC0012348.txt", "INC0012349.md~", ".INC0012350.md", "INC0013001.md", "README.md", "INC001234x.md"):
        (tickets / "INC0012xxx" / stray).touch()
    (tickets / "INC0099999.md").touch()
    (tickets / "inc0014xxx").mkdir()
    (tickets / "archive").mkdir()
    assert list(ids(desk)) == FOUND


def test_a_desk_without_tickets_has_none(tmp_path: Path) -> None:
    assert list(ids(tmp_path)) == []
    assert highest_number(tmp_path, "INC") == 0
    assert ids_of_number(tmp_path, 1) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", FOUND),
        ("I", ["INC0000999", "INC0012344", "INC0012345", "INC0013000", "INC10012345"]),
        ("inc00123", ["INC0012344", "INC0012345"]),
        ("INC0012345", ["INC0012345"]),
        ("INC0012346", []),
        ("INC00123450", []),
        ("X", []),
    ],
)
def test_ids_are_completed_from_their_beginning(tmp_path: Path, text: str, found: list[str]) -> None:
    assert list(ids_with_prefix(make(tmp_path, FOUND), text)) == found


@unlike_root
def test_completion_opens_only_the_folders_that_may_hold_such_an_id(tmp_path: Path) -> None:
    desk = make(tmp_path, FOUND)
    locked = desk / "tickets" / "INC0000xxx"
    locked.chmod(0)
    try:
        assert list(ids_with_prefix(desk, "INC0012")) == ["INC0012344", "INC0012345"]
    finally:
        locked.chmod(0o755)


def test_a_number_names_its_tickets_under_every_prefix(tmp_path: Path) -> None:
    desk = make(tmp_path, [*FOUND, "INC00012345"])
    assert ids_of_number(desk, 12345) == ["INC00012345", "INC0012345", "REQ0012345"]
    assert ids_of_number(desk, 10012345) == ["INC10012345"]
    assert ids_of_number(desk, 7) == []


def test_the_highest_number_is_that_of_its_prefix(tmp_path: Path) -> None:
    desk = make(tmp_path, FOUND)
    assert [highest_number(desk, prefix) for prefix in ("INC", "REQ", "CHG", "PRB")] == [10012345, 12345, 1, 0]


def test_the_highest_number_is_found_past_folders_without_tickets(tmp_path: Path) -> None:
    desk = make(tmp_path, ["INC0012345", "INC00012346"])
    (desk / "tickets" / "INC0090xxx").mkdir()
    assert highest_number(desk, "INC") == 12346


@given(numbers=st.sets(st.integers(0, 10**8), max_size=6))
def test_the_next_number_is_always_free(tmp_path_factory: pytest.TempPathFactory, numbers: set[int]) -> None:
    desk = make(tmp_path_factory.mktemp("desk"), [f"INC{number:07d}" for number in numbers])
    assert highest_number(desk, "INC") == max(numbers, default=0)
    assert {one for number in numbers for one in ids_of_number(desk, number)} == set(ids(desk))


def test_links_out_of_the_desk_are_not_followed(tmp_path: Path) -> None:
    elsewhere = make(tmp_path / "elsewhere", ["INC0012345"])
    desk = make(tmp_path / "desk", ["INC0013001"])
    os.symlink(elsewhere / "tickets" / "INC0012xxx", desk / "tickets" / "INC0012xxx")
    os.symlink(ticket_path(elsewhere, "INC0012345"), desk / "tickets" / "INC0013xxx" / "INC0013002.md")
    assert list(ids(desk)) == ["INC0013001"]
    assert ids_of_number(desk, 12345) == ids_of_number(desk, 13002) == []
    assert highest_number(desk, "INC") == 13001
    require_inside(desk, ticket_path(desk, "INC0013001"))
    for ticket_id in ("INC0012345", "INC0013002"):
        with pytest.raises(OutsideTheDesk, match="by a symbolic link"):
            require_inside(desk, ticket_path(desk, ticket_id))


def test_a_folder_of_tickets_that_lies_elsewhere_is_refused_not_taken_for_empty(tmp_path: Path) -> None:
    elsewhere = make(tmp_path / "elsewhere", ["INC0012345"])
    desk = tmp_path / "desk"
    desk.mkdir()
    os.symlink(elsewhere / "tickets", desk / "tickets")
    with pytest.raises(OutsideTheDesk):
        list(ids(desk))


def test_a_desk_reached_through_a_link_is_a_desk_all_the_same(tmp_path: Path) -> None:
    make(tmp_path / "desk", ["INC0012345"])
    os.symlink(tmp_path / "desk", tmp_path / "link")
    assert list(ids(tmp_path / "link")) == ["INC0012345"]


@unlike_root
def test_a_folder_that_cannot_be_listed_is_said_not_passed_over(tmp_path: Path) -> None:
    desk = make(tmp_path, ["INC0012345"])
    folder = desk / "tickets" / "INC0012xxx"
    folder.chmod(0)
    try:
        with pytest.raises(UnreadableFolder, match=r"cannot be listed: [^\n]+\.$"):
            list(ids(desk))
    finally:
        folder.chmod(0o755)


@pytest.mark.slow
def test_every_one_of_ten_thousand_tickets_is_named_once(tmp_path: Path) -> None:
    for thousand in range(10):
        folder = tmp_path / "tickets" / f"INC{thousand:04d}xxx"
        folder.mkdir(parents=True)
        for rest in range(1000):
            os.close(os.open(folder / f"INC{thousand:04d}{rest:03d}.md", os.O_CREAT))
    found = list(ids(tmp_path))
    assert len(found) == len(set(found)) == 10_000


def test_a_file_is_replaced_with_its_mode_kept_and_nothing_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "ticket.md"
    path.write_bytes(b"before")
    path.chmod(0o640)
    replace_file(path, b"after\x00\r\n")
    assert path.read_bytes() == b"after\x00\r\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_has_the_mode_that_any_program_would_give_it_and_its_folder_is_made(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        replace_file(ticket_path(tmp_path, "INC0012345"), b"new")
    finally:
        os.umask(before)
    path = ticket_path(tmp_path, "INC0012345")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o640)


def test_a_link_is_replaced_and_what_it_points_to_is_left_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_bytes(b"theirs")
    link = tmp_path / "desk.md"
    os.symlink(outside, link)
    replace_file(link, b"ours")
    assert (link.read_bytes(), outside.read_bytes(), link.is_symlink()) == (b"ours", b"theirs", False)


def test_a_reader_sees_the_whole_of_the_old_file_or_of_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "ticket.md"
    path.write_bytes(b"before")
    with path.open("rb") as reader:
        replace_file(path, b"after")
        assert reader.read() == b"before"
    assert path.read_bytes() == b"after"


@unlike_root
def test_a_read_only_folder_is_said_in_one_line_and_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "ticket.md"
    path.write_bytes(b"before")
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(CannotWrite, match=r"ticket\.md cannot be written: [^\n]+\.$"):
            replace_file(path, b"after")
        with pytest.raises(CannotWrite, match=r"ticket\.md cannot be removed: [^\n]+\.$"):
            remove_file(path)
    finally:
        tmp_path.chmod(0o755)
    assert path.read_bytes() == b"before"


def test_a_file_that_cannot_be_put_in_its_place_leaves_nothing_behind(tmp_path: Path) -> None:
    taken = tmp_path / "ticket.md"
    taken.mkdir()
    with pytest.raises(CannotWrite, match=r"ticket\.md cannot be written"):
        replace_file(taken, b"after")
    assert list(tmp_path.iterdir()) == [taken]
    (tmp_path / "file").touch()
    with pytest.raises(CannotWrite):
        replace_file(tmp_path / "file" / "ticket.md", b"after")


def test_removing_a_ticket_takes_the_folders_with_it_that_it_leaves_empty(tmp_path: Path) -> None:
    desk = make(tmp_path, ["INC0012345", "INC0013001", "INC0013002"])
    attached = attachment_folder(desk, "INC0013002") / "capture.png"
    replace_file(attached, b"png")
    remove_file(attached)
    for ticket_id in ("INC0012345", "INC0013001"):
        remove_file(ticket_path(desk, ticket_id))
    remove_file(ticket_path(desk, "INC0012345"))
    assert sorted(path.name for path in desk.rglob("*")) == ["INC0013002.md", "INC0013xxx", "tickets"]
