"""`tkt check --repair`: whatever a merge without the driver made of a ticket, both sides' words are there again."""

from __future__ import annotations

import json
import random
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.conftest import Clock, copied
from tests.cli.front_door import Answer, FrontDoor, command, surroundings
from tests.torture import reached, scaled

ID = "INC0000001"
OURS, THEIRS = "2026-01-15T10:00:00+01:00", "2026-01-15T10:30:00+01:00"
Write = Callable[[FrontDoor], object]


class Parted:
    """A desk whose branches `main` and `side` parted at a ticket just opened, and merge as a hosting site merges."""

    def __init__(self, tkt: FrontDoor, clock: Clock) -> None:
        self.tkt, self._clock = tkt, clock
        subprocess.run(["git", "config", "--remove-section", "merge.tkt"], cwd=tkt.root, capture_output=True)

    def write(self, ours: Write, theirs: Write) -> None:
        """Let both branches write, `theirs` half an hour later on `side`."""
        self.tkt.git("switch", "--quiet", "--create", "side")
        self._clock(THEIRS)
        theirs(self.tkt)
        self.tkt.git("switch", "--quiet", "main")
        self._clock(OURS)
        ours(self.tkt)
        self._clock("2026-01-15T11:00:00+01:00")

    def merge(self, *options: str) -> bool:
        """Whether git merged `side` by itself."""
        line = ["git", "-c", "core.editor=true", "merge", "--no-edit", *options, "side"]
        return subprocess.run(line, cwd=self.tkt.root, capture_output=True).returncode == 0

    def land(self, *options: str) -> None:
        """Merge, and commit whatever that left, as a person in a hurry does."""
        self.merge(*options)
        self.tkt.git("add", "--all")
        subprocess.run(["git", "commit", "--quiet", "--no-edit"], cwd=self.tkt.root, check=False, capture_output=True)

    def repair(self, *arguments: str, code: int = 0) -> Answer:
        """Repair the ticket."""
        return self.tkt("check", "--repair", ID, *arguments, code=code)

    def texts(self, ticket_id: str = ID) -> list[str]:
        """The words of every entry but the opening one."""
        return [entry["text"] for entry in self.tkt.ticket(ticket_id)["entries"][1:]]


@pytest.fixture
def parted(tkt: FrontDoor, ticket: str, clock: Clock) -> Parted:
    assert ticket == ID
    return Parted(tkt, clock)


def logs(words: str, *more: str) -> Write:
    return lambda tkt: tkt("log", ID, words, *more)


def rules(tkt: FrontDoor, code: int = 1) -> set[str]:
    """The rules that errors of a check name."""
    findings = tkt("check", "--json", code=code).json["findings"]
    return {one["rule"] for one in findings if one["severity"] == "error"}


def both_append(parted: Parted) -> None:
    parted.write(
        lambda tkt: tkt("start", ID, "Je prends."),
        lambda tkt: tkt("assign", ID, "--to", "Pierre MARTIN", "Pour Pierre."),
    )


def test_marks_of_a_merge_that_were_committed_are_found_and_united(parted: Parted) -> None:
    both_append(parted)
    parted.land()
    assert b"<<<<<<<" in parted.tkt.data(ID)
    finding = parted.tkt("check", code=1).out
    assert "conflict marker" in finding and "tkt check --repair" in finding

    answer = parted.repair()

    assert parted.texts() == ["Je prends.", "Pour Pierre."]
    assert f"{ID}: the two sides of a merge are united" in answer.err
    assert parted.tkt.subject() == f"{ID}: repaired"
    assert parted.tkt.trailers()[0] == ("Ticket", ID)
    assert parted.tkt.git("status", "--porcelain") == ""
    assert rules(parted.tkt, code=0) == set()


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
def test_a_merge_that_is_not_ended_is_settled_and_left_to_be_committed(parted: Parted, style: str) -> None:
    parted.tkt.git("config", "merge.conflictStyle", style)
    both_append(parted)
    assert not parted.merge()
    before = parted.tkt.commits()

    answer = parted.repair()

    assert "The merge is not ended" in answer.err
    assert parted.tkt.commits() == before
    assert parted.tkt.git("status", "--porcelain").startswith("M  ")
    parted.tkt.git("commit", "--quiet", "--no-edit")
    assert parted.texts() == ["Je prends.", "Pour Pierre."]
    assert parted.tkt("check").code == 0


def test_without_a_commit_the_file_alone_is_written(parted: Parted) -> None:
    both_append(parted)
    parted.land()
    before = parted.tkt.commits()

    parted.repair("--no-commit")

    assert parted.texts() == ["Je prends.", "Pour Pierre."]
    assert parted.tkt.commits() == before
    assert parted.tkt.git("status", "--porcelain") == f" M tickets/INC0000xxx/{ID}.md\n"


