"""A flow as a Mermaid diagram, which hosting sites draw where they find it in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tkt.language import _, ngettext
from tkt.metrics.flow.flow import Flow, Step, StepTimes, Transition
from tkt.metrics.flow.life import STATE
from tkt.presentation import phrases
from tkt.presentation.flow.step_words import step_words
from tkt.service_level.timeline import ENDED

# The widest stroke, in pixels: that of the transition that is made most often.
_WIDEST = 6
_END = "done"
_OPENING = "opened"
# The step in which tickets stay longest. Its label says how long, so that nothing is told by colour alone.
_CLASSES = "classDef long fill:#fde0b0,stroke:#8a5a00,color:#000"


def mermaid(flow: Flow, most: int = 0) -> str:
    """The diagram of the most frequent transitions (0: all), each with how often and after how long it was made.

    Line widths go by frequency, a reopening is dashed, and of the steps in which tickets are open that with the longest
    median is marked. No text of a ticket can be read as Mermaid's: every sign but letters and digits is an entity.
    """
    moves = flow.transitions[: most or None]
    ids = _ids(moves)
    return "\n".join(["flowchart LR", *_nodes(flow, ids), *_edges(moves, ids), *_strokes(moves)]) + "\n"


def _ends(move: Transition) -> tuple[tuple[str, Step], tuple[str, Step]]:
    """Both sides, told apart from one another also where a step has no name."""
    opening = move.before is None and not move.reopening
    before = _OPENING if opening else _END if move.before is None else ""
    return (before, move.before), ("" if move.after is not None else _END, move.after)


def _ids(moves: Sequence[Transition]) -> dict[tuple[str, Step], str]:
    sides = dict.fromkeys(side for move in moves for side in _ends(move))
    return {side: f"s{number}" for number, side in enumerate(sides)}


def _nodes(flow: Flow, ids: dict[tuple[str, Step], str]) -> Iterator[str]:
    times: dict[Step, StepTimes] = {one.step: one for one in flow.times[flow.by]}
    ended = ENDED if flow.by == STATE else frozenset()
    medians: dict[Step, float] = {step: one.seconds.median or 0 for step, one in times.items() if step not in ended}
    longest = max(medians, key=lambda step: medians[step], default=None)
    for (kind, step), name in ids.items():
        if kind == _OPENING:
            yield f"    {name}(( ))"
        elif kind == _END:
            yield f'    {name}(["{_safe(step_words(flow.by, None))}"])'
        else:
            mark = ":::long" if step == longest and medians.get(step) else ""
            yield f'    {name}["{_label(flow.by, step, times.get(step))}"]{mark}'
    yield f"    {_CLASSES}"


def _label(by: str, step: Step, times: StepTimes | None) -> str:
    lines = [_safe(step_words(by, step))]
    if times and times.seconds.median is not None:
        lines.append(_safe(_("median {time}").format(time=phrases.duration(times.seconds.median))))
    if times and times.there.number:
        lines.append(_safe(ngettext("{count} now", "{count} now", times.there.number).format(count=times.there.number)))
    return "<br/>".join(lines)


def _edges(moves: Sequence[Transition], ids: dict[tuple[str, Step], str]) -> Iterator[str]:
    for move in moves:
        before, after = (ids[side] for side in _ends(move))
        text = str(move.seconds.number)
        if move.seconds.total and move.seconds.median is not None:
            text = f"{text} · {phrases.duration(move.seconds.median)}"
        yield f'    {before} {"-.->" if move.reopening else "-->"}|"{_safe(text)}"| {after}'


def _strokes(moves: Sequence[Transition]) -> Iterator[str]:
    most = max((move.seconds.number for move in moves), default=0)
    for number, move in enumerate(moves):
        yield f"    linkStyle {number} stroke-width:{max(1, round(_WIDEST * move.seconds.number / most))}px"


def _safe(text: str) -> str:
    """As Mermaid's entities whatever is neither a letter, a digit nor a blank."""
    return "".join(one if one.isalnum() or one == " " else f"#{ord(one)};" for one in " ".join(text.split()))
