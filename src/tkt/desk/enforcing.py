"""Enforcing the desk's escalation rules: each once for a ticket, once its clock has come to where the rule says."""

from __future__ import annotations

from collections.abc import Sequence

from tkt.desk.automatic import carry_out
from tkt.desk.desk import Desk
from tkt.desk.handover import handing_changes, holder_for
from tkt.domain.automatic import Act, Run
from tkt.domain.entry import Change, FieldChange, SetChange
from tkt.domain.escalation import Escalation, Measures, filled_in
from tkt.domain.settings import Agent
from tkt.domain.ticket import Ticket
from tkt.domain.words import LEVEL, OPEN
from tkt.service_level.escalating import Reached, reached_rules


def enforce(desk: Desk, ids: Sequence[str] = (), *, dry_run: bool = False) -> Run:
    """Apply every rule that a ticket has come to and that its journal does not tell of yet."""
    return carry_out(desk, ids, OPEN, next_escalation, dry_run=dry_run) if desk.settings.escalations else Run()


def next_escalation(desk: Desk, ticket: Ticket) -> Act | None:
    """What the first of these rules does; None where no rule is left that would change or say something."""
    for one in reached_rules(ticket, _left(desk.settings.escalations, ticket), desk.agreements, desk.now):
        changes = measured(ticket, one.rule.do, desk.settings.agent(one.rule.do.assign))
        if changes or one.rule.do.say:
            return Act(one.rule.fact, one.at, changes, _words(desk, ticket, one), one.rule.do.public)
    return None


def _left(rules: Sequence[Escalation], ticket: Ticket) -> list[Escalation]:
    """The rules that the journal does not tell of."""
    told = {one.new for entry in ticket.entries for one in entry.field_changes() if one.key == "automatic"}
    return [rule for rule in rules if rule.fact not in told]


def measured(ticket: Ticket, do: Measures, agent: Agent | None = None) -> tuple[Change, ...]:
    """What a rule changes about a ticket: only what differs. `agent` is whom it assigns, where the desk lists them.

    The level never falls. A ticket that is given to a group alone is nobody's there, as with `tkt assign --group`; one
    whose level alone rises keeps its holder. A pending ticket stays pending.
    """
    level = do.level if do.level and (ticket.level not in LEVEL or _is_higher(do.level, ticket.level)) else ""
    changes: list[Change] = []
    if do.assign or (do.group and do.group != ticket.group):
        holder = holder_for(ticket, agent or (Agent(do.assign) if do.assign else None), do.group, level)
        handing = handing_changes(ticket, holder)
        changes += [one for one in handing if one.key != "state" or ticket.state == "new"]
    elif level:
        changes.append(FieldChange("level", level, ticket.level))
    tags = tuple(one for one in do.tags if one not in ticket.tags)
    return (*changes, *([SetChange("tags", tags)] if tags else []))


def _is_higher(level: str, than: str) -> bool:
    return LEVEL.rank(level) > LEVEL.rank(than)


def _words(desk: Desk, ticket: Ticket, one: Reached) -> str:
    """The rule's words, in which the same ticket is told in the same words everywhere."""
    due = one.clock.due.astimezone(desk.settings.timezone) if one.clock.due else None
    said = {
        "id": ticket.id,
        "title": " ".join(ticket.title.split()),
        "priority": ticket.priority,
        "due": f"{due:%Y-%m-%d %H:%M}" if due else "–",
        "rule": one.rule.name,
    }
    return filled_in(one.rule.do.say, said)
