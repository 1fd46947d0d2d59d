"""privacy export: everything that the desk holds on one person, and nothing on anybody else of that name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import OPENING, Clock, as_jean, copied, packed
from tests.cli.front_door import FrontDoor


@pytest.fixture(scope="session")
def of_marie(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Marie MARTIN asked for ticket 1, is named in 2 and 3, and wrote in 3; ticket 4 is somebody else's."""
    folder = tmp_path_factory.mktemp("of_marie")
    with as_jean(tmp_path_factory) as patch:
        patch.setenv("TKT_NOW", OPENING)
        tkt = FrontDoor(copied(founded, folder / "desk"))
        tkt("new", "Écran noir", "-r", "Marie MARTIN", "--description", "Plus rien.")
        (folder / "capture.png").write_bytes(b"\x89PNG")
        tkt("attach", "1", str(folder / "capture.png"))
        tkt("start", "1")
        tkt("resolve", "1", "--cause", "unknown", "--action", "redémarrage")
        tkt("rate", "1", "5")
        tkt("new", "Imprimante", "-r", "Paul DURAND", "--description", "Voir avec marie   martin.")
        tkt("new", "Souris", "-r", "Paul DURAND")
        tkt("log", "3", "Rappeler au poste 1234")
        tkt("log", "3", "Je confirme", "--as", "Marie MARTIN <marie.martin@entreprise.fr>")
        tkt("new", "Clavier", "-r", "Paule DURANT")
    return packed(tkt)


@pytest.fixture
def known(of_marie: Path, tmp_path: Path, clock: Clock) -> FrontDoor:
    """tkt at work on that desk, at the same moment."""
    clock(OPENING)
    return FrontDoor(copied(of_marie, tmp_path / "desk"))


@pytest.mark.parametrize("who", ["Marie MARTIN", "MARIE martin", "marie.martin@entreprise.fr", "marie mart", "Marié"])
def test_everything_on_a_person_is_gathered_by_any_part_of_a_name(known: FrontDoor, who: str) -> None:
    found = known("privacy", "export", who, "--format", "json").json

    assert found["person"]["emails"] == ["marie.martin@entreprise.fr"]
    assert found["person"]["phones"] == ["Poste 1234"]
    assert found["directory"][0]["department"] == "Comptabilité"
    assert {one["id"]: one["roles"] for one in found["tickets"]} == {
        "INC0000001": ["requester", "author", "rating"],
        "INC0000002": ["mentioned"],
        "INC0000003": ["author", "mentioned"],
    }


def test_a_ticket_that_they_asked_for_is_theirs_as_a_whole(known: FrontDoor) -> None:
    ticket = known("privacy", "export", "Marie MARTIN", "--format", "json").json["tickets"][0]

    assert ticket["fields"]["asset"] == "PC-COMPTA-015"
    assert ticket["sections"] == [{"title": "Description", "text": "Plus rien."}]
    assert len(ticket["entries"]) == len(known.ticket("1")["entries"])
    assert ticket["attachments"] == [{"name": "capture.png", "size": 4}]


def test_of_other_peoples_tickets_only_their_part_is_told(known: FrontDoor) -> None:
    _own, named, written = known("privacy", "export", "Marie MARTIN", "--format", "json").json["tickets"]

    assert (named["fields"], named["entries"]) == ({}, [])
    assert named["sections"][0]["text"] == "Voir avec marie   martin."
    assert [(one["text"], one["roles"]) for one in written["entries"]] == [
        ("Rappeler au poste 1234", ["mentioned"]),
        ("Je confirme", ["author"]),
    ]


def test_an_agent_is_found_with_their_commits(known: FrontDoor) -> None:
    found = known("privacy", "export", "jean dupont", "--format", "json").json

    assert found["agents"] == [
        {"name": "Jean DUPONT", "email": "jean.dupont@entreprise.fr", "level": "N1", "group": "Support"}
    ]
    assert found["commits"]["count"] == known.commits()
    assert found["tickets"][0]["roles"] == ["assignee", "author", "recorder", "mentioned"]


def test_several_people_are_listed_and_nobody_is_exported(known: FrontDoor) -> None:
    said = known.refuses("privacy", "export", "paul", code=4)

    assert "Paul DURAND <paul.durand@entreprise.fr>" in said
    assert "Paule DURANT <paule.durant@entreprise.fr>" in said
    assert "Did you mean" in known.refuses("privacy", "export", "Mraie", code=4)


def test_a_namesake_with_another_address_is_somebody_else(known: FrontDoor) -> None:
    known("new", "Autre", "-r", "Marie MARTIN <m.martin@ailleurs.fr>", "--email", "m.martin@ailleurs.fr")

    assert "m.martin@ailleurs.fr" in known.refuses("privacy", "export", "Marie MARTIN", code=4)
    found = known("privacy", "export", "m.martin@ailleurs.fr", "--format", "json").json
    assert "INC0000001" not in [one["id"] for one in found["tickets"] if "requester" in one["roles"]]


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_the_person_can_read_it_in_their_language(known: FrontDoor, format: str) -> None:
    known("log", "1", "\x1b[2J# Titre\n</pre>")

    english = known("privacy", "export", "Marie MARTIN", "--format", format).out

    assert "Personal data of Marie MARTIN" in english
    assert "Je confirme" in english
    assert "Clavier" not in english
    assert "\x1b" not in english
    assert "\n# Titre" not in english


def test_it_is_laid_in_a_folder_with_the_attachments(known: FrontDoor, tmp_path: Path) -> None:
    goal = tmp_path / "export"

    said = known("privacy", "export", "Marie MARTIN", "--to", str(goal), "--format", "markdown")

    assert not said.out
    assert "2 files" in said.err
    assert sorted(path.relative_to(goal).as_posix() for path in goal.rglob("*") if path.is_file()) == [
        "INC0000001/capture.png",
        "export.md",
    ]
    assert all(path.stat().st_mode & 0o077 == 0 for path in goal.rglob("*"))
    assert "is not an empty folder" in known.refuses("privacy", "export", "marie", "--to", str(goal), code=3)


def test_links_are_never_followed_and_nothing_is_written_elsewhere(known: FrontDoor, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = known.path("INC0000001").with_suffix("")
    (folder / "lien").symlink_to(tmp_path / "secret")
    (tmp_path / "link").symlink_to(tmp_path)

    known("privacy", "export", "Marie MARTIN", "--to", str(tmp_path / "export"))

    assert not (tmp_path / "export" / "INC0000001" / "lien").exists()
    for goal, words in ((tmp_path / "link", "is not an empty folder"), (known.root / "export", "lies in the desk")):
        assert words in known.refuses("privacy", "export", "marie", "--to", str(goal), code=3)


def test_what_was_redacted_is_nobody(known: FrontDoor) -> None:
    known("redact", "1", "--field", "requester.name", "--field", "email", "--field", "phone", "--why", "RGPD")

    assert "knows nobody" in known.refuses("privacy", "export", "[redacted]", code=4)
    found = known("privacy", "export", "Marie MARTIN", "--format", "json").json
    assert "INC0000001" not in [one["id"] for one in found["tickets"] if "requester" in one["roles"]]


def test_a_file_that_cannot_be_read_is_told(known: FrontDoor) -> None:
    known.put("INC0000004", b"\xff")

    said = known("privacy", "export", "Marie MARTIN", "--format", "json")

    assert said.json["tickets"]
    assert "INC0000004.md" in said.err
