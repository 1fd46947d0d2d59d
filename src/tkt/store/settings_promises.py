"""The settings `sla` and `kpi`: what is promised to requesters, and the figures that are aimed at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tkt.domain import words
from tkt.domain.settings import KpiTarget, KpiTargets, Policy, PolicyVersion, Target
from tkt.language import _
from tkt.store.settings_text import Unfit, calendar_date, clock_time, code_word, fraction, mark, promised_time
from tkt.store.settings_value import Value

POLICY_KEYS = ("name", "when", "versions")
VERSION_KEYS = ("from", "calendar", "targets", "pause", "warn_at")
TARGET_KEYS = ("response", "resolution", "calendar")
KPI_KEYS = ("fcr_within", "targets")
ROUND_THE_CLOCK = "24x7"

# The figures that may have a target: the indicator's key (design.md, section 7), the better side, how the limit reads.
KPI_FIGURES: Mapping[str, tuple[str, str, Callable[[str], float]]] = {
    "mttr": ("mttr_seconds", "under", clock_time),
    "mttr_business": ("mttr_business_seconds", "under", clock_time),
    "first_response": ("first_response_seconds", "under", clock_time),
    "fcr": ("fcr", "over", fraction),
    "first_assignment": ("first_assignment", "over", fraction),
    "sla_response": ("sla_response", "over", fraction),
    "sla_resolution": ("sla_resolution", "over", fraction),
    "reopen_rate": ("reopen_rate", "under", fraction),
    "escalation_rate": ("escalation_rate", "under", fraction),
    "csat": ("csat", "over", mark),
}
_SIGN = {"under": "<", "over": ">"}


def calendars(value: Value) -> dict[str, Any]:
    """Refused: to ignore a calendar would be to judge by another one than the desk's."""
    value.refuse(
        _("business-hour calendars are not in this version of tkt, every clock runs round the clock."),
        _("Take the calendars out."),
    )
    return {}


def sla(value: Value) -> dict[str, Any]:
    """`policies`, of which each type of ticket meets one at most."""
    policies: list[Policy] = []
    covered: dict[str, str] = {}
    for item in value.items():
        policy = _policy(item)
        if policy is None:
            continue
        _refuse_overlap(item, policy, covered, {one.name for one in policies})
        policies.append(policy)
    return {"policies": tuple(policies)}


def _refuse_overlap(value: Value, policy: Policy, covered: dict[str, str], names: set[str]) -> None:
    if policy.name in names:
        value.refuse(_("another policy is named “{name}” already.").format(name=policy.name))
    types = [kind for kind in words.KIND.codes if kind in policy.types or not policy.types]
    taken = [kind for kind in types if kind in covered]
    if taken:
        message = _("{types}: covered by the policy “{name}” already.")
        mend = _("Name other types under “when: {type: […]}” in each policy.")
        value.refuse(message.format(types=", ".join(taken), name=covered[taken[0]]), mend)
    covered |= {kind: policy.name for kind in types if kind not in covered}


def _policy(value: Value) -> Policy | None:
    """The policy, or None where anything in it was complained of: half a promise is none."""
    before = len(value.problems.found)
    parts = value.parts(POLICY_KEYS, required=("name", "versions"))
    name = parts["name"].read(str) if "name" in parts else ""
    types = _types(parts["when"]) if "when" in parts else frozenset()
    versions = _versions(parts["versions"]) if "versions" in parts else ()
    return Policy(name or "", versions, types) if len(value.problems.found) == before else None


def _types(value: Value) -> frozenset[str]:
    unknown = _("in this version, policies are told apart by type only.")
    type_ = value.parts(("type",), required=("type",), unknown=unknown).get("type")
    if type_ is None:
        return frozenset()
    if type_.is_empty_list:
        type_.refuse(_("no type is named."), _("Take “when” out to cover every type."))
    return frozenset(type_.read_all(code_word(words.KIND)))


