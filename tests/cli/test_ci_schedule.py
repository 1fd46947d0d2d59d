"""`tkt ci` on a schedule, and on GitLab: what it writes is what the sites read, and its scripts do what they say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Clock
from tests.cli.front_door import FrontDoor, surroundings
from tests.cli.hosting import BRANCH, Runner, bare_copy, git, put_tkt

ID = "INC0000001"
WORKFLOW, PIPELINE, INCLUDED = ".github/workflows/tkt.yml", ".gitlab-ci.yml", ".gitlab/tkt.gitlab-ci.yml"


def schema_of(site: str, path: Path) -> subprocess.CompletedProcess[str]:
    """What the schema that a site publishes says of a file; check-jsonschema ships it, so that no network is needed."""
    line = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{site}", str(path)]
    if site == "gitlab-ci":
        line += ["--data-transform", "gitlab-ci"]
    return subprocess.run(line, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("site", "place", "schema"),
    [("github", WORKFLOW, "github-workflows"), ("gitlab", PIPELINE, "gitlab-ci")],
)
def test_what_is_written_is_what_the_sites_schema_asks_for(tkt: FrontDoor, site: str, place: str, schema: str) -> None:
    tkt("ci", site, "--install", 'pipx install "tkt==0.1.0" # ci: "x"')
    told = schema_of(schema, tkt.root / place)
    assert told.returncode == 0, told.stdout + told.stderr

    spoilt = tkt.root / place
    spoilt.write_text(spoilt.read_text(encoding="utf-8").replace("script:", "scirpt:").replace("runs-on:", "runs:"))
    assert schema_of(schema, spoilt).returncode == 1, "a schema that lets everything pass would hold nothing"


@pytest.mark.parametrize(("site", "place"), [("github", WORKFLOW), ("gitlab", PIPELINE)])
def test_how_often_it_runs_is_said_by_who_pays(tkt: FrontDoor, site: str, place: str) -> None:
    tkt("ci", site, "--schedule", "*/10 6-19 * * Mon-Fri")
    assert '"*/10 6-19 * * Mon-Fri"' in (tkt.root / place).read_text(encoding="utf-8")
    for schedule in ("every hour", "* * * *", '* * * * *" #', "* * * * * *"):
        assert "is no schedule" in tkt.refuses("ci", site, "--force", "--schedule", schedule, code=2)


# GitHub: what runs at the hours of the schedule


@pytest.fixture
def origin(tkt: FrontDoor, ticket: str, clock: Clock, tmp_path: Path) -> Path:
    """A bare repository with the workflow and a ticket that nobody has looked at for two days."""
    put_tkt(tmp_path / "bin")
    tkt("ci", "github", "--install", "true")
    clock("2026-01-17T10:00:00+01:00")
    return bare_copy(tkt, tmp_path)


def test_a_breach_fails_the_run_when_all_else_is_done(origin: Path, tkt: FrontDoor, tmp_path: Path) -> None:
    runner = Runner(tkt.root / WORKFLOW, origin, tmp_path, on="workflow_dispatch")

    assert not runner.run("watch")

    annotations = [line for line in runner.said.splitlines() if line.startswith("::error ")]
    assert len(annotations) == 2, "one for each clock"
    assert all(f"file=tickets/INC0000xxx/{ID}.md" in line for line in annotations)
    assert ID in runner.summary.read_text(encoding="utf-8")
    assert runner.is_wanted(runner.document["jobs"]["report"])
    assert runner.run("report"), runner.said
    report = tmp_path / "report" / "tkt-report"
    assert sorted(path.name for path in report.iterdir()) == [f"this-month.{kind}" for kind in ("html", "json", "md")]
    assert json.loads((report / "this-month.json").read_text(encoding="utf-8"))["kpi"]["created"]["value"] == 1


def test_the_first_of_a_month_reports_the_month_that_is_complete(
    origin: Path, tkt: FrontDoor, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "bin" / "date").write_text("#!/bin/sh\necho 01\n", encoding="utf-8")
    (tmp_path / "bin" / "date").chmod(0o755)
    clock("2026-02-01T05:17:00+01:00")
    runner = Runner(tkt.root / WORKFLOW, origin, tmp_path, on="workflow_dispatch")

    assert runner.run("report"), runner.said

    report = tmp_path / "report" / "tkt-report"
    assert {path.stem for path in report.iterdir()} == {"last-month", "this-month"}
    assert json.loads((report / "last-month.json").read_text(encoding="utf-8"))["kpi"]["created"]["value"] == 1


def test_what_the_rules_write_is_pushed_and_written_once_by_two_runs_at_once(
    tkt: FrontDoor, ticket: str, clock: Clock, tmp_path: Path
) -> None:
    put_tkt(tmp_path / "bin")
    tkt("ci", "github", "--install", "true")
    tkt.setting("autoclose: 1bd")
    tkt("resolve", ticket, "--cause", "unknown", "--action", "restart")
    clock("2026-01-19T10:00:00+01:00")
    origin = bare_copy(tkt, tmp_path)

    def watch(name: str) -> str:
        (tmp_path / name).mkdir()
        put_tkt(tmp_path / name / "bin")
        runner = Runner(tkt.root / WORKFLOW, origin, tmp_path / name, on="schedule")
        well = runner.run("watch")
        assert not runner.summary.exists(), "no clock is breached: there is no table to show"
        return "" if well else runner.said

    with ThreadPoolExecutor() as both:
        assert list(both.map(watch, ("first", "second"))) == ["", ""]

    closed = git(origin, "show", f"main:tickets/INC0000xxx/{ID}.md")
    assert closed.count("state: resolved → closed") == 1
    assert git(origin, "log", "-1", "--format=%cn", "main").strip() == "github-actions[bot]"
    assert git(origin, "for-each-ref", "refs/tkt") == "", "a run would use up a block of numbers each time"


def test_on_a_schedule_no_job_of_pull_requests_runs_and_the_other_way_round(
    tkt: FrontDoor, ticket: str, tmp_path: Path
) -> None:
    tkt("ci", "github")
    tkt.git("branch", BRANCH)
    wanted = {}
    for on in ("pull_request", "schedule"):
        runner = Runner(tkt.root / WORKFLOW, tkt.root, tmp_path, on=on)
        wanted[on] = {name for name, job in runner.document["jobs"].items() if runner.is_wanted(job)}
    assert wanted == {"pull_request": {"merge", "check"}, "schedule": {"watch"}}


# GitLab


class GitLabRunner:
    """GitLab's runner: the variables of a job, its `before_script` and its `script`, in one shell."""

    def __init__(self, pipeline: Path, origin: Path, folder: Path) -> None:
        self.document: dict[str, Any] = yaml.safe_load(pipeline.read_text(encoding="utf-8"))
        self._origin, self.folder = origin, folder
        self.place = folder / "gitlab"
        self.said = ""

    def run(self, job: str, commit: str, **variables: str) -> bool:
        """Run a job at a commit, as GitLab leaves it checked out: on no branch."""
        git(self.folder, "clone", "--quiet", str(self._origin), str(self.place))
        git(self.place, "checkout", "--quiet", "--detach", commit)
        whole = {**self.document[".tkt"], **self.document[job]}
        environment = {
            **{name: str(value) for name, value in whole["variables"].items()},
            "CI_COMMIT_SHA": git(self.place, "rev-parse", "HEAD").strip(),
            "CI_SERVER_HOST": "gitlab.example",
            "CI_SERVER_URL": f"file://{self._origin.parent}",
            "CI_PROJECT_PATH": self._origin.stem,
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            **variables,
        }
        script = "\n".join([*whole["before_script"], *whole["script"]])
        line = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        done = subprocess.run(line, cwd=self.place, env=surroundings(environment), capture_output=True, text=True)
        self.said = done.stdout + done.stderr
        return done.returncode == 0


