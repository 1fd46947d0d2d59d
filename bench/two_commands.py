"""The floor of every start: a Typer program of two commands that do nothing."""

import typer

app = typer.Typer()


@app.command()
def first() -> None:
    """Do nothing."""


@app.command()
def second(name: str = "") -> None:
    """Do nothing with a name."""


app()
