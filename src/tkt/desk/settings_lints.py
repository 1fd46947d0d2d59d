"""Settings that can be read and can never work: policies that judge nothing, promises that nobody can break or keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise, product
from typing import NamedTuple

from tkt.desk.calendar_lints import Lint, calendar_lints
from tkt.desk.desk import Desk
from tkt.domain.finding import Finding
from tkt.domain.policies import Conditions, Policy, PolicyVersion
from tkt.domain.settings import Settings
from tkt.domain.words import KIND, PENDING_REASON, PRIORITY
from tkt.language import _
from tkt.service_level.agreements import matches
from tkt.store.desk_folder import SETTINGS
from tkt.store.settings.places import SettingsPlaces

# Types that a desk without a promise for them may well mean to have: what nobody waits for needs none.
_PROMISED_AS_A_RULE = ("incident", "request")


class _Agreement(NamedTuple):
    """A policy or an OLA as the lints see both: where it stands, what to call it, and itself."""

    section: str
    number: int
    called: str
    policy: Policy


def settings_lints(desk: Desk) -> Iterator[Finding]:
    """What of the desk's settings can never work, as they stand today, with its line in the file."""
    lints = [*_policy_lints(desk.settings, desk.now.date()), *calendar_lints(desk.settings, desk.now)]
    if not lints:
        return
    places = SettingsPlaces(desk.root)
    for lint in lints:
        yield Finding(SETTINGS, places.line(*lint.place), lint.severity, lint.rule, lint.message, lint.mend)


def _policy_lints(settings: Settings, today: date) -> Iterator[Lint]:
    agreements = _agreements(settings)
    yield from _unpromised(settings.policies, today)
    yield from _shadowed(settings.policies, today)
    for agreement in agreements:
        versions = agreement.policy.versions
        ends = [*(later.since for later in versions[1:]), date.max]
        for number, (version, end) in enumerate(zip(versions, ends, strict=True)):
            if end > today:
                yield from _idle_targets(agreement, number, version)
            if end > today and agreement.section == "sla":
                yield from _always_resting(agreement, number, version)
        yield from _gaps(agreement, today)
    yield from _strangers(settings, agreements)


def _agreements(settings: Settings) -> list[_Agreement]:
    policies = [
        _Agreement("sla", number, _("the policy “{name}”").format(name=one.name), one)
        for number, one in enumerate(settings.policies)
    ]
    olas = [
        _Agreement("ola", number, _("the OLA “{name}”").format(name=one.name), one.policy)
        for number, one in enumerate(settings.olas)
    ]
    return policies + olas


def _unpromised(policies: tuple[Policy, ...], today: date) -> Iterator[Lint]:
    """Types and priorities that no policy in force is for, today or once one has ended for good; a change or a problem
    may be left without any promise."""
    ends = {one.versions[-1].until for one in policies}
    days = [today, *sorted(day for day in ends if day is not None and day > today)] if policies else []
    for kind in KIND.codes:
        for day in days:
            left = _left(policies, kind, day)
            if left and (kind in _PROMISED_AS_A_RULE or len(left) < len(PRIORITY.codes)):
                if day == today:
                    message = _("no policy in force today is for a ticket of type {type} and priority {priorities}")
                else:
                    message = _("from {date} on no policy is for a ticket of type {type} and priority {priorities}")
                mend = _("Add a policy for them, behind the others; where nothing is promised, one without targets.")
                told = message.format(date=day, type=kind, priorities=", ".join(left))
                yield Lint(("sla",), "warning", "policy", told, mend)
                break


def _left(policies: Iterable[Policy], kind: str, day: date) -> list[str]:
    """The priorities at which no policy in force on a day is for tickets of a type."""
    in_force = [one for one in policies if one.version_on(day)]
    return [
        priority
        for priority in PRIORITY.codes
        if not any(_may_be(one.when, {"type": kind, "priority": priority}) for one in in_force)
    ]


def _may_be(when: Conditions, known: Mapping[str, str]) -> bool:
    """Whether what is known of a ticket leaves it open that a policy is for it."""
    return all(key not in when or value in when[key] for key, value in known.items())


