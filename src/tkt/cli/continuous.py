"""Continuous integration: `tkt ci` writes the pipelines with which GitHub and GitLab check, review and watch a desk."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated

import typer

from tkt.cli.arguments import new_app
from tkt.cli.options import ChangingVerb, Verbs, examples
from tkt.cli.saying import tell_off_branch
from tkt.cli.session import Session
from tkt.cli.telling import tell
from tkt.desk.continuous import (
    GITHUB,
    INCLUDED,
    SCHEDULE,
    Fittings,
    github_workflow,
    gitlab_pipeline,
    gitlab_place,
    write_pipeline,
)
from tkt.language import _

app = new_app()
ci = typer.Typer(
    cls=Verbs,
    rich_markup_mode=None,
    help=_("Set up what a hosting site runs on pull requests and on a schedule."),
    no_args_is_help=True,
)

Install = Annotated[str, typer.Option("--install", metavar="COMMAND", help=_("The command that installs tkt there."))]
Force = Annotated[bool, typer.Option("--force", help=_("Write over a pipeline that was changed."))]
Schedule = Annotated[
    str, typer.Option("--schedule", metavar="CRON", help=_("How often the clocks are looked at, in UTC."))
]


@ci.command(
    cls=ChangingVerb,
    help=_(
        "Write .github/workflows/tkt.yml: on a pull request that touches the desk it merges the base branch with tkt's "
        "merge driver, which GitHub itself does not use, checks the tickets and their history, and says what the "
        "request does to each. On a schedule it escalates, closes, marks every breached clock and reports the month. A "
        "workflow that was changed is not overwritten."
    ),
    epilog=examples(
        "tkt ci github", 'tkt ci github --install "pipx install tkt==0.3.0"', 'tkt ci github --schedule "*/10 * * * *"'
    ),
)
def github(
    ctx: typer.Context, install: Install = "pip install tkt", schedule: Schedule = SCHEDULE, force: Force = False
) -> None:
    from tkt.wiring import place_in_repository

    desk = Session.of(ctx).desk
    desk.require_writable()
    _top, folder = place_in_repository(desk)
    text = github_workflow(Fittings(folder, desk.settings.timezone.key, install, schedule))
    _write(ctx, GITHUB, text, force)


@ci.command(
    cls=ChangingVerb,
    help=_(
        "Write .gitlab-ci.yml, or .gitlab/tkt.gitlab-ci.yml to include where you have a pipeline of your own: on a "
        "merge request that touches the desk it checks the tickets and their history and says what the request does to "
        "each. On a schedule it escalates, closes, marks every breached clock and reports the month. A pipeline that "
        "was changed is not overwritten."
    ),
    epilog=examples("tkt ci gitlab", 'tkt ci gitlab --install "pip install tkt==0.3.0"'),
)
def gitlab(
    ctx: typer.Context, install: Install = "pip install tkt", schedule: Schedule = SCHEDULE, force: Force = False
) -> None:
    from tkt.wiring import place_in_repository

    desk = Session.of(ctx).desk
    desk.require_writable()
    top, folder = place_in_repository(desk)
    place = gitlab_place(top)
    text = gitlab_pipeline(Fittings(folder, desk.settings.timezone.key, install, schedule), place)
    _write(ctx, place, text, force)
    if place == INCLUDED:
        tell(_("Add to your .gitlab-ci.yml: include: {path}").format(path=place))
    tell(_("GitLab keeps schedules outside of files: Build > Pipeline schedules, {cron}").format(cron=schedule))


def _write(ctx: typer.Context, place: PurePosixPath, text: str, force: bool) -> None:
    """Write a pipeline, and say what became of it."""
    from tkt.wiring import place_in_repository

    desk = Session.of(ctx).desk
    recorder = desk.recorder
    if not write_pipeline(place_in_repository(desk)[0], place, text, recorder, desk.frozen_at, force=force):
        tell(_("{path} stands there just so: nothing to do.").format(path=place))
        return
    tell(_("{path} written").format(path=place))
    tell_off_branch(recorder)


app.add_typer(ci, name="ci")
