"""The document of `tkt sla simulate --json`; docs/json.md describes it."""

from __future__ import annotations

from collections.abc import Sequence

from tkt.metrics.simulation import Compliance, Differing, Rate, Simulation
from tkt.presentation.json_form import VERSION, Document, clock_json, number_json, period_json
from tkt.presentation.simulation import Sides


def simulation_json(simulation: Simulation, shown: Sequence[Differing], sides: Sides) -> Document:
    """The whole of it, with these of the clocks whose verdict differs."""
    return {
        "version": VERSION,
        "period": period_json(simulation.period),
        "settings": sides._asdict(),
        "compared": simulation.compared,
        "too_old": simulation.too_old,
        "to_come": [{"policy": one.policy, "from": one.since.isoformat()} for one in simulation.to_come],
        "compliance": [_compliance(one) for one in simulation.compliance],
        "breached": {
            ending: {"before": before, "after": after} for ending, (before, after) in simulation.breached.items()
        },
        "differing": len(simulation.differing),
        "changes": [
            {"clock": clock, "before": before, "after": after, "count": count}
            for (clock, before, after), count in simulation.changes
        ],
        "tickets": [_differing(one) for one in shown],
    }


def _compliance(one: Compliance) -> Document:
    return {
        "clock": one.clock,
        "priority": one.priority or None,
        "policy": one.policy or None,
        "before": _rate(one.before),
        "after": _rate(one.after),
        "difference": number_json(one.difference),
    }


def _rate(rate: Rate) -> Document:
    return {"value": number_json(rate.value), "met": rate.met, "judged": rate.judged}


def _differing(one: Differing) -> Document:
    return {
        "id": one.ticket.id,
        "title": one.ticket.title,
        "type": one.ticket.type or None,
        "clock": one.before.clock,
        "before": clock_json(one.before),
        "after": clock_json(one.after),
    }
