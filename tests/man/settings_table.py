"""The tables of keys in the manual's topic about settings, from the settings themselves."""

import re

from imr_tui.services.settings_list import Scope, Setting, settings_list
from imr_tui.store import config

_HEADINGS: dict[Scope, str] = {"folder": "## The folder", "site": "## The machine"}
_HEAD = "| key | meaning |\n| --- | --- |\n"


def with_tables(topic: str) -> str:
    """The topic with the table of each of its two files as the program has it."""
    defaults = settings_list(config.HostFile(), config.SettingsFile())
    for scope, heading in _HEADINGS.items():
        rows = "".join(_row(each) for each in defaults if each.scope == scope)
        pattern = rf"(^{heading}.*?)(?:^\|[^\n]*\n)+"
        found = re.search(pattern, topic, re.MULTILINE | re.DOTALL)
        assert found, heading
        topic = f"{topic[: found.end(1)]}{_HEAD}{rows}{topic[found.end() :]}"
    return topic


def _row(setting: Setting) -> str:
    is_blank = setting.value in ("", (), {})
    default = "" if is_blank else f" Default: `{setting.shown}`."
    return f"| `{setting.name}` | {setting.meaning}{default} |\n"
