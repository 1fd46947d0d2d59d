"""`people.csv` completes a requester from any part of the name or address, as organisations export it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.contact import Contact
from tkt.domain.words import fold
from tkt.errors import Unreadable
from tkt.store.people import HEADINGS, NAME_HEADINGS, find_people

MARIE = Contact("Marie MARTIN", "marie.martin@entreprise.fr", "Poste 1234", "Comptabilité", "Lyon", "PC-COMPTA-015")
ZOE = Contact("Zoë LÉGER-MARTIN", "zoe.leger@entreprise.fr", department="Réseau")
ANNE = Contact("Anne-Marie", "am@entreprise.fr")
TABLE = """\
name,email,phone,department,location,asset
Marie MARTIN,marie.martin@entreprise.fr,Poste 1234,Comptabilité,Lyon,PC-COMPTA-015
Zoë LÉGER-MARTIN,zoe.leger@entreprise.fr,,Réseau,,
Anne-Marie,am@entreprise.fr,,,,
"""


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("marie.martin", [MARIE]),
        ("MARTIN", [MARIE, ZOE]),
        ("marie", [MARIE, ANNE]),
        ("leger", [ZOE]),
        ("Léger_Martin", [ZOE]),
        ("martin  zoe", [ZOE]),
        ("zoe.leger@", [ZOE]),
        ("anne marie", [ANNE]),
        ("Martin Lyon", []),
        ("nobody", []),
        ("", []),
        (" - ", []),
    ],
)
def test_people_are_found_by_any_part_of_name_or_address(people: Path, text: str, found: list[Contact]) -> None:
    assert find_people(people, text) == found


@pytest.mark.parametrize("text", ["Anne Marie", "ANNE-MARIE", "am@entreprise.fr"])
def test_a_whole_name_or_address_wins_over_a_part_of_others(people: Path, text: str) -> None:
    with people.open("a", encoding="utf-8") as file:
        file.write("Anne-Marie DUPONT,adam@entreprise.fr,,,,\n")
    assert find_people(people, text) == [ANNE]


def test_without_the_file_nobody_is_known(tmp_path: Path) -> None:
    assert find_people(tmp_path / "people.csv", "marie") == []


@pytest.mark.parametrize(
    "head",
    [
        "nom;e-mail;téléphone;service;lieu;poste",
        "\ufeffNom;Courriel;Téléphone;Service;Lieu;Actif",
        "NAME;EMAIL;PHONE;DEPARTMENT;LOCATION;ASSET",
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_french_headings_semicolons_and_a_byte_order_mark_are_read(tmp_path: Path, head: str, line_end: str) -> None:
    path = tmp_path / "people.csv"
    row = 'Marie MARTIN;marie.martin@entreprise.fr;"Poste\n1234";Comptabilité;Lyon;PC-COMPTA-015'
    path.write_bytes(line_end.join([head, row, ""]).encode())
    assert find_people(path, "marie") == [MARIE]


@pytest.mark.parametrize(
    "table",
    [
        "prénom,nom,e-mail\nMarie,MARTIN,m@e.fr",
        "Nom;Prénom;Courriel\nMARTIN;Marie;m@e.fr",
        "first name,last name,email\nMarie,MARTIN,m@e.fr",
        "email,surname,given name\nm@e.fr,MARTIN,Marie",
        "Nom de famille,Prénom,mail\n MARTIN, Marie ,m@e.fr",
        "prénom,nom,nom complet,mail\nmarie,martin,Marie MARTIN,m@e.fr",
    ],
)
def test_a_name_in_two_columns_is_read_whole(tmp_path: Path, table: str) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"{table}\n", encoding="utf-8")
    for text in ("marie", "martin", "Marie MARTIN", "martin marie", "m@e.fr"):
        assert find_people(path, text) == [Contact("Marie MARTIN", "m@e.fr")]


def test_a_part_of_a_name_may_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("prénom,nom,mail\nMarie,,a@e.fr\n,DUPONT,b@e.fr\n,,c@e.fr\n", encoding="utf-8")
    assert find_people(path, "e.fr") == [Contact("Marie", "a@e.fr"), Contact("DUPONT", "b@e.fr")]


def test_columns_come_in_any_order_some_missing_others_unknown(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("matricule,asset,name\n0042,PC-1,Marie MARTIN\n0043,PC-2\n\n", encoding="utf-8")
    assert find_people(path, "marie") == [Contact("Marie MARTIN", asset="PC-1")]


def test_the_same_person_twice_is_one_and_a_row_without_a_name_is_nobody(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("name,email\nA B,a@b.fr\nA  B,a@b.fr\n,a@b.fr\n", encoding="utf-8")
    assert find_people(path, "a@b") == [Contact("A B", "a@b.fr")]


def test_no_control_character_comes_out_of_the_directory(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("name,asset\nMarie \x1b[31mMARTIN,PC\x07\u20281\n", encoding="utf-8")
    assert find_people(path, "marie") == [Contact("Marie [31mMARTIN", asset="PC 1")]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"nmae,email\nA,b\n", r"people\.csv:1: no column is headed “name”\. Did you mean nmae\?"),
        (b"first name,email\nA,b\n", r"people\.csv:1: no column is headed “name”\..*"),
        (b"first name,given name,name\nA,b,c\n", r"people\.csv:1: several columns are headed “first name”\."),
        (b"name,email,courriel\nA,b,c\n", r"people\.csv:1: several columns are headed “email”\."),
        (b"name,email\nA,a\nMARTIN, Marie,m\n", r"people\.csv:3: 3 values for 2 columns: put quotes round a value .*"),
        (
            b'name,email\nA,a\nB,"b\nC,c\n',
            r"people\.csv:4: a quote is not closed, or stands in the middle of a value\.",
        ),
        (b'name,email\nA,"a"b\n', r"people\.csv:2: a quote is not closed, or stands in the middle of a value\."),
        (b"name,email\nA,a\nZo\xeb,b\n", r"people\.csv:3: this line is not UTF-8: save the file as UTF-8\."),
    ],
)
def test_a_bad_file_is_one_line_that_names_the_file_and_the_line(tmp_path: Path, data: bytes, problem: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(data)
    with pytest.raises(Unreadable, match=f"^{problem}$"):
        find_people(path, "a")


def test_a_file_that_cannot_be_read_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "people.csv").mkdir()
    with pytest.raises(Unreadable, match=r"^people\.csv: cannot be read: .+\.$"):
        find_people(tmp_path / "people.csv", "a")


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12)


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=8), text=CELLS)
def test_who_is_found_is_who_the_folded_words_say(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], text: str
) -> None:
    path = tmp_path_factory.mktemp("people") / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("name", "email"), *rows])
    words = fold(text).split()
    people = dict.fromkeys(Contact(" ".join(name.split()), " ".join(email.split())) for name, email in rows)
    holding = [
        one for one in people if words and one.name and all(w in fold(one.name) or w in fold(one.email) for w in words)
    ]
    exact = [one for one in holding if fold(text) in (fold(one.name), fold(one.email))]
    assert find_people(path, text) == (exact or holding)


def test_every_heading_is_written_folded_and_means_one_column() -> None:
    headings = [heading for column in {**HEADINGS, **NAME_HEADINGS}.values() for heading in column]
    assert [fold(heading) for heading in headings] == headings
    assert len(set(headings)) == len(headings)


@pytest.mark.slow
def test_two_are_found_among_a_hundred_thousand(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    names = ["Marie", "Hélène", "Jean-Paul", "Zoë", "Pierre"]
    rows = (f"{names[n % 5]} NOM{n},nom{n}@entreprise.fr,0601{n},Comptabilité,Lyon,PC-{n:05}\n" for n in range(100_000))
    path.write_text("name,email,phone,department,location,asset\n" + "".join(rows), encoding="utf-8")
    assert len(find_people(path, "zoe nom4321")) == 2