def test_a_second_repair_finds_nothing_to_do(parted: Parted) -> None:
    both_append(parted)
    parted.land()
    parted.repair()

    with parted.tkt.untouched():
        assert f"{ID}: nothing to repair." in parted.repair().err


def test_entries_that_both_sides_resolved_away_are_put_back(parted: Parted) -> None:
    """The file alone is sound: only its merge shows what it dropped."""
    both_append(parted)
    assert not parted.merge()
    parted.tkt.git("checkout", "--quiet", "--ours", "tickets")
    parted.tkt.git("add", "--all")
    parted.tkt.git("commit", "--quiet", "--no-edit")
    parted.tkt("log", ID, "Plus tard.")
    assert parted.texts() == ["Je prends.", "Plus tard."]

    answer = parted.repair()

    assert parted.texts() == ["Je prends.", "Pour Pierre.", "Plus tard."]
    assert "put back 1 entry: 2026-01-15T10:30:00+01:00" in answer.err


def test_a_merge_that_took_one_sides_tree_whole_loses_nothing_either(parted: Parted) -> None:
    both_append(parted)
    assert parted.merge("--strategy=ours")
    assert parted.texts() == ["Je prends."]

    parted.repair()

    assert parted.texts() == ["Je prends.", "Pour Pierre."]


def test_a_union_merge_that_doubled_keys_and_mixed_entries_is_put_right(parted: Parted) -> None:
    (parted.tkt.root / ".gitattributes").write_text("tickets/**/*.md merge=union -text\n", encoding="utf-8")
    parted.tkt.commit("union")
    both_append(parted)
    parted.land()
    assert "duplicate-key" in rules(parted.tkt)
    assert b"Je prends.\n### 2026" in parted.tkt.data(ID)

    answer = parted.repair()

    assert rules(parted.tkt, code=0) == set()
    shown = parted.tkt.ticket(ID)
    assert (shown["state"], shown["assignee"], len(shown["entries"])) == ("assigned", "Pierre MARTIN", 3)
    assert parted.texts() == ["Je prends.", "Pour Pierre."]
    assert "state stood twice: “assigned” stands" in answer.err


def test_a_journal_out_of_order_and_an_entry_that_stands_twice_are_found_and_put_right(parted: Parted) -> None:
    parted.tkt("log", ID, "Un.")
    parted._clock("2026-01-15T09:45:00+01:00")
    parted.tkt("log", ID, "Deux.")
    head, *blocks = re.split(r"(?m)^(?=### )", parted.tkt.data(ID).decode())
    opening, one, two = (block.strip("\n") for block in blocks)
    parted.tkt.put(ID, (head + "\n\n".join([opening, two, one, one]) + "\n").encode())
    assert {"journal-order", "entry-twice"} <= rules(parted.tkt)
    assert parted.tkt("check", code=1).out.count("tkt check --repair ID") == 2

    answer = parted.repair()

    assert parted.texts() == ["Un.", "Deux."]
    assert "took out 1 entry that stood twice" in answer.err
    assert "back in order" in answer.err


def test_a_snapshot_that_departs_from_the_journal_follows_it_again(parted: Parted) -> None:
    parted.tkt.put(ID, parted.tkt.data(ID).replace(b"priority: P3", b"priority: P1", 1))
    assert rules(parted.tkt) == {"replay"}

    answer = parted.repair()

    assert "priority is “P3” again" in answer.err
    assert parted.tkt.ticket(ID)["priority"] == "P3"


@pytest.mark.parametrize(("dropped", "value"), [("first", "Poste 9"), ("same", "Poste 1234")])
def test_a_key_that_stands_twice_is_found_and_stands_once(parted: Parted, dropped: str, value: str) -> None:
    """Of a key that no entry covers, the side that changed it tells what stands."""
    path = parted.tkt.path(ID)

    def by_hand(tkt: FrontDoor) -> None:
        tkt.put(ID, path.read_bytes().replace(b"phone: Poste 1234", f"phone: {value}".encode()))

    parted.write(by_hand if dropped == "first" else logs("rien"), logs("Autre chose."))
    parted.merge()
    text = parted.tkt.data(ID).decode()
    text = text.replace(f"phone: {value}\n", f"phone: Poste 1234\n  phone: {value}\n")
    parted.tkt.put(ID, text.encode())
    if not parted.tkt.git("log", "--merges", "--format=%h"):
        pytest.fail("the two branches are to be merged")
    assert "duplicate-key" in rules(parted.tkt) or "conflict-marker" in rules(parted.tkt)

    parted.repair()

    assert parted.tkt.ticket(ID)["requester"]["phone"] == value
    assert rules(parted.tkt, code=0) == set()


