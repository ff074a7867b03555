"""`lakana demo`: a throw-away database with eighteen invented months, and everything running on it."""

import json
import os
from dataclasses import asdict
from pathlib import Path

import click


@click.command()
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("var-demo"),
    show_default=True,
    help="Made anew each time.",
)
@click.option("--messages", "size", default=430, show_default=True, type=click.IntRange(20, 5000), help="How many.")
@click.option("--seed", default=2026, show_default=True, help="The same seed tells the same stories.")
@click.option("--development", is_flag=True, help="Texts from the phone simulator become alerts, not training.")
@click.option("--fill-only", is_flag=True, help="Fill the folder and stop.")
@click.option("--json", "as_json", is_flag=True, help="Tell who can sign in as one JSON object.")
@click.option("--code", "name", metavar="NAME", help="Print the sign-in code of an officer of this demonstration.")
def demo(
    folder: Path, size: int, seed: int, development: bool, fill_only: bool, as_json: bool, name: str | None
) -> None:
    """Fill a throw-away database with invented messages and start everything on it."""
    from gateway import clock, standalone
    from gateway.cli.demo import folder as folders
    from gateway.cli.demo import opening, signing_in
    from gateway.cli.demo.fill import Wanted
    from gateway.trust import passwords

    if name is not None:
        click.echo(signing_in.code_of(folder, name, now=clock.now()))
        return
    mode = "development" if development else "training"
    settings = folders.settings(os.environ, folder, mode=mode)
    if not fill_only:
        for port in (settings.intake_port, settings.panel_port):
            standalone.bound(settings.bind, port).close()
    password = passwords.one_time()
    wanted = Wanted(now=clock.now(), size=size, seed=seed, password=password)
    with folders.held(folder, real_home=Path(os.environ.get("LAKANA_HOME") or "var")):
        everybody, messages = opening.fill_folder(settings, wanted)
        if as_json:
            told = {"folder": str(folder), "messages": messages, "password": password}
            click.echo(json.dumps(told | {"officers": [asdict(person) for person in everybody]}))
        else:
            click.echo(f"{messages} invented messages are in {folder}.")
            click.echo(signing_in.table(everybody, password, folder))
        if not fill_only:
            standalone.run(settings)
