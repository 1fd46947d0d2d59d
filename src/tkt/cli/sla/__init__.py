"""`tkt sla`: what is due and what is breached, and why."""

from __future__ import annotations

from tkt.cli.arguments import new_app
from tkt.cli.sla import calculating, checking, enforcing, explaining, simulating, watching
from tkt.cli.sla.group import sla

__all__ = ["app", "calculating", "checking", "enforcing", "explaining", "simulating", "watching"]

app = new_app()
app.add_typer(sla, name="sla")
