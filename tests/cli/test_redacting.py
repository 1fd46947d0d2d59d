"""redact: personal data goes from the working files, and the desk says so without repeating it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.front_door import FrontDoor
from tkt.domain.redaction import MARKER

WHY = ("--why", "Demande d'effacement")
PHONE = "06 12 34 56 78"


@pytest.fixture
def told(tkt: FrontDoor) -> FrontDoor:
    """A ticket of Marie MARTIN's whose phone number stands in every part of it."""
    tkt(
        "new",
        "Rappeler Marie",
        "-r",
        "Marie MARTIN",
        "--phone",
        PHONE,
        "--description",
        f"Joindre au {PHONE} avant midi.\n- Depuis : lundi",
    )
    tkt("log", "1", f"Appelée au {PHONE}, absente.\n\n# Titre")
    tkt("edit", "1", "--phone", "Poste 1234")
    tkt("log", "1", "Autre chose")
    return tkt


def all_files(tkt: FrontDoor) -> str:
    """Every work file's name and content."""
    paths = [path for path in tkt.root.rglob("*") if ".git" not in path.parts and path.name != "people.csv"]
    return "\n".join(
        str(path) + (path.read_bytes().decode(errors="replace") if path.is_file() else "") for path in paths
    )


def last_message(tkt: FrontDoor) -> str:
    return tkt.git("log", "-1", "--format=%an%n%B")


def test_words_go_from_every_part_and_nothing_repeats_them(told: FrontDoor) -> None:
    before = told.data("INC0000001").decode()

    said = told("redact", "1", "--text", PHONE, *WHY)

    assert PHONE not in all_files(told) + last_message(told) + said.out + said.err
    body, _redaction = told.data("INC0000001").decode().rsplit("\n### ", 1)
    assert body == before.replace(PHONE, MARKER)
    assert told.last_entry("1")["text"] == "Demande d'effacement"
    assert [change["new"] for change in told.last_entry("1")["changes"]] == [
        "description",
        "2026-01-15T09:15:00+01:00 #2",
        "2026-01-15T09:15:00+01:00 #3",
    ]
    assert told.subject() == "INC0000001: redact"
    assert told("check", "--json").json["errors"] == 0
    assert not told.git("status", "--porcelain")


def test_a_field_goes_with_every_value_that_it_ever_had(told: FrontDoor) -> None:
    said = told("redact", "1", "--field", "phone", *WHY)

    ticket = told.ticket("1")
    assert ticket["requester"]["phone"] == MARKER
    assert ticket["entries"][2]["changes"] == [{"key": "requester.phone", "old": MARKER, "new": MARKER}]
    assert PHONE in ticket["description"]
    assert "still stands in: description" in said.err
    assert "people.csv still holds it" in said.err
    assert told("check", "--json").json["errors"] == 0


def test_what_would_go_is_shown_and_left(told: FrontDoor) -> None:
    with told.untouched():
        said = told("redact", "1", "--text", PHONE, "--dry-run")

    assert PHONE not in said.out + said.err
    assert f"Joindre au {MARKER} avant midi." in said.out
    assert "3 places would be redacted" in said.err


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        (("--text", "introuvable"), 4, "stands nowhere"),
        (("--text", "JOINDRE AU"), 4, "stands nowhere"),
        (("--text", PHONE, "--text", "introuvable"), 4, "text 2 stands nowhere"),
        (("--text", "06"), 2, "too short"),
        (("--text", "redacted"), 2, "too short"),
        (("--text", "2026-01"), 3, "holds the ticket together"),
        (("--text", "state"), 3, "holds the ticket together"),
        (("--text", "0000001"), 3, "INC0000001.md:2: "),
        (("--text", "Jean DUPONT"), 3, "bears your name"),
        (("--field", "state"), 3, "never redacted"),
        (("--field", "opened_at"), 3, "never redacted"),
        (("--field", "tags"), 3, "name the member"),
        (("--field", "phnoe"), 4, "Did you mean phone?"),
        (("--field", "cause"), 4, "holds nothing"),
        (("--attachment", "cv.pdf"), 4, "no attachment “cv.pdf”"),
        ((), 2, "what is to go"),
    ],
)
def test_what_cannot_go_is_refused(told: FrontDoor, line: tuple[str, ...], code: int, words: str) -> None:
    assert words in told.refuses("redact", "1", *line, *WHY, code=code)


def test_a_redaction_needs_a_reason_which_does_not_repeat_it(told: FrontDoor) -> None:
    assert "why it goes" in told.refuses("redact", "1", "--field", "phone", code=2)
    said = told.refuses("redact", "1", "--field", "phone", "--why", f"Le {PHONE} est privé", code=2)
    assert "the very words" in said
    assert PHONE not in said


def test_redacting_again_finds_nothing(told: FrontDoor) -> None:
    told("redact", "1", "--field", "phone", "--text", PHONE, *WHY)

    assert "holds nothing" in told.refuses("redact", "1", "--field", "phone", *WHY, code=4)
    assert "stands nowhere" in told.refuses("redact", "1", "--text", PHONE, *WHY, code=4)


def test_words_may_come_from_standard_input_and_span_lines(told: FrontDoor) -> None:
    told("redact", "1", "--text", "-", *WHY, stdin=f"{PHONE}, absente.\n\n# Ti\n")

    assert told.ticket("1")["entries"][1]["text"] == f"Appelée au {MARKER}tre"
    assert told("check", "--json").json["errors"] == 0


