"""The JSON document of `tkt flow`; docs/json.md describes it."""

from __future__ import annotations

from tkt.metrics.flow.flow import Flow, Path, StepTimes, Transition
from tkt.metrics.flow.life import STATE
from tkt.metrics.flow.spread import Spread
from tkt.presentation.json_form import VERSION, Document, number_json, period_json


def flow_json(flow: Flow, calendar: str = "", most: int = 0) -> Document:
    """Every step, transition and path, or so many transitions and paths at `most`; `calendar` is what counted time."""
    return {
        "version": VERSION,
        "period": period_json(flow.period),
        "query": flow.query or None,
        "by": flow.by,
        "calendar": calendar or None,
        "tickets": flow.tickets,
        "ended": flow.ended,
        "times": {key: [_step(key, one) for one in times] for key, times in flow.times.items()},
        "transitions": [_transition(one) for one in flow.transitions[: most or None]],
        "paths": [_path(one, flow.ended) for one in flow.paths[: most or None]],
    }


def _step(key: str, one: StepTimes) -> Document:
    return {
        "step": one.step,
        "visits": spread_json(one.seconds),
        "tickets": one.tickets,
        "again": one.again,
        "now": spread_json(one.there),
        "oldest": one.oldest or None,
        "phases": None if key == STATE else {f"{phase}_seconds": seconds for phase, seconds in one.phases.items()},
    }


def _transition(one: Transition) -> Document:
    return {
        "from": one.before,
        "to": one.after,
        "reopening": one.reopening,
        "tickets": one.tickets,
        "visits": spread_json(one.seconds),
    }


def _path(one: Path, ended: int) -> Document:
    return {
        "steps": list(one.steps),
        "share": number_json(one.seconds.number / ended),
        "tickets": spread_json(one.seconds),
        "waits": [spread_json(wait) for wait in one.waits],
        "longest_wait": one.longest_wait,
        "slowest": one.slowest,
    }


def spread_json(spread: Spread) -> Document:
    """How lengths of time are spread."""
    return {
        "count": spread.number,
        "total_seconds": spread.total,
        "mean_seconds": number_json(spread.mean),
        "median_seconds": number_json(spread.median),
        "p90_seconds": spread.p90,
        "longest_seconds": spread.longest,
    }