def test_what_both_sides_wrote_differently_is_left_to_a_person_between_marks(parted: Parted) -> None:
    def described(words: str) -> Write:
        def write(tkt: FrontDoor) -> None:
            data = tkt.data(ID).decode()
            tkt.put(ID, data.replace("\n## Journal", f"\n## Description\n\n{words}\n\n## Journal").encode())

        return write

    parted.write(described("Depuis ce matin."), described("Depuis hier soir."))
    parted.tkt("log", ID, "Ici.")
    parted.land()
    before = parted.tkt.commits()

    answer = parted.repair(code=3)

    text = parted.tkt.data(ID).decode()
    assert text.count("<<<<<<<") == 1
    assert "Depuis ce matin." in text and "Depuis hier soir." in text
    assert "not decided" in answer.err
    assert parted.tkt.commits() == before
    with parted.tkt.untouched():
        parted.repair(code=3)
    settled = re.sub(r"<{7}[^\n]*\n(.*?)={7}\n.*?>{7}[^\n]*\n", r"\1", text, flags=re.DOTALL)
    parted.tkt.path(ID).write_text(settled, encoding="utf-8")
    parted.tkt.commit("settled")
    assert parted.repair().code == 0
    assert parted.tkt.ticket(ID)["description"] == "Depuis ce matin."


@pytest.fixture
def one_number(founded: Path, tmp_path: Path, clock: Clock) -> FrontDoor:
    """A desk that merges another clone's branch in which another ticket got the same number, earlier."""
    clock("2026-01-15T09:20:00+01:00")
    here = FrontDoor(copied(founded, tmp_path / "here"))
    subprocess.run(["git", "config", "--remove-section", "merge.tkt"], cwd=here.root, capture_output=True)
    here("new", "Écran noir au démarrage", "-r", "Paul DURAND")
    clock("2026-01-15T09:10:00+01:00")
    there = FrontDoor(copied(founded, tmp_path / "there"))
    there("new", "Imprimante bloquée au deuxième", "-r", "Marie MARTIN")
    (tmp_path / "plan.txt").write_text("plan", encoding="utf-8")
    clock("2026-01-15T11:00:00+01:00")
    here("attach", ID, str(tmp_path / "plan.txt"))
    here.git("fetch", "--quiet", str(there.root), "main:side")
    return here


@pytest.mark.parametrize("committed", [True, False])
def test_two_tickets_under_one_number_are_both_kept(one_number: FrontDoor, committed: bool) -> None:
    merged = Parted(one_number, lambda _instant: None)
    if committed:
        merged.land()
    else:
        assert not merged.merge()

    answer = merged.repair()

    if not committed:
        one_number.git("commit", "--quiet", "--no-edit")
    assert one_number.ticket(ID)["title"] == "Imprimante bloquée au deuxième"
    other = one_number.ticket("INC0000002")
    assert other["title"] == "Écran noir au démarrage"
    assert other["entries"][-1]["changes"][0] == {"key": "aliases", "added": [ID], "removed": []}
    assert "INC0000002 now" in answer.err
    assert (one_number.root / "tickets/INC0000xxx/INC0000002/plan.txt").read_text() == "plan"
    assert not (one_number.root / f"tickets/INC0000xxx/{ID}").exists()
    assert one_number.git("status", "--porcelain") == ""
    assert rules(one_number, code=0) == set()
    assert "nothing to repair" in merged.repair().err


def test_what_was_redacted_since_a_merge_does_not_come_back(parted: Parted) -> None:
    parted.write(logs("Mot de passe : s3cret"), logs("Rien."))
    parted.land()
    parted.repair()
    data = parted.tkt.data(ID).replace(b"s3cret", b"[redacted]")
    entry = "\n### 2026-01-15T11:00:00+01:00 · Jean DUPONT · N1\n\n- redacted: 2026-01-15T10:00:00+01:00\n"
    parted.tkt.put(ID, data + entry.encode())

    assert "nothing to repair" in parted.repair().err
    assert b"s3cret" not in parted.tkt.data(ID)


def test_a_file_that_nothing_tells_any_more_is_refused_and_left(parted: Parted) -> None:
    parted.tkt.put(ID, b"---\nid: [\n---\n")
    assert "tkt: tickets/" in parted.tkt.refuses("check", "--repair", ID, code=5)


