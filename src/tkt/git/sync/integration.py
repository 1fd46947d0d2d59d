"""Bringing what others did into a branch: merged or rebased with the driver for tickets, or left as it was."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tkt.git.command import GitFailed
from tkt.git.drivers import driver_arguments
from tkt.git.patience import PatientGit
from tkt.git.repository import Repository
from tkt.git.sync.clashes import Clash, clashes_in, needs_a_person
from tkt.git.sync.upstream import Upstream, config, configured, is_within
from tkt.language import _

_NO_EDITOR = {"GIT_EDITOR": "true", "GIT_SEQUENCE_EDITOR": "true", "GIT_MERGE_AUTOEDIT": "no"}
# What git's configuration may say instead of no (`merges`, `interactive` and their short forms are kinds of yes).
_NO = ("", "false", "no", "off", "0")


class Goal(NamedTuple):
    """What is to come in: its commit, and what people call it (`origin/main`)."""

    commit: str
    name: str


def wants_rebase(repository: Repository, branch: str) -> bool:
    """Whether the person's configuration has `git pull` rebase this branch; `--rebase` in git's own order of keys."""
    own = config(repository.git, f"branch.{branch}.rebase")
    return (own or config(repository.git, "pull.rebase")).lower() not in _NO


def can_rebase(repository: Repository, goal: str, remote: str) -> bool:
    """Whether the commits that `goal` lacks may be written anew: none is a merge, and none has been seen elsewhere."""
    git = repository.git
    if git.read("rev-list", "--merges", "--max-count=1", f"{goal}..HEAD").text:
        return False
    ours = git.read("rev-list", "--count", f"{goal}..HEAD").text
    return ours == git.read("rev-list", "--count", "HEAD", f"^{goal}", "--not", f"--remotes={remote}").text


def bring_in(
    repository: Repository, git: PatientGit, root: Path, upstream: Upstream, goal: Goal, *, renumbered: bool
) -> str:
    """Merge or rebase, as the person's configuration has it; why it was a merge all the same, "" where it was to be.

    Raises NeedsAPerson, and GitFailed where git or a hook refuses: everything is as it was before then.
    """
    why = ""
    if wants_rebase(repository, upstream.local) and not is_within(repository, "HEAD", goal.commit):
        if renumbered:
            why = _("a ticket was renumbered")
        elif not can_rebase(repository, goal.commit, upstream.remote):
            why = _("a commit of yours is a merge, or was seen by others")
        elif rebase(repository, git, goal.commit):
            return ""
        else:
            why = _("a commit of yours does not stand by itself on what came in")
    clashes = merge(repository, git, goal)
    if clashes:
        raise needs_a_person(repository, root, clashes, goal.name)
    return why


def merge(repository: Repository, git: PatientGit, goal: Goal) -> list[Clash]:
    """Merge `goal` into the branch, and say what needs a person: then everything is as it was before.

    Raises GitFailed where git or a hook refuses for another reason.
    """
    options = ("--ff", "--commit", "--no-squash", "--no-edit", "--no-stat", "--quiet", "-m", f"Merge {goal.name}")
    return _clashes_of(repository, git, "merge", *options, goal.commit)


def rebase(repository: Repository, git: PatientGit, goal: str) -> bool:
    """Put the branch's own commits on top of `goal`; False where one of them clashes, and then all is as before.

    Raises GitFailed where git or a hook refuses for another reason.
    """
    return not _clashes_of(repository, git, "rebase", "--merge", "--quiet", goal)


def _clashes_of(repository: Repository, git: PatientGit, verb: str, *arguments: str) -> list[Clash]:
    """Let git do it with the driver for tickets; where it does not come to its end, it is taken back."""
    try:
        git.act(verb, *arguments, stdin=b"", environment={**_NO_EDITOR, **configured(_settings())})
    except BaseException as failure:
        clashes = clashes_in(repository)
        operation = repository.operation()
        if operation is not None and operation.name == verb:
            with suppress(GitFailed):
                git.act(verb, "--abort", stdin=b"")
        if clashes and isinstance(failure, GitFailed):
            return clashes
        raise
    return []


def _settings() -> dict[str, str]:
    """How git is to merge here, whatever is configured."""
    driver = (setting.partition("=") for setting in driver_arguments()[1::2])
    # A folder that one side renamed takes nothing along: a ticket's place follows from its id.
    return {"merge.directoryRenames": "false", **{key: value for key, _equals, value in driver}}
