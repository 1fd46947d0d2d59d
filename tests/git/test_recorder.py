"""The recorder: one commit of exactly the files written, whatever else the repository holds."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from tests.git.work import MESSAGE, Work, record_in_turn
from tkt.desk.recording import CommitMessage
from tkt.errors import OutsideFailed, RuleRefuses, SomeoneWasFaster
from tkt.git.command import GitFailed
from tkt.git.index import Index
from tkt.git.patience import BranchMoves, IndexLocked
from tkt.git.recorder import CommitTooSlow, GitRecorder, NotCommitted, OperationUnderWay
from tkt.git.repository import NoIdentity, OutsideRepository, Repository

TICKET = "tickets/INC0012xxx/INC0012345.md"


def log(work: Work, text: str = "second\n", name: str = TICKET, **patience: float) -> None:
    """What a command does: prepare, write, record."""
    recorder = work.recorder(**patience)
    path = work.top / name
    recorder.prepare([path])
    work.write(name, text)
    recorder.record([path], MESSAGE)


# What a commit holds


def test_a_new_file_is_committed_alone_with_subject_and_trailers(work: Work) -> None:
    log(work)
    assert work.files_of() == [TICKET]
    assert work.git("log", "-1", "--format=%B").strip() == (
        "INC0012345: new → in_progress\n\nTicket: INC0012345\nTransition: new → in_progress"
    )
    assert work.git("log", "-1", "--format=%an <%ae>").strip() == "Jean DUPONT <jean.dupont@entreprise.fr>"
    assert work.status() == []


def test_a_known_file_is_committed(work: Work) -> None:
    work.committed(TICKET)
    log(work)
    assert work.git("show", f"HEAD:{TICKET}") == "second\n"
    assert work.status() == []


def test_new_and_known_and_removed_files_go_into_one_commit(work: Work) -> None:
    paths = [work.committed(TICKET), work.committed("gone.md"), work.top / "tickets/INC0012xxx/INC0012345/photo.png"]
    recorder = work.recorder()
    recorder.prepare(paths)
    work.write(TICKET, "second\n")
    paths[1].unlink()
    work.write("tickets/INC0012xxx/INC0012345/photo.png", "png")
    recorder.record(paths, MESSAGE)
    assert work.files_of() == ["gone.md", TICKET, "tickets/INC0012xxx/INC0012345/photo.png"]
    assert work.status() == []


def test_no_files_make_no_commit(work: Work) -> None:
    work.committed(TICKET)
    before = work.git("rev-parse", "HEAD")
    work.recorder().record([], MESSAGE)
    assert work.git("rev-parse", "HEAD") == before


@pytest.mark.parametrize("known", [True, False])
def test_what_is_staged_elsewhere_stays_staged(work: Work, known: bool) -> None:
    if known:
        work.committed(TICKET)
    work.committed("other.txt")
    work.write("other.txt", "staged\n")
    work.write("added.txt", "added\n")
    work.git("add", "other.txt", "added.txt")
    log(work)
    assert work.files_of() == [TICKET]
    assert work.status() == ["A  added.txt", "M  other.txt"]


@pytest.mark.parametrize("known", [True, False])
def test_a_partly_staged_file_and_an_intent_to_add_stay_as_they_are(work: Work, known: bool) -> None:
    if known:
        work.committed(TICKET)
    work.committed("other.txt", "one\n")
    work.write("other.txt", "two\n")
    work.git("add", "other.txt")
    work.write("other.txt", "three\n")
    work.write("intended.txt", "intended\n")
    work.git("add", "--intent-to-add", "intended.txt")
    log(work)
    assert work.files_of() == [TICKET]
    assert work.status() == [" A intended.txt", "MM other.txt"]
    assert work.git("show", ":other.txt") == "two\n"
    assert (work.top / "other.txt").read_text() == "three\n"


def test_what_is_changed_but_not_staged_elsewhere_stays_so(work: Work) -> None:
    work.committed(TICKET)
    work.committed("other.txt")
    work.committed("gone.txt")
    work.write("other.txt", "changed\n")
    (work.top / "gone.txt").unlink()
    work.write("untracked.txt", "")
    log(work)
    assert work.files_of() == [TICKET]
    assert work.status() == [" D gone.txt", " M other.txt", "?? untracked.txt"]


def test_a_conflict_left_elsewhere_by_a_stash_stays_a_conflict(work: Work) -> None:
    work.committed(TICKET)
    work.committed("other.txt", "one\n")
    work.write("other.txt", "mine\n")
    work.git("stash")
    work.write("other.txt", "theirs\n")
    work.git("commit", "-qam", "theirs")
    work.git("stash", "pop", check=False)
    log(work)
    assert work.files_of() == [TICKET]
    assert work.status() == ["UU other.txt"]


def test_what_is_staged_between_prepare_and_record_stays_staged(work: Work) -> None:
    path = work.committed(TICKET)
    recorder = work.recorder()
    recorder.prepare([path])
    work.write(TICKET, "second\n")
    work.write("late.txt", "late\n")
    work.git("add", "late.txt")
    recorder.record([path], MESSAGE)
    assert work.files_of() == [TICKET]
    assert work.status() == ["A  late.txt"]


def test_a_file_that_gitignore_names_is_committed_all_the_same(work: Work) -> None:
    work.committed(".gitignore", "*.log\n")
    log(work, name="tickets/INC0012xxx/INC0012345/outlook.log")
    assert work.files_of() == ["tickets/INC0012xxx/INC0012345/outlook.log"]


def test_one_recorder_serves_for_several_commits(work: Work) -> None:
    recorder = work.recorder()
    for text in ("one", "two", "three"):
        recorder.prepare([work.top / TICKET])
        recorder.record([work.write(TICKET, text)], MESSAGE)
    recorder.record([work.write(TICKET, "four"), work.write("unprepared.md", "")], MESSAGE)
    assert work.git("rev-list", "--count", "HEAD").strip() == "4"
    assert work.files_of() == [TICKET, "unprepared.md"]
    assert work.status() == []


def test_a_frozen_clock_dates_the_author_alone(work: Work) -> None:
    recorder = work.recorder()
    when = datetime(2026, 1, 15, 9, 15, tzinfo=timezone(timedelta(hours=1)))
    recorder.record([work.write(TICKET, "x")], MESSAGE, when=when)
    author, committer = work.git("log", "-1", "--format=%aI %ct").split()
    assert author == "2026-01-15T09:15:00+01:00"
    assert abs(int(committer) - datetime.now().timestamp()) < 60


def test_three_thousand_files_make_one_commit(work: Work) -> None:
    work.committed("other.txt")
    paths = [work.top / f"tickets/INC{n // 1000:04}xxx/INC{n:07}.md" for n in range(3000)]
    recorder = work.recorder()
    recorder.prepare(paths)
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(path.name)
    recorder.record(paths, MESSAGE)
    assert len(work.files_of()) == 3000
    assert work.status() == []


def test_more_files_than_a_command_line_holds_are_picked_from_among_staged_ones(work: Work) -> None:
    names = [f"tickets/{'long folder name ' * 10}/{n:04}.md" for n in range(700)]
    recorder = work.recorder()
    paths = [work.write(name, "one") for name in names]
    recorder.record(paths, MESSAGE)
    work.write("other.txt", "")
    work.git("add", "other.txt")
    recorder.prepare(paths)
    for path in paths:
        path.write_text("two")
    recorder.record(paths, MESSAGE)
    assert work.files_of() == names
    assert work.status() == ["A  other.txt"]


# Where a repository stands


def test_a_detached_head_takes_the_commit(work: Work) -> None:
    work.committed(TICKET)
    work.git("checkout", "--quiet", "--detach")
    log(work)
    assert work.git("show", f"HEAD:{TICKET}") == "second\n"
    assert work.git("show", f"main:{TICKET}") == "first\n"


def test_before_the_first_commit_what_is_staged_stays_staged(work: Work) -> None:
    work.write("README", "")
    work.git("add", "README")
    log(work)
    assert work.files_of() == [TICKET]
    assert work.status() == ["A  README"]


def test_a_desk_may_be_a_folder_of_a_repository_reached_through_a_link(work: Work, tmp_path: Path) -> None:
    work.committed("src/main.c")
    (tmp_path / "link").symlink_to(work.top)
    recorder = Work(work.top / "src").recorder()
    path = tmp_path / "link" / "desk" / TICKET
    recorder.prepare([path])
    work.write(f"desk/{TICKET}", "x")
    recorder.record([path], MESSAGE)
    assert work.files_of() == [f"desk/{TICKET}"]


def test_a_second_work_tree_commits_on_its_own_branch(work: Work, tmp_path: Path) -> None:
    work.committed(TICKET)
    work.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    side = Work(tmp_path / "side")
    log(side)
    assert work.git("show", f"side:{TICKET}") == "second\n"
    assert work.git("show", f"main:{TICKET}") == "first\n"
    assert work.status() == side.status() == []


@pytest.mark.parametrize(
    "name",
    [
        "with space.md",
        "réception/é\u0301té.md",
        "-dash.md",
        "--all",
        ":(glob)**",
        ":!x",
        "*.md",
        "[ab].md",
        "?.md",
        'quo"te.md',
        "back\\slash",
        "line\nbreak.md",
    ],
)
def test_a_name_stands_for_itself(work: Work, name: str) -> None:
    for bystander in ("a.md", "b.md", "x"):
        work.committed(bystander)
        work.write(bystander, "changed\n")
    log(work, name=name)
    assert work.files_of() == [name]
    log(work, "again\n", name=name)
    assert work.files_of() == [name]
    assert work.status() == [" M a.md", " M b.md", " M x"]


def test_a_name_that_is_no_utf8_is_committed(work: Work) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    try:
        log(work, name=name)
    except OSError:
        pytest.skip("this file system takes no such name")
    log(work, "again\n", name=name)
    assert work.git("rev-list", "--count", "HEAD").strip() == "2"


def test_a_file_outside_the_repository_is_refused(work: Work, tmp_path: Path) -> None:
    with pytest.raises(OutsideRepository, match="not in the git repository"):
        work.recorder().prepare([tmp_path / "elsewhere.md"])


# The message


def test_a_message_is_kept_to_the_letter_whatever_the_configuration(work: Work) -> None:
    work.git("config", "commit.cleanup", "strip")
    work.git("config", "commit.verbose", "true")
    work.git("config", "commit.template", "nowhere")
    work.git("config", "core.editor", "false")
    message = CommitMessage("# 1\nsubject\x1b[31m", (("Ticket", "a\nb"),), "# body\n\n\n\nsecond")
    work.recorder().record([work.write(TICKET, "x")], message)
    assert work.git("log", "-1", "--format=%B") == "# 1 subject\\x1b[31m\n\n# body\n\n\n\nsecond\n\nTicket: a b\n\n"


# What is refused before anything is touched


@pytest.mark.parametrize("staged", [True, False])
def test_a_ticket_with_uncommitted_changes_is_refused_with_the_way_out(work: Work, staged: bool) -> None:
    path = work.committed(TICKET)
    work.write(TICKET, "by hand\n")
    if staged:
        work.git("add", TICKET)
    with pytest.raises(NotCommitted) as refusal:
        work.recorder().prepare([path])
    assert isinstance(refusal.value, RuleRefuses)
    shown = os.path.relpath(path)
    assert f"{shown} has changes that are not committed" in str(refusal.value)
    assert f"git commit -- {shown}" in str(refusal.value)
    assert f"git checkout HEAD -- {shown}" in str(refusal.value)


def test_a_staged_change_undone_on_disk_is_refused(work: Work) -> None:
    path = work.committed(TICKET)
    work.write(TICKET, "by hand\n")
    work.git("add", TICKET)
    work.write(TICKET, "first\n")
    with pytest.raises(NotCommitted):
        work.recorder().prepare([path])


@pytest.mark.parametrize("unborn", [True, False])
@pytest.mark.parametrize("how", ["untracked", "ignored", "staged", "intended", "staged and gone"])
def test_a_ticket_that_no_commit_has_is_refused_with_the_way_out(work: Work, how: str, unborn: bool) -> None:
    if not unborn:
        work.committed(".gitignore", "*.md\n" if how == "ignored" else "")
    path = work.write(TICKET, "by hand\n")
    if how.startswith("staged"):
        work.git("add", "--force", TICKET)
    if how == "intended":
        work.git("add", "--force", "--intent-to-add", TICKET)
    if how == "staged and gone":
        path.unlink()
    with pytest.raises(NotCommitted, match="is not committed yet: commit it first"):
        work.recorder().prepare([path])


@pytest.mark.parametrize("staged", [True, False])
def test_a_ticket_deleted_but_not_in_a_commit_is_refused(work: Work, staged: bool) -> None:
    path = work.committed(TICKET)
    path.unlink()
    if staged:
        work.git("add", TICKET)
    with pytest.raises(NotCommitted, match="git checkout HEAD"):
        work.recorder().prepare([path])


def test_many_files_are_looked_at_through_their_folder(work: Work) -> None:
    paths = [work.write(f"tickets/{n}.md", "x") for n in range(250)]
    work.recorder().record(paths, MESSAGE)
    work.recorder().prepare(paths)
    work.write("elsewhere.md", "")
    paths[7].write_text("by hand")
    paths[9].unlink()
    with pytest.raises(NotCommitted, match=r"7\.md has changes .*; 1 more file is in the same case"):
        work.recorder().prepare(paths)


def test_without_identity_it_is_said_how_to_give_one(work: Work, clean_environment: Path) -> None:
    (clean_environment / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n")
    with pytest.raises(NoIdentity, match=r"git config --global user\.name .*git config --global user\.email"):
        work.recorder().prepare([work.top / TICKET])


def conflict(work: Work) -> None:
    """Two branches that cannot be joined without a person."""
    work.committed("other.txt", "one\n")
    work.git("checkout", "-qb", "side")
    work.write("other.txt", "two\n")
    work.git("commit", "-qam", "two")
    work.git("checkout", "-q", "main")
    work.write("other.txt", "three\n")
    work.git("commit", "-qam", "three")


@pytest.mark.parametrize(
    ("begin", "name", "end"),
    [
        (["merge", "side"], "merge", "git merge --abort"),
        (["rebase", "side"], "rebase", "git rebase --abort"),
        (["rebase", "--apply", "side"], "rebase", "git rebase --abort"),
        (["cherry-pick", "side"], "cherry-pick", "git cherry-pick --abort"),
        (["revert", "--no-edit", "HEAD~1"], "revert", "git revert --abort"),
        (["bisect", "start"], "bisect", "git bisect reset"),
    ],
)
def test_an_operation_under_way_is_named_and_nothing_is_done(work: Work, begin: list[str], name: str, end: str) -> None:
    conflict(work)
    work.git(*begin, check=False)
    before = work.index(), work.git("rev-parse", "HEAD")
    recorder = work.recorder()
    for attempt in (recorder.prepare, lambda paths: recorder.record(paths, MESSAGE)):
        with pytest.raises(OperationUnderWay, match=f"a git {name} is under way.*{end}") as refusal:
            attempt([work.top / TICKET])
        assert isinstance(refusal.value, OutsideFailed)
    assert (work.index(), work.git("rev-parse", "HEAD")) == before


# What somebody else does with git at that very moment


def meanwhile(work: Work, recorder: GitRecorder, act: Callable[[], object]) -> None:
    """Let somebody do something once, when all is ready for the commit and git is about to make it."""
    commit = recorder._commit
    left = [act]

    def interrupted(*arguments: Any) -> None:
        if left:
            left.pop()()
        commit(*arguments)

    recorder._commit = interrupted  # type: ignore[method-assign]


@pytest.mark.parametrize("name", [TICKET, "new.md"])
@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("small", [True, False])
def test_what_somebody_stages_at_that_moment_stays_theirs(
    work: Work, name: str, first: bool, small: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Index, "is_small", small)
    if not first:
        work.committed(TICKET)
    recorder = work.recorder()
    recorder.prepare([work.top / name])
    path = work.write(name, "second\n")
    work.write("theirs.txt", "theirs\n")
    meanwhile(work, recorder, lambda: work.git("add", "theirs.txt"))
    recorder.record([path], MESSAGE)
    assert work.files_of() == [name]
    assert work.git("log", "-1", "--format=%s").strip() == MESSAGE.subject
    assert work.status() == ["A  theirs.txt"]
    assert work.git("rev-list", "--count", "HEAD").strip() == ("1" if first else "2")


@pytest.mark.parametrize("small", [True, False])
def test_a_file_of_ours_never_gets_into_what_somebody_commits_at_that_moment(
    work: Work, small: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Index, "is_small", small)
    work.committed(TICKET)
    recorder = work.recorder()
    paths = [work.top / TICKET, work.top / "new.md"]
    recorder.prepare(paths)
    for path in paths:
        path.write_text("second\n")

    def commit_theirs() -> None:
        work.committed("theirs.txt")

    meanwhile(work, recorder, commit_theirs)
    recorder.record(paths, MESSAGE)
    assert work.files_of("HEAD^") == ["theirs.txt"]
    assert work.files_of() == ["new.md", TICKET]
    assert work.status() == []


def test_a_commit_that_somebody_else_s_outruns_is_made_again(work: Work) -> None:
    work.committed(TICKET)
    theirs = "git update-ref HEAD $(git commit-tree -p HEAD -m theirs HEAD^{tree})"
    work.hook("pre-commit", f"mkdir '{work.top}/.git/once' 2>/dev/null || exit 0; {theirs}")
    log(work)
    assert work.git("log", "--format=%s").splitlines() == [MESSAGE.subject, "theirs", f"add {TICKET}"]
    assert work.files_of() == [TICKET]


def test_who_is_always_outrun_gives_up(work: Work) -> None:
    work.committed(TICKET)
    work.hook("pre-commit", "git update-ref HEAD $(git commit-tree -p HEAD -m theirs HEAD^{tree})")
    with pytest.raises(BranchMoves, match="try again"):
        log(work, index_patience=0.0)


def test_what_somebody_commits_behind_ours_is_left_alone(work: Work) -> None:
    work.committed(TICKET)
    work.hook("post-commit", "test -e mine.txt || { echo >mine.txt; git add mine.txt; git commit -qm theirs; }")
    log(work)
    assert (work.files_of("HEAD^"), work.files_of()) == ([TICKET], ["mine.txt"])


# What fails on the way


@pytest.fixture(
    params=["known", "new", "both", "both among thousands", "new beside staged", "known beside staged", "many"]
)
def attempted(request: pytest.FixtureRequest, work: Work, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Files about to be recorded, on every road that `record` takes."""
    case = request.param
    monkeypatch.setattr(Index, "is_small", "thousands" not in case)
    work.committed("known.md")
    if case == "many":
        known = [work.write(f"tickets/{n}.md", "known") for n in range(150)]
        work.recorder().record(known, MESSAGE)
        return [*known, *(work.top / f"tickets/new{n}.md" for n in range(150))]
    if "staged" in case:
        work.write("other.txt", "staged\n")
        work.git("add", "other.txt")
    names = {"known": ["known.md"], "new": ["new.md"], "both": ["known.md", "new.md"]}[case.split(" ")[0]]
    return [work.top / name for name in names]


