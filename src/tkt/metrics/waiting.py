"""How long a ticket waited before it was resolved, and for what."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tkt.domain.words import PENDING_REASON
from tkt.service_level.period import Span, measure, second_of, subtract
from tkt.service_level.timeline import Timeline

# The reasons that waiting is counted by: the words that there are, and "" for none of them.
REASONS = (*PENDING_REASON.codes, "")
_NEVER: Mapping[str, int] = MappingProxyType({})


def waiting_until_resolved(timeline: Timeline) -> Mapping[str, int]:
    """The real seconds that it was pending, by reason, up to the resolution that stands; nothing without one.

    What lies between a resolution and its reopening is none of it: that time is neither work nor waiting (design.md,
    section 6).
    """
    if timeline.resolution is None or not timeline.waits:
        return _NEVER
    end = second_of(timeline.resolution.at)
    gaps = [gap.span for gap in timeline.gaps]
    waited: dict[str, int] = {}
    for wait in timeline.waits:
        reason = wait.reason if wait.reason in PENDING_REASON else ""
        spans = subtract((Span(wait.span.start, min(wait.span.end, end)),), gaps)
        waited[reason] = waited.get(reason, 0) + measure(spans)
    return waited
