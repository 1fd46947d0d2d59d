"""Git hooks that ask tkt: small sh scripts in the repository's own folder for them, never in place of anybody's."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tkt.errors import NoSuchThing, RuleRefuses, Unreadable
from tkt.git.audit.past import bare_repository
from tkt.git.command import Git
from tkt.git.repository import NoWorkTree, Repository
from tkt.git.surroundings import COMMITTING
from tkt.language import _, reason_of
from tkt.store.bounded_file import read_file
from tkt.store.desk_folder import remove_file, replace_file

IN_A_CLONE = ("pre-commit", "pre-push")
ON_A_SERVER = ("pre-receive",)
EVERY = (*IN_A_CLONE, *ON_A_SERVER)
INSTALLED, OUTDATED, FOREIGN, ABSENT = "installed", "outdated", "foreign", "absent"
_MARK = "# Written by `tkt hooks install`; `tkt hooks uninstall` takes it away."
_MOST_BYTES = 1024 * 1024
_MODE = 0o755


class ForeignHook(RuleRefuses):
    """A hook of that name is somebody else's: it stays as it is."""


class HooksElsewhere(RuleRefuses):
    """The folder of hooks is not the repository's own: what is put there would run for other repositories too."""


class NoSuchHook(NoSuchThing):
    """A hook that this kind of repository never runs."""


class CannotInstall(Unreadable):
    """A hook that cannot be made executable."""


class Hook(NamedTuple):
    """A hook by git's name for it, where it lies, and its state: one of ours, an old one of ours, foreign, absent."""

    name: str
    path: Path
    state: str


@dataclass(frozen=True, slots=True)
class Hooks:
    """The hooks of one repository, all its work trees included. `names` are those that it runs and we know."""

    folder: Path
    names: tuple[str, ...]
    own: tuple[Path, ...]

    @classmethod
    def of(cls, here: Path) -> Hooks:
        """The hooks of the repository that `here` is in; those of a server in a bare one. Raises NotARepository."""
        try:
            repository = Repository.of(here)
        except NoWorkTree:
            bare = bare_repository(here)
            folder = Git(bare).read("rev-parse", "--path-format=absolute", "--git-path", "hooks").text
            return cls(Path(folder.removesuffix("\n")), ON_A_SERVER, (bare,))
        folder = repository.git.read("rev-parse", "--path-format=absolute", "--git-path", "hooks").text
        return cls(Path(folder.removesuffix("\n")), IN_A_CLONE, (repository.common_dir, repository.top))

    def states(self) -> list[Hook]:
        """Every hook that we know for such a repository."""
        return [self._hook(name) for name in self.names]

    def install(self, names: Iterable[str] = ()) -> list[Hook]:
        """Write these hooks, all where none is named; those that are there already and ours are brought up to date.

        Raises NoSuchHook, HooksElsewhere, ForeignHook (before any is written), CannotWrite.
        """
        wanted = [self._hook(name) for name in self._known(names)]
        self._require_own()
        for hook in wanted:
            if hook.state == FOREIGN:
                message = _("{path} is somebody else's and stays as it is: add this line to it: {line}")
                raise ForeignHook(message.format(path=hook.path, line=_line(hook.name)))
        for hook in wanted:
            replace_file(hook.path, script(hook.name).encode())
            _make_executable(hook.path)
        return [self._hook(hook.name) for hook in wanted]

    def uninstall(self, names: Iterable[str] = ()) -> list[Hook]:
        """Take these hooks away where they are ours, and give those that were; raises NoSuchHook and CannotWrite."""
        gone = [hook for hook in map(self._hook, self._known(names)) if hook.state in (INSTALLED, OUTDATED)]
        for hook in gone:
            remove_file(hook.path)
        return gone

    def _known(self, names: Iterable[str]) -> Sequence[str]:
        wanted = list(dict.fromkeys(names)) or self.names
        for name in wanted:
            if name not in self.names:
                message = _("this repository runs no {hook} hook that asks tkt: it runs {known}.")
                raise NoSuchHook(message.format(hook=name, known=", ".join(self.names)))
        return wanted

    def _hook(self, name: str) -> Hook:
        path = self.folder / name
        try:
            text = read_file(path, _MOST_BYTES).decode()
        except FileNotFoundError:
            return Hook(name, path, ABSENT)
        except (OSError, UnicodeDecodeError):
            return Hook(name, path, FOREIGN)
        if _MARK not in text:
            return Hook(name, path, FOREIGN)
        return Hook(name, path, INSTALLED if text == script(name) else OUTDATED)

    def _require_own(self) -> None:
        folder = self.folder.resolve()
        if not any(folder.is_relative_to(own.resolve()) for own in self.own):
            lines = "; ".join(f"{name}: {_line(name)}" for name in self.names)
            message = _("core.hooksPath leads to {folder}, which serves other repositories too: add there {lines}")
            raise HooksElsewhere(message.format(folder=self.folder, lines=lines))


def script(name: str) -> str:
    """The hook's text. It runs the tkt that wrote it, else the one on the PATH.

    Without any, a clone's hook says so and lets pass, since most of what is committed and pushed there may be no
    ticket's; a server's, which nothing comes behind, refuses.
    """
    python = shlex.quote(sys.executable)
    call = f'hooks run {name} "$@"'
    # -P: nothing that lies in the folder where the hook runs is taken for Python's own.
    lines = [
        "#!/bin/sh",
        _MARK,
        *([f'[ -z "${COMMITTING}" ] || exit 0'] if name == "pre-commit" else []),
        f"if {python} -P -c 'import tkt' 2>/dev/null; then exec {python} -P -m tkt {call}; fi",
        f"if command -v tkt >/dev/null 2>&1; then exec tkt {call}; fi",
        f"echo {shlex.quote(_not_found(name))} >&2",
        f"exit {int(name in ON_A_SERVER)}",
    ]
    return "\n".join(lines) + "\n"


def _not_found(name: str) -> str:
    if name in ON_A_SERVER:
        return _("tkt is not to be found on this server: nothing is taken in unchecked.")
    return _("tkt is not to be found: the tickets were not checked. Run `tkt hooks install` where it is, or uninstall.")


def _line(name: str) -> str:
    return f'tkt hooks run {name} "$@" || exit 1'


def _make_executable(path: Path) -> None:
    try:
        path.chmod(_MODE)
    except OSError as error:
        raise CannotInstall(_("{path}: {reason}").format(path=path, reason=reason_of(error))) from error
