"""The dashboard of a month, drawn as the course draws it: volumes, shares of the categories, key figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tkt.domain.words import PRIORITY, fold
from tkt.language import LANGUAGES, NP_, _, pgettext
from tkt.metrics.scorecard import Indicator, Scorecard
from tkt.presentation import indicator_phrases, phrases
from tkt.presentation.period_heading import is_of_one_month
from tkt.presentation.safe_text import one_line
from tkt.presentation.style import painted
from tkt.presentation.table import width_of

# Terminal cells, as the course has them; a box within grows beyond them where its words are longer.
_WIDTH = 63
_BOX = 36
_VOLUME_LABEL = 10
_LABEL = 14
_NUMBER = 3
_FIGURE = 5
_LONGEST_LABEL = 24
_LONGEST_VOLUME = 16
_LONGEST_SHARE = 10
_MOST_CATEGORIES = 5
_OTHERS = NP_("category", "Others")
# Both are two cells wide on a screen, but older tables of widths count the second as one.
_WARNING, _AS_WIDE = "⚠️", "✅"


@dataclass(frozen=True, slots=True)
class _Line:
    """`Created : 450  ███`."""

    label: str
    value: str
    rest: str = ""


def dashboard(scorecard: Scorecard, *, color: bool = False) -> str:
    """The dashboard of a month's scorecard, or another period's, drawn up by category; ends with a line end.

    With `color` titles are bold and targets marked by signs, else by words.
    """
    sections = (
        (_tickets_title(scorecard), _aligned(_volumes(scorecard), _VOLUME_LABEL, _NUMBER)),
        (_("BREAKDOWN BY CATEGORY"), _aligned(_shares(scorecard), _LABEL, _NUMBER)),
        (_("KEY FIGURES"), _aligned(_key_figures(scorecard, color), _LABEL, _FIGURE)),
    )
    box = max(_BOX, *(_cells(line) for _title, lines in sections for line in lines))
    lines = [_line()]
    for title, content in sections:
        lines += [_line("  " + title, 2, color), *(_line("  " + line) for line in _boxed(content, box)), _line()]
    return "\n".join([*_head(scorecard, color), *lines, "└" + "─" * (_WIDTH - 2) + "┘"]) + "\n"


def _tickets_title(scorecard: Scorecard) -> str:
    return _("TICKETS THIS MONTH") if is_of_one_month(scorecard.period) else _("TICKETS OF THE PERIOD")


def _head(scorecard: Scorecard, color: bool) -> Iterator[str]:
    title = _("SUPPORT DASHBOARD")
    if is_of_one_month(scorecard.period):
        month = phrases.month_title(scorecard.period.start or scorecard.period.end)
        title = _("SUPPORT DASHBOARD - {month}").format(month=month)
    indent = (_WIDTH - 2 - _cells(title)) // 2
    yield "┌" + "─" * (_WIDTH - 2) + "┐"
    yield _line(" " * indent + title, indent, color)
    yield "├" + "─" * (_WIDTH - 2) + "┤"


def volumes(scorecard: Scorecard) -> dict[str, int]:
    """The tickets of the month, by the indicators that count them."""
    keys = ("created", "resolved", "in_progress", "backlog")
    return {key: round(scorecard.indicators[key].value or 0) for key in keys}


def shares(scorecard: Scorecard) -> list[tuple[str, int]]:
    """How many tickets were created under each of the biggest categories, and under all others, which come last."""
    counts = {name: round(figures["created"].value or 0) for name, figures in scorecard.groups.items()}
    shown = _biggest(counts)
    rest = sum(counts.values()) - sum(count for _name, count in shown)
    return [*shown, (pgettext(*_OTHERS), rest)] if rest else shown


def key_figures(scorecard: Scorecard) -> list[tuple[str, Indicator]]:
    """The figures that a month is judged by, with their names; of priorities, those that matter most and those that
    there were."""
    overall = scorecard.indicators
    found = [(indicator_phrases.label(key), overall[key]) for key in ("mttr_seconds", "fcr")]
    for code in PRIORITY.codes:
        figure = scorecard.by_priority[code]["sla_resolution"]
        if code in ("P1", "P2") or figure.denominator:
            found.append((f"SLA {code}", figure))
    return [*found, (indicator_phrases.label("csat"), overall["csat"])]


def _volumes(scorecard: Scorecard) -> list[_Line]:
    counts = volumes(scorecard)
    most = max(counts.values())
    return [
        _Line(indicator_phrases.label(key), phrases.number(count), _bar(count, most, _LONGEST_VOLUME))
        for key, count in counts.items()
    ]


def _shares(scorecard: Scorecard) -> list[_Line]:
    shown = shares(scorecard)
    total = sum(count for _name, count in shown)
    if not total:
        return [_Line(_("no data"), "")]
    most = max(count for _name, count in shown)
    return [
        _Line(one_line(name), phrases.whole_percent(count / total), _bar(count, most, _LONGEST_SHARE))
        for name, count in shown
    ]


def _biggest(counts: dict[str, int]) -> list[tuple[str, int]]:
    """The categories that have a line of their own, biggest first; those without one, or named so, are others."""
    others = {"", *(fold(pgettext(*_OTHERS, language)) for language in LANGUAGES)}
    named = [(name, count) for name, count in counts.items() if count and fold(name) not in others]
    named.sort(key=lambda category: (-category[1], category[0]))
    all_fit = len(named) <= _MOST_CATEGORIES and sum(count for _name, count in named) == sum(counts.values())
    return named if all_fit else named[: _MOST_CATEGORIES - 1]


def _key_figures(scorecard: Scorecard, color: bool) -> Iterator[_Line]:
    for name, figure in key_figures(scorecard):
        yield _figure(name, figure, color)


def _figure(label: str, figure: Indicator, color: bool) -> _Line:
    mark = indicator_phrases.mark(figure, color=color)
    rest = f"{mark} ({indicator_phrases.standing(figure)})" if mark else ""
    return _Line(label, indicator_phrases.short_value(figure), rest)


def _bar(count: int, most: int, longest: int) -> str:
    """In proportion to the biggest; what is not nothing shows."""
    return "█" * max(int(count * longest / most + 0.5), 1) if count else ""


def _aligned(lines: Iterable[_Line], least_label: int, least_value: int) -> Sequence[str]:
    kept = list(lines)
    label = min(max(least_label, *(width_of(line.label) for line in kept)), _LONGEST_LABEL) if kept else least_label
    value = max(least_value, *(width_of(line.value) for line in kept if line.rest), 0)
    return [_written(line, label, value) for line in kept]


def _written(line: _Line, label: int, value: int) -> str:
    if not line.value:
        return line.label
    figure = _fitted(line.value, value) if line.rest else line.value
    return f"{_fitted(line.label, label)} : {figure}  {line.rest}".rstrip()


def _fitted(text: str, width: int) -> str:
    """`text` filled up to so many cells; one that is longer is cut."""
    if width_of(text) > width:
        text = _first_cells(text, width - 1) + "…"
    return text + " " * (width - width_of(text))


def _first_cells(text: str, width: int) -> str:
    """As much of the beginning of `text` as fits; a mark goes with the letter that it stands on."""
    for end, character in enumerate(text):
        width -= width_of(character)
        if width < 0:
            return text[:end]
    return text


def _boxed(lines: Iterable[str], width: int) -> Iterator[str]:
    yield "┌" + "─" * (width + 2) + "┐"
    for line in lines:
        yield f"│ {line}{' ' * (width - _cells(line))} │"
    yield "└" + "─" * (width + 2) + "┘"


def _line(text: str = "", indent: int = 0, color: bool = False) -> str:
    """A line between the outer borders; with `color` what follows the indent is painted as a title."""
    shown = text[:indent] + painted(text[indent:], "title", color)
    return f"│{shown}{' ' * (_WIDTH - 2 - _cells(text))}│"


def _cells(text: str) -> int:
    return width_of(text.replace(_WARNING, _AS_WIDE))
