"""The manual pages about keys, with the keys that a folder of cases has."""

from pathlib import Path

from imr_tui.cli.output import tell
from imr_tui.errors import ImrError
from imr_tui.keys.manual_rows import with_keys
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.settings import load_settings


def with_site_keys(page: str, folder: Path) -> str:
    """`page` with the keys of `folder`; as it is, with a message, if they cannot be read."""
    try:
        keys = load_settings(Folder(folder)).keys
    except ImrError as error:
        # Who corrects the settings needs this page.
        tell(f"{error} The page shows the standard keys.")
        return page
    return with_keys(page, keys, f"{folder}") if keys.changed else page
