"""The stage: plays several tickets' lives in the order of time, each command with the clock at its own instant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from tkt.demo.daybook import Daybook, Keyboard
from tkt.desk.desk import Desk
from tkt.desk.opening import Wish, open_ticket
from tkt.desk.recording import Recorder
from tkt.desk.said import Said
from tkt.domain.person import Person
from tkt.domain.settings import Agent, Settings

# What is done to the ticket of that id on a desk.
Act = Callable[[Desk, str], object]


@dataclass(frozen=True, slots=True)
class Move:
    """One command: when, who is at the keyboard, and what they do."""

    at: datetime
    agent: Agent
    act: Act


@dataclass(frozen=True, slots=True)
class Story:
    """A ticket's life: the wish that opens it, and what happens to it then. `uid` names it among the stories.

    `links` are (kind, uid of a ticket opened before). `apart`: each of its moves is a commit, as on a real desk.
    """

    uid: str
    wish: Wish
    opened: datetime
    opened_by: Agent
    moves: tuple[Move, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    apart: bool = False


class Stage:
    """A desk that was just founded, on which stories are played."""

    def __init__(self, root: Path, settings: Settings, recorder: Recorder) -> None:
        self._root = root
        self._settings = settings
        self._recorder = recorder
        self._daybook = Daybook(recorder)
        self._ids: dict[str, str] = {}

    def play(self, stories: Sequence[Story], step: Callable[[int, int], None]) -> dict[str, str]:
        """Play every move in the order of time, a day's in one commit; the tickets' ids by their uids."""
        turns = sorted(
            (move.at, number, turn)
            for number, story in enumerate(stories)
            for turn, move in enumerate([self._opening(story), *story.moves])
        )
        for done, (at, number, turn) in enumerate(turns, 1):
            story = stories[number]
            self._perform(story, self._opening(story) if turn == 0 else story.moves[turn - 1])
            if done == len(turns) or turns[done][0].date() != at.date():
                self._daybook.end_day(at)
            step(done, len(turns))
        return self._ids

    def _opening(self, story: Story) -> Move:
        def act(desk: Desk, _id: str) -> None:
            links = tuple((kind, self._ids[uid]) for kind, uid in story.links)
            self._ids[story.uid] = open_ticket(desk, replace(story.wish, links=links), Said()).after.id

        return Move(story.opened, story.opened_by, act)

    def _perform(self, story: Story, move: Move) -> None:
        recorder = self._recorder if story.apart else self._daybook
        keyboard = Keyboard(recorder, Person(move.agent.name, move.agent.email))
        desk = Desk(self._root, self._settings, lambda: keyboard, move.at, frozen=True, make_uid=lambda: story.uid)
        move.act(desk, self._ids.get(story.uid, ""))