def _shadowed(policies: tuple[Policy, ...], today: date) -> Iterator[Lint]:
    lasting: list[Policy] = []
    for number, policy in enumerate(policies):
        version = policy.version_on(today)
        if version is None:
            continue
        if lasting and all(any(_takes(one, policy, known) for one in lasting) for known in _kinds_of(policy)):
            message = _("the policy “{name}” never judges a ticket: those before it take every one that it is for")
            mend = _("Put it before them, or tell them apart under “when”.")
            yield Lint(("sla", number), "warning", "policy", message.format(name=policy.name), mend)
        if version.until is None:
            lasting.append(policy)


def _kinds_of(policy: Policy) -> Iterator[dict[str, str]]:
    """Every type with every priority that a policy is for."""
    types, priorities = policy.when.get("type", KIND.codes), policy.when.get("priority", PRIORITY.codes)
    return ({"type": kind, "priority": priority} for kind, priority in product(types, priorities))


def _takes(earlier: Policy, later: Policy, known: Mapping[str, str]) -> bool:
    """Whether a policy is for every ticket of a known type and priority that another is for."""
    others = {key: asked for key, asked in earlier.when.items() if key not in known}
    return _may_be(earlier.when, known) and all(
        key in later.when and all(matches({key: asked}, {key: (one,)}) for one in later.when[key])
        for key, asked in others.items()
    )


def _idle_targets(agreement: _Agreement, number: int, version: PolicyVersion) -> Iterator[Lint]:
    """Targets of priorities that the `when` leaves out."""
    idle = [one for one in version.targets if not _may_be(agreement.policy.when, {"priority": one})]
    if idle:
        message = _("{whose}, version from {date}: it has a target for {priorities}, which its “when” leaves out")
        told = message.format(whose=agreement.called, date=version.since, priorities=", ".join(idle))
        place = (agreement.section, agreement.number, "versions", number, "targets")
        yield Lint(place, "warning", "policy", told, _("Take the target out, or name the priority under “when”."))


def _always_resting(agreement: _Agreement, number: int, version: PolicyVersion) -> Iterator[Lint]:
    if version.pause.issuperset(PENDING_REASON.codes):
        message = _(
            "{whose}, version from {date}: its pauses name every reason, the resolution clock rests in all waiting"
        )
        mend = _("Take out what is no waiting for others: change, problem, approval, other.")
        place = (agreement.section, agreement.number, "versions", number, "pause")
        yield Lint(place, "warning", "policy", message.format(whose=agreement.called, date=version.since), mend)


def _gaps(agreement: _Agreement, today: date) -> Iterator[Lint]:
    """Days between two versions on which neither is in force, unless they are over."""
    for number, (version, following) in enumerate(pairwise(agreement.policy.versions), 1):
        if version.until is not None and version.until < following.since and following.since > today:
            message = _("{whose} is not in force from {until} to {since}").format(
                whose=agreement.called, until=version.until, since=following.since
            )
            mend = _("Take “until” out: the version ends where the next one begins.")
            yield Lint((agreement.section, agreement.number, "versions", number), "warning", "policy", message, mend)


def _strangers(settings: Settings, agreements: Iterable[_Agreement]) -> Iterator[Lint]:
    """Groups that policies and rules name and no agent is in; where no agent has a group, any may be meant."""
    groups = tuple({agent.group for agent in settings.agents if agent.group})
    if not groups:
        return
    named = [
        ((one.section, one.number, "when", "group"), one.called, group)
        for one in agreements
        for group in one.policy.when.get("group", ())
    ]
    for number, rule in enumerate(settings.escalations):
        called = _("the escalation “{name}”").format(name=rule.name)
        named += [(("escalation", number, "when", "group"), called, group) for group in rule.when.get("group", ())]
        named += [(("escalation", number, "do", "group"), called, rule.do.group)] if rule.do.group else []
    for place, called, group in named:
        if not matches({"group": (group,)}, {"group": groups}):
            message = _("{whose} names the group “{group}”, which no agent is in").format(whose=called, group=group)
            mend = _("Put the name right, or give the group to an agent of `agents`.")
            yield Lint(place, "warning", "policy", message, mend)
