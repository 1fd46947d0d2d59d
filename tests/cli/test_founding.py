"""tkt init: a desk in a new repository, in an existing one, or in a folder of it; nothing is ever overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.front_door import FrontDoor


def test_a_desk_is_made_in_a_new_repository_by_one_commit(elsewhere: FrontDoor) -> None:
    answer = elsewhere("init", "--lang", "en", "--timezone", "Europe/Paris")

    assert answer.out == ""
    assert elsewhere.commits() == 1
    assert elsewhere.git("status", "--porcelain") == ""
    files = elsewhere.committed_files()
    assert {"tkt.yaml", ".gitattributes", "tickets/.gitkeep", "templates/incident.md"} <= set(files)
    assert f"The desk stands in {elsewhere.root}." in answer.err
    elsewhere("new", "Écran noir", "-r", "Ana LIMA", "-t", "incident")
    assert elsewhere("check", "--json").json["errors"] == 0


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_desk_speaks_the_language_it_was_founded_in(elsewhere: FrontDoor, language: str) -> None:
    elsewhere("init", "support", "--lang", language)

    settings = (elsewhere.root / "support" / "tkt.yaml").read_text(encoding="utf-8")
    assert f"\nlanguage: {language}\n" in settings
    assert "format: 1" in settings


def test_a_desk_may_be_a_folder_of_a_larger_repository(repository: Path) -> None:
    tkt = FrontDoor(repository)
    (repository / "README.md").write_text("à moi", encoding="utf-8")
    tkt.commit("before")
    (repository / "README.md").write_text("encore à moi", encoding="utf-8")

    tkt("init", "support/desk")
    desk = FrontDoor(repository / "support" / "desk")
    desk("new", "Écran noir", "-r", "Ana LIMA")

    assert tkt.commits() == 3
    assert tkt.committed_files() == ["support/desk/tickets/INC0000xxx/INC0000001.md"]
    assert tkt.git("status", "--porcelain") == " M README.md\n"


def test_what_is_there_is_never_overwritten_and_what_lacks_is_added(elsewhere: FrontDoor) -> None:
    own = {
        "tkt.yaml": "format: 1\nlanguage: en\n# à moi\n",
        "templates/incident.md": "à moi",
        ".gitattributes": "*.png binary",
    }
    (elsewhere.root / "templates").mkdir()
    for name, text in own.items():
        (elsewhere.root / name).write_text(text, encoding="utf-8")
    elsewhere.git("init", "--quiet")
    elsewhere.commit("before")

    elsewhere("init")

    for name in ("tkt.yaml", "templates/incident.md"):
        assert (elsewhere.root / name).read_text(encoding="utf-8") == own[name]
    attributes = (elsewhere.root / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert attributes[:2] == ["*.png binary", "tickets/**/*.md merge=tkt diff=tkt -text"]
    assert (elsewhere.root / "templates" / "request.md").is_file()


def test_a_desk_made_twice_is_left_alone(elsewhere: FrontDoor) -> None:
    elsewhere("init")

    with elsewhere.untouched():
        assert "nothing to do" in elsewhere("init").err


def test_without_a_commit_no_repository_is_made(elsewhere: FrontDoor) -> None:
    elsewhere("init", "support", "--no-commit")

    assert (elsewhere.root / "support" / "tkt.yaml").is_file()
    assert not (elsewhere.root / "support" / ".git").exists()


def test_an_unknown_time_zone_is_refused_with_the_nearest(elsewhere: FrontDoor) -> None:
    assert "Did you mean Europe/Paris?" in elsewhere.refuses("init", "--timezone", "Europe/Pari", code=2)


def test_a_place_where_no_folder_can_be_made_is_refused(elsewhere: FrontDoor) -> None:
    (elsewhere.root / "notes.txt").write_text("à moi", encoding="utf-8")

    assert "cannot be made a folder" in elsewhere.refuses("init", "notes.txt", code=5)
    assert "cannot be made a folder" in elsewhere.refuses("init", "notes.txt/desk", code=5)


@pytest.mark.parametrize("folder", [".", "support/desk"])
def test_a_git_that_does_not_know_who_one_is_founds_nothing(
    elsewhere: FrontDoor, clean_environment: Path, folder: str
) -> None:
    (clean_environment / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n", encoding="utf-8")

    for verb in ("init", "demo"):
        assert "git config --global user.name" in elsewhere.refuses(verb, folder, code=7)
    assert not (elsewhere.root / ".git").exists()

    elsewhere("init", folder, "--no-commit")


def test_a_failing_hook_founds_nothing(repository: Path) -> None:
    tkt = FrontDoor(repository)
    (repository / "README.md").write_text("à moi", encoding="utf-8")
    tkt.commit("before")
    tkt.hook("pre-commit", "echo non >&2; exit 1")

    assert "non" in tkt.refuses("init", code=7)


def test_a_frozen_clock_dates_the_founding(elsewhere: FrontDoor) -> None:
    elsewhere("init", "--timezone", "Europe/Paris", "--now", "2026-01-02T09:00:00+01:00")

    assert elsewhere.git("log", "-1", "--format=%aI").strip() == "2026-01-02T09:00:00+01:00"
    assert ("Clock", "frozen") in elsewhere.trailers()
