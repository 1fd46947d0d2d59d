"""A desk that several people have cloned from one bare repository, and tkt at work in each clone."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.cli.conftest import copied
from tests.cli.front_door import FrontDoor
from tkt.git.drivers import driver_arguments

_QUICK = ("-c", "core.fsync=none", "-c", "init.defaultBranch=main")


def git(*arguments: str) -> None:
    done = subprocess.run(["git", *_QUICK, *arguments], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


class Clones:
    """The bare repository `shared`, and clones of it, each with its own FrontDoor."""

    def __init__(self, folder: Path, desk: Path, *settings: str) -> None:
        self.folder = folder
        self.shared = folder / "shared.git"
        git("init", "--quiet", "--bare", str(self.shared))
        first = FrontDoor(copied(desk, folder / "first"))
        if settings:
            first.setting(*settings)
        first.git("remote", "add", "origin", str(self.shared))
        first.git("push", "--quiet", "--set-upstream", "origin", "main")
        self.first = first

    def clone(self, name: str) -> FrontDoor:
        """One more clone, with tkt set up and at work in it."""
        settings = ("-c", "core.fsync=none", *driver_arguments())
        git("clone", "--quiet", *settings, str(self.shared), str(self.folder / name))
        return FrontDoor(self.folder / name)

    def hook(self, name: str, script: str) -> None:
        """A hook of the server's."""
        path = self.shared / "hooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def git(self, *arguments: str) -> str:
        """What git says on the server."""
        return FrontDoor(self.shared).git(*arguments)


def opened(tkt: FrontDoor, title: str = "Écran noir au démarrage") -> str:
    """The id of a ticket just opened."""
    return tkt("new", title, "-r", "Marie MARTIN").out.strip()
