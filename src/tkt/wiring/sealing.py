"""Seals of a desk's months: figures counted at a commit, put down in a tag, and counted again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tkt.errors import NoSuchThing, RuleRefuses, TktError
from tkt.language import _, ngettext
from tkt.wiring.past import desk_at

if TYPE_CHECKING:
    from tkt.desk.desk import Desk
    from tkt.git.seals import Seals, SealTag
    from tkt.metrics.scorecard import Scorecard
    from tkt.metrics.seal import Seal, Sealed, Verification
    from tkt.store.unreadable_ticket import UnreadableTicket


class AlreadySealed(RuleRefuses):
    """A month that has a seal, and nobody said why it should get another one."""


class NotSealed(NoSuchThing):
    """A month that has no seal."""


def seal_month(desk: Desk, text: str, *, sign: bool | None = None, why: str = "") -> Seal:
    """Seal the figures of a month as the desk's last commit gives them; `why` an earlier seal is to be replaced.

    `sign` is whether to sign the tag, None for what git's settings say. Raises MonthNotOver, NotCommitted, NotAllRead,
    AlreadySealed, and GitFailed.
    """
    from tkt.desk.sealing import month_of, require_over
    from tkt.git.repository import Repository
    from tkt.git.seals import Seals, require_committed

    month = month_of(desk, text)
    require_over(desk, month)
    repository = Repository.of(desk.root)
    with desk.turn():
        require_committed(repository, desk.root)
        seals = Seals.of(repository, desk.root)
        earlier = next((one for one in seals.all() if one.month == month.name), None)
        if earlier and not why:
            message = _("{month} is sealed by {tag}: say with --force why it is to be sealed anew.")
            raise AlreadySealed(message.format(month=month.name, tag=earlier.name))
        sealed, message = _sealed(desk, month.name, why if earlier else "", earlier.object if earlier else "")
        seals.make(month.name, sealed.commit, message, sign=sign, replaced=sealed.replaced)
        return next(one for one in seals_of(desk, [month.name]))


def _sealed(desk: Desk, name: str, why: str, replaced: str) -> tuple[Sealed, str]:
    """What the seal of a month says, and the message that says it."""
    import tkt
    from tkt.desk.sealing import SEALED_TYPES, figures_to_seal, month_of
    from tkt.metrics.seal import Sealed, figures_of
    from tkt.presentation.seal_message import seal_message

    then, committed = desk_at(desk, "HEAD")
    month = month_of(then, name)
    card = figures_to_seal(then, month)
    sealed = Sealed(
        month=name,
        commit=committed.commit.hash,
        settings=committed.digest,
        tkt=tkt.__version__,
        types=SEALED_TYPES,
        period=month.period,
        figures=figures_of(card),
        why=why,
        replaced=replaced,
        clock=desk.frozen_at,
    )
    return sealed, seal_message(sealed, card)


def seals_of(desk: Desk, months: Sequence[str] = ()) -> list[Seal]:
    """The seals of the desk, or those of some months as people say them; raises NotSealed."""
    from tkt.desk.sealing import month_of
    from tkt.git.repository import Repository
    from tkt.git.seals import Seals

    found = {one.month: _read(one) for one in Seals.of(Repository.of(desk.root), desk.root).all()}
    if not months:
        return list(found.values())
    wanted = [month_of(desk, text).name for text in months]
    for name in wanted:
        if name not in found:
            raise NotSealed(_("{month} is not sealed: `tkt seal {month}` seals it.").format(month=name))
    return [found[name] for name in dict.fromkeys(wanted)]


def _read(tag: SealTag) -> Seal:
    from tkt.metrics.seal import Seal
    from tkt.presentation.seal_message import read_seal

    return Seal(tag.month, tag.name, tag.object, tag.commit, tag.by, tag.at, tag.is_signed, read_seal(tag.message))


def verify_seal(desk: Desk, seal: Seal, unreadable: list[UnreadableTicket]) -> Verification:
    """What the sealed commit and today's files make of a seal, and what git says of its signature.

    Files that cannot be read today are collected, and count in no figure.
    """
    from tkt.git.repository import Repository
    from tkt.git.seals import Seals
    from tkt.metrics.seal import Verification

    seals = Seals.of(Repository.of(desk.root), desk.root)
    troubles = list(_troubles(seals, seal))
    if seal.sealed is None:
        return Verification(seal, tuple(troubles))
    try:
        return _counted_again(desk, seal, seal.sealed, troubles, unreadable)
    except TktError as error:
        unknown = _("The figures of its commit cannot be counted: {why}").format(why=error)
        return Verification(seal, (*troubles, unknown))


def _troubles(seals: Seals, seal: Seal) -> Iterator[str]:
    """What is not sound about a seal, its figures aside."""
    if seal.sealed is None:
        yield _("The tag does not say the figures of {month} in a way that this tkt reads.").format(month=seal.month)
    elif seal.sealed.commit != seal.commit or seal.sealed.month != seal.month:
        message = _("The tag is on commit {commit} for {month}, and says {said} for {other}.")
        said, other = seal.sealed.commit[:10], seal.sealed.month
        yield message.format(commit=seal.commit[:10], month=seal.month, said=said, other=other)
    if not seals.is_on_a_branch(seal.commit):
        message = _("No branch holds commit {commit} any more: history was rewritten.")
        yield message.format(commit=seal.commit[:10])
    fault = seals.fault_of_signature(seal.object) if seal.is_signed else ""
    if fault:
        yield _("Its signature is not good: {why}").format(why=fault)


def _not_as_written(sealed: Sealed, card: Scorecard) -> Iterator[str]:
    """What this tkt would have said otherwise of these figures; another version of it may have."""
    import tkt
    from tkt.metrics.seal import figures_of
    from tkt.presentation.seal_message import tells_people

    if sealed.tkt != tkt.__version__:
        return
    figures = figures_of(card)
    if missing := len(figures.keys() - sealed.figures.keys()):
        message = ngettext(
            "A figure that this tkt seals is missing in it.",
            "{count} figures that this tkt seals are missing in it.",
            missing,
        )
        yield message.format(count=missing)
    elif sealed.figures == figures and not tells_people(sealed, card):
        yield _("What the tag says to people is not what it says to programs.")


def _counted_again(
    desk: Desk, seal: Seal, sealed: Sealed, troubles: list[str], unreadable: list[UnreadableTicket]
) -> Verification:
    from tkt.desk.sealing import differing, month_of
    from tkt.metrics.scorecard import score
    from tkt.metrics.seal import Verification, departures, figures_of
    from tkt.store.settings.digest import digest_at

    then, committed = desk_at(desk, seal.commit)
    period, types = month_of(then, seal.month).period, sealed.types
    if sealed.period != period:
        troubles.append(_("The period that it says is not {month}.").format(month=seal.month))
    digest, today = committed.digest, digest_at(desk.root)
    if sealed.settings != digest:
        troubles.append(_("The settings of its commit are not those that it says."))
    card = score(then.tickets(), period, then.settings, "", types)
    at_commit = figures_of(card)
    troubles.extend(_not_as_written(sealed, card))
    now = figures_of(score(desk.tickets(unreadable), period, desk.settings, "", types))
    others = tuple(departures(sealed.figures, at_commit, now))
    tickets = tuple(differing(then, desk, period, types, alike=digest == today)) if at_commit != now else ()
    return Verification(seal, tuple(troubles), others, tickets, settings_changed=digest != today)
