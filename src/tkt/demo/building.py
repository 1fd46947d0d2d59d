"""Building the desk to play with: founded, then lived on through a month, all through the desk's own use cases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tkt.demo.company import beginnings
from tkt.demo.course import NUMBER, OUTLOOK_UID, outlook_story, word_story
from tkt.demo.month import FIRST_MORNING, month
from tkt.demo.processes import change_story, hasty_story, problem_story
from tkt.demo.stage import Stage
from tkt.desk.founding import found_desk
from tkt.desk.recording import Recorder
from tkt.errors import RuleRefuses
from tkt.language import _
from tkt.store.desk_folder import SETTINGS
from tkt.store.settings.settings import read_settings

_LANGUAGE, _ZONE = "fr", "Europe/Paris"


class NotEmpty(RuleRefuses):
    """A demonstration is built where nothing is yet."""


def require_empty(root: Path) -> None:
    """Raises NotEmpty where `root` holds anything but a git repository's own folder."""
    if not root.exists():
        return
    if (root / SETTINGS).exists():
        message = _("{path} is a desk already: name a folder that is empty, or not there yet.")
    elif not root.is_dir() or any(one.name != ".git" for one in root.iterdir()):
        message = _("{path} is not empty: name a folder that is, or that is not there yet.")
    else:
        return
    raise NotEmpty(message.format(path=root))


def build_demo(root: Path, recorder: Recorder, step: Callable[[int, int], None]) -> None:
    """Build the desk in the empty folder `root`: the course's two tickets and a month around them.

    `step` is told how many commands are done, of how many. Raises NotEmpty.
    """
    require_empty(root)
    outlook, cases = outlook_story(), month()
    stories = [outlook, word_story(), *cases, problem_story(cases), change_story(), hasty_story()]
    # Numbers follow the order of opening, so the series begins where the course's ticket comes out as it should.
    before = sum(story.opened < outlook.opened for story in stories)
    found_desk(root, _LANGUAGE, _ZONE, recorder, FIRST_MORNING, beginnings(NUMBER - before))
    ids = Stage(root, read_settings(root / SETTINGS), recorder).play(stories, step)
    recorder.remember(ids[OUTLOOK_UID])
