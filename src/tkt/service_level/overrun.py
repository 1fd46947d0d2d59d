"""The overrun: by how much a clock went over its target."""

from __future__ import annotations

from tkt.service_level.course import Course, Held
from tkt.service_level.period import subtract


def overrun(course: Course) -> int:
    """The most seconds of clock time by which elapsed ever was over the target of the priority then in force.

    0 for what was not breached. Of a clock whose target was one and the same all along it is elapsed minus target; a
    priority that was lowered after the breach takes nothing back.
    """
    return max((_over(course, held) for held in course.held), default=0)


def _over(course: Course, held: Held) -> int:
    target = held.terms.seconds(course.clock)
    if target is None or (course.gaps and not subtract((held.span,), course.gaps)):
        return 0
    return max(0, course.elapsed_until(held.terms, held.span.end) - target)
