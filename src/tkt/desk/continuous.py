"""Continuous integration: the pipelines with which a hosting site merges, checks, reviews and watches a desk."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from tkt.desk.recording import CommitMessage, Recorder
from tkt.desk.writing import write_and_record
from tkt.errors import CalledWrongly, RuleRefuses
from tkt.language import _
from tkt.store.desk_folder import SETTINGS, TICKETS
from tkt.store.settings.holidays_file import FOLDER as HOLIDAYS

GITHUB = PurePosixPath(".github/workflows/tkt.yml")
GITLAB = PurePosixPath(".gitlab-ci.yml")
# Where somebody's own pipeline stands already, which has to include it.
INCLUDED = PurePosixPath(".gitlab/tkt.gitlab-ci.yml")
# Half an hour is a breach noticed in time at 1,500 minutes a month; off the full hour, when the sites are busiest.
SCHEDULE = "7,37 * * * *"
_SHIPPED = Path(__file__).parent.parent / "workflows"
_OURS = "# Written by `tkt ci gitlab`"
# What a hosting site's path filters read as a pattern.
_PATTERN = re.compile(r"[*?+!\[\]{}\\]")
_CRON = re.compile(r"[0-9*/,-]+(?: [0-9*/,-]+){2}(?: [0-9A-Za-z*/,-]+){2}", re.ASCII)


class WorkflowChanged(RuleRefuses):
    """A pipeline of that name stands there and says something else."""


class Unwritable(CalledWrongly):
    """A command or a folder that cannot stand in a pipeline as it is."""


class NotACron(CalledWrongly):
    """A text that does not say when to start, as cron has it."""


class Fittings(NamedTuple):
    """What a pipeline is fitted to: the desk's folder in its repository ("" for the top) and its time zone, the command
    that installs tkt, and how often the clocks are looked at, as cron has it."""

    folder: str
    timezone: str
    install: str = "pip install tkt"
    schedule: str = SCHEDULE


def github_workflow(fittings: Fittings) -> str:
    """The workflow for GitHub; raises Unwritable for what GitHub would take for an expression, and NotACron."""
    for text in (fittings.folder, fittings.install):
        if "${{" in text:
            raise Unwritable(_("“{text}”: GitHub would compute what stands behind “${{{{”.").format(text=text))
    return _filled("github.yml", fittings, GITHUB)


def gitlab_pipeline(fittings: Fittings, place: PurePosixPath) -> str:
    """The pipeline for GitLab, to stand in `place`; raises Unwritable for what GitLab would take for a variable, and
    NotACron."""
    if "$" in fittings.folder:
        message = _("“{text}”: GitLab would put a variable in the place of what stands behind “$”.")
        raise Unwritable(message.format(text=fittings.folder))
    return _filled("gitlab.yml", fittings, place)


def gitlab_place(top: Path) -> PurePosixPath:
    """Where the pipeline for GitLab belongs: INCLUDED where the repository has a pipeline that is not tkt's."""
    try:
        written = (top / GITLAB).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return GITLAB
    return GITLAB if written.startswith(_OURS) else INCLUDED


def _filled(shipped: str, fittings: Fittings, place: PurePosixPath) -> str:
    if not _CRON.fullmatch(fittings.schedule):
        message = _("“{text}” is no schedule: write five fields as for cron, such as “{example}”.")
        raise NotACron(message.format(text=fittings.schedule, example=SCHEDULE))
    folder = PurePosixPath(fittings.folder)
    names = [_PATTERN.sub(r"\\\g<0>", str(folder / name)) for name in (TICKETS, HOLIDAYS, SETTINGS)]
    # JSON is YAML too, whatever a folder's name or a command holds.
    filled = {
        "@DESK@": str(folder),
        "@INSTALL@": fittings.install,
        "@PATHS@": [f"{names[0]}/**", f"{names[1]}/**", names[2], str(place)],
        "@SCHEDULE@": fittings.schedule,
        "@TIMEZONE@": fittings.timezone,
    }
    text = (_SHIPPED / shipped).read_text(encoding="utf-8")
    for mark, value in filled.items():
        text = text.replace(mark, json.dumps(value, ensure_ascii=False))
    return text


def write_pipeline(
    top: Path, place: PurePosixPath, text: str, recorder: Recorder, frozen_at: datetime | None, *, force: bool = False
) -> bool:
    """Write a pipeline to `place` from the repository's top and record it; False where it stands there just so.

    Raises WorkflowChanged where something else stands there and `force` is not given.
    """
    path = top / place
    with recorder.lock():
        before = path.read_bytes() if path.is_file() else None
        if before == text.encode():
            return False
        if before is not None and not force:
            refusal = _("{path} stands there already and says something else: --force writes over it.")
            raise WorkflowChanged(refusal.format(path=place))
        recorder.prepare([path])
        trailers = (("Clock", "frozen"),) if frozen_at else ()
        site = "github" if place == GITHUB else "gitlab"
        message = CommitMessage(f"tkt ci {site}: a {'workflow' if place == GITHUB else 'pipeline'}", trailers)
        write_and_record(top, recorder, [(path, text.encode())], message, frozen_at)
    return True
