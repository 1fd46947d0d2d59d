"""The queues of a desk, counted: as a table and as a document."""

from __future__ import annotations

from tkt.domain.queues import DEFAULT_QUEUES, Counted, Queue
from tkt.presentation.queues import queue_table
from tkt.presentation.table import Toned
from tkt.presentation.tables import render


def test_a_line_says_how_many_wait_and_how_many_are_late() -> None:
    counted = [Counted(DEFAULT_QUEUES["mine"], 12, 3, 0), Counted(Queue("vip", "tag:vip", "Très importants"), 0, 0, 0)]
    table = queue_table(counted)
    assert render(table, "tsv").splitlines() == [
        "Queue\tTitle\tTickets\tBreached\tAt risk\tQuery",
        "mine\tAssigned to me\t12\t3\t0\tstate:open assignee:me",
        "vip\tTrès importants\t0\t0\t0\ttag:vip",
    ]
    assert table.rows[0][3:5] == (Toned("3", "bad"), 0)


def test_a_query_is_no_formula() -> None:
    table = queue_table([Counted(Queue("x", "-tag:vip", "=1+1"), 0, 0, 0)])
    assert render(table, "csv").splitlines()[1] == "x,'=1+1,0,0,0,'-tag:vip"
