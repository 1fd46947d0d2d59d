"""Hostile files and hostile words through the front door: a documented exit code, and nothing touched but the desk."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.conftest import IN_STATE
from tests.cli.front_door import Answer, FrontDoor
from tests.store.test_hostile_files import ACTS_ON_A_TERMINAL, mutated, mutations
from tests.torture import scaled

DOCUMENTED = range(8)
X = "\0here"  # where a hostile word goes
# Every command, with a hostile word in each of its places.
LINES = [
    *(("show", X), ("show", X, "--json"), ("list",), ("list", "--all", "--json"), ("list", "--all", "--format", X)),
    *(
        ("list", "--all", "--format", "csv"),
        ("list", "--all", "--format", "tsv"),
        ("list", "--all", "--format", "html"),
    ),
    *(("list", "--all", "--format", "markdown"), ("list", "--all", "--format", "table"), ("list", "--sort", X)),
    *(("list", "--columns", X), ("list", "--by", X), ("queue", X), ("queue", "mine", X), ("queue", "mine", "--by", X)),
    *(("list", "--state", X), ("list", "--assignee", X), ("list", "--tag", X), ("list", "--requester", X)),
    *(("history", X), ("check",), ("check", "--json"), ("check", X), ("sla", "check"), ("sla", "status", X)),
    *(
        ("sla", "check", "--format", "github"),
        ("sla", "check", "--format", "gitlab"),
        ("sla", "check", "--format", X),
        ("sla", "status", "--within", X),
        ("sla", "status", "--group", X),
        ("sla", "due", X),
        ("sla", "due", "8h", "--calendar", X),
        ("sla", "elapsed", X, X),
    ),
    *(
        ("sla", "status", "--all", "--format", "csv"),
        ("kpi", "--all"),
        ("kpi", "--all", "--by", "category"),
        ("kpi", "--by", X),
    ),
    *(
        ("kpi", "--from", X),
        ("kpi", "--month", X),
        ("dashboard",),
        ("dashboard", "--month", "2026-01"),
        ("--now", X, "list"),
    ),
    *(("log", X, "x"), ("log", "1", X), ("log", "1", "x", "--as", X), ("log", "1", "x", "--at", X), ("log", "1", "-")),
    *(
        ("log", "1", "x", "--spent", X),
        ("log", "1", "x", "--late", X),
        ("log", "1", "x", "--now", X),
        ("-C", X, "list"),
    ),
    *(
        ("new", X, "-r", "Ana LIMA"),
        ("new", "x", "-r", X),
        ("new", "x", "-r", "y", "--tag", X),
        ("new", "x", "-r", "y", "--asset", X),
    ),
    *(
        ("new", "x", "-r", "y", "--template", X),
        ("new", "x", "-r", "y", "--category", X),
        ("new", "x", "-r", "y", "--link", X),
    ),
    *(
        ("new", "x", "-r", "y", "--to", X),
        ("new", "x", "-r", "y", "--group", X),
        ("new", "x", "-r", "y", "--description", X),
    ),
    *(("new", "x", "-r", "y", "--description-file", X), ("new", "x", "-r", "y", "--description", "-")),
    *(("take", X), ("take",), ("assign", "1", "--to", X), ("assign", "1", "--group", X), ("start", "1"), ("start", X)),
    *(
        ("hold", "1", "--reason", X),
        ("hold", "1", "--reason", "user", "--until", X),
        ("hold", "1", "--reason", "user", "--ref", X),
    ),
    *(
        ("resume", "1"),
        ("resolve", "1", "--cause", X, "--action", X),
        ("close", "1", "--rating", X),
        ("reopen", "1", X),
    ),
    *(("cancel", "1", "--reason", X, "x"), ("rate", "1", X), ("rate", "1", "5"), ("escalate", "1", "--level", X)),
    *(
        ("edit", "1", "--title", X),
        ("edit", "1", "--tag", X),
        ("edit", "1", "--phone", X),
        ("edit", "1", "--priority", X),
    ),
    *(
        ("edit", "1", "--untag", "vip"),
        ("edit", "1", "--asset", ""),
        ("link", "1", X, "2"),
        ("link", "1", "related-to", X),
    ),
    *(
        ("attach", "1", X),
        ("attach", X, "people.csv"),
        ("import", "servicenow", X),
        ("import", X, "people.csv"),
        (X,),
        (X, "1"),
    ),
]
WORDS = [
    *(
        "",
        " ",
        "@",
        "-",
        "--",
        "1",
        "INC0000001",
        "inc1",
        "#1",
        "../../x",
        "../../../../etc/passwd",
        "/etc/passwd",
        ".",
        "..",
    ),
    *(
        "--upload-pack=touch pwned",
        "-C/etc",
        "-rf",
        "--help=x",
        "INC0000001/../..",
        "INC0000001/../INC0000002",
        "@{-1}",
        "HEAD:",
    ),
    *(
        "HEAD:tkt.yaml",
        ":(exclude)*",
        ":(top)",
        ":/",
        "*",
        "?",
        "[a-z]*",
        "~root",
        "$(touch pwned)",
        "`touch pwned`",
        "; touch pwned",
    ),
    *(
        "|touch pwned",
        "a\nTicket: INC0000009",
        "a\n\nEntry-By: Root <r@x>",
        "a\r\nb",
        "\n",
        "\t",
        "١٢٣",
        "１２３",
        "²",
        "1" * 5000,
    ),
    *(
        "9" * 18,
        "INC" + "9" * 18,
        "INC" + "9" * 40,
        "x" * 100_000,
        "é" * 60_000,
        "\u0301\u0323" * 20_000,
        "\ufdfa" * 30_000,
    ),
    *("1" * 5000 + "d", "1" * 5000 + "h", "-" + "9" * 400 + "m", "999999h", "-999999h", "0h", "1e400", "7bd", "4h30"),
    *(
        "0000-01-01",
        "9999-12-31T23:59:59+99:99",
        "2999-12-31T23:59:59-23:59",
        "1000-01-01T00:00:00+23:59",
        "2026-02-30",
        "99999-01",
    ),
    *(
        "\x1b]52;c;YQ==\x07",
        "\x1b[2J",
        "\x1bP1$r\x1b\\",
        "\x9b31m",
        "\u202egnp.exe",
        "\u2066a",
        "\u200b",
        "\ufeff",
        "caf\udce9",
        "\udcff",
    ),
    *(
        "=1+1",
        "+1",
        "@SUM(A1)",
        "＝1",
        "x;=1+1",
        "<script>alert(1)</script>",
        '"><img src=x>',
        "a|b`c",
        "[x](javascript:1)",
    ),
    *(
        "CON",
        "nul.txt",
        "a.",
        "a ",
        "..\\..\\x",
        ".git",
        ".GIT",
        ".gitattributes",
        "x" * 300,
        "tickets",
        "tickets/INC0000xxx",
    ),
    *(
        "a, b",
        "+a",
        'a"b',
        "x_a: {b",
        "null",
        "~",
        "yes",
        "A > B > C",
        "Jean DUPONT",
        "Root <root@x> <y>",
        "a · b",
        "· public",
        "P1,P2",
    ),
    *(
        "related-to:1",
        "related-to:../../x",
        "related-to:",
        ":1",
        "public",
        "user",
        "incident_log.csv",
        "/dev/zero",
        "/dev/null",
    ),
]
words = st.one_of(
    st.sampled_from(WORDS), st.sampled_from(WORDS), st.text(max_size=12).filter(lambda text: "\0" not in text)
)
inputs = settings(max_examples=scaled(60, 6_000), suppress_health_check=list(HealthCheck))


class Surroundings:
    """A desk whose commands commit nothing, and what lies around it: everything but the desk must stay as it is."""

    def __init__(self, tkt: FrontDoor, home: Path) -> None:
        self.tkt, self.home = tkt, home
        tkt.setting("commit: false")
        self.sound = self._contents(tkt.root)
        self.around = self._everything_around()
        self.tried = 0

    def run(self, *line: str, stdin: bytes = b"") -> Answer:
        """A command, held to its promises; then the desk is put back."""
        self.tried += 1
        before = self._contents(self.tkt.root)
        answer = self.tkt.tries(*line, stdin=stdin)
        told = f"tkt {line!r}"[:400]
        assert answer.code in DOCUMENTED, f"{told} ended with {answer.code}:\n{answer.err[-2000:]}"
        assert "Traceback" not in answer.err + answer.out, told
        acting = ACTS_ON_A_TERMINAL.intersection((answer.out + answer.err).replace("\n", "").replace("\t", ""))
        assert not acting, f"{told} printed {acting}"
        if answer.code:
            assert self._contents(self.tkt.root) == before, told
        assert self._everything_around() == self.around, told
        self.put_back()
        return answer

    def put_back(self) -> None:
        """The desk as it was at first."""
        now = self._contents(self.tkt.root)
        for name in now.keys() - self.sound.keys():
            (self.tkt.root / name).unlink()
        for name, data in self.sound.items():
            if now.get(name) != data:
                (self.tkt.root / name).write_bytes(data)

    def _contents(self, folder: Path) -> dict[str, bytes]:
        found = (path for path in folder.rglob("*") if ".git" not in path.relative_to(folder).parts)
        return {str(path.relative_to(folder)): path.read_bytes() for path in found if path.is_file()}

    def _everything_around(self) -> dict[str, bytes]:
        beside = self._contents(self.tkt.root.parent)
        return {name: data for name, data in beside.items() if not name.startswith(f"{self.tkt.root.name}/")} | {
            f"~/{name}": data for name, data in self._contents(self.home).items()
        }


@pytest.fixture
def desk(lives: FrontDoor, clean_environment: Path) -> Surroundings:
    (lives.root.parent / "beside.txt").write_text("not the desk's", encoding="utf-8")
    (lives.root / "templates").mkdir(exist_ok=True)
    (lives.root / "templates" / "own.md").write_text("---\ntitle: x\n---\n\n## Description\n\ny\n", encoding="utf-8")
    return Surroundings(lives, clean_environment)


@inputs
@given(st.sampled_from(LINES), words, words)
def test_hostile_words_end_in_a_documented_way(desk: Surroundings, line: tuple[str, ...], one: str, other: str) -> None:
    said = cycle((one, other))
    stdin = other.encode("utf-8", "surrogateescape")
    desk.run(*(next(said) if part == X else part for part in line), stdin=stdin)


@inputs
@given(st.sampled_from(LINES), mutations, st.sampled_from(["assigned", "in_progress", "pending", "resolved", "closed"]))
def test_hostile_tickets_end_in_a_documented_way(
    desk: Surroundings, line: tuple[str, ...], moments: list[tuple[int, int, bytes, int]], state: str
) -> None:
    path = desk.tkt.path(IN_STATE["new"])
    path.write_bytes(mutated(desk.tkt.data(IN_STATE[state]).replace(IN_STATE[state].encode(), b"INC0000001"), moments))
    desk.run(*("1" if part == X else part for part in line), stdin=b"words")


@inputs
@given(
    st.sampled_from(LINES),
    mutations,
    st.sampled_from(["tkt.yaml", "people.csv", "templates/own.md"]),
)
def test_hostile_settings_people_and_templates_end_in_a_documented_way(
    desk: Surroundings, line: tuple[str, ...], moments: list[tuple[int, int, bytes, int]], name: str
) -> None:
    path = desk.tkt.root / name
    path.write_bytes(mutated(path.read_bytes(), moments))
    desk.run(*("own" if part == X else part for part in line))


LOG = b"""\
number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,\
sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,\
cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,rfc,\
vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at
INC0000045,New,true,0,0,0,true,Caller 2403,Opened by  8,29/2/2016 01:16,Created by 6,29/2/2016 01:23,Updated by 21,\
29/2/2016 01:23,Phone,Location 143,Category 55,Subcategory 170,Symptom 72,?,2 - Medium,2 - Medium,3 - Moderate,\
Group 56,?,true,false,Do Not Notify,?,?,?,?,code 5,Resolved by 149,29/2/2016 11:29,5/3/2016 12:00
"""


@inputs
@given(mutations)
def test_hostile_logs_end_in_a_documented_way(desk: Surroundings, moments: list[tuple[int, int, bytes, int]]) -> None:
    path = desk.tkt.root / "log.csv"
    path.write_bytes(mutated(LOG, moments))
    desk.run("import", "servicenow", "log.csv")