def fails_and_leaves_the_index_alone(work: Work, paths: list[Path], kind: type[Exception], **patience: float) -> str:
    """Prepare, write, fail to record: the words of the failure."""
    before = work.index(), work.git("rev-parse", "HEAD")
    recorder = work.recorder(**patience)
    recorder.prepare(paths)
    for path in paths:
        work.write(str(path.relative_to(work.top)), "written\n")
    with pytest.raises(kind) as failure:
        recorder.record(paths, MESSAGE)
    assert (work.index(), work.git("rev-parse", "HEAD")) == before
    return str(failure.value)


def fails_on_new(work: Work) -> str:
    """The words of a failure on a new file, in a repository without commits."""
    path = work.top / TICKET
    recorder = work.recorder()
    recorder.prepare([path])
    work.write(TICKET, "written\n")
    with pytest.raises(GitFailed) as failure:
        recorder.record([path], MESSAGE)
    assert work.index() == ""
    return str(failure.value)


@pytest.mark.parametrize("hook", ["pre-commit", "commit-msg", "prepare-commit-msg"])
def test_a_failing_hook_is_heard_and_the_index_put_back(work: Work, attempted: list[Path], hook: str) -> None:
    work.hook(hook, "echo on stdout; printf '\\033[31mon stderr\\033[0m\\007\\n' >&2; exit 1")
    words = fails_and_leaves_the_index_alone(work, attempted, GitFailed)
    assert words == "git commit failed: on stdout\non stderr\\x07"


