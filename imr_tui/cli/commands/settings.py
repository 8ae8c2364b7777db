"""`imr-tui settings`: the settings in force, with their origin and meaning."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from imr_tui.cli.output import say, tell, terminal_width
from imr_tui.cli.pager import show
from imr_tui.cli.parameters import folder_option
from imr_tui.services.open_case import folder_warnings
from imr_tui.services.settings_list import read_settings
from imr_tui.services.settings_text import settings_text
from imr_tui.store.cases.folder import Folder

if TYPE_CHECKING:
    from imr_tui.services.settings_list import Setting

JSON_SCHEMA = 1
"""The version of the JSON that this command prints."""


@click.command(epilog="Example: imr-tui settings --show-origin")
@click.option(
    "--show-origin",
    is_flag=True,
    help="Show where each value comes from: site, folder or default.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the settings as JSON, with origin.")
@folder_option
def settings(show_origin: bool, as_json: bool, folder: Path) -> int:
    """List the settings and their meanings.

    The settings of the machine are in /etc/imr-tui.toml, and those of a folder of cases in its
    .imr/settings.toml. A value comes from one of them (site, folder), or is the default.
    """
    tell(*folder_warnings(folder))
    found = read_settings(Folder(folder))
    if as_json:
        listed = [describe(each) for each in found]
        say(json.dumps({"schema": JSON_SCHEMA, "settings": listed}, indent=2))
    else:
        show("\n".join(settings_text(found, terminal_width(), shows_origin=show_origin)))
    return 0


def describe(setting: Setting) -> dict[str, Any]:
    """One setting for JSON; `file` is `site` or `folder`, the file that can set it."""
    return {
        "name": setting.name,
        "value": setting.value,
        "origin": setting.origin,
        "file": setting.scope,
        "meaning": setting.meaning,
    }
