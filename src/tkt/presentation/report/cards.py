"""The dashboard of a report's page: what the course draws for a month, as three cards beside the period before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tkt.language import _, pgettext
from tkt.metrics.scorecard import Indicator
from tkt.metrics.series.report import Report
from tkt.presentation import indicator_phrases, phrases
from tkt.presentation.dashboard import key_figures, shares, volumes
from tkt.presentation.report.drawing import bar
from tkt.presentation.report.wording import change, tone_of_change
from tkt.presentation.safe_text import for_html


def cards(report: Report) -> str:
    """The section of the dashboard."""
    title = for_html(pgettext("report", "Dashboard"))
    three = (
        _card(pgettext("report", "Tickets"), _volumes(report)),
        _card(pgettext("report", "By category"), _shares(report)),
        _card(pgettext("report", "Key figures"), _key_figures(report)),
    )
    return (
        f'<section id="dashboard" aria-labelledby="dashboard-heading"><h2 id="dashboard-heading">{title}</h2>'
        f'<div class="cards">{"".join(three)}</div></section>'
    )


def _card(title: str, rows: Iterator[Sequence[str]]) -> str:
    """A card of rows, whose cells are markup already."""
    lines = "".join(f'<tr><th scope="row">{head}</th>{"".join(cells)}</tr>' for head, *cells in rows)
    if not lines:
        nothing = _("no data")
        lines = f"<tr><td>{for_html(nothing)}</td></tr>"
    return f'<table class="card"><caption>{for_html(title)}</caption><tbody>{lines}</tbody></table>'


def _volumes(report: Report) -> Iterator[Sequence[str]]:
    counts = volumes(report.card)
    most = max(counts.values()) or 1
    for key, count in counts.items():
        yield (
            for_html(indicator_phrases.label(key)),
            f'<td class="figure big">{count}</td>',
            f'<td class="bars">{bar(count / most, "first")}</td>',
            _change(report.card.indicators[key], _before(report, key)),
        )


def _shares(report: Report) -> Iterator[Sequence[str]]:
    shown = shares(report.card)
    total = sum(count for _name, count in shown)
    most = max((count for _name, count in shown), default=1)
    for name, count in shown:
        yield (
            for_html(name),
            f'<td class="figure big">{for_html(phrases.whole_percent(count / total))}</td>',
            f'<td class="bars">{bar(count / most, "first")}</td>',
        )


def _key_figures(report: Report) -> Iterator[Sequence[str]]:
    before = dict(key_figures(report.before)) if report.before else {}
    for name, figure in key_figures(report.card):
        yield (
            for_html(name),
            f'<td class="{"none" if figure.value is None else "figure big"}">'
            f"{for_html(indicator_phrases.short_value(figure))}</td>",
            f"<td>{_badge(figure)}</td>",
            _change(figure, before.get(name)),
        )


def _before(report: Report, key: str) -> Indicator | None:
    return report.before.indicators[key] if report.before else None


def _badge(figure: Indicator) -> str:
    """Whether the target is met, in words and by a sign as well as by colour."""
    if figure.met is None:
        return ""
    tone, sign = ("good", "✓") if figure.met else ("warning", "!")
    words = for_html(f"{indicator_phrases.mark(figure, color=False)} {indicator_phrases.standing(figure)}")
    return f'<span class="badge {tone}"><span aria-hidden="true">{sign}</span> {words}</span>'


def _change(now: Indicator, then: Indicator | None) -> str:
    said = change(now, then)
    if not said or then is None:
        return "<td></td>"
    earlier = _("before: {value}").format(value=indicator_phrases.short_value(then))
    return (
        f'<td class="change {tone_of_change(now, then)}">{for_html(said)}'
        f' <span class="before">({for_html(earlier)})</span></td>'
    )