@pytest.fixture
def gitlab(tkt: FrontDoor, ticket: str, clock: Clock, tmp_path: Path) -> GitLabRunner:
    """GitLab at work on a repository in which a branch moved a ticket; the pipeline is on main."""
    put_tkt(tmp_path / "bin")
    tkt("ci", "gitlab", "--install", "true")
    tkt.git("switch", "--quiet", "--create", BRANCH)
    clock("2026-01-15T09:40:00+01:00")
    tkt("assign", ID, "--to", "Pierre MARTIN", "Pour Pierre.")
    return GitLabRunner(tkt.root / PIPELINE, bare_copy(tkt, tmp_path), tmp_path)


def test_a_merge_request_is_checked_and_reviewed(gitlab: GitLabRunner, tmp_path: Path) -> None:
    base = git(gitlab._origin, "rev-parse", "main").strip()

    assert gitlab.run("tkt check", f"origin/{BRANCH}", CI_MERGE_REQUEST_DIFF_BASE_SHA=base), gitlab.said

    assert "`Pour Pierre.`" in (gitlab.place / "tkt-review.md").read_text(encoding="utf-8")
    assert json.loads((gitlab.place / "gl-code-quality-report.json").read_text(encoding="utf-8")) == []
    assert not list(tmp_path.rglob("pwned"))


