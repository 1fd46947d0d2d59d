"""Numbers of new tickets: never one twice, the smallest of a block first, and no file that can stop anybody."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.git.work import Work
from tkt.git.sync.numbers import NAME, Block, NumberFile, Range, Series

TICKETS = "tickets"
MINE, THEIRS = "mine", "theirs"


@pytest.fixture
def file(tmp_path: Path) -> NumberFile:
    return NumberFile(tmp_path)


def reserve(file: NumberFile, *ranges: tuple[int, int], clone: str = "") -> None:
    """What a sync takes in: ranges of this clone, or of somebody else's."""
    numbers = file.read()
    owner = clone or numbers.clone
    known = [Range(first, last, owner) for first, last in ranges]
    file.write(numbers.put(TICKETS, numbers.of(TICKETS).knowing(known, numbers.clone)))


def test_numbers_count_on_from_the_lowest_that_may_be(file: NumberFile) -> None:
    assert [file.take(TICKETS, 12), file.take(TICKETS, 1), file.take(TICKETS, 20)] == [12, 13, 20]


def test_a_desk_of_its_own_counts_for_itself(file: NumberFile) -> None:
    assert [file.take(TICKETS, 500), file.take("support/tickets", 1), file.take(TICKETS, 1)] == [500, 1, 501]


def test_a_block_is_given_from_its_smallest_number_on(file: NumberFile) -> None:
    reserve(file, (41, 42))
    reserve(file, (61, 61))
    assert [file.take(TICKETS, 1000) for _turn in range(3)] == [41, 42, 61]


def test_without_a_block_a_number_lies_beyond_all_that_is_reserved(file: NumberFile) -> None:
    reserve(file, (1, 20), clone=THEIRS)
    assert [file.take(TICKETS, 3), file.take(TICKETS, 3)] == [21, 22]


def test_what_was_given_blindly_out_of_a_block_on_its_way_is_not_given_again(file: NumberFile) -> None:
    assert file.take(TICKETS, 6) == 6
    reserve(file, (6, 25))
    assert file.take(TICKETS, 1) == 7


def test_a_block_is_taken_in_once(file: NumberFile) -> None:
    reserve(file, (1, 2))
    assert file.take(TICKETS, 1) == 1
    reserve(file, (1, 2))
    assert file.take(TICKETS, 1) == 2


def test_a_number_noted_is_given_to_nobody(file: NumberFile) -> None:
    file.note(TICKETS, 77)
    file.note(TICKETS, 5)
    assert file.take(TICKETS, 1) == 78


ranges = st.lists(st.tuples(st.integers(1, 5), st.sampled_from([MINE, THEIRS])), max_size=8)


@given(ranges, st.lists(st.integers(1, 50), max_size=30))
def test_whatever_was_reserved_no_number_is_given_twice_nor_out_of_anothers_block(
    sizes: list[tuple[int, str]], lowest: list[int]
) -> None:
    ledger: list[Range] = []
    for size, clone in sizes:
        first = ledger[-1].last + 1 if ledger else 1
        ledger.append(Range(first, first + size - 1, clone))
    series = Series().knowing(ledger, MINE)
    given_out = []
    for one in lowest:
        number, series = series.taken(one)
        given_out.append(number)
    assert len(set(given_out)) == len(given_out)
    assert not [n for n in given_out for one in ledger if one.clone == THEIRS and one.first <= n <= one.last]
    assert series.left == sum(block.left for block in series.blocks)


def test_the_file_can_be_read_by_people(file: NumberFile, tmp_path: Path) -> None:
    reserve(file, (21, 40))
    file.take(TICKETS, 1)
    document = json.loads((tmp_path / NAME).read_text(encoding="utf-8"))
    assert "`tkt sync` has reserved" in document["about"]
    assert document["series"]["tickets"] == {
        "highest": 21,
        "reserved_up_to": 40,
        "blocks": [{"first": 21, "last": 40, "next": 22}],
    }


@pytest.mark.parametrize(
    "damaged",
    [b"", b"\xff\xfe", b"[]", b"{}", b'{"series": {"tickets": 3}}', b"null", b"[" * 100_000, b'{"series": {}}'],
    ids=["empty", "bytes", "list", "nothing", "number", "null", "deep", "half"],
)
def test_a_damaged_file_is_told_and_begun_anew(tmp_path: Path, damaged: bytes) -> None:
    told: list[str] = []
    (tmp_path / NAME).write_bytes(damaged)
    assert NumberFile(tmp_path, told.append).take(TICKETS, 9) == 9
    assert len(told) == 1 and NAME in told[0]
    assert NumberFile(tmp_path, told.append).take(TICKETS, 1) == 10
    assert len(told) == 1


def test_a_copy_of_a_clone_gives_nothing_out_of_the_blocks_of_the_original(tmp_path: Path) -> None:
    original, copy = tmp_path / "original", tmp_path / "copy"
    original.mkdir()
    reserve(NumberFile(original), (21, 40))
    name = NumberFile(original).read().clone
    shutil.copytree(original, copy)

    numbers = NumberFile(copy).read()

    assert numbers.clone != name and numbers.is_own(name)
    assert NumberFile(copy).take(TICKETS, 1) == 41
    assert NumberFile(original).take(TICKETS, 1) == 21


def test_a_clone_that_was_moved_keeps_its_blocks(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    reserve(NumberFile(tmp_path / "here"), (21, 40))
    (tmp_path / "here").rename(tmp_path / "there")
    assert NumberFile(tmp_path / "there").read().of(TICKETS).blocks == (Block(21, 40, 21),)


def take_some(top: Path, turns: int) -> list[int]:
    """What one of two busy technicians does in a work tree."""
    recorder = Work(top).recorder()
    taken = []
    for _turn in range(turns):
        with recorder.lock():
            taken.append(recorder.take_number(top / "tickets", 1))
    return taken


def test_two_work_trees_at_once_are_never_given_one_number(work: Work, tmp_path: Path) -> None:
    work.committed("tkt.yaml")
    work.git("worktree", "add", "-q", "-b", "other", str(tmp_path / "other"))
    with ProcessPoolExecutor(2) as pool:
        first, second = pool.map(take_some, (work.top, tmp_path / "other"), (20, 20))
    assert sorted(first + second) == list(range(1, 41))
