"""`tkt search`: words wherever a ticket says them, whatever became of the desk and of what is kept of it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from subprocess import PIPE

import pytest

from tests.cli.front_door import FrontDoor, command, surroundings
from tkt.store.full_text.full_text import LOCK, NAME

PRINTER = "Imprimante bloquée (in_progress)"


@pytest.fixture
def told(lives: FrontDoor) -> FrontDoor:
    """The desk with a ticket in each state, of which one says more."""
    lives("log", "3", "Câble réseau changé, nœud 7 : « relay denied » disparu.")
    lives("log", "4", "Vu avec la maison mère : denied, puis relay.")
    return lives


def kept(desk: FrontDoor) -> Path:
    """Where the words are kept."""
    [found] = (desk.root / ".git" / "tkt").rglob(NAME)
    return found


def found(desk: FrontDoor, *words: str) -> list[str]:
    return [hit["id"] for hit in desk("search", "--json", *words).json["hits"]]


def test_a_hit_shows_the_ticket_and_the_passage(told: FrontDoor) -> None:
    assert told("search", "relay denied").lines == [
        f"INC0000003  P3  In progress  {PRINTER}",
        "    2026-01-15 10:00 Jean DUPONT: Câble réseau changé, nœud 7 : « relay denied » disparu.",
    ]


def test_words_alone_are_looked_for_each_and_a_phrase_as_it_stands(told: FrontDoor) -> None:
    assert set(found(told, "relay", "denied")) == {"INC0000003", "INC0000004"}
    assert found(told, "relay denied") == found(told, '"relay denied"') == ["INC0000003"]
    assert found(told, "NOEUD") == found(told, "câbl*") == ["INC0000003"]


def test_conditions_narrow_a_search_down(told: FrontDoor) -> None:
    assert len(found(told, "imprimante")) == 7
    assert found(told, "imprimante", "state:pending") == ["INC0000004"]
    assert found(told, "imprimante", "-state:closed", "state:open", "--", "-relay") == ["INC0000002", "INC0000001"]
    assert set(found(told, "câble OR mère")) == {"INC0000003", "INC0000004"}


def test_the_words_of_a_query_are_those_that_a_search_looks_for(told: FrontDoor) -> None:
    for words in (["relay denied"], ["imprim*", "câble"], ["mère OR câble"]):
        listed = [one["id"] for one in told("list", "--all", "--json", *words).json["tickets"]]
        assert sorted(listed) == sorted(found(told, *words)) != []


def test_at_most_so_many_are_shown_and_the_others_counted(told: FrontDoor) -> None:
    answer = told("search", "imprimante", "--limit", "2")
    assert len([line for line in answer.lines if line.startswith("INC")]) == 2
    assert "2 of 7 tickets" in answer.err
    assert told("search", "imprimante", "--limit", "2", "--json").json["count"] == 7


def test_nothing_found_says_so_and_offers_the_nearest_word(told: FrontDoor) -> None:
    answer = told("search", "imprimnte")
    assert (answer.out, answer.err) == ("", "Nothing found.\nNo ticket says “imprimnte”. Did you mean imprimante?\n")
    assert told("search", "imprimnte", "--json").json["missing"] == [{"word": "imprimnte", "nearest": "imprimante"}]


def test_words_that_no_ticket_says_together_are_not_missing(told: FrontDoor) -> None:
    assert told("search", "câble", "mère").err == "Nothing found.\n"


@pytest.mark.parametrize("said", ["INC0000001", "inc1", "1"])
def test_a_ticket_that_is_looked_for_by_its_name_is_pointed_at(told: FrontDoor, said: str) -> None:
    said_of_it = told("search", "priority:P1..P4", said).err.splitlines()
    assert (said_of_it[0], said_of_it[-1]) == ("Nothing found.", "INC0000001 is a ticket: `tkt show INC0000001`.")
    assert "Did you mean" not in told("search", "77777").err


def test_every_format_of_tables_shows_the_passage(told: FrontDoor) -> None:
    for format in ("table", "plain", "markdown", "csv", "tsv", "html"):
        assert "relay denied" in told("search", "relay denied", "--format", format).out


def test_a_search_without_words_is_refused(told: FrontDoor) -> None:
    for words in ("state:open", "-relay", ""):
        assert "no word to search for" in told("search", "--", words, code=2).err


HOSTILE = ['NEAR(a b) "', "title:x* ^y", "a AND (b", '"', "*", "é\x00", "{title}: x - y", "\udcff"]


def test_no_text_is_taken_for_syntax_of_the_database(told: FrontDoor) -> None:
    for words in HOSTILE:
        assert told.tries("search", "--", words).code in (0, 2), words


def test_what_the_desk_holds_now_is_found_whatever_was_kept(told: FrontDoor) -> None:
    assert found(told, "relay denied") == ["INC0000003"]
    told("edit", "2", "--title", "Relay denied à nouveau")
    assert found(told, "relay denied") == ["INC0000002", "INC0000003"]
    told.path("INC0000003").unlink()
    assert found(told, "relay denied") == ["INC0000002"]
    told.git("checkout", "--", "tickets")
    assert found(told, "relay denied") == ["INC0000002", "INC0000003"]
    told.git("reset", "--quiet", "--hard", "HEAD~1")
    assert found(told, "relay denied") == ["INC0000003"]


def test_the_answer_is_the_same_with_and_without_what_is_kept(told: FrontDoor) -> None:
    told.path("INC0000005").write_text("no ticket at all", encoding="utf-8")
    lines = [["imprimante"], ["relay", "--json"], ["imprimnte"], ["denied OR câble", "state:open", "--format", "csv"]]
    for line in lines * 2:
        assert told("search", *line) == told("search", *line, "--no-index")
    assert kept(told).exists()


def test_it_is_asked_as_of_a_moment_too(told: FrontDoor) -> None:
    assert told("search", "relay", "--as-of", "2026-01-15T09:45").err.startswith("Nothing found.")
    assert len(told("search", "imprimante", "--as-of", "2026-01-15T09:45", "--json").json["hits"]) == 7


def test_a_spoilt_file_shows_nowhere(told: FrontDoor) -> None:
    before = told("search", "imprimante")
    kept(told).write_bytes(b"spoilt")
    assert told("search", "imprimante") == before
    place = kept(told)
    place.unlink()
    place.mkdir()
    assert told("search", "imprimante") == before


def test_a_search_leaves_no_trace_that_git_sees(told: FrontDoor) -> None:
    with told.untouched():
        told("search", "imprimante")


def test_what_is_redacted_is_found_no_more_nor_kept(told: FrontDoor) -> None:
    told("log", "1", "Le code du coffre est xylophonique42.")
    assert found(told, "xylophonique42") == ["INC0000001"]
    told("redact", "1", "--text", "xylophonique42", "--why", "Demande d'effacement")
    assert found(told, "xylophonique42") == []
    folder = kept(told).parent
    assert [path.name for path in folder.iterdir() if path.is_file() and b"xylophoni" in path.read_bytes()] == []
    assert found(told, "coffre") == ["INC0000001"]


def test_several_at_once_on_a_desk_of_which_nothing_is_kept_yet_all_answer(told: FrontDoor) -> None:
    asked = [
        subprocess.Popen(command("search", "imprimante"), cwd=told.root, stdout=PIPE, stderr=PIPE, env=surroundings())
        for _number in range(4)
    ]
    answers = [(process.communicate(), process.returncode) for process in asked]
    assert len({out for (out, _err), _code in answers}) == 1
    assert [(err, code) for (_out, err), code in answers] == [(b"", 0)] * 4
    assert kept(told).with_name(LOCK).exists()
    assert told("search", "imprimante").out.encode() == answers[0][0][0]


def test_a_desk_that_is_in_no_repository_is_searched_too(told: FrontDoor) -> None:
    shutil.rmtree(told.root / ".git")
    with told.untouched():
        assert found(told, "relay denied") == ["INC0000003"]
