"""A repository's past: its commits, with or without work files, and which of them a range means."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tkt.errors import CalledWrongly, NoSuchThing
from tkt.git.command import Git, GitFailed
from tkt.git.place import git_dir_of
from tkt.git.repository import NoWorkTree, Repository
from tkt.git.surroundings import surroundings
from tkt.language import _

_UNKNOWN = re.compile(r"bad revision|unknown revision|ambiguous argument|bad object|Invalid symmetric difference")


class NotARange(CalledWrongly):
    """What is given as a range and is an option."""


class UnknownRange(NoSuchThing):
    """A range that names a commit which this repository does not have."""


@dataclass(frozen=True, slots=True)
class Past:
    """The commits of a repository. `folder` is the desk's, from the top and with a slash at its end ("" for the top).

    None where no desk was named: then every ticket of the repository counts, whichever desk it lies in.
    """

    git: Git
    common_dir: Path
    folder: str | None = None

    @classmethod
    def of(cls, here: Path, desk: Path | None = None) -> Past:
        """The past of the repository that `here` is in, a bare one too.

        Raises NotARepository, and NoWorkTree for a desk in a bare one, or for one that lies in another repository.
        """
        try:
            repository = Repository.of(here)
        except NoWorkTree:
            if desk:
                raise
            return cls(Git(here, as_stored=True), bare_repository(here))
        git = Git(repository.top, as_stored=True)
        folder = os.path.dirname(repository.names([desk / "tkt.yaml"])[0]) if desk else None
        return cls(git, repository.common_dir, os.path.join(folder, "") if folder else folder)

    def count(self, revisions: Sequence[str]) -> int:
        """How many commits `revisions` mean; raises UnknownRange."""
        answer = self.git.ask("rev-list", "--count", *revisions, "--")
        if answer.status:
            if not self.has_commits():
                return 0
            raise _unknown(self, answer.words) if _UNKNOWN.search(answer.words) else GitFailed("rev-list", answer)
        return int(answer.text)

    def has_commits(self) -> bool:
        """Whether HEAD names a commit: in a repository just made it does not."""
        return self.git.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}").status == 0

    def head(self) -> tuple[str, str]:
        """The branch that HEAD is on ("HEAD" where it is on none) and the commit it names ("" where there is none)."""
        branch = self.git.ask("symbolic-ref", "--quiet", "HEAD").text.strip() or "HEAD"
        return branch, self.git.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}").text.strip()

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether `older` is a commit that `newer` came of, or is the same; a commit that is not here is none."""
        return self.git.ask("merge-base", "--is-ancestor", older, newer).status == 0

    def cut_off(self) -> frozenset[str]:
        """The commits of a shallow clone whose parents were not fetched."""
        try:
            return frozenset((self.common_dir / "shallow").read_text(encoding="ascii").split())
        except (OSError, UnicodeDecodeError):
            return frozenset()

    def abbreviated(self, hashes: Iterable[str]) -> dict[str, str]:
        """The short names of commits, by their long ones."""
        asked = list(dict.fromkeys(hashes))
        if not asked:
            return {}
        told = self.git.read(
            *("log", "--no-walk=unsorted", "--stdin", "--no-show-signature", "-z", "--format=%H%x00%h"),
            stdin="".join(f"{one}\n" for one in asked).encode(),
        ).fields
        return dict(zip(told[::2], told[1::2], strict=True))


def bare_repository(here: Path) -> Path:
    """The folder of the bare repository that `here` is in.

    Raises NoWorkTree for one that lies in another repository: it may have come with a clone, and what its
    configuration says was not said by the person.
    """
    answer = Git(here).read("rev-parse", "--path-format=absolute", "--git-common-dir")
    bare = Path(answer.text.removesuffix("\n"))
    if "GIT_DIR" not in surroundings() and git_dir_of(bare.parent) is not None:
        message = _("{folder} has no work files and lies in another repository: what it says is not trusted")
        raise NoWorkTree(message.format(folder=bare))
    return bare


def range_of(words: Sequence[str]) -> list[str]:
    """What a person calls the range, fit to be handed to git: `main..HEAD`, `v1 ^v0`; nothing means all of HEAD's past.

    Raises NotARange for what git would take for an option.
    """
    for word in words:
        if word.startswith("-"):
            raise NotARange(_("“{range}” is no range of commits: write one such as main..HEAD.").format(range=word))
    return ["--end-of-options", *(words or ["HEAD"])]


def _unknown(past: Past, words: str) -> UnknownRange:
    message = _("there is no such range of commits in this repository ({words})").format(words=words)
    if past.cut_off():
        message += " " + _("It is a shallow clone: `git fetch --unshallow` fetches the rest.")
    return UnknownRange(message)
