"""Terms about the SLA clocks of a ticket: their verdicts, their policies, whether one is over its target."""

from __future__ import annotations

from tkt.domain import words
from tkt.query.candidate import Candidate
from tkt.query.reading import Asked, Kind, Read, text_reader, yes_no_reader
from tkt.query.terms import Meaning
from tkt.query.vocabulary import YES_NO


def verdicts(*clocks: str) -> Kind:
    def read(asked: Asked) -> Read:
        asked.require_list()
        found = tuple(words.VERDICT.read(value.text) for value in asked.values)
        return found, Meaning(
            lambda one: any(clock.verdict in found for clock in one.told if clock.clock in clocks),
            steady=False,
            asks_clocks=True,
        )

    return Kind(read, words=words.VERDICT.codes)


def _is_over(candidate: Candidate) -> bool:
    """Whether a clock is over its target and has not stopped: somebody can still do something about it."""
    return any(clock.verdict == "breached" and clock.stopped_at is None for clock in candidate.told)


def _policies(asked: Asked) -> Read:
    texts, meaning = text_reader(lambda one: {clock.policy for clock in one.told}, whole=True)(asked)
    return texts, meaning._replace(steady=False, asks_clocks=True)


POLICY = Kind(_policies, lambda one: any(clock.policy for clock in one.told), asks_clocks=True)
OVERDUE = Kind(yes_no_reader(_is_over, asks_clocks=True), words=YES_NO.codes)
