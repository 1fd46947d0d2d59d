"""edit, attach, link: what a ticket is about, what lies beside it, what it hangs together with."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from tests.cli.conftest import IN_STATE
from tests.cli.front_door import FrontDoor


def changes(tkt: FrontDoor, reference: str) -> list[tuple[str, str | None, str | None]]:
    """What the last entry of a ticket changed."""
    return [(one["key"], one["old"], one["new"]) for one in tkt.last_entry(reference)["changes"]]


def test_every_change_is_journalled_with_its_old_value(tkt: FrontDoor, ticket: str) -> None:
    tkt("edit", ticket, "--title", "Outlook 365 - envoi", "--asset", "PC-7", "--via", "Téléphone", "--type", "problème")

    assert changes(tkt, ticket) == [
        ("title", "Outlook 365 - Impossible d'envoyer", "Outlook 365 - envoi"),
        ("type", "incident", "problem"),
        ("asset", "PC-COMPTA-015", "PC-7"),
        ("via", None, "phone"),
    ]
    assert tkt.ticket(ticket)["id"] == ticket
    assert tkt.subject() == f"{ticket}: edit"


def test_a_category_is_named_by_a_part_here_too(tkt: FrontDoor, ticket: str) -> None:
    tkt("edit", ticket, "--category", "calendrier")

    assert tkt.ticket(ticket)["category"] == "Messagerie > Outlook > Calendrier"


@pytest.mark.parametrize(
    ("line", "priority"),
    [(("--urgency", "high"), "P2"), (("--impact", "haut"), None), (("--impact", "high", "--urgency", "high"), "P1")],
)
def test_impact_and_urgency_re_derive_the_priority(
    tkt: FrontDoor, ticket: str, line: tuple[str, ...], priority: str | None
) -> None:
    if priority is None:
        assert "not a known impact" in tkt.refuses("edit", ticket, *line, code=2)
        return
    answer = tkt("edit", ticket, *line)

    assert tkt.ticket(ticket)["priority"] == priority
    assert ("priority", "P3", priority) in changes(tkt, ticket)
    assert f"P3 → {priority}" in answer.err


def test_a_priority_that_is_given_stands_against_the_matrix(tkt: FrontDoor, ticket: str) -> None:
    tkt("edit", ticket, "--urgency", "high", "--priority", "P1")

    assert tkt.ticket(ticket)["priority"] == "P1"


@pytest.mark.parametrize("line", [("--priority", "P4"), ("--urgency", "low")])
def test_lowering_a_priority_needs_words(tkt: FrontDoor, ticket: str, line: tuple[str, ...]) -> None:
    assert "why the priority sinks" in tkt.refuses("edit", ticket, *line, code=2)

    tkt("edit", ticket, *line, "Contournement en place")
    assert tkt.ticket(ticket)["priority"] == "P4"
    assert tkt.last_entry(ticket)["text"] == "Contournement en place"


def test_tags_come_and_go(tkt: FrontDoor, ticket: str) -> None:
    tkt("edit", ticket, "--tag", "vip", "--tag", "direction")
    tkt("edit", ticket, "--tag", "compta", "--untag", "vip", "--untag", "absent")

    assert tkt.ticket(ticket)["tags"] == ["direction", "compta"]
    assert tkt.last_entry(ticket)["changes"] == [{"key": "tags", "added": ["compta"], "removed": ["vip"]}]


@pytest.mark.parametrize("tag", ["deux mots", "a,b", '"vip"', "+vip", "-vip", ""])
def test_a_tag_is_one_word(tkt: FrontDoor, ticket: str, tag: str) -> None:
    assert "is no tag" in tkt.refuses("edit", ticket, "--tag", tag, code=2)


def test_a_field_may_be_emptied(tkt: FrontDoor, ticket: str) -> None:
    tkt("edit", ticket, "--asset", "")

    assert tkt.ticket(ticket)["asset"] is None
    assert changes(tkt, ticket) == [("asset", "PC-COMPTA-015", None)]


@pytest.mark.parametrize("field", ["title", "type", "impact", "urgency", "priority", "requester"])
def test_what_every_ticket_has_is_not_emptied(tkt: FrontDoor, ticket: str, field: str) -> None:
    assert "cannot be empty" in tkt.refuses("edit", ticket, f"--{field}", " ", code=2)


def test_another_requester_comes_with_their_own_address(tkt: FrontDoor, ticket: str) -> None:
    tkt("edit", ticket, "--requester", "paul durand", "--phone", "06")

    assert tkt.ticket(ticket)["requester"] == {
        "name": "Paul DURAND",
        "department": "Ventes",
        "email": "paul.durand@entreprise.fr",
        "phone": "06",
        "location": None,
    }


def test_a_requesters_name_put_right_keeps_the_rest(tkt: FrontDoor, ticket: str) -> None:
    tkt("edit", ticket, "--requester", "Marie MARTIN-DUPUIS")

    requester = tkt.ticket(ticket)["requester"]
    assert (requester["name"], requester["email"]) == ("Marie MARTIN-DUPUIS", "marie.martin@entreprise.fr")


def test_an_edit_that_changes_nothing_is_refused(tkt: FrontDoor, ticket: str) -> None:
    assert "nothing to change" in tkt.refuses("edit", ticket, "--priority", "P3", code=2)


def test_an_edit_that_says_nothing_says_so_in_a_pipe(tkt: FrontDoor, ticket: str) -> None:
    assert "what to change" in tkt.refuses("edit", ticket, code=2)


def test_an_attachment_lies_beside_the_ticket_and_is_named_with_size_and_hash(tkt: FrontDoor, ticket: str) -> None:
    data = bytes(range(256)) * 3
    source = tkt.root.parent / "capture d'écran €.png"
    source.write_bytes(data)

    tkt("attach", ticket, str(source), "-m", "Capture de l'erreur", "--spent", "5m")

    laid = tkt.root / "tickets" / "INC0000xxx" / ticket / source.name
    assert laid.read_bytes() == data
    assert tkt.facts(ticket) == {
        "attached": f"{source.name} (768 bytes, sha256:{hashlib.sha256(data).hexdigest()})",
        "spent": "5m",
    }
    assert tkt.last_entry(ticket)["text"] == "Capture de l'erreur"
    assert tkt.committed_files() == [tkt.path(ticket).relative_to(tkt.root).as_posix(), f'"{quoted(laid, tkt)}"']


def quoted(path: Path, tkt: FrontDoor) -> str:
    """A path as git shows it, with every byte that is no ASCII as an escape."""
    name = path.relative_to(tkt.root).as_posix()
    return "".join(chr(byte) if byte < 128 else f"\\{byte:o}" for byte in name.encode())


@pytest.mark.parametrize("autocrlf", ["true", "input"])
def test_what_is_attached_reaches_a_clone_to_the_byte(tkt: FrontDoor, ticket: str, autocrlf: str) -> None:
    tkt.git("config", "--global", "core.autocrlf", autocrlf)
    source = tkt.root.parent / "trace.log"
    source.write_bytes(b"un\r\ndeux\n")
    tkt("attach", ticket, str(source))

    tkt.git("clone", "--quiet", ".", "../clone")

    path = tkt.path(ticket).with_suffix("").relative_to(tkt.root) / "trace.log"
    assert (tkt.root.parent / "clone" / path).read_bytes() == b"un\r\ndeux\n"


def test_several_files_are_one_entry_and_one_commit(tkt: FrontDoor, ticket: str) -> None:
    before = tkt.commits()
    for name in ("trace.log", "vide.txt"):
        (tkt.root.parent / name).write_text("x" if name == "trace.log" else "", encoding="utf-8")

    tkt("-C", str(tkt.root), "attach", ticket, "../trace.log", "../vide.txt")

    attached = [change["new"] for change in tkt.last_entry(ticket)["changes"]]
    assert [one.partition(" (")[0] for one in attached] == ["trace.log", "vide.txt"]
    assert tkt.commits() == before + 1
    assert len(tkt.committed_files()) == 3


def test_an_attachment_is_never_overwritten(tkt: FrontDoor, ticket: str) -> None:
    source = tkt.root.parent / "trace.log"
    source.write_text("un", encoding="utf-8")
    tkt("attach", ticket, str(source))
    source.write_text("deux", encoding="utf-8")

    assert "exists already" in tkt.refuses("attach", ticket, str(source), code=3)
    assert "exists already" in tkt.refuses("attach", ticket, str(Path("..") / "desk" / ".." / "trace.log"), code=3)


def test_two_files_of_one_name_are_not_laid_over_each_other(tkt: FrontDoor, ticket: str) -> None:
    for folder in ("a", "b"):
        (tkt.root.parent / folder).mkdir()
        (tkt.root.parent / folder / "trace.log").write_text(folder, encoding="utf-8")

    assert "exists already" in tkt.refuses("attach", ticket, "../a/trace.log", "../b/trace.log", code=3)


def test_a_file_over_the_limit_is_refused(tkt: FrontDoor, ticket: str) -> None:
    tkt.setting("attachment_limit: 1KiB")
    source = tkt.root.parent / "grand.bin"
    source.write_bytes(b"x" * 1025)

    said = tkt.refuses("attach", ticket, str(source), code=3)
    assert "1025 bytes" in said and "1024" in said

    source.write_bytes(b"x" * 1024)
    tkt("attach", ticket, str(source))


@pytest.mark.parametrize("name", ["-rf", "--help", "*.log", "a;b $(c).txt", "é\u202egpj.exe", ":(top)x", " x"])
def test_a_weird_name_is_kept_and_does_no_harm(tkt: FrontDoor, ticket: str, name: str) -> None:
    (tkt.root.parent / name).write_text("x", encoding="utf-8")
    if not name.isprintable():
        assert "U+202E" in tkt.refuses("attach", ticket, f"../{name}", code=2)
        return

    answer = tkt("attach", ticket, f"../{name}")

    kept = name.strip()
    assert (tkt.root / "tickets" / "INC0000xxx" / ticket / kept).read_text(encoding="utf-8") == "x"
    assert str(tkt.facts(ticket)["attached"]).startswith(f"{kept} (1 bytes")
    assert tkt.git("status", "--porcelain") == ""
    assert answer.err == f"{ticket}: recorded\n"


def test_a_name_that_is_no_utf8_is_refused(tkt: FrontDoor, ticket: str) -> None:
    name = b"caf\xe9.txt".decode(errors="surrogateescape")
    (tkt.root.parent / name).write_text("x", encoding="utf-8")

    assert "UTF-8" in tkt.refuses("attach", ticket, f"../{name}", code=2)


@pytest.mark.parametrize("name", [".gitattributes", ".gitignore", ".GIT"])
def test_what_git_would_read_as_its_own_is_not_attached(tkt: FrontDoor, ticket: str, name: str) -> None:
    (tkt.root.parent / name).write_text("*", encoding="utf-8")

    assert "git" in tkt.refuses("attach", ticket, f"../{name}", code=3)


@pytest.mark.parametrize("name", ["absent.txt", "tickets"])
def test_what_is_no_file_is_not_attached(tkt: FrontDoor, ticket: str, name: str) -> None:
    assert "is no file" in tkt.refuses("attach", ticket, name, code=4)


@pytest.mark.parametrize(
    ("kind", "other"),
    [
        ("caused-by", "causes"),
        ("duplicates", "duplicated-by"),
        ("child-of", "parent-of"),
        ("related-to", "related-to"),
        ("causé par", "causes"),
    ],
)
def test_a_link_is_shown_from_both_ends(lives: FrontDoor, kind: str, other: str) -> None:
    before = lives.commits()

    lives("link", "1", kind, "2", "Même panne")

    (link,) = lives.ticket("1")["links"]
    (back,) = lives.ticket("2")["links"]
    assert (link["id"], back) == ("INC0000002", {"kind": other, "id": "INC0000001"})
    assert lives.commits() == before + 1
    assert [lives.last_entry(one)["text"] for one in "12"] == ["Même panne"] * 2
    assert "INC0000002" in lives("show", "1").out and "INC0000001" in lives("show", "2").out
    assert lives("check", "--json").json["errors"] == 0


def test_a_link_that_stands_already_is_refused(lives: FrontDoor) -> None:
    lives("link", "1", "duplicates", "2")

    assert "nothing to change" in lives.refuses("link", "1", "duplicates", "2", code=2)
    assert "nothing to change" in lives.refuses("link", "2", "duplicated-by", "1", code=2)


def test_half_a_link_is_completed(lives: FrontDoor) -> None:
    data = lives.data("INC0000001")
    lives("link", "1", "duplicates", "2")
    lives.put("INC0000001", data)

    lives("link", "1", "duplicates", "2")

    assert [len(lives.ticket(one)["links"]) for one in "12"] == [1, 1]


def test_a_ticket_is_not_linked_to_itself(lives: FrontDoor) -> None:
    assert "itself" in lives.refuses("link", "1", "related-to", IN_STATE["new"].lower(), code=3)


def test_an_unknown_kind_of_link_is_refused_with_the_nearest(lives: FrontDoor) -> None:
    assert "Did you mean duplicates?" in lives.refuses("link", "1", "duplicate", "2", code=2)


def test_words_given_twice_are_refused(lives: FrontDoor) -> None:
    assert "given twice" in lives.refuses("link", "1", "duplicates", "2", "ici", "-m", "là", code=2)
    assert "given twice" in lives.refuses("rate", "5", "5", "ici", "-m", "là", code=2)


# Parted by two blanks: what YAML, the journal or a shell could take for something else.
ODD = r"""
# x  a: b  - z  l'été  "q"  yes  0123  1:30  null  ~  {a}  [b]  a → b  →  &a  *b  !c  %d  @e  `f`
a #b  |  >  ---  ...  שלום  2026-01-15  0x1F  1e3  ?  =  ,
"""
BEYOND = (
    "\U0001f469\u200d\U0001f4bb",
    "\\",
    "\\n",
    "Excel\xa0: \xab\u202ferreur\u202f\xbb",
    "a\u200fb",
    "a\xadb",
    "\ue000",
)


def test_any_line_comes_back_as_it_was_typed(tkt: FrontDoor, ticket: str) -> None:
    for value in (*re.split(r"  |\n", ODD.strip()), *BEYOND):
        tkt("edit", ticket, "--title", value, "--asset", value, "--phone", value, "--no-commit")

        found = tkt.ticket(ticket)
        assert (found["title"], found["asset"], found["requester"]["phone"]) == (value, value, value)
        assert changes(tkt, ticket)[0][2] == value
    assert tkt("check", "--json").json["errors"] == 0


def test_a_cause_may_take_several_lines(tkt: FrontDoor, ticket: str) -> None:
    tkt("resolve", ticket, "--cause", "IP en blacklist :\n- Spamhaus", "--action", "- delist → fait\n# fin")

    found = tkt.ticket(ticket)
    assert (found["cause"], found["action"]) == ("IP en blacklist :\n- Spamhaus", "- delist → fait\n# fin")
    assert tkt("check", "--json").json["errors"] == 0
