"""Where a branch goes to and comes from: its remote, the branch there, and what was last fetched of it."""

from __future__ import annotations

import os
from typing import NamedTuple

from tkt.errors import OutsideFailed
from tkt.git.command import Answer, Git
from tkt.git.repository import Repository
from tkt.git.sync.ledger import tracking_ref
from tkt.language import _

_USUAL = "origin"


class OnNoBranch(OutsideFailed):
    """HEAD names a commit and no branch: there is nothing to bring up to date."""


class NothingCommitted(OutsideFailed):
    """A branch without a commit."""


class Upstream(NamedTuple):
    """A local branch, the remote and the branch there that it follows, and the ref that says what was last seen of it.

    `is_set`: git knows of it; else it is where the branch would go.
    """

    local: str
    remote: str
    branch: str
    tracking: str
    is_set: bool

    @property
    def name(self) -> str:
        """What people call it: `origin/main`."""
        return f"{self.remote}/{self.branch}"


def current_branch(repository: Repository) -> str:
    """The branch that is checked out; raises OnNoBranch and NothingCommitted."""
    answer = repository.git.ask("symbolic-ref", "--quiet", "--short", "HEAD")
    if answer.status:
        words = _("HEAD is detached: go to a branch first (git switch BRANCH), or make one here (git switch -c BRANCH)")
        raise OnNoBranch(words)
    if not repository.has_commits():
        raise NothingCommitted(_("nothing is committed in this repository yet"))
    return answer.text.strip()


def upstream_of(repository: Repository, branch: str) -> Upstream | None:
    """Where a branch goes: its upstream, else `origin`, else the only remote there is; None where there is none."""
    git = repository.git
    remotes = git.read("remote").text.split()
    own, goal = config(git, f"branch.{branch}.remote"), config(git, f"branch.{branch}.merge")
    if own in remotes and goal.startswith("refs/heads/"):
        there = goal.removeprefix("refs/heads/")
        named = git.ask("rev-parse", "--symbolic-full-name", f"refs/heads/{branch}@{{upstream}}").text.strip()
        return Upstream(branch, own, there, named or _usual_ref(own, there), True)
    remote = _USUAL if _USUAL in remotes else remotes[0] if len(remotes) == 1 else None
    return Upstream(branch, remote, branch, _usual_ref(remote, branch), False) if remote else None


def _usual_ref(remote: str, branch: str) -> str:
    return f"refs/remotes/{remote}/{branch}"


def tip_of(repository: Repository, ref: str) -> str:
    """The commit that a ref names, "" where there is no such ref."""
    return repository.git.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}").text.strip()


def is_within(repository: Repository, commit: str, other: str) -> bool:
    """Whether a commit is part of what another one holds."""
    return repository.git.ask("merge-base", "--is-ancestor", commit, other).status == 0


def fetch(repository: Repository, remote: str) -> Answer:
    """Fetch what the person's configuration fetches of a remote, and its ledger of numbers; the answer, if it failed.

    A pattern and not the ledger's name, since a remote that has none yet is no failure.
    """
    ledger = f"+refs/tkt/n*:{tracking_ref(remote).removesuffix('numbers')}n*"
    # By the environment: on the command line a remote's name could not hold an equals sign.
    more = {f"remote.{remote}.fetch": ledger}
    return repository.git.act(
        "fetch", "--quiet", "--", remote, environment={**unasked(repository.git), **configured(more)}
    )


def config(git: Git, key: str) -> str:
    """The value of a key of git's configuration, "" where it has none."""
    return git.ask("config", "--get", key).text.removesuffix("\n")


def configured(values: dict[str, str]) -> dict[str, str]:
    """The environment in which git's configuration holds `values` too, behind what it holds already."""
    before = int(os.environ.get("GIT_CONFIG_COUNT") or 0)
    numbered = list(enumerate(values.items(), before))
    keys = {f"GIT_CONFIG_KEY_{number}": key for number, (key, _value) in numbered}
    texts = {f"GIT_CONFIG_VALUE_{number}": value for number, (_key, value) in numbered}
    return {"GIT_CONFIG_COUNT": str(before + len(numbered)), **keys, **texts}


def unasked(git: Git) -> dict[str, str]:
    """The environment in which git and ssh ask for no password where nobody sits to answer; empty on a terminal."""
    if os.isatty(0) and os.isatty(2):
        return {}
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GCM_INTERACTIVE": "never"}
    chosen = "GIT_SSH" in os.environ or "GIT_SSH_COMMAND" in os.environ or config(git, "core.sshCommand")
    return quiet if chosen else {**quiet, "GIT_SSH_COMMAND": "ssh -o BatchMode=yes"}
