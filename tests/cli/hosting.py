"""Runners of hosting sites, as far as `tkt ci` needs them: every script runs for real, in bash, in a clone."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.cli.front_door import FrontDoor, surroundings

# A name that git takes for a branch, and a shell that is handed it unquoted for more than that.
BRANCH = "ticket;touch${IFS}pwned;$(touch${IFS}pwned)"
SAME = "github.event.pull_request.head.repo.full_name == github.repository"
ON_REQUEST = "github.event_name == 'pull_request'"
REPORTS = "!cancelled() && (github.event_name == 'workflow_dispatch' || github.event.schedule == '17 5 * * *')"
EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")


def git(folder: Path, *arguments: str) -> str:
    """What git says; it must not fail."""
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def put_tkt(folder: Path) -> None:
    """A program named tkt in `folder`, the one under test."""
    folder.mkdir()
    (folder / "tkt").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tkt "$@"\n', encoding="utf-8")
    (folder / "tkt").chmod(0o755)


def bare_copy(tkt: FrontDoor, folder: Path) -> Path:
    """The desk's repository as a hosting site has it."""
    git(folder, "clone", "--quiet", "--bare", str(tkt.root), "origin.git")
    git(folder / "origin.git", "config", "core.fsync", "none")
    return folder / "origin.git"


class Runner:
    """A hosting site's runner, as far as the workflow needs one: every script runs for real, in bash, in a clone."""

    def __init__(
        self, workflow: Path, origin: Path, folder: Path, *, fork: bool = False, on: str = "pull_request"
    ) -> None:
        self.document: dict[str, Any] = yaml.safe_load(workflow.read_text(encoding="utf-8"))
        self._origin, self._folder = origin, folder
        self.said = ""
        self.summary = folder / "summary.md"
        names = ("number", "base.ref", "head.ref", "head.sha")
        request = dict.fromkeys(names, "")
        if on == "pull_request":
            head = git(origin, "rev-parse", f"refs/heads/{BRANCH}").strip()
            request = dict(zip(names, ("7", "main", BRANCH, head), strict=True))
        self._known = {
            **{f"github.event.pull_request.{name}": value for name, value in request.items()},
            "secrets.TKT_PUSH_TOKEN || github.token": "token",
            SAME: "" if fork else "true",
            SAME.replace("==", "!="): "true" if fork else "",
            "!cancelled()": "true",
            f"{ON_REQUEST} && {SAME}": "" if fork or on != "pull_request" else "true",
            f"!cancelled() && {ON_REQUEST}": "true" if on == "pull_request" else "",
            ON_REQUEST.replace("==", "!="): "" if on == "pull_request" else "true",
            REPORTS: "true" if on == "workflow_dispatch" else "",
            "github.ref": "main",
            "needs.merge.outputs.head || github.event.pull_request.head.sha": "",
        }

    def value(self, text: str) -> str:
        """A text of the workflow with its expressions worked out; one that is not known fails the test."""
        return EXPRESSION.sub(lambda found: self._known[found[1]], text)

    def is_wanted(self, part: Mapping[str, Any]) -> bool:
        """Whether a job or a step runs."""
        condition = str(part.get("if", "!cancelled()")).removeprefix("${{ ").removesuffix(" }}")
        return bool(self._known[condition])

    def run(self, name: str) -> bool:
        """Run a job; whether every step that ran ended well."""
        job, place = self.document["jobs"][name], self._folder / name
        head = self._known["needs.merge.outputs.head || github.event.pull_request.head.sha"]
        self._known["needs.merge.outputs.head || github.event.pull_request.head.sha"] = (
            head or self._known["github.event.pull_request.head.sha"]
        )
        outputs = self._folder / f"{name}.outputs"
        outputs.touch()
        well = True
        for step in job["steps"]:
            if not self.is_wanted(step) or not (well or "if" in step):
                continue
            if "uses" in step:
                well = well and self._use(step, place)
            else:
                well = self._script(step["run"], place, outputs) and well
        if head := outputs.read_text().strip().removeprefix("head="):
            self._known["needs.merge.outputs.head || github.event.pull_request.head.sha"] = head
        return well

    def script(self, name: str, step: str) -> bool:
        """Run one step of a job once more, where the job left its clone."""
        (again,) = (one for one in self.document["jobs"][name]["steps"] if one.get("name") == step)
        return self._script(again["run"], self._folder / name, self._folder / f"{name}.outputs")

    def _use(self, step: Mapping[str, Any], place: Path) -> bool:
        if step["uses"].startswith("actions/checkout@"):
            git(self._folder, "clone", "--quiet", str(self._origin), str(place))
            reference = self.value(step["with"].get("ref", "main"))
            is_branch = reference in (BRANCH, "main")
            git(place, "switch", "--quiet", *([] if is_branch else ["--detach"]), reference)
        return True

    def _script(self, script: str, place: Path, outputs: Path) -> bool:
        environment = {
            **{name: self.value(str(value)) for name, value in self.document["env"].items()},
            "PATH": f"{self._folder / 'bin'}:{surroundings()['PATH']}",
            "GITHUB_OUTPUT": str(outputs),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "RUNNER_TEMP": str(self._folder),
        }
        line = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        done = subprocess.run(line, cwd=place, env=surroundings(environment), capture_output=True, text=True)
        self.said += done.stdout + done.stderr
        return done.returncode == 0
