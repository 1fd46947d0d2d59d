"""Continuous integration: the workflow with which a hosting site merges, checks and reviews a desk's pull requests."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path, PurePosixPath

from tkt.desk.recording import CommitMessage, Recorder
from tkt.desk.writing import write_and_record
from tkt.errors import CalledWrongly, RuleRefuses
from tkt.language import _
from tkt.store.desk_folder import SETTINGS, TICKETS

WORKFLOW = PurePosixPath(".github/workflows/tkt.yml")
_SHIPPED = Path(__file__).parent.parent / "workflows" / "github.yml"
# What a hosting site's path filters read as a pattern.
_PATTERN = re.compile(r"[*?+!\[\]\\]")


class WorkflowChanged(RuleRefuses):
    """A workflow of that name stands there and says something else."""


class Unwritable(CalledWrongly):
    """A command or a folder that cannot stand in a workflow as it is."""


def github_workflow(folder: str, install: str) -> str:
    """The workflow for a desk in `folder` of its repository ("" for its top), tkt being installed by `install`.

    Raises Unwritable for what the hosting site would take for an expression of its own.
    """
    for text in (folder, install):
        if "${{" in text:
            raise Unwritable(_("“{text}”: GitHub would compute what stands behind “${{{{”.").format(text=text))
    place = PurePosixPath(folder)
    paths = [_PATTERN.sub(r"\\\g<0>", str(place / name)) for name in (f"{TICKETS}/", SETTINGS)]
    paths = [f"{paths[0]}/**", paths[1], str(WORKFLOW)]
    # JSON is YAML too, whatever a folder's name or a command holds.
    filled = {"@DESK@": str(place), "@INSTALL@": install, "@PATHS@": paths}
    text = _SHIPPED.read_text(encoding="utf-8")
    for mark, value in filled.items():
        text = text.replace(mark, json.dumps(value, ensure_ascii=False))
    return text


def write_workflow(
    top: Path, text: str, recorder: Recorder, frozen_at: datetime | None, *, force: bool = False
) -> bool:
    """Write the workflow at the repository's top and record it; False where it stands there just so.

    Raises WorkflowChanged where something else stands there and `force` is not given.
    """
    path = top / WORKFLOW
    with recorder.lock():
        before = path.read_bytes() if path.is_file() else None
        if before == text.encode():
            return False
        if before is not None and not force:
            refusal = _("{path} stands there already and says something else: --force writes over it.")
            raise WorkflowChanged(refusal.format(path=WORKFLOW))
        recorder.prepare([path])
        trailers = (("Clock", "frozen"),) if frozen_at else ()
        message = CommitMessage("tkt ci github: a workflow", trailers)
        write_and_record(top, recorder, [(path, text.encode())], message, frozen_at)
    return True
