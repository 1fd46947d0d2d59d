"""Two versions of a ticket made one: each rule by its example."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from tests.store.course_ticket import COURSE, PATH, TEN, course
from tests.store.merging import follows_its_journal, merged, read
from tkt.domain.consistency import discrepancies
from tkt.domain.entry import Change, Entry, FieldChange, SetChange
from tkt.domain.redaction import MARKER, place_of
from tkt.errors import Unreadable
from tkt.git.line_merge import merge_lines
from tkt.store.journal_text import bytes_of
from tkt.store.merging.ticket_merge import DifferentTickets, merge_tickets
from tkt.store.ticket_file import TicketFile
from tkt.store.unreadable_ticket import UnreadableTicket


def moved(file: TicketFile, *changes: Change, text: str = "", at: int = 0, n: int = 1, by: str = "Jean") -> TicketFile:
    """The file with an entry `at` minutes past ten."""
    return file.with_entry(Entry(TEN + timedelta(minutes=at), by, changes=changes, text=text, ordinal=n))


def edited(file: TicketFile, old: str, new: str) -> TicketFile:
    """The file as an editor left it."""
    assert old in str(file.text)
    return TicketFile.parse(PATH, str(file.text).replace(old, new, 1).encode())


def to(key: str, new: str, old: str = "") -> FieldChange:
    return FieldChange(key, new, old)


B = course()


# The journal.


def test_entries_of_both_sides_stand_in_journal_order_and_the_last_writer_wins() -> None:
    x = moved(moved(B, to("state", "pending", "in_progress"), at=1), to("state", "resolved", "pending"), at=9)
    y = moved(B, to("state", "cancelled", "in_progress"), to("assignee", "Zoé", "Pierre MARTIN"), at=5)
    file = read(merged(B, x, y))

    assert [entry.at for entry in file.text.entries[3:]] == [TEN + timedelta(minutes=at) for at in (1, 5, 9)]
    assert file.ticket.state == "resolved"
    assert file.ticket.assignee == "Zoé"
    found = [one.rule for one in discrepancies(file.ticket, bytes_of)]
    assert set(found) == {"concurrent-move"}


def test_entries_of_one_instant_and_ordinal_are_both_kept_in_the_order_of_their_bytes() -> None:
    x, y = moved(B, text="zwei"), moved(B, text="eins")
    for result in (merged(B, x, y), merged(B, y, x)):
        assert [entry.text for entry in read(result).text.entries[3:]] == ["eins", "zwei"]


def test_an_entry_that_both_hold_stands_once_and_one_that_stands_twice_stays_twice() -> None:
    x = moved(moved(B, text="a"), text="a")
    assert [entry.text for entry in read(merged(B, x, moved(B, text="a"))).text.entries[3:]] == ["a", "a"]


def test_a_hand_written_spelling_survives_and_does_not_double_its_entry() -> None:
    spelled = "- state:   new →  in_progress  "
    x = edited(B, "- state: new → in_progress", spelled)
    result = merged(B, x, moved(B, text="b"))
    assert spelled in result.data.decode()
    assert len(read(result).text.entries) == 4


def test_blank_lines_at_the_end_of_a_file_make_no_other_entry() -> None:
    x = TicketFile.parse(PATH, B.data + b"\n\n")
    y = moved(B, text="b")
    assert len(read(merged(B, x, y)).text.entries) == 4
    bare = TicketFile.parse(PATH, B.data.rstrip(b"\n"))
    assert merged(bare, moved(bare, text="b"), moved(bare, text="c")).conflicts == ()


def test_a_journal_out_of_order_is_put_in_order() -> None:
    later, earlier = moved(B, text="later", at=5), moved(B, text="earlier", at=1)
    x = TicketFile.parse(PATH, later.data + earlier.data[len(B.data) :])
    assert [entry.text for entry in read(merged(B, x, B)).text.entries[3:]] == ["earlier", "later"]


def test_a_heading_inside_an_entry_stays_in_it() -> None:
    x = TicketFile.parse(PATH, moved(B, text="a").data + b"\n## Note\n\nen plus\n")
    data = merged(B, x, moved(B, text="b", at=1)).data.decode()
    assert "a\n\n## Note\n\nen plus\n\n### 2026-01-15T10:01" in data


def test_a_journal_that_cannot_be_read_is_merged_line_by_line_and_loses_nothing() -> None:
    x = edited(moved(B, text="illisible"), "### 2026-01-15T10:00:00+01:00 · Jean", "### 2026-01-15 à dix heures")
    result = merged(B, x, moved(B, text="lisible"))
    assert result.conflicts == ("journal",)
    for words in ("<<<<<<< ours", "illisible", "à dix heures", "lisible", ">>>>>>> theirs"):
        assert words in result.data.decode()


def test_a_version_without_a_journal_is_merged_line_by_line() -> None:
    x = edited(B, "## Journal\n", "")
    result = merged(B, x, moved(B, text="b"))
    assert "b\n" in result.data.decode()


# The snapshot.


def test_a_field_that_no_entry_covers_follows_the_side_that_changed_it() -> None:
    x = edited(B, "asset: PC-COMPTA-015", "asset: PC-2 # prêté")
    y = edited(moved(B, to("state", "pending", "in_progress")), "via: phone", "# au guichet\nvia: walk_in")
    result = merged(B, x, y)
    assert result.conflicts == ()
    assert "# au guichet\nvia: walk_in\nasset: PC-2 # prêté\n" in result.data.decode()


def test_a_value_that_a_hand_put_against_the_journal_leaves_no_quotes_whoever_merges_first() -> None:
    said = moved(B, to("category", "Zoé", "Messagerie > Outlook > Envoi/Réception"))
    x = edited(said, "category: Zoé", 'category: "Messagerie"')
    for first, last in (((x, B), said), ((said, B), x), ((x, said), B)):
        assert "\ncategory: Zoé\n" in merged(B, read(merged(B, *first)), last).data.decode()


def test_a_value_that_a_hand_took_out_against_the_journal_is_written_as_a_command_does_whoever_merges_first() -> None:
    base = edited(B, "asset: PC-COMPTA-015\n", "")
    x = edited(moved(base, to("asset", "Zoé")), "asset: Zoé\n", "")
    y = moved(base, to("asset", "> 70%"))
    for first, last in (((x, base), y), ((x, y), base), ((y, base), x)):
        assert "\nasset: Zoé\n" in merged(base, read(merged(base, *first)), last).data.decode()


def test_a_comment_behind_a_key_that_was_not_there_stays_whoever_merges_first() -> None:
    base = edited(B, "asset: PC-COMPTA-015\n", "")
    x = edited(moved(base, to("asset", "Zoé")), "asset: Zoé\n", "asset: PC-1  # par la suite\n")
    y = moved(base, to("asset", "N2"))
    for first, last in (((x, base), y), ((x, y), base), ((y, base), x)):
        assert "\nasset: Zoé  # par la suite\n" in merged(base, read(merged(base, *first)), last).data.decode()


def test_members_that_a_hand_put_against_the_journal_leave_no_trace_whoever_merges_first() -> None:
    gone = moved(moved(B, SetChange("tags", (), ("vip",))), SetChange("tags", ("réseau",)), at=1)
    x = edited(gone, "tags: [réseau]", 'tags: [ "vip", réseau ] # à la main')
    y = moved(B, SetChange("tags", ("vip",)), at=59)
    for first, last in (((x, B), y), ((x, y), B), ((y, B), x)):
        assert "\ntags: [ réseau, vip ] # à la main\n" in merged(B, read(merged(B, *first)), last).data.decode()


def test_members_stand_in_the_order_in_which_the_united_journal_let_them_join_whoever_merges_first() -> None:
    gone = moved(B, SetChange("tags", (), ("vip",)))
    back = moved(B, SetChange("tags", ("vip",)))
    both = moved(B, SetChange("tags", ("vip", "réseau")), by="Zoé")
    for one, two, three in permutations((gone, back, both)):
        assert "\ntags: [vip, réseau]\n" in merged(B, read(merged(B, one, two)), three).data.decode()


def test_pairs_that_join_a_mapping_in_braces_take_the_order_of_the_table_whoever_merges_first() -> None:
    base = read(merged(B, B, B))
    lines = str(base.text).partition("requester:\n")[2].partition("via:")[0]
    base = edited(base, f"requester:\n{lines}", "requester: {name: Marie MARTIN}\n")
    x = moved(base, to("requester.phone", "12"))
    y = moved(base, to("requester.location", "B12"), by="Zoé")
    for one, two, three in permutations((base, x, y)):
        text = merged(base, read(merged(base, one, two)), three).data.decode()
        assert '\nrequester: {name: Marie MARTIN, phone: "12", location: B12}\n' in text.replace("'12'", '"12"')


def test_pairs_of_one_mapping_are_merged_one_by_one() -> None:
    x = edited(B, "phone: Poste 1234", "phone: Poste 9  # nouveau")
    y = edited(B, "  email: marie.martin@entreprise.fr\n", "  email: mm@entreprise.fr\n  mobile: '06'\n")
    text = merged(B, x, y).data.decode()
    assert "  email: mm@entreprise.fr\n  mobile: '06'\n  phone: Poste 9  # nouveau\nvia:" in text


def test_pairs_in_braces_are_merged_one_by_one_too() -> None:
    base = edited(B, "via: phone", "x_ours: {a: 1, b: 2}\nvia: phone")
    x, y = edited(base, "a: 1", "a: 3"), edited(base, "b: 2", "b: 4, c: 5")
    result = merged(base, x, y)
    assert result.conflicts == ()
    assert read(result).text.front_matter.fields["x_ours.c"] == "5"
    assert [read(result).text.front_matter.fields[f"x_ours.{key}"] for key in "ab"] == ["3", "4"]
    noted = edited(base, "{a: 1, b: 2}", "{a: 1, b: 6} # lieu")
    assert merged(base, edited(noted, "a: 1", "a: 7"), y).conflicts == ("x_ours",)


@pytest.mark.parametrize(
    ("ours", "theirs", "name"),
    [
        ("asset: PC-1", "asset: PC-2", "asset"),
        ("# plus là", "asset: PC-2", "asset"),
        ("asset: PC-COMPTA-015 # a", "asset: PC-COMPTA-015 # b", "asset"),
        ("# a\nasset: PC-COMPTA-015", "# b\nasset: PC-COMPTA-015", "asset"),
        ("asset: PC-COMPTA-015\nx_a: [1]", "asset: PC-COMPTA-015\nx_a: [2]", "x_a"),
    ],
)
def test_markers_stand_only_round_what_both_sides_changed_differently(ours: str, theirs: str, name: str) -> None:
    x, y = (edited(B, "asset: PC-COMPTA-015", line) for line in (ours, theirs))
    x = moved(x, to("state", "pending", "in_progress"))
    result = merged(B, x, y)
    data = result.data.decode()
    assert result.conflicts == (name,)
    assert data.count("<<<<<<< ours\n") == data.count("=======\n") == data.count(">>>>>>> theirs\n") == 1
    for side, version in (("ours", x), ("theirs", y)):
        front = resolved(data, side).text.front_matter
        assert front.fields.get(name) == version.text.front_matter.fields.get(name)
    assert "state: pending\n" in data
    assert len(resolved(data, "ours").text.entries) == 4


def resolved(data: str, side: str) -> TicketFile:
    """A file with each conflict settled for one side."""
    lines, keep = [], True
    for line in data.splitlines(keepends=True):
        if line.startswith("<<<<<<< "):
            keep = side == "ours"
        elif line == "=======\n":
            keep = side == "theirs"
        elif line.startswith(">>>>>>> "):
            keep = True
        elif keep:
            lines.append(line)
    return TicketFile.parse(PATH, "".join(lines).encode())


def test_a_mapping_in_conflict_is_marked_by_its_pair() -> None:
    x, y = edited(B, "Poste 1234", "Poste 1"), edited(B, "Poste 1234", "Poste 2")
    result = merged(B, x, y)
    assert result.conflicts == ("requester.phone",)
    wanted = "<<<<<<< ours\n  phone: Poste 1\n=======\n  phone: Poste 2\n>>>>>>> theirs\nvia: phone\n"
    assert wanted in result.data.decode()


def test_what_an_entry_says_outdoes_what_a_hand_wrote() -> None:
    x = edited(B, "assignee: Pierre MARTIN", "assignee: Zoé LENOIR # voir")
    y = moved(B, text="b")
    file = read(merged(B, x, y))
    assert file.ticket.assignee == "Pierre MARTIN"
    assert "# voir" in str(file.text)


def test_members_that_several_added_are_all_there_and_one_that_left_is_gone() -> None:
    base = moved(B, SetChange("tags", ("vieux", "vip")))
    x = moved(base, SetChange("tags", ("zoo", "abc"), ("vieux",)), at=1)
    y = moved(base, SetChange("tags", ("réseau",)), SetChange("links", ("related-to:INC0000001",)), at=2)
    text = merged(base, x, y).data.decode()
    assert "tags: [vip, zoo, abc, réseau]\n" in text
    assert 'links: ["related-to:INC0000001"]\n' in text


def test_a_list_that_a_hand_laid_out_stays_laid_out() -> None:
    base = edited(B, "via: phone", "tags:\n  - vip # chef\nvia: phone")
    x = edited(base, "  - vip # chef", "  # qui\n  - vip # chef\n  - bureau # à côté")
    y = moved(base, SetChange("tags", ("zoo",)))
    result = merged(base, x, y)
    assert result.conflicts == ()
    assert "tags:\n  # qui\n  - vip # chef\n  - bureau # à côté\n  - zoo\nvia:" in result.data.decode()


def test_new_keys_of_both_sides_stand_in_one_order() -> None:
    x = moved(B, to("group", "Réseau"), to("code", "K1"))
    y = edited(moved(B, to("cause", "câble"), at=1), "---\n\n## Desc", "x_b: 1\nx_a: 2\n---\n\n## Desc")
    for result in (merged(B, x, y), merged(B, y, x)):
        keys = list(read(result).text.front_matter.places)
        assert keys[-5:] == ["opened_at", "cause", "code", "x_a", "x_b"]
        assert keys.index("group") == keys.index("level") + 1


def test_comments_above_a_key_that_goes_stay_once() -> None:
    base = edited(B, "assignee: Pierre", "# qui\nassignee: Pierre")
    x = moved(base, to("assignee", "", "Pierre MARTIN"), at=1)
    y = moved(base, to("assignee", "Zoé", "Pierre MARTIN"), at=5)
    text = merged(base, x, y).data.decode()
    assert "state: in_progress\n# qui\nassignee: Zoé\nlevel: N2\n" in text
    assert text.count("# qui") == 1


@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_follow_the_side_that_changed_them(bom: str) -> None:
    x = TicketFile.parse(PATH, (bom + COURSE.replace("\n", "\r\n")).encode())
    y = moved(B, to("state", "pending", "in_progress"), text="b")
    data = merged(B, x, y).data.decode()
    assert data == bom + str(y.text).replace("\n", "\r\n")


def test_a_front_matter_that_cannot_be_taken_apart_is_merged_line_by_line() -> None:
    base = edited(B, "via: phone", "via: phone\nvia: email")
    x, y = edited(base, "asset: PC", "asset: X"), edited(base, "title: Outlook", "title: Word")
    result = merged(base, x, y)
    assert "asset: X-COMPTA-015\n" in result.data.decode() and "title: Word 365" in result.data.decode()
    both = merged(base, x, edited(base, "asset: PC", "asset: Y"))
    assert both.conflicts == ("front matter",)


# What people wrote above the journal.


def test_sections_are_merged_one_by_one_and_line_by_line() -> None:
    x = edited(B, "depuis ce matin 8h30.", "depuis hier.")
    y = edited(edited(B, "- [ ] Vérifier", "- [x] Vérifier"), "## Journal", "## Notes\n\nà moi\n\n## Journal")
    result = merged(B, x, y)
    assert result.conflicts == ()
    wanted = "depuis hier.\n\n## Actions\n\n- [x] Vérifier SPF/DKIM\n\n## Notes\n\nà moi\n\n## Journal\n"
    assert wanted in result.data.decode()


def test_a_section_that_both_changed_in_one_place_is_marked_there() -> None:
    x, y = edited(B, "8h30", "9h"), edited(moved(B, text="b"), "8h30", "10h")
    result = merged(B, x, y)
    assert result.conflicts == ("description",)
    wanted = "<<<<<<< ours\ndepuis ce matin 9h.\n=======\ndepuis ce matin 10h.\n>>>>>>> theirs\n"
    assert wanted in result.data.decode()
    assert "b\n" in result.data.decode()


# Redaction.


def redacted(file: TicketFile, old: str, *places: str, at: int = 8) -> TicketFile:
    """The file with a text made unreadable, as an entry says."""
    data = str(file.text).replace(old, MARKER)
    changes = tuple(FieldChange("redacted", place) for place in places)
    return moved(TicketFile.parse(PATH, data.encode()), *changes, at=at)


def test_what_was_redacted_does_not_come_back_with_a_clone_that_has_not_heard_of_it() -> None:
    base = moved(B, text="Son mot de passe est hunter2, voir Zoé.")
    base = edited(base, "depuis ce matin 8h30.", "Mot de passe : hunter2, voir Zoé.\ndepuis ce matin.")
    place = place_of(base.text.entries[-1])
    x = redacted(base, "hunter2", place, "description")
    y = edited(moved(base, text="suite", at=9), "depuis ce matin.", "depuis hier.")
    for result in (merged(base, x, y), merged(base, y, x), merged(None, x, base), merged(None, base, x)):
        assert result.conflicts == ()
        assert "hunter2" not in result.data.decode()
        assert f"Son mot de passe est {MARKER}, voir Zoé." in result.data.decode()
    assert "depuis hier." in merged(base, x, y).data.decode()


def test_redactions_of_one_entry_by_two_people_both_hold() -> None:
    base = moved(B, text="tél. 0612, mail zoe@e.fr")
    place = place_of(base.text.entries[-1])
    x, y = redacted(base, "0612", place), redacted(base, "zoe@e.fr", place, at=9)
    for result in (merged(base, x, y), merged(base, y, x)):
        texts = [entry.text for entry in read(result).text.entries[3:]]
        assert texts == [f"tél. {MARKER}, mail {MARKER}", "", ""]


def test_without_an_entry_that_says_so_nothing_counts_as_redacted() -> None:
    base = moved(B, text="le mot 1234")
    x = TicketFile.parse(PATH, str(base.text).replace("le mot 1234", f"le mot {MARKER}").encode())
    texts = [entry.text for entry in read(merged(base, x, moved(base, at=1))).text.entries]
    assert "le mot 1234" in texts and f"le mot {MARKER}" in texts


def test_a_value_written_since_it_was_redacted_stands() -> None:
    base = moved(B, to("requester.phone", "0612", "Poste 1234"))
    place = place_of(base.text.entries[-1])
    x = redacted(base, "0612", place, "requester.phone")
    y = moved(base, to("requester.phone", "0700", "0612"), at=9)
    file = read(merged(base, x, y))
    assert file.ticket.requester.phone == "0700"
    assert follows_its_journal(file)


# What is no version of one ticket.


def test_two_tickets_of_one_number_are_never_fused() -> None:
    other = edited(B, "4k7m2x9p3q", "zzzzzzzzzz")
    for base in (None, B):
        with pytest.raises(DifferentTickets, match="two tickets got one number"):
            merged(base, B, other)
    nameless = edited(B, "uid: 4k7m2x9p3q\n", "")
    with pytest.raises(DifferentTickets):
        merged(None, nameless, nameless)
    assert merged(B, nameless, moved(B, text="b")).conflicts == ()


def test_a_base_that_is_another_ticket_or_no_ticket_counts_as_none() -> None:
    x, y = moved(B, text="a"), moved(B, text="b", at=1)
    for base in (b"", b"\xff", b"<<<<<<< ours\n", edited(B, "4k7m2x9p3q", "zzzzzzzzzz").data):
        result = merge_tickets(base, x.data, y.data, merge_lines)
        assert result.conflicts == ()
        assert result == merged(B, x, y)


def test_a_version_that_cannot_be_read_is_told() -> None:
    for bad in (b"", b"\xff", b"---\na: [\n---\n", b"---\nid: a\n"):
        with pytest.raises(UnreadableTicket) as told:
            merge_tickets(B.data, B.data, bad, merge_lines)
        assert str(told.value).startswith("theirs")
        assert isinstance(told.value, Unreadable)


def test_a_comment_that_was_redacted_does_not_come_back() -> None:
    base = edited(B, "asset: PC", "# code 4711, étage 2\nasset: PC")
    x = redacted(base, "4711", "front matter")
    y = edited(base, "étage 2", "étage 3")
    for result in (merged(base, x, y), merged(base, y, x)):
        assert result.conflicts == ()
        assert f"# code {MARKER}, étage 3\n" in result.data.decode()


def test_what_was_redacted_keeps_its_place_among_entries_of_its_instant() -> None:
    base = read(merged(B, moved(B, text="abc secret"), moved(B, text="bcd")))
    place = place_of(base.text.entries[3])
    x = redacted(base, "abc", place)
    assert [entry.text for entry in x.text.entries[3:5]] == [f"{MARKER} secret", "bcd"]
    result = merged(x, moved(x, text="a", at=20), moved(x, text="b", at=21))
    assert [entry.text for entry in read(result).text.entries[3:5]] == [f"{MARKER} secret", "bcd"]


def test_a_new_key_keeps_its_place_where_the_key_before_it_went() -> None:
    x = edited(B, "  phone: Poste 1234\n", "")
    y, z = moved(B, to("requester.phone", "Poste 9", "Poste 1234")), moved(B, to("requester.location", "Paris"), at=1)
    ends = {
        merged(B, read(merged(B, x, z)), y).data,
        merged(B, read(merged(B, x, y)), z).data,
        merged(B, read(merged(B, y, z)), x).data,
    }
    assert len(ends) == 1
    assert "  phone: Poste 9\n  location: Paris\n" in ends.pop().decode()
