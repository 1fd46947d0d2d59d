"""Handing over: take, assign and escalate say who holds a ticket, at which level, in which group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tkt.desk.acting import Actor, UnknownAgent, find_agent
from tkt.desk.desk import Desk
from tkt.desk.said import Said, require_line
from tkt.desk.writing import Done, NothingToDo, Step, change_tickets
from tkt.domain.entry import FieldChange
from tkt.domain.settings import Agent
from tkt.domain.ticket import Ticket
from tkt.domain.words import LEVEL, did_you_mean, fold
from tkt.domain.workflow import Missing, require_open
from tkt.errors import RuleRefuses
from tkt.language import _


class NotHigher(RuleRefuses):
    """An escalation to the level that holds the ticket, or to a lower one."""


class HighestLevel(RuleRefuses):
    """There is no level above the one that holds the ticket."""


class UnknownGroup(UnknownAgent):
    """No agent of the desk is in such a group."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is to hold a ticket: any part may be left open. `nobody` frees it."""

    name: str = ""
    group: str = ""
    level: str = ""
    nobody: bool = False


def take(desk: Desk, ids: Sequence[str], said: Said) -> list[Done]:
    """Hold tickets oneself."""

    def decide(ticket: Ticket, actor: Actor) -> list[Step]:
        require_open(ticket, "take")
        holder = holder_for(ticket, desk.settings.agent(actor.name) or Agent(actor.name), "")
        return [_handing(ticket, "take", holder, said)]

    return change_tickets(desk, ids, said, decide)


def assign(desk: Desk, ids: Sequence[str], said: Said, to: str, group: str = "", level: str = "") -> list[Done]:
    """Give tickets to an agent, a group or both."""
    agent = agent_named(desk, to) if to else None
    group = known_group(desk, group) if group else ""

    def decide(ticket: Ticket, actor: Actor) -> list[Step]:
        require_open(ticket, "assign")
        if not (agent or group):
            raise Missing(ticket.id, {"--to": _("who is to hold it")})
        return [_handing(ticket, "assign", holder_for(ticket, agent, group, level), said)]

    return change_tickets(desk, ids, said, decide)


def escalate(desk: Desk, ids: Sequence[str], said: Said, to: str = "", group: str = "", level: str = "") -> list[Done]:
    """Hand tickets to a higher level, the next one by default; without `to` nobody holds them."""
    agent = agent_named(desk, to) if to else None
    group = known_group(desk, group) if group else ""

    def decide(ticket: Ticket, actor: Actor) -> list[Step]:
        require_open(ticket, "escalate")
        goal = _require_higher(ticket, level) if level else _next_level(ticket, agent)
        return [_handing(ticket, "escalate", holder_for(ticket, agent, group, goal), said)]

    return change_tickets(desk, ids, said, decide)


def agent_named(desk: Desk, name: str) -> Agent:
    """The agent that `--to` means; a desk that lists no agents takes any name. Raises UnknownAgent."""
    if fold(name) in ("me", "moi"):
        return desk.settings.agent(desk.keyboard.name) or Agent(desk.keyboard.name)
    if not desk.settings.agents:
        return Agent(require_line("--to", name).replace(" · ", " - "))
    return find_agent(name, desk.settings.agents)


def known_group(desk: Desk, group: str) -> str:
    """The group that a person means; a desk whose agents name no group takes any. Raises UnknownGroup."""
    known = list(dict.fromkeys(agent.group for agent in desk.settings.agents if agent.group))
    if not known:
        return require_line("--group", group)
    found = next((one for one in known if fold(one) == fold(group)), None)
    if found is None:
        message = _("“{name}” is no group of this desk.").format(name=group)
        raise UnknownGroup(message + did_you_mean(group, known))
    return found


def holder_for(ticket: Ticket, agent: Agent | None, group: str, level: str = "") -> Holder:
    """Who is to hold a ticket: an agent comes with their group, and with their level where it is higher."""
    name, own_group = (agent.name, agent.group) if agent else ("", "")
    return Holder(name, group or own_group, level or _higher(ticket, agent), nobody=agent is None)


def handing_changes(ticket: Ticket, holder: Holder) -> tuple[FieldChange, ...]:
    """The changes that make `holder` hold the ticket: new and pending become assigned, other states stay."""
    state = "assigned" if ticket.state in ("new", "pending") else ticket.state
    assignee = "" if holder.nobody else holder.name or ticket.assignee
    wanted = {
        "state": state,
        "assignee": assignee,
        "level": holder.level or ticket.level,
        "group": holder.group or ticket.group,
    }
    return tuple(FieldChange(key, new, ticket.get(key)) for key, new in wanted.items() if new != ticket.get(key))


def _handing(ticket: Ticket, verb: str, holder: Holder, said: Said) -> Step:
    changes = handing_changes(ticket, holder)
    if not changes and not said.text.strip():
        raise NothingToDo(ticket.id)
    return Step(verb, changes)


def _higher(ticket: Ticket, agent: Agent | None) -> str:
    """A ticket given to an agent of a higher level rises to it; given to a lower one it keeps its own."""
    if agent is None or agent.level not in LEVEL:
        return ""
    return agent.level if not ticket.level or LEVEL.rank(agent.level) > LEVEL.rank(ticket.level) else ""


def _require_higher(ticket: Ticket, level: str) -> str:
    if ticket.level in LEVEL and LEVEL.rank(level) <= LEVEL.rank(ticket.level):
        message = _("{id} is at {level} already: an escalation goes higher, `tkt assign` hands it over there.")
        raise NotHigher(message.format(id=ticket.id, level=ticket.level))
    return level


def _next_level(ticket: Ticket, agent: Agent | None) -> str:
    current = LEVEL.rank(ticket.level) if ticket.level in LEVEL else 0
    if agent and agent.level in LEVEL and LEVEL.rank(agent.level) > current:
        return agent.level
    if current + 1 >= len(LEVEL.codes):
        message = _("{id} is already at {level}, the highest level: `tkt assign` hands it over there.")
        raise HighestLevel(message.format(id=ticket.id, level=ticket.level))
    return LEVEL.codes[current + 1]
