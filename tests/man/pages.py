"""All manual pages, and where the package has them."""

from pathlib import Path

import imr_tui
from tests.man.commands import command_pages
from tests.man.files import file_pages
from tests.man.settings_table import with_tables

FOLDER = Path(imr_tui.__file__).parent / "man"
"""The pages as they are committed and shipped."""
SETTINGS = FOLDER.with_name("manual") / "settings.md"
"""The topic of the manual that lists the settings, too."""


def pages() -> dict[str, str]:
    """The content of each page, by the name of its file."""
    return dict((*command_pages(), *file_pages()))


def write() -> None:
    """Replace the pages of the package, and the tables of the topic about settings."""
    SETTINGS.write_text(with_tables(SETTINGS.read_text(encoding="utf-8")), encoding="utf-8")
    FOLDER.mkdir(exist_ok=True)
    made = pages()
    for path in FOLDER.iterdir():
        if path.name not in made:
            path.unlink()
    for name, content in made.items():
        (FOLDER / name).write_text(content, encoding="ascii")
