"""Many people at once on one desk: every command happens whole, one after the other, and nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.at_once import EXPECTED, Commit, Tried, commits_since, journals, somebody_with_git, technician, times
from tests.cli.front_door import FrontDoor, command, surroundings
from tests.torture import reached, scaled
from tkt.domain.identifier import is_id
from tkt.git.recorder import GitRecorder

WRITERS, COMMANDS = scaled(4, 8), scaled(5, 50)


@pytest.fixture
def busy(tkt: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> tuple[FrontDoor, list[str]]:
    """A desk with five tickets, and the clock of the machine."""
    ids = [tkt("new", f"Écran noir {number}", "-r", "Marie MARTIN").out.strip() for number in range(5)]
    monkeypatch.delenv("TKT_NOW")
    return tkt, ids


def tickets_of(one: Tried) -> list[str]:
    """The tickets on whose journals a command that was done must stand."""
    return sorted([word for word in one.line if is_id(word)] or [one.out.strip()])


def of_tkt(commits: list[Commit]) -> list[Commit]:
    return [commit for commit in commits if commit.tickets]


def test_what_many_do_at_once_is_all_there_once_and_in_order(busy: tuple[FrontDoor, list[str]]) -> None:
    tkt, ids = busy
    base = tkt.git("rev-parse", "HEAD").strip()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        theirs = pool.submit(somebody_with_git, tkt.root, scaled(4, 60))
        workers = [pool.submit(technician, number, tkt.root, ids, COMMANDS) for number in range(WRITERS)]
        tried = [one for worker in workers for one in worker.result()]
        notes = theirs.result()

    assert [(one.line, one.code, one.err) for one in tried if one.code not in EXPECTED] == []
    done = [one for one in tried if one.done]
    commits = commits_since(tkt, base)
    entries = journals(tkt.root)
    new = [one.out.strip() for one in done if one.line[0] == "new"]

    # Each command that was done stands once in each of its tickets, and no other command anywhere.
    found = {name: times(words) for name, words in entries.items()}
    expected = {name: {one.token: 1 for one in done if name in tickets_of(one)} for name in entries}
    lost = sum((Counter(expected[name]) - Counter(found[name])).total() for name in entries)
    reached(
        "at-once",
        writers=WRITERS,
        commands=len(tried),
        succeeded=len(done),
        commits_of_others=len(notes),
        lost=lost,
        numbers_twice=len(new) - len(set(new)),
    )
    assert found == expected
    # Each is one commit, which holds its entry and names its tickets; what git recorded is in the journals' order.
    for one in done:
        [commit] = [each for each in commits if f"\n{one.token}\n" in f"\n{each.added}\n"]
        assert sorted(commit.tickets) == tickets_of(one)
        assert {Path(name).stem for name in commit.files if name.endswith(".md")} == set(commit.tickets)
    assert len(of_tkt(commits)) == len(done)
    committed = [one for commit in of_tkt(commits) for one in done if f"\n{one.token}\n" in f"\n{commit.added}\n"]
    for name, words in entries.items():
        assert [word for word in words if word in found[name]] == [
            one.token for one in committed if name in tickets_of(one)
        ]
    # Whoever commits with git alone meanwhile has all of theirs, and nobody has what is another's.
    assert [commit.files for commit in commits if not commit.tickets] == [[name] for name in notes]
    assert len(new) == len(set(new)) == len(entries) - len(ids)
    assert tkt.git("status", "--porcelain") == ""
    assert tkt("check", "--json").json["errors"] == 0


def test_work_trees_of_one_repository_never_give_one_number_twice(tkt: FrontDoor, tmp_path: Path) -> None:
    places = [tkt.root, tmp_path / "side", tmp_path / "other"]
    for place in places[1:]:
        tkt.git("worktree", "add", "--quiet", "-b", place.name, str(place))

    def opened(turn: int) -> str:
        line = command("new", f"Écran noir {turn}", "-r", "Ana LIMA")
        place = places[turn % len(places)]
        done = subprocess.run(line, cwd=place, env=surroundings(), capture_output=True, text=True, check=True)
        return done.stdout.strip()

    with ThreadPoolExecutor(3) as pool:
        ids = list(pool.map(opened, range(scaled(6, 60))))
    assert sorted(ids) == [f"INC{number:07}" for number in range(1, len(ids) + 1)]
    for place in places:
        assert FrontDoor(place).git("status", "--porcelain") == ""
    reached("at-once-in-work-trees", work_trees=len(places), tickets=len(ids), numbers_twice=len(ids) - len(set(ids)))


# Whom one waits for, and who died


@pytest.fixture
def gate(tkt: FrontDoor, tmp_path: Path) -> Iterator[Path]:
    """A hook that lets the first commit wait: it says `arrived` and goes on when it is told so in the pipe `go`."""
    for pipe in ("arrived", "go"):
        os.mkfifo(tmp_path / pipe)
    once = f"mkdir '{tmp_path}/once' 2>/dev/null || exit 0"
    tkt.hook("pre-commit", f"{once}\necho arrived >'{tmp_path}/arrived'\nread word <'{tmp_path}/go'")
    yield tmp_path


def log(tkt: FrontDoor, ticket: str, text: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command("log", ticket, text), cwd=tkt.root, env=surroundings(), stderr=subprocess.PIPE, text=True
    )


def test_who_waits_is_told_for_whom_and_goes_on_when_the_holder_is_killed(
    busy: tuple[FrontDoor, list[str]], gate: Path
) -> None:
    tkt, [ticket, *_others] = busy
    with log(tkt, ticket, "premier") as first:
        (gate / "arrived").read_text()
        with log(tkt, ticket, "second") as second:
            assert second.stderr is not None
            told = second.stderr.readline()
            assert told.startswith(f"waiting for tkt log of Jean DUPONT (process {first.pid}, since "), told
            waited_until = datetime.now(UTC).replace(microsecond=0)
            first.send_signal(signal.SIGKILL)
            first.wait()
            # Its git lives on, and may end what it was told to do.
            (gate / "go").write_text("go\n")
            said = second.stderr.read()
            assert second.wait() == 0, said
    last = tkt.last_entry(ticket)
    assert last["text"] == "second"
    # It is of the moment at which it was its turn, not of the one at which it was called.
    assert datetime.fromisoformat(last["at"]) >= waited_until
    assert tkt.git("status", "--porcelain") == ""
    assert tkt("check", "--json").json["errors"] == 0
    assert list((tkt.root / ".git").glob("tkt-lock*")) == []


def test_a_lock_of_git_s_own_is_never_taken_away(tkt: FrontDoor, ticket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert GitRecorder.__init__.__kwdefaults__ is not None
    monkeypatch.setitem(GitRecorder.__init__.__kwdefaults__, "index_patience", 0.05)
    lock = tkt.root / ".git" / "index.lock"
    lock.write_text("")
    assert f"another git process holds {lock}: try again" in tkt.refuses("log", ticket, "Vu.", code=6)
    assert "another git process holds" in tkt.refuses("new", "Écran noir", "-r", "Marie MARTIN", code=6)
    assert lock.exists()
    lock.unlink()
    tkt("log", ticket, "Vu.")
