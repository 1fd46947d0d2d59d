"""`tkt.yaml` is read whole: what it says counts, and everything wrong with it is said at once, each with its line."""

from __future__ import annotations

import os
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tkt.domain.duration import BusinessDays
from tkt.domain.settings import DEFAULT_WORKFLOW, MEBIBYTE, Agent, Settings
from tkt.errors import Unreadable
from tkt.store.settings.settings import BadSettings, read_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "tkt.yaml"


def settings(file: Path, text: str) -> Settings:
    file.write_text(text, encoding="utf-8")
    return read_settings(file)


def problems(file: Path, text: str) -> list[str]:
    """One line for each problem, without the file's name."""
    with pytest.raises(BadSettings) as caught:
        settings(file, text)
    return [line.removeprefix("tkt.yaml:") for line in str(caught.value).split("\n")]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# nothing yet\n", "---\n", "\ufeff", "agents:\nsla:\nkpi: ~\n", "x_ours: {a: [1]}\n"]
)
def test_a_file_that_says_nothing_gives_the_default_desk(file: Path, text: str) -> None:
    assert settings(file, text) == Settings()


def test_an_absent_file_gives_the_default_desk(file: Path) -> None:
    assert read_settings(file) == Settings()


def test_what_the_file_says_counts(file: Path) -> None:
    read = settings(
        file,
        """\
format: 1
language: en
timezone: America/New_York
agents:
  - {name: Pierre MARTIN, email: pierre.martin@entreprise.fr, level: N2, group: Messagerie, x_badge: 12}
  - name: "O'Neil, Zoë"
categories: [Messagerie > Outlook, "Réseau>VPN"]
matrix:
  high: {high: P1, medium: P1, low: P1}
  medium: {high: P2, medium: P2, low: P2}
  low: {high: P3, medium: P3, low: P3}
workflow: {closed: [], new: [assigned]}
backdate_limit: 1h30m
reopen_within: 10bd
stale_after: 3bd
attachment_limit: 512KiB
first_number: 5000
number_block: 50
commit: false
commit_patience: 45s
""",
    )
    assert (read.language, read.timezone) == ("en", ZoneInfo("America/New_York"))
    assert read.agents == (
        Agent("Pierre MARTIN", "pierre.martin@entreprise.fr", "N2", "Messagerie"),
        Agent("O'Neil, Zoë"),
    )
    assert read.categories == ("Messagerie > Outlook", "Réseau > VPN")
    assert {read.matrix[impact, "low"] for impact in ("high", "medium", "low")} == {"P1", "P2", "P3"}
    assert read.workflow == {**DEFAULT_WORKFLOW, "closed": (), "new": ("assigned",)}
    assert (read.backdate_limit, read.attachment_limit) == (5400, MEBIBYTE // 2)
    assert (read.reopen_within, read.stale_after) == (BusinessDays(10), BusinessDays(3))
    assert (read.first_number, read.number_block) == (5000, 50)
    assert (read.commit, read.commit_patience) == (False, 45)


@pytest.mark.parametrize("language", ["0612345670", "1:30", "2026-01-01", "yes", "1_000", "0x10"])
def test_a_text_is_never_taken_for_a_number_a_date_or_a_yes(file: Path, language: str) -> None:
    assert settings(file, f"agents: [{{name: {language}}}]").agents == (Agent(language),)


def test_five_mistakes_are_said_at_once_in_the_order_of_their_lines(file: Path) -> None:
    text = """\
language: frr
agent: []
agents:
  - {name: Jean DUPONT, level: N4}
  - {email: pierre@entreprise.fr}
workflow:
  new: [asigned]
reopen_within: 7d
"""
    assert problems(file, text) == [
        "1: language: “frr” is not a language that tkt speaks. Did you mean fr?",
        "2: agent: there is no such key. Did you mean agents?",
        "4: agents[0].level: “N4” is not a known support level. Known: N1, N2, N3.",
        "5: agents[1]: missing here: name.",
        "7: workflow.new[0]: “asigned” is not a known state. Did you mean assigned?",
        "8: reopen_within: “7d” can be read in two ways: write 168h for round-the-clock time or 7bd for business days.",
    ]


def test_problems_are_findings_of_the_file_and_an_unreadable_file_to_the_command_line(file: Path) -> None:
    file.write_text("commit: maybe\nlanguage: de\n")
    with pytest.raises(BadSettings) as caught:
        read_settings(file)
    assert [(one.path, one.line, one.severity) for one in caught.value.problems] == [
        ("tkt.yaml", 1, "error"),
        ("tkt.yaml", 2, "error"),
    ]
    assert isinstance(caught.value, Unreadable)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("commit: yes", "1: commit: “yes” is neither true nor false."),
        ("format: one", "1: format: “one” is not a whole number from 1 on."),
        ("commit_patience: 0s", "1: commit_patience: “0s” is no time at all. Write 30s, 2m or more."),
        ("first_number: 0", "1: first_number: “0” is not a whole number from 1 on."),
        (
            "number_block: 2000",
            "1: number_block: “2000” is not a whole number from 0 to 1000. Write 0 to reserve none.",
        ),
        ("language: [fr]", "1: language: a single text is expected here."),
        ("language: 'f\n\n  r'", "1: language: a line break or a control character stands here. Write it on one line."),
        ("timezone: Europe/Pari", "1: timezone: “Europe/Pari” is not a known time zone. Did you mean Europe/Paris?"),
        ("timezone: paris", "1: timezone: “paris” is not a known time zone. Did you mean Europe/Paris?"),
        (
            "timezone: ../../etc/passwd",
            "1: timezone: “../../etc/passwd” is not a known time zone. "
            "Write the name of a place, such as Europe/Paris.",
        ),
        ("agents: Jean", "1: agents: a list is expected here. Write [a, b], or one line “- a” for each."),
        ("agents: []\n\nagents: []", "3: agents: said twice, first on line 1."),
        (
            "agents: [Jean]",
            "1: agents[0]: lines “name: value” are expected here. Names: name, email, level, group.",
        ),
        ("agents: [{name: ''}]", "1: agents[0]: missing here: name."),
        ("agents: [{name: a · b}]", "1: agents[0].name: “a · b”: a name cannot hold “ · ”, “<” or “>”."),
        ("agents: [{name: a <b>}]", "1: agents[0].name: “a <b>”: a name cannot hold “ · ”, “<” or “>”."),
        (
            'agents: [{name: "a\\tb"}]',
            "1: agents[0].name: a line break or a control character stands here. Write it on one line.",
        ),
        ("agents:\n- name: Zoë A\n- name: zoe  a", "3: agents[1].name: the same as agents[0].name."),
        ("agents: [{name: a, email: b}]", "1: agents[0].email: “b” is not an e-mail address."),
        ("agents: [{name: a, nmae: b}]", "1: agents[0].nmae: there is no such key. Did you mean name?"),
        ("wholly_unlike: 1", "1: wholly_unlike: there is no such key. Keys of your own begin with x_."),
        ("categories: [{A: B}]", "1: categories[0]: a single text is expected here."),
        ("categories: [A > ]", "1: categories[0]: “A >”: a level of the category is empty. Write “A > B > C”."),
        ("categories: [A > B, a >b]", "1: categories[1]: the same as categories[0]."),
        ("workflow: {nwe: []}", "1: workflow.nwe: there is no such key. Did you mean new?"),
        (
            "workflow: {new: [En cours]}",
            "1: workflow.new[0]: “En cours” is not a known state. Did you mean in_progress?",
        ),
        ("workflow: {closed: [new]}", "1: workflow.closed[0]: no command leads to “new”. Take it out."),
        (
            "reopen_within: 24h",
            "1: reopen_within: “24h”: this is counted in business days. Write 7bd.",
        ),
        (
            "backdate_limit: 1bd",
            "1: backdate_limit: “1bd”: business days are not taken here. Write hours and minutes, 24h.",
        ),
        ("attachment_limit: 10MB", "1: attachment_limit: “10MB” is not a size. Write 10MiB (B, KiB, MiB or GiB)."),
        (
            "calendars: {office: []}",
            "1: calendars.office: no version is given. Write “- from: 1970-01-01” and what holds from then on.",
        ),
        ("- a\n- b", "1: lines “name: value” are expected here. Names: " + "{names}"),
    ],
)
def test_a_mistake_is_one_line_that_says_where_what_and_how_to_mend_it(file: Path, text: str, problem: str) -> None:
    (said,) = problems(file, text)
    start, _, _ = problem.partition("{names}")
    assert said == problem or ("{names}" in problem and said.startswith(start))