def test_marks_that_do_not_pair_up_are_refused_and_left(parted: Parted) -> None:
    parted.tkt.put(ID, parted.tkt.data(ID) + b"\n<<<<<<< a\nx\n=======\ny\n=======\nz\n>>>>>>> b\n")
    assert "take out what is not to stay" in parted.tkt.refuses("check", "--repair", ID, code=3)


def test_it_needs_tickets_and_knows_them(parted: Parted) -> None:
    parted.tkt.refuses("check", "--repair", code=2)
    parted.tkt.refuses("check", "--repair", "99", code=4)


def test_several_tickets_are_one_commit(parted: Parted, clock: Clock) -> None:
    parted.tkt("new", "Écran noir", "-r", "Marie MARTIN")
    for one in (ID, "INC0000002"):
        parted.tkt.put(one, parted.tkt.data(one).replace(b"priority: P3", b"priority: P1", 1))
    before = parted.tkt.commits()

    parted.tkt("check", "--repair", "1", "2")

    assert parted.tkt.commits() == before + 1
    assert parted.tkt.subject() == f"{ID}, INC0000002: repaired"


def test_lines_of_two_entries_that_a_hand_mixed_in_a_merge_are_two_entries_again(parted: Parted) -> None:
    both_append(parted)
    assert not parted.merge()
    ours, theirs = (parted.tkt.git("show", f"{side}:tickets/INC0000xxx/{ID}.md") for side in ("main", "side"))
    (heading, rest), (other, more) = (text.rsplit("\n### ", 1)[1].split("\n", 1) for text in (ours, theirs))
    parted.tkt.put(ID, f"{ours.rsplit(chr(10) + '### ', 1)[0]}\n### {heading}\n\n### {other}\n{rest}{more}".encode())
    assert parted.tkt.git("log", "-1", "--format=%P").count(" ") == 1

    answer = parted.repair()

    assert parted.texts() == ["Je prends.", "Pour Pierre."]
    assert "that a merge had mixed out of others" in answer.err
    assert rules(parted.tkt, code=0) == set()


WAYS: tuple[tuple[str, ...], ...] = (
    (),
    ("-Xours",),
    ("-Xtheirs",),
    ("--strategy=ours",),
    ("-Xignore-all-space",),
    ("-Xdiff-algorithm=patience",),
)


def test_no_entry_is_lost_in_any_row_of_bad_merges(parted: Parted, clock: Clock) -> None:
    """Two branches write on one ticket and merge without the driver, again and again; a repair comes now and then."""
    chance = random.Random(3)
    tkt, written, minute = parted.tkt, [], 0
    rounds, repairs = scaled(3, 60), 0

    def write(branch: str) -> None:
        nonlocal minute
        tkt.git("switch", "--quiet", branch)
        for _turn in range(chance.randint(1, 2)):
            # Each branch has a clock of its own, so that entries of both lie between each other.
            minute += 1
            clock(f"2026-01-{15 + minute // 600:02d}T{10 + minute // 60 % 10:02d}:{minute % 60:02d}:00+01:00")
            words = f"{branch} {len(written)}"
            verb = chance.choice((("log",), ("assign",), ("edit", "--priority"), ("edit", "--title"), ("hold",)))
            more = {
                "assign": ("--to", chance.choice(("Pierre MARTIN", "Zoé LENOIR", "Jean DUPONT"))),
                "hold": ("--reason", chance.choice(("user", "vendor"))),
                "--priority": (chance.choice(("P1", "P2", "P4")),),
                "--title": (f"Outlook refuse tout envoi externe ({len(written)})",),
            }.get(verb[-1], ())
            line = [verb[0], ID, *verb[1:], *more, "-m", words]
            with suppress(AssertionError):  # what stands so already is refused, and written by nobody
                tkt(*line)
                written.append(words)

    for _round in range(rounds):
        tkt.git("branch", "--force", "side", "main")
        write("side")
        write("main")
        parted.land(*chance.choice(WAYS))
        sound = not any(one["severity"] == "error" for one in json.loads(checked(tkt))["findings"])
        if not sound or chance.random() < 0.4:
            parted.repair()
            repairs += 1
    parted.repair()

    lost = Counter(written) - Counter(parted.texts())
    reached("repair-of-bad-merges", merges=rounds, entries=len(written), repairs=repairs, lost=lost.total())
    assert sorted(parted.texts()) == sorted(written)
    assert rules(tkt, code=0) == set()
    with tkt.untouched():
        assert "nothing to repair" in parted.repair().err


def checked(tkt: FrontDoor) -> str:
    """The document of a check, whatever it finds."""
    done = subprocess.run(command("check", "--json"), cwd=tkt.root, env=surroundings(), capture_output=True, text=True)
    return done.stdout