def test_the_requesters_name_goes_with_what_they_said_and_the_clocks_stay(told: FrontDoor) -> None:
    told("log", "1", "Toujours en panne", "--as", "Marie MARTIN", "--public")
    before = told.ticket("1")["clocks"]

    told("redact", "1", "--field", "requester.name", *WHY)

    ticket = told.ticket("1")
    assert ticket["requester"]["name"] == MARKER
    assert ticket["entries"][-2]["author"] == MARKER
    assert ticket["clocks"] == before
    assert before["response"]["verdict"] == "running"


def test_a_name_that_tells_two_people_apart_is_kept_in_part(told: FrontDoor) -> None:
    told("log", "1", "Nous regardons", "--as", "Pierre MARTIN", "--public")
    before = told.ticket("1")["clocks"]
    both = ("--text", "Marie MARTIN", "--text", "Pierre MARTIN")

    assert "could not be told apart" in told.refuses("redact", "1", *both, *WHY, code=3)

    told("redact", "1", "--text", "MARTIN", *WHY)
    ticket = told.ticket("1")
    assert (ticket["requester"]["name"], ticket["entries"][-2]["author"]) == (f"Marie {MARKER}", f"Pierre {MARKER}")
    assert ticket["clocks"] == before
    assert told("check", "--json").json["errors"] == 0


def test_attachments_lose_words_content_and_names(told: FrontDoor, tmp_path: Path) -> None:
    files = {
        f"appel {PHONE}.txt": f"à {PHONE}\r\n".encode("cp1252"),
        "copie.bin": b"\x00\x01" + PHONE.encode("utf-16-le"),
        "photo.png": b"\x89PNG\x00\x00",
        "cv.pdf": b"%PDF-1.7\x00 Marie",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    told("attach", "1", *(str(tmp_path / name) for name in files))
    folder = told.path("INC0000001").with_suffix("")

    said = told("redact", "1", "--text", PHONE, "--attachment", "cv.pdf", *WHY)

    left = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert left == {
        f"appel {MARKER}.txt": f"à {MARKER}\r\n".encode("cp1252"),
        "copie.bin": f"{MARKER}\n".encode(),
        "photo.png": files["photo.png"],
        "cv.pdf": f"{MARKER}\n".encode(),
    }
    assert PHONE not in all_files(told) + last_message(told) + said.err
    assert "photo.png" in said.err
    assert not told.git("status", "--porcelain")
    facts = [change["new"] for change in told.last_entry("1")["changes"]]
    assert f"attachment appel {MARKER}.txt" in facts
    assert sum("11 bytes, sha256:" in str(fact) for fact in facts) == 2
    attached = told.ticket("1")["entries"][-2]["changes"]
    assert attached[0]["new"].endswith(f"({MARKER})")


def test_links_among_the_attachments_are_left_alone(told: FrontDoor, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(PHONE)
    folder = told.path("INC0000001").with_suffix("")
    folder.mkdir()
    (folder / "lien.txt").symlink_to(outside)
    told.commit("a link")

    told("redact", "1", "--text", PHONE, *WHY)

    assert outside.read_text() == PHONE


@pytest.mark.parametrize("windows", [False, True])
def test_a_file_written_by_hand_keeps_its_form(told: FrontDoor, windows: bool) -> None:
    text = told.data("INC0000001").decode().replace("uid:", f"# voir {PHONE}\nuid:")
    text = text.replace("phone: Poste 1234", "phone: 'Poste 1234'  # bureau")
    text = text.replace("## Journal", f"## Notes de {PHONE}\n\n\\# {PHONE}\n\n## Journal")
    text = "\ufeff" + text.replace("\n", "\r\n") if windows else text
    told.put("INC0000001", text.encode())

    told("redact", "1", "--text", PHONE, "--field", "phone", *WHY)

    after = told.data("INC0000001").decode()
    expected = text.replace(PHONE, MARKER).replace("'Poste 1234'", f"'{MARKER}'").replace("Poste 1234", MARKER)
    assert after.startswith(expected)
    assert f"section Notes de {MARKER}" in [change["new"] for change in told.last_entry("1")["changes"]]
    assert told("check", "--json").json["errors"] == 0


def test_a_redaction_that_cannot_be_committed_leaves_everything_as_it_was(told: FrontDoor, tmp_path: Path) -> None:
    (tmp_path / f"{PHONE}.txt").write_text(PHONE)
    told("attach", "1", str(tmp_path / f"{PHONE}.txt"))
    told.hook("pre-commit", "exit 1")

    told.refuses("redact", "1", "--text", PHONE, *WHY, code=7)


@pytest.mark.parametrize("hook", ["pre-commit", "post-commit"])
def test_killed_in_the_middle_it_is_done_or_not_begun(told: FrontDoor, tmp_path: Path, hook: str) -> None:
    (tmp_path / f"{PHONE}.txt").write_text(PHONE)
    told("attach", "1", str(tmp_path / f"{PHONE}.txt"))
    before = told.snapshot()[0]
    # Under git and its hook, the process that started both is ours.
    told.hook(hook, 'kill -9 "$(ps -o ppid= -p "$PPID" | tr -d " ")"\n[ -n "$GIT_INDEX_FILE" ] && exit 1; exit 0')

    told.process("redact", "1", "--text", PHONE, *WHY, code=-9)
    (told.root / ".git" / "hooks" / hook).unlink()
    told("check")

    assert not told.git("status", "--porcelain")
    folder = told.path("INC0000001").with_suffix("")
    assert [path.name for path in folder.iterdir()] == [f"{PHONE if hook == 'pre-commit' else MARKER}.txt"]
    assert (told.snapshot()[0] == before) is (hook == "pre-commit")
