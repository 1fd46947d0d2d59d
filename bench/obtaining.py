"""Programs to compare with, found or installed by the ordinary client of whoever offers them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

_VERSION = re.compile(r"\d+(?:\.\d+)+")


class Missing(Exception):
    """A program that is not here and cannot be installed; the message says why."""


def from_debian(package: str, program: str) -> str:
    """A program of the machine's own; Debian's package of it is installed where we are root."""
    if not shutil.which(program):
        if not shutil.which("apt-get") or os.geteuid():
            raise Missing(f"Debian's package {package} is not installed, and only root can do so")
        _install(["apt-get", "install", "--yes", "--quiet", package])
    return _found(shutil.which(program), program)


def from_pypi(tools: Path, package: str, program: str) -> str:
    """A program of a Python package, in an environment of its own below `tools`."""
    environment = tools / package
    if not (environment / "bin" / program).exists():
        _install([sys.executable, "-m", "venv", str(environment)])
        _install([str(environment / "bin" / "pip"), "install", "--quiet", package])
    return _found(str(environment / "bin" / program), program)


def from_npm(tools: Path, package: str, program: str) -> str:
    """A program of a Node.js package, in a folder of its own below `tools`."""
    installed = tools / package / "node_modules" / ".bin" / program
    if not installed.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise Missing("there is no npm to install it with")
        _install([npm, "install", "--silent", "--prefix", str(tools / package), package])
    return _found(str(installed), program)


def version_of(program: str) -> str:
    """What the program calls its version."""
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    found = _VERSION.search(said.stdout or said.stderr)
    return found[0] if found else ""


def _install(words: list[str]) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Missing(f"`{' '.join(words)}` ended with {done.returncode}: {said[-1] if said else ''}")


def _found(path: str | None, program: str) -> str:
    if path is None or not os.access(path, os.X_OK):
        raise Missing(f"{program} is still not there once installed")
    return path
