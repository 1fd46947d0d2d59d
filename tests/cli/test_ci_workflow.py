"""`tkt ci github` on a pull request: safe to run on anybody's, and after it the site merges cleanly."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Clock
from tests.cli.front_door import FrontDoor
from tests.cli.hosting import BRANCH, Runner, bare_copy, git, put_tkt

ID = "INC0000001"
WORKFLOW = ".github/workflows/tkt.yml"


def merges_plainly(origin: Path) -> bool:
    """Whether a hosting site, which knows nothing of tkt's driver, could merge the branch into main."""
    line = ["git", "merge-tree", "--write-tree", "main", f"refs/heads/{BRANCH}"]
    return subprocess.run(line, cwd=origin, capture_output=True).returncode == 0


@pytest.fixture
def origin(tkt: FrontDoor, ticket: str, clock: Clock, tmp_path: Path) -> Path:
    """A bare repository in which main and a pull request's branch both wrote on one ticket; the workflow is on main."""
    assert ticket == ID
    put_tkt(tmp_path / "bin")
    tkt("ci", "github", "--install", "true")
    tkt.git("switch", "--quiet", "--create", BRANCH)
    clock("2026-01-15T09:40:00+01:00")
    tkt("assign", ID, "--to", "Pierre MARTIN", "Pour Pierre.")
    tkt.git("switch", "--quiet", "main")
    clock("2026-01-15T09:30:00+01:00")
    tkt("start", ID, "Je prends.")
    clock("2026-01-15T10:00:00+01:00")
    return bare_copy(tkt, tmp_path)


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
        "watch": {"contents": "write"},
        "report": {"contents": "read"},
    }
    assert document[True].keys() == {"pull_request", "schedule", "workflow_dispatch"}  # YAML 1.1 reads “on” as yes
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]) for step in steps(document) if "uses" in step)
    assert "github.event.pull_request.number" in document["concurrency"]["group"]


def test_it_installs_tkt_as_it_is_told(tkt: FrontDoor) -> None:
    command = 'pipx install "tkt==0.1.0" # ci: "x"'
    tkt("ci", "github", "--install", command)
    text = (tkt.root / WORKFLOW).read_text(encoding="utf-8")
    assert [step["run"] for step in steps(yaml.safe_load(text)) if step.get("name") == "Install tkt"] == [command] * 4
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
        "bureau \\[N1\\] & co/holidays/**",
        "bureau \\[N1\\] & co/tkt.yaml",
        WORKFLOW,
    ]
    assert json.dumps(folder) in (repository / WORKFLOW).read_text(encoding="utf-8")
    assert top.committed_files() == [WORKFLOW]
