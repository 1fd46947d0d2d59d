"""`tkt ci github`: its workflow is safe to run on anybody's pull request, and after it the site merges cleanly."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Clock
from tests.cli.front_door import FrontDoor, surroundings

ID = "INC0000001"
WORKFLOW = ".github/workflows/tkt.yml"
# A name that git takes for a branch, and a shell that is handed it unquoted for more than that.
BRANCH = "ticket;touch${IFS}pwned;$(touch${IFS}pwned)"
SAME = "github.event.pull_request.head.repo.full_name == github.repository"
EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")


class Runner:
    """A hosting site's runner, as far as the workflow needs one: every script runs for real, in bash, in a clone."""

    def __init__(self, workflow: Path, origin: Path, folder: Path, *, fork: bool = False) -> None:
        self.document: dict[str, Any] = yaml.safe_load(workflow.read_text(encoding="utf-8"))
        self._origin, self._folder = origin, folder
        self.said = ""
        self.summary = folder / "summary.md"
        self._known = {
            "github.event.pull_request.number": "7",
            "github.event.pull_request.base.ref": "main",
            "github.event.pull_request.head.ref": BRANCH,
            "github.event.pull_request.head.sha": git(origin, "rev-parse", f"refs/heads/{BRANCH}").strip(),
            "secrets.TKT_PUSH_TOKEN || github.token": "token",
            SAME: "" if fork else "true",
            SAME.replace("==", "!="): "true" if fork else "",
            "!cancelled()": "true",
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
            reference = self.value(step["with"]["ref"])
            is_branch = reference == BRANCH
            git(place, "switch", "--quiet", *([] if is_branch else ["--detach"]), reference)
        return True

    def _script(self, script: str, place: Path, outputs: Path) -> bool:
        environment = {
            **{name: self.value(str(value)) for name, value in self.document["env"].items()},
            "PATH": f"{self._folder / 'bin'}:{surroundings()['PATH']}",
            "GITHUB_OUTPUT": str(outputs),
            "GITHUB_STEP_SUMMARY": str(self.summary),
        }
        line = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        done = subprocess.run(line, cwd=place, env=surroundings(environment), capture_output=True, text=True)
        self.said += done.stdout + done.stderr
        return done.returncode == 0


def git(folder: Path, *arguments: str) -> str:
    """What git says; it must not fail."""
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def merges_plainly(origin: Path) -> bool:
    """Whether a hosting site, which knows nothing of tkt's driver, could merge the branch into main."""
    line = ["git", "merge-tree", "--write-tree", "main", f"refs/heads/{BRANCH}"]
    return subprocess.run(line, cwd=origin, capture_output=True).returncode == 0


@pytest.fixture
def origin(tkt: FrontDoor, ticket: str, clock: Clock, tmp_path: Path) -> Path:
    """A bare repository in which main and a pull request's branch both wrote on one ticket; the workflow is on main."""
    assert ticket == ID
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "tkt").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tkt "$@"\n', encoding="utf-8")
    (tmp_path / "bin" / "tkt").chmod(0o755)
    tkt("ci", "github", "--install", "true")
    tkt.git("switch", "--quiet", "--create", BRANCH)
    clock("2026-01-15T09:40:00+01:00")
    tkt("assign", ID, "--to", "Pierre MARTIN", "Pour Pierre.")
    tkt.git("switch", "--quiet", "main")
    clock("2026-01-15T09:30:00+01:00")
    tkt("start", ID, "Je prends.")
    git(tmp_path, "clone", "--quiet", "--bare", str(tkt.root), "origin.git")
    git(tmp_path / "origin.git", "config", "core.fsync", "none")
    clock("2026-01-15T10:00:00+01:00")
    return tmp_path / "origin.git"


@pytest.fixture
def runner(origin: Path, tkt: FrontDoor, tmp_path: Path) -> Runner:
    return Runner(tkt.root / WORKFLOW, origin, tmp_path)


def test_after_the_workflow_the_hosting_site_merges_without_the_driver(
    runner: Runner, origin: Path, tmp_path: Path
) -> None:
    assert not merges_plainly(origin)

    assert runner.run("merge"), runner.said

    assert merges_plainly(origin)
    merged = git(origin, "show", f"refs/heads/{BRANCH}:tickets/INC0000xxx/{ID}.md")
    assert merged.index("Je prends.") < merged.index("Pour Pierre.")
    assert "<<<<<<<" not in merged
    assert git(origin, "log", "-1", "--format=%an", f"refs/heads/{BRANCH}").strip() == "github-actions[bot]"
    assert not list(tmp_path.rglob("pwned"))

    assert runner.run("check"), runner.said
    summary = runner.summary.read_text(encoding="utf-8")
    assert f"**{ID}**" in summary
    assert "`Pour Pierre.`" in summary and "`Je prends.`" not in summary
    assert not list(tmp_path.rglob("pwned"))

    before = git(origin, "rev-parse", f"refs/heads/{BRANCH}")
    assert runner.script("merge", "Merge and push"), "what has nothing to merge is left as it is"
    assert git(origin, "rev-parse", f"refs/heads/{BRANCH}") == before


