"""Who acts: git's identity, an agent, the ticket's requester, or anyone else by name and address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tkt.desk.said import require_line
from tkt.domain.person import Person
from tkt.domain.settings import Agent
from tkt.domain.ticket import Requester
from tkt.domain.words import did_you_mean, fold
from tkt.errors import NoSuchThing
from tkt.language import _


class UnknownAgent(NoSuchThing):
    """Nobody of that name is known to the desk, or several are."""


class Actor(NamedTuple):
    """The author of an entry, as the journal names it, and who recorded it where that is somebody else."""

    name: str
    email: str = ""
    level: str = ""
    recorded_by: str = ""


def identify(identity: Person, agents: Iterable[Agent]) -> Actor:
    """The person at the keyboard: the agent of that address or name, else git's own identity."""
    for agent in agents:
        if agent.name == identity.name or (agent.email and agent.email.casefold() == identity.email.casefold()):
            return Actor(agent.name, agent.email or identity.email, agent.level)
    return Actor(_without_separator(identity.name), identity.email)


def speak_as(name: str, identity: Actor, agents: tuple[Agent, ...], requester: Requester | None) -> Actor:
    """The author that `--as NAME` means, recorded by whoever is at the keyboard.

    Raises UnknownAgent: someone who is neither an agent nor the requester must be named with an address.
    """
    author = _author(name, agents, requester)
    if author.name == identity.name:
        return identity
    return Actor(author.name, author.email, author.level, identity.name)


def _author(name: str, agents: tuple[Agent, ...], requester: Requester | None) -> Actor:
    person = Person.parse(require_line("--as", name))
    if requester and fold(person.email or name) in {fold(requester.name), fold(requester.email)} - {""}:
        return Actor(requester.name, requester.email)
    if person.email:
        known = next((one for one in agents if one.email.casefold() == person.email.casefold()), None)
        return (
            Actor(known.name, known.email, known.level)
            if known
            else Actor(_without_separator(str(person)), person.email)
        )
    try:
        agent = find_agent(name, agents)
    except UnknownAgent as error:
        hint = _('Anyone else is written as "Name <mail@example.org>".')
        raise UnknownAgent(f"{error} {hint}") from None
    return Actor(agent.name, agent.email, agent.level)


def find_agent(name: str, agents: tuple[Agent, ...]) -> Agent:
    """The agent of that name or address, or of that unambiguous part of a name; raises UnknownAgent."""
    wanted = fold(name)
    exact = [one for one in agents if wanted in (fold(one.name), fold(one.email))]
    found = exact or [one for one in agents if wanted and wanted in fold(one.name)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(one.name for one in found)
        raise UnknownAgent(_("“{name}” may be several agents: {names}.").format(name=name, names=names))
    message = _("“{name}” is no agent of this desk.").format(name=name)
    raise UnknownAgent(message + did_you_mean(name, [one.name for one in agents]))


def _without_separator(name: str) -> str:
    """A name as an entry's heading can hold it: ` · ` parts the heading's pieces."""
    return name.replace(" · ", " - ")
