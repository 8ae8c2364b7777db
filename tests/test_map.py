"""The maps for contributors name files that exist."""

import re
from pathlib import Path

import pytest

import imr_tui

pytestmark = pytest.mark.process

PACKAGE = Path(imr_tui.__file__).parent
ROOT = PACKAGE.parent
MAP = PACKAGE / "README.md"
PATH = re.compile(r"`(\.{0,2}[\w./-]*(?:/|\.(?:py|toml|md|j2|tcss|lock|yml)))`")


def named(page: Path) -> list[str]:
    """The paths in backquotes that a page names, without those with a placeholder."""
    return PATH.findall(page.read_text(encoding="utf-8"))


def test_every_path_of_the_map_exists() -> None:
    # Names without a folder stand beside the one that the sentence is about.
    folders = [PACKAGE, *(each for each in PACKAGE.rglob("*") if each.is_dir())]
    missing = [
        path
        for path in named(MAP)
        if not any(
            (folder / path).exists() for folder in ([PACKAGE] if "/" in path[:-1] else folders)
        )
    ]
    assert len(named(MAP)) > 50
    assert missing == []


def test_the_map_names_every_package() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    listed = set(re.findall(r"^\| `(\w+)/`", MAP.read_text(encoding="utf-8"), re.MULTILINE))
    assert packages == listed


@pytest.mark.parametrize(
    "page",
    [
        ROOT / "README.md",
        *sorted((ROOT / ".github").rglob("*.md")),
        *sorted((PACKAGE / "manual").glob("*.md")),
    ],
    ids=lambda page: page.name,
)
def test_every_source_file_that_a_page_names_exists(page: Path) -> None:
    inside = [path for path in named(page) if path.startswith(("imr_tui/", "tests/", ".ci/"))]
    assert [path for path in inside if not (ROOT / path).exists()] == []