def test_a_silent_hook_is_told_by_its_status(work: Work) -> None:
    work.hook("pre-commit", "exit 1")
    assert fails_on_new(work) == "git commit failed: it said nothing, and ended with status 1"


def test_a_hook_sees_the_files_and_its_own_patterns_work(work: Work, attempted: list[Path]) -> None:
    work.hook("pre-commit", "git diff --cached --name-only -- '*.md'; exit 1")
    words = fails_and_leaves_the_index_alone(work, attempted, GitFailed)
    expected = sorted(str(path.relative_to(work.top)) for path in attempted)
    assert words.removeprefix("git commit failed: ").split("\n") == expected


def test_broken_signing_fails_cleanly(work: Work) -> None:
    work.git("config", "commit.gpgsign", "true")
    work.git("config", "gpg.program", "/nonexistent/gpg")
    assert "gpg" in fails_on_new(work)


def test_a_committer_that_git_does_not_know_fails_cleanly(
    work: Work, clean_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (clean_environment / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Jean DUPONT")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "jean.dupont@entreprise.fr")
    assert "git config" in fails_on_new(work)


@pytest.mark.parametrize("lock", ["index.lock", "HEAD.lock"])
def test_a_foreign_lock_is_waited_for_in_vain_and_left_alone(work: Work, lock: str) -> None:
    path = work.committed(TICKET)
    (work.top / ".git" / lock).write_text("")
    before = work.index()
    recorder = work.recorder(index_patience=0.05)
    recorder.prepare([path])
    work.write(TICKET, "second\n")
    with pytest.raises(IndexLocked, match=f"another git process holds .*{lock}:") as refusal:
        recorder.record([path], MESSAGE)
    assert isinstance(refusal.value, SomeoneWasFaster)
    assert (work.top / ".git" / lock).exists()
    assert work.index() == before


def test_a_lock_released_in_time_lets_the_commit_through(work: Work) -> None:
    path = work.committed(TICKET)
    lock = work.top / ".git" / "index.lock"
    lock.write_text("")
    recorder = work.recorder()
    recorder.prepare([path])
    work.write(TICKET, "second\n")
    release = threading.Timer(0.05, lock.unlink)
    release.start()
    recorder.record([path], MESSAGE)
    release.join()
    assert work.git("show", f"HEAD:{TICKET}") == "second\n"


def test_an_interrupted_commit_is_undone(work: Work, attempted: list[Path]) -> None:
    work.hook("pre-commit", f"kill -INT {os.getpid()}; exec sleep 2 >/dev/null 2>&1")
    fails_and_leaves_the_index_alone(work, attempted, KeyboardInterrupt)
    assert not (work.top / ".git" / "index.lock").exists()


def test_an_interruption_after_the_commit_comes_too_late(work: Work) -> None:
    work.committed(TICKET)
    work.hook("post-commit", f"kill -INT {os.getpid()}; exec sleep 2 >/dev/null 2>&1")
    log(work)
    assert work.git("show", f"HEAD:{TICKET}") == "second\n"


def hung(work: Work, hook: str, seconds: float) -> GitRecorder:
    """A recorder of little patience, before a hook that goes on for ever."""
    work.hook(hook, "exec sleep 600 >/dev/null 2>&1")
    return GitRecorder(Repository.of(work.top), commit_patience=seconds)


@pytest.mark.parametrize("new", [True, False])
def test_a_hook_that_hangs_is_ended_and_the_index_put_back(work: Work, new: bool) -> None:
    path = work.top / "new.md" if new else work.committed(TICKET)
    recorder = hung(work, "pre-commit", 0.2)
    before = work.index()
    recorder.prepare([path])
    path.write_text("second\n", encoding="utf-8")
    with pytest.raises(CommitTooSlow, match=r"took longer than 0 s .*raise commit_patience") as failure:
        recorder.record([path], MESSAGE)
    assert isinstance(failure.value, OutsideFailed)
    assert "index.lock" not in str(failure.value)
    assert work.index() == before


def test_a_git_that_had_to_be_killed_leaves_its_lock_which_is_named(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tkt.git.command._GRACE_SECONDS", 0.05)
    path = work.committed(TICKET)
    recorder = hung(work, "commit-msg", 0.3)
    work.hook("pre-commit", "kill -STOP $PPID")
    recorder.prepare([path])
    path.write_text("second\n", encoding="utf-8")
    with pytest.raises(CommitTooSlow, match=r"had to be killed and left .*/\.git/index\.lock: remove that file"):
        recorder.record([path], MESSAGE)
    assert (work.top / ".git" / "index.lock").exists()


def test_a_hook_that_hangs_behind_the_commit_comes_too_late(work: Work) -> None:
    path = work.committed(TICKET)
    recorder = hung(work, "post-commit", 0.5)
    recorder.prepare([path])
    path.write_text("second\n", encoding="utf-8")
    recorder.record([path], MESSAGE)
    assert work.git("show", f"HEAD:{TICKET}") == "second\n"
    assert work.status() == []


def test_a_program_that_a_hook_leaves_behind_does_not_hold_the_command(work: Work) -> None:
    number = work.top / ".git" / "left-behind"
    work.hook("post-commit", f"sleep 600 & echo $! >'{number}'")
    log(work)
    # It is still there to be ended: the command did not wait for it.
    os.kill(int(number.read_text(encoding="utf-8")), signal.SIGKILL)


def test_what_a_hook_adds_to_the_commit_stays(work: Work) -> None:
    work.committed("stamp.txt")
    work.hook("pre-commit", "echo stamped >stamp.txt; git add stamp.txt")
    log(work)
    assert work.files_of() == ["stamp.txt", TICKET]


def test_two_processes_at_once_both_record_everything(work: Work) -> None:
    work.committed("shared.md")
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=record_in_turn, args=(work.top, name, 5)) for name in ("one", "two")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert sorted(work.git("log", "--format=%s", "-10").splitlines()) == [
        f"{name} {turn}" for name in ("one", "two") for turn in range(5)
    ]
    assert sorted((work.top / "shared.md").read_text().splitlines()) == sorted(
        ["first", *(f"{name} {turn}" for name in ("one", "two") for turn in range(5))]
    )
    assert work.status() == []


def started(trace: Path) -> list[str]:
    """The git commands that were started by us (not by git) since tracing began."""
    lines = trace.read_text().splitlines()
    events = [json.loads(line) for line in lines]
    return [
        next(word for word in event["argv"][1:] if not word.startswith("-") and "=" not in word)
        for event in events
        if event["event"] == "start" and "/" not in event["sid"]
    ]


def test_a_write_costs_few_calls_of_git(work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work.committed(TICKET)
    trace = tmp_path / "trace"
    monkeypatch.setenv("GIT_TRACE2_EVENT", str(trace))
    log(work)
    assert started(trace) == ["rev-parse", "var", "diff-index", "status", "commit"]
    trace.unlink()
    log(work, name="tickets/INC0012xxx/INC0012346.md")
    assert started(trace) == ["rev-parse", "var", "diff-index", "ls-tree", "add", "commit"]
    trace.unlink()
    monkeypatch.setattr(Index, "is_small", False)
    log(work, "third\n")
    assert started(trace) == ["rev-parse", "var", "diff-index", "status", "commit", "diff-tree"]


def test_git_gone_is_said(work: Work, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    recorder = work.recorder()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("git") is None
    with pytest.raises(OutsideFailed, match="install git"):
        recorder.prepare([work.top / TICKET])
