"""A desk that came from somewhere: links, pipes, odd numbers and git's own files in it run nothing and lead nowhere."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.front_door import FrontDoor
from tkt.git.surroundings import surroundings

SECRET = "name,email\nnobody's business,secret@example.org\n"


@pytest.fixture
def secret(lives: FrontDoor) -> Path:
    """Something of the person's beside the desk."""
    path = lives.root.parent / "secret"
    path.write_text(SECRET, encoding="utf-8")
    return path


def pipe(path: Path, secret: Path) -> None:
    os.mkfifo(path)


def link(path: Path, secret: Path) -> None:
    path.symlink_to(secret)


def folder(path: Path, secret: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("make", [pipe, link, folder], ids=lambda make: make.__name__)
def test_what_stands_in_a_ticket_s_place_is_neither_read_nor_waited_for(
    lives: FrontDoor, secret: Path, make: Callable[[Path, Path], None]
) -> None:
    path = lives.path("INC0000001")
    path.unlink()
    make(path, secret)
    for line in (("show", "1"), ("log", "1", "x"), ("history", "1"), ("attach", "1", "people.csv")):
        assert "There is no ticket" in lives(*line, code=4).err
    assert "secret" not in lives("check", code=1 if make is not folder else 0).out
    assert len(lives("list", "--all", "--json").json["tickets"]) == 6


@pytest.mark.parametrize("make", [pipe, link, folder], ids=lambda make: make.__name__)
@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("people.csv", ("new", "x", "-r", "nobody")),
        ("templates/own.md", ("new", "x", "-r", "y", "-t", "own")),
        ("tkt.yaml", ("list",)),
    ],
)
def test_what_stands_in_the_place_of_the_desk_s_own_files_is_refused(
    lives: FrontDoor, secret: Path, make: Callable[[Path, Path], None], name: str, line: tuple[str, ...]
) -> None:
    path = lives.root / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    make(path, secret)
    answer = lives.tries(*line)
    assert answer.code in (4, 5)
    assert "secret@" not in answer.out + answer.err


@pytest.mark.parametrize("name", ["tickets", "templates"])
def test_a_folder_of_the_desk_that_is_a_link_out_of_it_is_refused(lives: FrontDoor, name: str) -> None:
    (lives.root / name).mkdir(exist_ok=True)
    away = lives.root.parent / "away"
    shutil.move(lives.root / name, away)
    (lives.root / name).symlink_to(away)
    before = sorted(away.rglob("*"))
    assert "symbolic link" in lives("new", "x", "-r", "y", "-t", "request", code=5).err
    assert sorted(away.rglob("*")) == before


def test_a_folder_of_attachments_that_is_a_link_takes_nothing_out_of_the_desk(lives: FrontDoor, secret: Path) -> None:
    away = lives.root.parent / "away"
    away.mkdir()
    (lives.path("INC0000001").with_suffix("")).symlink_to(away)
    assert lives.tries("attach", "1", str(secret)).code in (5, 7)
    assert not list(away.iterdir())


@pytest.mark.parametrize(
    "name", [" ", " .", " ..", "con", "NUL.txt", "a.", "..\\..\\x", ".git", ".GitModules", "a\nb", "\x1b[2J"]
)
def test_a_name_that_no_file_should_have_is_refused(lives: FrontDoor, name: str) -> None:
    path = lives.root.parent / name
    path.write_text("x", encoding="utf-8")
    with lives.untouched():
        assert lives.tries("attach", "1", str(path)).code in (2, 3)


def test_the_highest_number_of_all_ends_the_series_only_while_a_ticket_bears_it(lives: FrontDoor) -> None:
    last = "INC" + "9" * 18
    path = lives.path(last)
    path.parent.mkdir()
    path.write_bytes(lives.data("INC0000001").replace(b"INC0000001", last.encode()))
    assert "No number is left" in lives("new", "x", "-r", "y", code=3).err
    shutil.rmtree(path.parent)
    assert lives("new", "x", "-r", "y").out == "INC0000008\n"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("new", "x", "-r", "y", "--description-file", "{}"), 5),
        (("attach", "1", "{}"), 3),
        (("import", "servicenow", "{}"), 5),
    ],
)
def test_of_a_file_without_end_little_is_read(lives: FrontDoor, line: tuple[str, ...], code: int) -> None:
    endless = lives.root.parent / "endless"
    endless.write_bytes(b"")
    os.truncate(endless, 100 * 1024**3)
    lives.refuses(*(part.format(endless) for part in line), code=code)


def test_standard_input_without_end_is_no_text(lives: FrontDoor) -> None:
    assert "longer than 4 MiB" in lives.refuses("log", "1", "-", stdin=b"x" * (5 * 1024**2), code=2)


def test_a_repository_that_came_as_a_folder_of_the_desk_starts_nothing(lives: FrontDoor) -> None:
    trap = lives.root / "trap"
    lives.git("init", "--quiet", "--bare", str(trap))
    (trap / "w").mkdir()
    (trap / "config").write_text(
        "[core]\n\trepositoryformatversion = 0\n\tbare = false\n"
        f"\tworktree = {trap}\n\tfsmonitor = touch {trap}/run; false\n"
    )
    for place in (trap, trap / "w"):
        shutil.copy(lives.root / "tkt.yaml", place)
        shutil.copytree(lives.root / "tickets", place / "tickets")
        there = FrontDoor(place)
        for line in (("log", "1", "x"), ("new", "x", "-r", "y"), ("history", "1"), ("show", "@"), ("list", "--mine")):
            there(*line, code=7)
    assert not (trap / "run").exists()


def test_within_a_hook_of_another_repository_the_desk_s_own_is_written(
    lives: FrontDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = lives.root.parent / "other"
    lives.git("init", "--quiet", str(other))
    before = lives.commits()
    for name, value in {
        "GIT_DIR": str(other / ".git"),
        "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": str(other / ".git" / "index"),
        "GIT_EXTERNAL_DIFF": "false",
        "GIT_ICASE_PATHSPECS": "1",
    }.items():
        monkeypatch.setenv(name, value)
    lives("log", "1", "x")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_ICASE_PATHSPECS"):
        monkeypatch.delenv(name)
    assert lives.commits() == before + 1
    assert not list((other / ".git" / "refs" / "heads").iterdir())


def test_where_a_push_is_received_git_s_own_variables_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", ".")
    assert "GIT_DIR" not in surroundings()
    monkeypatch.setenv("GIT_QUARANTINE_PATH", "/quarantine")
    assert surroundings()["GIT_DIR"] == "."


def test_an_author_or_a_title_forges_no_trailer(lives: FrontDoor) -> None:
    text = lives.data("INC0000001").decode()
    forged = '"Jean DUPONT\\nTicket: INC0000009\\n\\nEntry-By: Root <root@x>"'
    lives.put("INC0000001", text.replace("name: Marie MARTIN", f"name: {forged}").encode())
    lives("rate", "5", "5")
    lives("log", "1", "x", "--as", "marie.martin@entreprise.fr")
    assert [value for key, value in lives.trailers() if key == "Ticket"] == ["INC0000001"]
    assert len([value for key, value in lives.trailers() if key == "Entry-By"]) == 1