def test_a_merge_request_that_alters_an_entry_fails(gitlab: GitLabRunner, tkt: FrontDoor) -> None:
    tkt.put(ID, tkt.data(ID).replace(b"Pour Pierre.", b"Pour Paula."))
    tkt.git("push", "--quiet", str(gitlab._origin), BRANCH)
    base = git(gitlab._origin, "rev-parse", "main").strip()

    assert not gitlab.run("tkt check", f"origin/{BRANCH}", CI_MERGE_REQUEST_DIFF_BASE_SHA=base)

    assert "was altered" in gitlab.said
    assert "`Pour Pierre.`" not in (gitlab.place / "tkt-review.md").read_text(encoding="utf-8")


def test_gitlabs_schedule_writes_pushes_reports_and_then_fails_for_a_breach(
    tkt: FrontDoor, ticket: str, clock: Clock, tmp_path: Path
) -> None:
    put_tkt(tmp_path / "bin")
    tkt("ci", "gitlab", "--install", "true")
    tkt.setting("autoclose: 1bd")
    second = tkt("new", "Imprimante", "-r", "Marie MARTIN").out.strip()
    tkt("resolve", ticket, "--cause", "unknown", "--action", "restart")
    clock("2026-01-19T10:00:00+01:00")
    origin = bare_copy(tkt, tmp_path)
    runner = GitLabRunner(tkt.root / PIPELINE, origin, tmp_path)

    assert not runner.run("tkt watch", "origin/main", CI_COMMIT_BRANCH="main", CI_JOB_TOKEN="token")

    assert "state: resolved → closed" in git(origin, "show", f"main:tickets/INC0000xxx/{ID}.md")
    quality = json.loads((runner.place / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert {one["location"]["path"] for one in quality} == {f"tickets/INC0000xxx/{second}.md"}
    assert (runner.place / "tkt-report" / "this-month.html").is_file()
    assert git(origin, "for-each-ref", "refs/tkt") == "", "a run would use up a block of numbers each time"


def test_a_pipeline_of_ones_own_stays_and_is_told_what_to_include(tkt: FrontDoor) -> None:
    own = tkt.root / PIPELINE
    own.write_text("test:\n  script: [make test]\n", encoding="utf-8")
    tkt.commit("ours")

    answer = tkt("ci", "gitlab")

    assert own.read_text(encoding="utf-8") == "test:\n  script: [make test]\n"
    assert tkt.committed_files() == [INCLUDED]
    assert f"include: {INCLUDED}" in answer.err
    document = yaml.safe_load((tkt.root / INCLUDED).read_text(encoding="utf-8"))
    assert set(document) == {".tkt", "tkt check", "tkt watch"}, "an included file must set nothing for other jobs"
    assert INCLUDED in document["tkt check"]["rules"][0]["changes"]


def test_gitlabs_pipeline_is_written_once_and_what_somebody_changed_stays(tkt: FrontDoor) -> None:
    tkt("ci", "gitlab")
    assert tkt.committed_files() == [PIPELINE]
    assert "nothing to do" in tkt("ci", "gitlab").err
    path = tkt.root / PIPELINE
    path.write_text(path.read_text(encoding="utf-8") + "# ours\n", encoding="utf-8")
    tkt.commit("ours")
    assert "--force" in tkt.refuses("ci", "gitlab", code=3)
    tkt("ci", "gitlab", "--force")
    assert "# ours" not in path.read_text(encoding="utf-8")


def test_a_folder_that_gitlab_would_take_for_a_variable_is_refused(repository: Path, clean_environment: Path) -> None:
    FrontDoor(repository)("init", "desk $HOME", "--lang", "en", "--timezone", "Europe/Paris")
    assert "$HOME" in FrontDoor(repository / "desk $HOME").refuses("ci", "gitlab", code=2)
