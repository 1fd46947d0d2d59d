"""tkt-merge: what git starts for each ticket; quick to start, never silent, never the end of a version."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.front_door import surroundings
from tests.store.course_ticket import COURSE, PATH, TEN, course
from tkt.cli import merge_driver
from tkt.cli.merge_driver import main
from tkt.domain.entry import Entry, FieldChange
from tkt.store.merging import ticket_merge

OURS = course().with_entry(Entry(TEN, "Jean DUPONT", changes=(FieldChange("cause", "câble"),), text="ours")).data
THEIRS = course().with_entry(Entry(TEN, "Zoé LENOIR", changes=(FieldChange("group", "Réseau"),), text="theirs")).data
# Libraries that would be a good part of what a merge takes.
HEAVY = {"typer", "click", "rich", "yaml", "pathlib", "subprocess", "json", "tkt.wiring", "tkt.store.settings.settings"}


@pytest.fixture(autouse=True)
def at_the_top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """git starts the driver at the top of the work tree."""
    monkeypatch.chdir(tmp_path)


def merging(base: bytes, ours: bytes, theirs: bytes) -> list[str]:
    """The driver's arguments, with files of these contents."""
    for name, data in (("O", base), ("A", ours), ("B", theirs)):
        Path(name).write_bytes(data)
    return ["O", "A", "B", PATH]


def test_two_versions_become_one_in_the_place_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(merging(COURSE.encode(), OURS, THEIRS)) == 0
    data = Path("A").read_text(encoding="utf-8")
    assert "ours\n" in data and "theirs\n" in data and "cause: câble\n" in data
    assert (Path("O").read_bytes(), Path("B").read_bytes()) == (COURSE.encode(), THEIRS)
    assert capsys.readouterr() == ("", "")
    assert sorted(path.name for path in Path().iterdir()) == ["A", "B", "O"]


def test_a_merge_loads_nothing_that_it_does_not_need() -> None:
    code = "import sys; from tkt.cli.merge_driver import main; code = main(); print(code, *sys.modules)"
    command = [sys.executable, "-P", "-c", code, *merging(COURSE.encode(), OURS, THEIRS)]
    done = subprocess.run(command, capture_output=True, text=True, env=surroundings())
    code, *loaded = done.stdout.split()
    assert code == "0", done.stderr
    assert HEAVY.isdisjoint(loaded)


def test_a_conflict_is_marked_and_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    ours, theirs = (COURSE.replace("Poste 1234", phone).replace("8h30", phone).encode() for phone in ("1", "2"))
    assert main(merging(COURSE.encode(), ours, theirs)) == 1
    assert Path("A").read_bytes().count(b"<<<<<<< ours\n") == 2
    wanted = f"tkt: {PATH}: both sides changed requester.phone, description: put it right between the marks, "
    assert capsys.readouterr().err == wanted + "then `git add` the file.\n"


def test_it_speaks_the_language_of_the_desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tickets").mkdir()
    (tmp_path / "tkt.yaml").write_text("format: 1\nlanguage: fr\n", encoding="utf-8")
    main(merging(b"", COURSE.encode(), COURSE.replace("4k7m2x9p3q", "zzzzzzzzzz").encode()))
    assert merge_driver.__name__ in sys.modules
    from tkt.language import spoken

    assert spoken() == "fr"
    assert PATH in capsys.readouterr().err


@pytest.mark.parametrize("path", [PATH, "a b/'; rm -rf $HOME; '\x1b[31m\u202e/INC0000001.md"])
def test_two_tickets_of_one_number_stand_whole_between_marks(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    other = COURSE.replace("4k7m2x9p3q", "zzzzzzzzzz")
    arguments = [*merging(b"", COURSE.encode(), other.encode())[:3], path]
    assert main(arguments) == 1
    assert Path("A").read_text() == f"<<<<<<< ours\n{COURSE}=======\n{other}>>>>>>> theirs\n"
    said = capsys.readouterr().err
    assert f"tkt check --repair {path[-13:-3]}" in said
    assert "\x1b" not in said and "\u202e" not in said and said.count("\n") == 1


def test_what_is_no_ticket_is_merged_by_git_with_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(merging(b"a\nb\nc\nd\n", b"A\nb\nc\nd\n", b"a\nb\nc\nD\n")) == 0
    assert Path("A").read_bytes() == b"A\nb\nc\nD\n"
    assert "cannot be read as a ticket" in capsys.readouterr().err
    assert main(merging(b"a\xff\n", b"b\xff\n", b"c\xff\n")) == 1
    assert Path("A").read_bytes() == b"<<<<<<< ours\nb\xff\n=======\nc\xff\n>>>>>>> theirs\n"


def test_a_bug_ends_with_gits_own_merge(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_versions: object) -> None:
        raise RuntimeError("oh")

    monkeypatch.setattr(ticket_merge, "merge_tickets", broken)
    assert main(merging(COURSE.encode(), OURS, THEIRS)) == 1
    assert "A bug in tkt: RuntimeError('oh')." in capsys.readouterr().err
    data = Path("A").read_text(encoding="utf-8")
    assert "<<<<<<< ours\n" in data and "\nours\n" in data and "\ntheirs\n" in data


def test_where_nothing_can_be_merged_ours_is_left_and_the_call_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert main(merging(b"a\n", b"b\n", b"c\n")) == 2
    assert Path("A").read_bytes() == b"b\n"
    assert capsys.readouterr().err.startswith("tkt: ")
    assert main(["O", "nowhere", "B", PATH]) == 2
    assert main([]) == 2
    assert "%O %A %B %P" in capsys.readouterr().err