def test_what_only_a_person_can_settle_is_said_and_the_branch_left(
    runner: Runner, origin: Path, tkt: FrontDoor, clock: Clock
) -> None:
    for branch, words in ((BRANCH, "Depuis hier."), ("main", "Depuis ce matin.")):
        tkt.git("switch", "--quiet", branch)
        data = tkt.data(ID).decode().replace("\n## Journal", f"\n## Description\n\n{words}\n\n## Journal", 1)
        tkt.put(ID, data.encode())
        tkt.git("push", "--quiet", str(origin), branch)
    before = git(origin, "rev-parse", f"refs/heads/{BRANCH}")
    runner._known["github.event.pull_request.head.sha"] = before.strip()

    assert not runner.run("merge")

    assert "::error title=tkt::Both sides changed the same text." in runner.said
    assert git(origin, "rev-parse", f"refs/heads/{BRANCH}") == before
    runner.run("check")
    assert f"**{ID}**" in runner.summary.read_text(encoding="utf-8")


def test_a_forks_branch_is_checked_and_never_written_to(origin: Path, tkt: FrontDoor, tmp_path: Path) -> None:
    runner = Runner(tkt.root / WORKFLOW, origin, tmp_path, fork=True)
    assert not runner.is_wanted(runner.document["jobs"]["merge"])

    assert runner.run("check"), runner.said

    assert "::notice title=tkt::This pull request comes from a fork" in runner.said


def test_a_broken_rule_fails_the_run_and_is_in_its_summary(runner: Runner, origin: Path, tkt: FrontDoor) -> None:
    tkt.git("switch", "--quiet", BRANCH)
    tkt.put(ID, tkt.data(ID).replace(b"Pour Pierre.", b"Pour Paula."))
    tkt.git("push", "--quiet", str(origin), BRANCH)
    runner._known["github.event.pull_request.head.sha"] = git(origin, "rev-parse", f"refs/heads/{BRANCH}").strip()

    assert not runner.run("check")

    assert "was altered" in runner.said


# What the file says


def steps(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (step for job in document["jobs"].values() for step in job["steps"])


@pytest.fixture
def document(tkt: FrontDoor) -> dict[str, Any]:
    tkt("ci", "github")
    found: dict[str, Any] = yaml.safe_load((tkt.root / WORKFLOW).read_text(encoding="utf-8"))
    return found


def test_scripts_are_shell_and_hold_no_expression_that_a_stranger_fills(document: dict[str, Any]) -> None:
    for step in steps(document):
        if "run" in step:
            assert "${{" not in step["run"]
            assert subprocess.run(["bash", "-n"], input=step["run"], text=True).returncode == 0


def test_it_may_do_no_more_than_it_must(document: dict[str, Any]) -> None:
    assert document["permissions"] == {}
    assert {name: job["permissions"] for name, job in document["jobs"].items()} == {
        "merge": {"contents": "write"},
        "check": {"contents": "read"},
    }
    assert document[True].keys() == {"pull_request"}  # YAML 1.1 reads “on” as yes
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]) for step in steps(document) if "uses" in step)
    assert "github.event.pull_request.number" in document["concurrency"]["group"]


def test_it_installs_tkt_as_it_is_told(tkt: FrontDoor) -> None:
    command = 'pipx install "tkt==0.1.0" # ci: "x"'
    tkt("ci", "github", "--install", command)
    text = (tkt.root / WORKFLOW).read_text(encoding="utf-8")
    assert [step["run"] for step in steps(yaml.safe_load(text)) if step.get("name") == "Install tkt"] == [command] * 2
    assert "“${{" in tkt.refuses("ci", "github", "--install", "${{ github.head_ref }}", code=2)


def test_it_is_committed_once_and_what_somebody_changed_stays(tkt: FrontDoor) -> None:
    before = tkt.commits()
    tkt("ci", "github")
    assert tkt.committed_files() == [WORKFLOW]
    assert "nothing to do" in tkt("ci", "github").err
    assert tkt.commits() == before + 1

    path = tkt.root / WORKFLOW
    path.write_text(path.read_text(encoding="utf-8") + "# ours\n", encoding="utf-8")
    tkt.commit("ours")
    assert "--force" in tkt.refuses("ci", "github", code=3)
    tkt("ci", "github", "--force")
    assert "# ours" not in path.read_text(encoding="utf-8")


def test_a_desk_in_a_folder_of_a_repository_has_its_workflow_at_the_top(
    repository: Path, clean_environment: Path
) -> None:
    top = FrontDoor(repository)
    folder = "bureau [N1] & co"
    top("init", folder, "--lang", "en", "--timezone", "Europe/Paris")

    FrontDoor(repository / folder)("ci", "github")

    document = yaml.safe_load((repository / WORKFLOW).read_text(encoding="utf-8"))
    assert document["env"]["DESK"] == folder
    assert document[True]["pull_request"]["paths"] == [
        "bureau \\[N1\\] & co/tickets/**",
        "bureau \\[N1\\] & co/tkt.yaml",
        WORKFLOW,
    ]
    assert json.dumps(folder) in (repository / WORKFLOW).read_text(encoding="utf-8")
    assert top.committed_files() == [WORKFLOW]
