"""Growth: a journal holds those it came of, entry by entry, and whatever it does not hold is named."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.tickets import said
from tkt.domain.entry import Entry, FieldChange
from tkt.domain.growth import Written, grown
from tkt.domain.redaction import MARKER, place_of

TIMES = [f"09:{minute:02}" for minute in range(6)]
journals = st.lists(st.sampled_from(TIMES), max_size=6).map(sorted).map(lambda times: journal(*times))


def journal(*times: str) -> list[Written]:
    """Entries at these times, each with words of its own where several share one."""
    found: list[Written] = []
    for number, time in enumerate(times):
        n = times[: number + 1].count(time)
        found.append(written(said(time, f"Dit à {time} #{n}", n=n, line=10 * number + 1)))
    return found


def written(entry: Entry, text: str = "") -> Written:
    return Written(f"### {place_of(entry)}\n\n{text or entry.text}", entry)


def rules(before: list[Written], after: list[Written]) -> list[str]:
    return [one.rule for one in grown([before], after).wrong]


@given(journals, st.data())
def test_a_journal_that_only_gained_entries_has_nothing_wrong_with_it(
    after: list[Written], data: st.DataObject
) -> None:
    kept = data.draw(st.lists(st.booleans(), min_size=len(after), max_size=len(after)))
    before = [one for one, stays in zip(after, kept, strict=True) if stays]

    growth = grown([before], after)

    assert growth.wrong == []
    assert list(growth.new) == [one for one, stays in zip(after, kept, strict=True) if not stays]


@given(journals, journals)
def test_both_sides_of_a_merge_are_held_by_their_union(one: list[Written], other: list[Written]) -> None:
    union = sorted({**{w.text: w for w in one}, **{w.text: w for w in other}}.values(), key=lambda w: w.entry.position)

    assert grown([one, other], union).wrong == []
    assert grown([one, other], union).new == ()


@given(journals, st.data())
def test_whatever_is_not_a_subsequence_is_found(before: list[Written], data: st.DataObject) -> None:
    after = data.draw(st.permutations(before))
    after = after[: data.draw(st.integers(0, len(after)))]
    remaining = iter(after)
    is_held = all(any(one.text == other.text for other in remaining) for one in before)

    assert bool(rules(before, after)) is not is_held


def test_what_is_gone_is_named_by_its_place_and_author_and_stands_where_it_stood() -> None:
    before = journal("09:00", "09:01", "09:02")
    after = [before[0], Written(before[2].text, replace(before[2].entry, line=15))]

    (one,) = grown([before], after).wrong

    assert (one.severity, one.rule, one.line) == ("error", "entry-lost", 15)
    assert "2026-01-15T09:01:00+01:00" in one.message and "Jean DUPONT" in one.message


def test_many_that_are_gone_are_told_once() -> None:
    (one,) = grown([journal("09:00", "09:01", "09:02")], []).wrong

    assert one.message.endswith("2 more")
    assert one.line == 0


def test_what_stands_at_the_place_of_another_is_an_alteration_and_no_new_entry() -> None:
    before = journal("09:00", "09:01")
    altered = written(before[1].entry, "Autre chose")

    growth = grown([before], [before[0], altered])

    assert [(one.rule, one.line) for one in growth.wrong] == [("entry-altered", 11)]
    assert growth.new == ()


def test_a_redaction_that_a_new_entry_tells_of_is_the_one_alteration_allowed() -> None:
    before = journal("09:00", "09:01")
    redacted = written(before[1].entry, f"Dit à {MARKER}")
    telling = written(said("09:05", redacted=place_of(before[1].entry)))

    assert rules(before, [before[0], redacted, telling]) == []
    assert rules(before, [before[0], redacted]) == ["entry-altered"]
    assert rules(before, [before[0], redacted, written(said("09:05", redacted="title"))]) == ["entry-altered"]
    assert rules(before, [before[0], written(before[1].entry, f"Tout autre {MARKER}"), telling]) == ["entry-altered"]
    assert grown([before], [before[0], redacted, telling]).new == (telling,)


def test_an_older_entry_does_not_announce_a_redaction_of_today() -> None:
    first, second = journal("09:00", "09:01")
    telling = written(said("09:02", redacted=place_of(first.entry)))
    redacted = written(first.entry, MARKER)

    assert rules([first, second, telling], [redacted, second, telling]) == ["entry-altered"]


def test_each_parent_of_a_merge_counts() -> None:
    base, ours, theirs = journal("09:00", "09:01", "09:02")

    growth = grown([[base, ours], [base, theirs]], [base, ours])

    assert [one.rule for one in growth.wrong] == ["entry-lost"]


def test_what_stood_twice_may_stand_once_and_what_was_out_of_order_may_be_put_in_order() -> None:
    first, second, third = journal("09:00", "09:01", "09:02")

    twice = grown([[first, second, second]], [first, second]).wrong
    disorder = grown([[first, third, second]], [first, second, third]).wrong

    assert [(one.severity, one.rule) for one in twice] == [("warning", "entry-once")]
    assert [(one.severity, one.rule) for one in disorder] == [("warning", "entry-order")]
    assert [one.severity for one in grown([[first, second, third]], [first, third, second]).wrong] == ["error"]


def test_an_entry_that_changes_its_words_and_its_place_is_lost_and_new() -> None:
    (first,) = journal("09:00")
    other = written(Entry(first.entry.at, "Autre", changes=(FieldChange("spent", "1h"),), ordinal=7), "Autre")

    growth = grown([[first]], [other])

    assert [one.rule for one in growth.wrong] == ["entry-lost"]
    assert growth.new == (other,)