def test_a_matrix_must_be_complete(file: Path) -> None:
    text = "matrix:\n  high: {high: P1, medium: P2}\n  medium: {high: P5, medium: P3, low: P4}\n"
    assert problems(file, text) == [
        "1: matrix: missing here: low.",
        "2: matrix.high: missing here: low.",
        "3: matrix.medium.high: “P5” is not a known priority. Known: P1, P2, P3, P4.",
    ]


def test_broken_yaml_is_one_problem_in_our_words_with_its_line(file: Path) -> None:
    assert problems(file, "language: fr\nagents: [\ncommit: true\n") == [
        "2: a bracket is opened here and never closed, or a comma is missing after it. "
        "Close it, and put quotes round a text that holds “: ” or a comma."
    ]


def test_anchors_and_aliases_are_refused_beside_every_other_problem(file: Path) -> None:
    text = "agents:\n  - &me {name: A}\n  - *me\nlanguage: de\n"
    said = problems(file, text)
    assert [line.partition(":")[0] for line in said] == ["2", "3", "4"]
    assert "anchors (&) and aliases (*) are not taken here" in said[0]
    assert "“*me”" in said[1]


def test_a_bomb_of_aliases_does_not_go_off(file: Path) -> None:
    lines = ["x_a0: &a0 [x, x]"] + [f"x_a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    said = problems(file, "\n".join(lines))
    assert len(said) == 30 + 29 * 9


def test_a_file_that_is_not_utf8_says_which_line(file: Path) -> None:
    file.write_bytes(b"language: fr\nagents:\n  - name: Zo\xeb\n")
    with pytest.raises(BadSettings, match=r"^tkt\.yaml:3: this line is not UTF-8\. Save the file as UTF-8\.$"):
        read_settings(file)


def test_a_file_that_cannot_be_read_is_said_in_one_line(file: Path) -> None:
    file.mkdir()
    with pytest.raises(BadSettings, match=r"^tkt\.yaml: cannot be read: [^\n]+\.$"):
        read_settings(file)


def test_a_file_that_no_settings_could_fill_is_not_read(file: Path) -> None:
    file.write_bytes(b"")
    os.truncate(file, 5 * MEBIBYTE)
    with pytest.raises(BadSettings, match="larger than 1 MiB"):
        read_settings(file)


def test_what_a_problem_quotes_stays_one_short_line_without_control_characters(file: Path) -> None:
    (said,) = problems(file, '"\\e[2J\\nagents": []')
    assert said.startswith("1: �[2J�agents: there is no such key.")
    (said,) = problems(file, f"language: {'x' * 100_000}")
    assert len(said) < 500


def test_a_newer_format_is_read_as_far_as_it_is_understood(file: Path) -> None:
    read = settings(
        file,
        """\
format: 2
language: en
shifts: [{name: night}]
agents: [{name: A, level: N7, rota: x}, {email: a@b}]
calendars: {office: []}
matrix: {high: {high: P1}}
sla: [{name: s, versions: [{from: 2026-01-01, calendar: office, targets: {}}]}]
""",
    )
    assert (read.format, read.known_format, read.language) == (2, False, "en")
    assert read.agents == (Agent("A"),)
    assert read.matrix == Settings().matrix
    assert read.policies == ()


def test_broken_yaml_of_a_newer_format_is_still_refused(file: Path) -> None:
    assert len(problems(file, "format: 2\nagents: [\n")) == 1


def test_crlf_and_a_byte_order_mark_are_no_matter(file: Path) -> None:
    file.write_bytes("\ufefflanguage: en\r\ncommit: false\r\n".encode())
    assert (read_settings(file).language, read_settings(file).commit) == ("en", False)
