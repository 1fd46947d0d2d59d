"""hooks: what git asks tkt before it commits, pushes and takes in; real hooks, real pushes, the real pre-commit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Clock
from tests.cli.front_door import SOURCE, FrontDoor

ROOT = Path(__file__).parents[2]
ID = "INC0000001"
PATH = f"tickets/INC0000xxx/{ID}.md"
BAD = (b"state: new", b"state: closed")


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a hook starts finds the tkt under test, as it would find an installed one."""
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))


def git(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What git answers, whatever it is."""
    return subprocess.run(
        ["git", *words], cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def spoil(tkt: FrontDoor, old: bytes = BAD[0], new: bytes = BAD[1]) -> None:
    assert old in tkt.data(ID)
    tkt.path(ID).write_bytes(tkt.data(ID).replace(old, new, 1))


def hook(tkt: FrontDoor, name: str) -> Path:
    return tkt.root / ".git" / "hooks" / name


def test_both_hooks_are_installed_shown_and_taken_away(tkt: FrontDoor) -> None:
    assert [one["state"] for one in tkt("hooks", "show", "--json").json["hooks"]] == ["absent", "absent"]
    tkt("hooks", "install")
    for name in ("pre-commit", "pre-push"):
        assert os.access(hook(tkt, name), os.X_OK)
    assert tkt("hooks", "show").out.count(": installed (") == 2

    hook(tkt, "pre-push").write_text(hook(tkt, "pre-push").read_text().replace("-P ", ""), encoding="utf-8")
    assert [one["state"] for one in tkt("hooks", "show", "--json").json["hooks"]] == ["installed", "outdated"]
    tkt("hooks", "install", "--pre-push")
    assert [one["state"] for one in tkt("hooks", "show", "--json").json["hooks"]] == ["installed", "installed"]

    tkt("hooks", "uninstall", "--pre-commit")
    assert not hook(tkt, "pre-commit").exists()
    tkt("hooks", "uninstall")
    assert not hook(tkt, "pre-push").exists()
    assert "no hook of tkt" in tkt("hooks", "uninstall").err


def test_somebody_else_s_hook_is_never_touched(tkt: FrontDoor) -> None:
    tkt.hook("pre-push", "exit 0")
    before = hook(tkt, "pre-push").read_bytes()

    said = tkt.refuses("hooks", "install", code=3)

    assert 'tkt hooks run pre-push "$@" || exit 1' in said
    assert not hook(tkt, "pre-commit").exists(), "either all are installed, or none"
    tkt("hooks", "uninstall")
    assert hook(tkt, "pre-push").read_bytes() == before
    tkt("hooks", "install", "--pre-commit")


def test_the_folder_that_git_is_told_of_is_the_one_used_unless_others_share_it(tkt: FrontDoor, tmp_path: Path) -> None:
    tkt.git("config", "core.hooksPath", ".githooks")
    tkt("hooks", "install", "--pre-commit")
    assert (tkt.root / ".githooks" / "pre-commit").is_file()

    shared = tmp_path / "shared"
    tkt.git("config", "core.hooksPath", str(shared))
    assert "core.hooksPath" in tkt.refuses("hooks", "install", code=3)
    assert not shared.exists()


def test_a_linked_work_tree_shares_the_hooks(tkt: FrontDoor, tmp_path: Path) -> None:
    tkt.git("worktree", "add", "--quiet", str(tmp_path / "linked"))
    linked = FrontDoor(tmp_path / "linked")
    linked("hooks", "install")
    assert hook(tkt, "pre-commit").is_file()
    linked("new", "Écran noir au démarrage", "-r", "Paul DURAND")
    spoil(linked)
    assert git(linked.root, "commit", "-qam", "bad").returncode == 1


def test_before_a_commit_what_is_staged_counts_and_nothing_else(tkt: FrontDoor, ticket: str) -> None:
    tkt("hooks", "install", "--pre-commit")
    spoil(tkt)
    done = git(tkt.root, "commit", "-qam", "bad")
    assert done.returncode == 1
    line = tkt.data(ticket).splitlines().index(BAD[1]) + 1
    assert f"{PATH}:{line}: error: " in done.stdout + done.stderr

    tkt.git("add", PATH)
    spoil(tkt, *reversed(BAD))
    assert git(tkt.root, "commit", "-qm", "staged is bad, the file on disk is not").returncode == 1
    tkt.git("add", PATH)
    spoil(tkt)
    (tkt.root / "note.txt").write_text("a", encoding="utf-8")
    tkt.git("add", "note.txt")
    assert git(tkt.root, "commit", "-qm", "nothing of the ticket is staged").returncode == 0
    assert git(tkt.root, "commit", "-qm", "only this file", "--", PATH).returncode == 1
    assert git(tkt.root, "commit", "--no-verify", "-qam", "if you must").returncode == 0


def test_before_a_commit_a_journal_that_shrinks_is_stopped(tkt: FrontDoor, ticket: str) -> None:
    tkt("log", ticket, "Appel de Marie.")
    tkt("hooks", "install", "--pre-commit")
    tkt.path(ticket).write_bytes(tkt.data(ticket).rpartition(b"\n### ")[0])

    done = git(tkt.root, "commit", "-qam", "bad")
    assert done.returncode == 1 and "is gone" in done.stdout + done.stderr
    tkt.path(ticket).unlink()
    assert git(tkt.root, "commit", "-qam", "worse").returncode == 1


def test_the_first_commit_of_all_is_checked_too(repository: Path) -> None:
    first = FrontDoor(repository)
    (repository / "tkt.yaml").write_text("language: en\n", encoding="utf-8")
    first("hooks", "install")
    first.path(ID).parent.mkdir(parents=True)
    first.path(ID).write_bytes(b"rien")
    first.git("add", "--all")

    assert git(repository, "commit", "-qm", "first").returncode == 1
    assert first("check", "--staged", "--json", code=1).json["errors"] >= 1
    first.git("rm", "--quiet", "--cached", PATH)
    assert git(repository, "commit", "-qm", "first").returncode == 0


def test_tkt_s_own_commits_do_not_wait_for_the_hook(tkt: FrontDoor, ticket: str) -> None:
    tkt("hooks", "install")
    script = hook(tkt, "pre-commit").read_text(encoding="utf-8")
    hook(tkt, "pre-commit").write_text(script + "touch ../ran\n", encoding="utf-8")
    before = script.index("exit 0")
    assert script.index("hooks run") > before, "it ends before it looks for tkt"

    tkt("log", ticket, "Vu.")

    assert tkt.subject().startswith(ticket)


def test_settings_that_cannot_be_read_stop_the_commit_of_tickets(tkt: FrontDoor, ticket: str) -> None:
    (tkt.root / "tkt.yaml").write_text("backdate_limit: soon\n", encoding="utf-8")
    tkt.path(ticket).write_bytes(tkt.data(ticket) + b"\n### 2026-01-15T09:16:00+01:00 \xc2\xb7 Jean DUPONT\n\nVu.\n")
    tkt.git("add", "--all")

    rules = [one["rule"] for one in tkt("check", "--staged", "--json", code=1).json["findings"]]

    assert "settings" in rules


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> str:
    """A Python that is not there, on a PATH without any tkt."""
    places = os.environ["PATH"].split(os.pathsep)
    kept = [place for place in places if not shutil.which("tkt", path=place)]
    monkeypatch.setenv("PATH", os.pathsep.join(kept))
    return "/nowhere/python"


def test_without_any_tkt_a_clone_lets_pass_and_says_so(tkt: FrontDoor, ticket: str, nowhere: str) -> None:
    tkt("hooks", "install")
    for name in ("pre-commit", "pre-push"):
        hook(tkt, name).write_text(hook(tkt, name).read_text().replace(sys.executable, nowhere), encoding="utf-8")
    spoil(tkt)

    done = git(tkt.root, "commit", "-qam", "unchecked")

    assert done.returncode == 0
    assert "not checked" in done.stderr


def test_the_hook_takes_nothing_in_the_repository_for_its_own(tkt: FrontDoor, ticket: str) -> None:
    tkt("hooks", "install")
    (tkt.root / "tkt").mkdir()
    (tkt.root / "tkt" / "__init__.py").write_text("open('ran', 'w')\n", encoding="utf-8")
    (tkt.root / "yaml.py").write_text("open('ran', 'w')\n", encoding="utf-8")
    tkt.git("add", "--all")

    assert git(tkt.root, "commit", "-qm", "innocent").returncode == 0
    assert not (tkt.root / "ran").exists()


@pytest.fixture
def server(tkt: FrontDoor, ticket: str, tmp_path: Path) -> Path:
    """A bare repository that has the desk with one ticket, and takes nothing in unproven."""
    bare = tmp_path / "desk.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", str(tkt.root), str(bare)], check=True)
    FrontDoor(bare)("hooks", "install")
    tkt.git("remote", "add", "origin", str(bare))
    tkt.git("fetch", "--quiet", "origin")
    return bare


def test_a_server_takes_in_honest_work_and_honest_merges(
    tkt: FrontDoor, ticket: str, server: Path, clock: Clock, tmp_path: Path
) -> None:
    tkt("log", ticket, "Vu d'ici.")
    assert git(tkt.root, "push", "-q", "origin", "main").returncode == 0

    tkt.git("switch", "--quiet", "-c", "side", "HEAD~1")
    clock("2026-01-15T09:40:00+01:00")
    tkt("new", "Écran noir au démarrage", "-r", "Paul DURAND")
    tkt.git("merge", "--quiet", "--no-edit", "main")
    done = git(tkt.root, "push", "origin", "side", "side:main", "HEAD:refs/tags/v1")
    assert done.returncode == 0, done.stderr
    assert git(tkt.root, "push", "-q", "origin", ":side").returncode == 0


def test_a_server_refuses_a_push_that_rewrites_a_journal_and_says_where(
    tkt: FrontDoor, ticket: str, server: Path
) -> None:
    tkt("log", ticket, "Vu d'ici.")
    tkt.git("push", "--quiet", "origin", "main")
    before = git(server, "rev-parse", "main").stdout
    spoil(tkt, b"Vu d'ici", b"Jamais vu")
    line = tkt.data(ticket).decode().splitlines().index("### 2026-01-15T09:15:00+01:00 #2 · Jean DUPONT · N1") + 1
    tkt.git("add", "--all")
    tkt.git("commit", "--quiet", "--no-verify", "-m", "bad")
    short = tkt.git("rev-parse", "--short", "HEAD").strip()

    done = git(tkt.root, "push", "origin", "main")

    assert done.returncode == 1
    assert f"{short}:{PATH}:{line}: error: " in done.stderr
    tkt.git("branch", "innocent")
    assert git(tkt.root, "push", "origin", "innocent").returncode == 1, "a new branch brings the same commit"
    assert git(server, "rev-parse", "main").stdout == before


def test_a_server_refuses_a_forced_push_that_leaves_entries_out(tkt: FrontDoor, ticket: str, server: Path) -> None:
    tkt("log", ticket, "Vu d'ici.")
    tkt.git("push", "--quiet", "origin", "main")
    tkt.git("reset", "--quiet", "--hard", "HEAD~1")
    tkt("log", ticket, "Autre chose.")

    done = git(tkt.root, "push", "--force", "origin", "main")

    assert done.returncode == 1
    assert "error: " in done.stderr and PATH in done.stderr


def test_a_server_without_tkt_takes_nothing_in(tkt: FrontDoor, ticket: str, server: Path, nowhere: str) -> None:
    script = server / "hooks" / "pre-receive"
    script.write_text(script.read_text().replace(sys.executable, nowhere), encoding="utf-8")
    tkt("log", ticket, "Vu d'ici.")

    assert git(tkt.root, "push", "origin", "main").returncode == 1


def test_a_hook_written_by_hand_calls_check_in_the_bare_repository(tkt: FrontDoor, ticket: str, server: Path) -> None:
    page = (ROOT / "docs" / "history.md").read_text(encoding="utf-8")
    script = page.partition("```sh pre-receive\n")[2].partition("```")[0]
    assert "tkt check --history" in script
    path = server / "hooks" / "pre-receive"
    path.write_text(script.replace("tkt check", f"{sys.executable} -P -m tkt check"), encoding="utf-8")

    tkt("log", ticket, "Vu d'ici.")
    done = git(tkt.root, "push", "origin", "main", "main:topic")
    assert done.returncode == 0, done.stderr
    spoil(tkt)
    tkt.git("commit", "--quiet", "--no-verify", "-am", "bad")
    assert git(tkt.root, "push", "origin", "main").returncode == 1
    assert git(tkt.root, "push", "origin", "main:other").returncode == 1
    assert git(tkt.root, "push", "origin", ":topic").returncode == 0


def test_before_a_push_the_commits_that_the_remote_lacks_are_proven(
    tkt: FrontDoor, ticket: str, tmp_path: Path
) -> None:
    subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path / "open.git")], check=True)
    tkt.git("remote", "add", "open", str(tmp_path / "open.git"))
    tkt("hooks", "install", "--pre-push")
    assert git(tkt.root, "push", "--quiet", "open", "main").returncode == 0
    tkt("log", ticket, "Vu.")
    assert git(tkt.root, "push", "--quiet", "open", "main").returncode == 0
    assert git(tkt.root, "push", "--quiet", "open", "main").returncode == 0, "nothing new is no fault"

    spoil(tkt)
    tkt.git("commit", "--quiet", "-am", "bad")
    done = git(tkt.root, "push", "open", "main")
    assert done.returncode == 1
    assert PATH in done.stdout + done.stderr

    tkt.git("reset", "--quiet", "--hard", "HEAD~2")
    assert git(tkt.root, "push", "--force", "open", "main").returncode == 1, "what was pushed stays"


def test_a_hook_that_nobody_knows_is_refused(tkt: FrontDoor) -> None:
    tkt.refuses("hooks", "run", "post-commit", code=2)
    tkt.refuses("hooks", "run", "pre-receive", stdin="--all\n", code=2)
    tkt.refuses("hooks", "install", "--pre-receive", code=4)


@pytest.fixture
def pre_commit(tkt: FrontDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FrontDoor:
    """The desk with the pre-commit program at work in it, our hooks taken from a repository as it takes them."""
    program = Path(sys.executable).with_name("pre-commit")
    if not program.exists():
        pytest.skip("the pre-commit program is not installed")
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
    repository = FrontDoor(hooks)
    repository.git("init", "--quiet")
    repository.commit("hooks")
    binaries = tmp_path / "bin"
    binaries.mkdir()
    (binaries / "tkt").write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m tkt "$@"\n', encoding="utf-8")
    (binaries / "tkt").chmod(0o755)
    monkeypatch.setenv("PATH", f"{binaries}:{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit"))
    config = f"repos:\n- repo: {hooks}\n  rev: {repository.git('rev-parse', 'HEAD').strip()}\n  hooks:\n"
    config += "  - id: tkt-check\n  - id: tkt-history\n"
    (tkt.root / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    tkt.commit("pre-commit")
    types = ("--hook-type", "pre-commit", "--hook-type", "pre-push")
    subprocess.run([str(program), "install", *types], cwd=tkt.root, check=True, capture_output=True)
    return tkt


def test_the_pre_commit_program_stops_a_bad_ticket_and_lets_a_good_one_pass(
    pre_commit: FrontDoor, tmp_path: Path
) -> None:
    tkt = pre_commit
    ticket = tkt("new", "Écran noir au démarrage", "-r", "Paul DURAND").out.strip()
    assert tkt.subject().startswith(ticket), "a good ticket passes"
    spoil(tkt)
    done = git(tkt.root, "commit", "-am", "bad")
    assert done.returncode == 1
    assert "check the tickets to be committed" in done.stdout + done.stderr
    assert f"{PATH}:" in done.stdout + done.stderr

    subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path / "open.git")], check=True)
    tkt.git("remote", "add", "open", str(tmp_path / "open.git"))
    spoil(tkt, *reversed(BAD))
    done = git(tkt.root, "push", "open", "main")
    assert done.returncode == 0, done.stdout + done.stderr
    spoil(tkt)
    tkt.git("commit", "--no-verify", "-qam", "bad")
    done = git(tkt.root, "push", "open", "main")
    assert done.returncode == 1
    assert "prove the history" in done.stdout + done.stderr
