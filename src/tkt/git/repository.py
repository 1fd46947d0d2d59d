"""A git repository as the desk sees it: where it lies, who is at work in it, what is under way."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tkt.domain.person import Person
from tkt.errors import OutsideFailed
from tkt.git.command import Git, GitFailed
from tkt.language import _

_IDENTITY = re.compile(r"(?P<name>.*) <(?P<email>.*)> \d+ [+-]\d{4}\n?")
# What looks like a bare repository may be a folder that came with a clone: its configuration would start programs.
_NO_STRANGER = ("-c", "safe.bareRepository=explicit")
_NO_IDENTITY = re.compile(rb"who you are|ident name|auto-detect|disallowed characters")

# What lies in the git directory while something is under way, and what ends it; the first that is there counts, since
# a rebase that stops on a conflict leaves a CHERRY_PICK_HEAD too.
_UNDER_WAY = (
    ("rebase-apply/applying", "am", "git am --continue, git am --abort"),
    ("rebase-apply", "rebase", "git rebase --continue, git rebase --abort"),
    ("rebase-merge", "rebase", "git rebase --continue, git rebase --abort"),
    ("MERGE_HEAD", "merge", "git merge --continue, git merge --abort"),
    ("CHERRY_PICK_HEAD", "cherry-pick", "git cherry-pick --continue, git cherry-pick --abort"),
    ("REVERT_HEAD", "revert", "git revert --continue, git revert --abort"),
    ("BISECT_LOG", "bisect", "git bisect reset"),
)


class NotARepository(OutsideFailed):
    """A folder that is in no git repository."""


class NoWorkTree(OutsideFailed):
    """A bare repository, or a place inside `.git`: there are no files to work on."""


class NoIdentity(OutsideFailed):
    """Git does not know who is at the keyboard."""


class OutsideRepository(OutsideFailed):
    """A file that does not lie in the repository, for one through a symbolic link."""


class Operation(NamedTuple):
    """Something begun and not ended in a repository (git's own word for it), and the commands that end it."""

    name: str
    ended_by: str


@dataclass(frozen=True, slots=True)
class Repository:
    """One work tree: its top folder, its git directory, the one it shares with its sister work trees, its hooks'."""

    top: Path
    git_dir: Path
    common_dir: Path
    hooks: Path

    @classmethod
    def of(cls, folder: Path) -> Repository:
        """The repository that `folder` is in; raises NotARepository or NoWorkTree."""
        answer = Git(folder).ask(
            *_NO_STRANGER,
            "rev-parse",
            "--path-format=absolute",
            "--is-inside-work-tree",
            "--git-dir",
            "--git-common-dir",
            "--git-path",
            "hooks",
            "--show-toplevel",
        )
        if answer.status == 0:
            _inside, git_dir, common_dir, hooks, top = answer.text.removesuffix("\n").split("\n", 4)
            return cls(Path(top), Path(git_dir), Path(common_dir), Path(hooks))
        if answer.out.startswith(b"false") or b"safe.bareRepository" in answer.err:
            raise NoWorkTree(
                _("{folder} is in a git repository without work files: work in a clone of it").format(folder=folder)
            )
        if b"not a git repository" in answer.err:
            raise NotARepository(
                _(
                    "{folder} is not in a git repository: make one with `git init` or `tkt init`, or pass --no-commit"
                ).format(folder=folder)
            )
        raise GitFailed("rev-parse", answer)

    @property
    def git(self) -> Git:
        """Git, working from the top folder: the names of `names` are the ones it understands there."""
        return Git(self.top)

    @property
    def index(self) -> Path:
        """The file in which git keeps what is staged; it may not be there yet."""
        return self.git_dir / "index"

    @property
    def index_lock(self) -> Path:
        """What is there while a git writes the index, and stays when that git is killed; never ours to remove."""
        return self.git_dir / "index.lock"

    @property
    def has_commit_hook(self) -> bool:
        """Whether a hook runs before each commit, which may add files of its own to it."""
        return os.access(self.hooks / "pre-commit", os.X_OK)

    def names(self, paths: Iterable[Path]) -> list[str]:
        """`paths` as git names them, from the top folder; raises OutsideRepository."""
        real: dict[str, str] = {}
        found = []
        for path in paths:
            folder, name = os.path.split(path)
            if folder not in real:
                real[folder] = self._inside(folder)
            found.append(real[folder] + name)
        return found

    def _inside(self, folder: str) -> str:
        """`folder`, from the top one, with a slash at its end where it is not the top itself."""
        real, top = os.path.realpath(folder), os.path.join(self.top, "")
        if not os.path.join(real, "").startswith(top):
            raise OutsideRepository(
                _("{folder} is not in the git repository {top}").format(folder=folder, top=self.top)
            )
        return os.path.join(real, "")[len(top) :]

    def operation(self) -> Operation | None:
        """The merge, rebase, cherry-pick, revert, patch or bisection under way, if any; asks git nothing."""
        for mark, name, ended_by in _UNDER_WAY:
            if (self.git_dir / mark).exists():
                return Operation(name, ended_by)
        return None

    def is_detached(self) -> bool:
        """Whether HEAD names a commit and no branch, so that what is committed belongs to none; asks git nothing."""
        try:
            return not (self.git_dir / "HEAD").read_bytes().startswith(b"ref:")
        except OSError:
            return False

    def identity(self) -> Person:
        """Who git would name as the author of a commit; raises NoIdentity."""
        return identity_at(self.top)

    def has_commits(self) -> bool:
        """Whether HEAD names a commit: in a repository just made it does not."""
        return self.git.ask("rev-parse", "--verify", "--quiet", "HEAD").status == 0


def identity_at(folder: Path) -> Person:
    """Who git would name as the author of a commit made in `folder`, a repository or not; raises NoIdentity."""
    answer = Git(folder).ask(*_NO_STRANGER, "var", "GIT_AUTHOR_IDENT")
    found = _IDENTITY.fullmatch(answer.text)
    if answer.status == 0 and found:
        return Person(found["name"], found["email"])
    if not _NO_IDENTITY.search(answer.err):
        raise GitFailed("var", answer)
    raise NoIdentity(
        _(
            'git does not know who you are: say it with `git config --global user.name "First LAST"` and '
            "`git config --global user.email you@example.org`"
        )
    )