def _versions(value: Value) -> tuple[PolicyVersion, ...]:
    if value.is_empty_list:
        value.refuse(_("no version is given."), _("Write “- from: 1970-01-01” and its targets."))
    versions: list[PolicyVersion] = []
    for item in value.items():
        version = _version(item)
        if version is None:
            continue
        if versions and version.since <= versions[-1].since:
            message = _("{date} is not later than {before} of the version above.")
            item.refuse(message.format(date=version.since, before=versions[-1].since), _("Put the oldest first."))
        versions.append(version)
    return tuple(versions)


def _version(value: Value) -> PolicyVersion | None:
    parts = value.parts(VERSION_KEYS, required=("from", "targets"))
    since = parts["from"].read(calendar_date) if "from" in parts else None
    targets = _targets(parts["targets"]) if "targets" in parts else {}
    others: dict[str, Any] = {}
    if "pause" in parts:
        others["pause"] = frozenset(parts["pause"].read_all(code_word(words.PENDING_REASON)))
    if "warn_at" in parts:
        others["warn_at"] = parts["warn_at"].read(_share_of_the_target)
    _require_round_the_clock(parts)
    return None if since is None else PolicyVersion(since, targets, **others)


def _share_of_the_target(text: str) -> float:
    share = fraction(text)
    if not share:
        raise Unfit(_("“{text}”: every clock would be at risk at once.").format(text=text), _("Write 80%."))
    return share


def _targets(value: Value) -> dict[str, Target]:
    parts = value.parts(words.PRIORITY.codes)
    return {priority: _target(parts[priority]) for priority in words.PRIORITY.codes if priority in parts}


def _target(value: Value) -> Target:
    parts = value.parts(TARGET_KEYS)
    response = parts["response"].read(promised_time) if "response" in parts else None
    resolution = parts["resolution"].read(promised_time) if "resolution" in parts else None
    if response is not None and resolution is not None and response > resolution:
        value.refuse(_("the response target is longer than the resolution target."))
    _require_round_the_clock(parts)
    return Target(response, resolution)


def _require_round_the_clock(parts: Mapping[str, Value]) -> None:
    if "calendar" in parts:
        parts["calendar"].read(_calendar)


def _calendar(text: str) -> str:
    if text != ROUND_THE_CLOCK:
        message = _("“{text}”: business-hour calendars are not in this version of tkt.").format(text=text)
        raise Unfit(message, _("Write 24x7, or take the line out."))
    return text


def kpi(value: Value) -> dict[str, Any]:
    """`fcr_within` and `kpi_targets`; the targets given stand in place of the default ones, all of them."""
    parts = value.parts(KPI_KEYS)
    found: dict[str, Any] = {}
    if "fcr_within" in parts and (within := parts["fcr_within"].read(promised_time)) is not None:
        found["fcr_within"] = within
    if "targets" in parts:
        found["kpi_targets"] = _kpi_targets(parts["targets"])
    return found


def _kpi_targets(value: Value) -> KpiTargets:
    parts = value.parts((*KPI_FIGURES, *words.PRIORITY.codes))
    by_priority = {
        (key, priority): target
        for priority in words.PRIORITY.codes
        if priority in parts
        for key, target in _figures(parts[priority].parts(KPI_FIGURES)).items()
    }
    return KpiTargets(_figures(parts), by_priority)


def _figures(parts: Mapping[str, Value]) -> dict[str, KpiTarget]:
    found = {}
    for name, (key, sense, reader) in KPI_FIGURES.items():
        limit = parts[name].read(_limit(sense, reader)) if name in parts else None
        if limit is not None:
            found[key] = KpiTarget(sense, limit)
    return found


def _limit(sense: str, reader: Callable[[str], float]) -> Callable[[str], float]:
    """A reader of `< 4h` or `> 70%`, whichever is the better side of the figure."""
    sign = _SIGN[sense]

    def read(text: str) -> float:
        if not text.startswith(sign) or text[1:2] == "=":
            message = _("“{text}” is not a target of this figure.").format(text=text)
            raise Unfit(message, _("Write “{sign}” and the limit, between quotes.").format(sign=sign))
        return reader(text[1:].strip())

    return read
