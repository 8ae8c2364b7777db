"""A folder with the sample cases, and the app on it with everything that moves held still."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from imr_tui.case import Case
from imr_tui.letter import Letterhead
from imr_tui.store.coding import encode
from imr_tui.store.folder import Folder
from imr_tui.store.profile import Profile, save_profile
from imr_tui.ui.app import ImrApp

NOW = datetime(2026, 11, 23, 14, 2, 7, tzinfo=UTC)
SAMPLES = Path(__file__).resolve().parents[2] / "cases"
SEED = "CM14-0187654"
FRESH = "CM26-0190442"

MakeApp = Callable[..., ImrApp]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The sample cases and a profile, in a folder of their own."""
    path = tmp_path / "cases"
    path.mkdir(mode=0o700)
    for sample in SAMPLES.glob("*.toml"):
        shutil.copy(sample, path)
    folder = Folder(path)
    save_profile(folder, Profile(licenses=("Texas",), specialties=("Pain Medicine",)))
    return folder


@pytest.fixture
def make_app(folder: Folder) -> MakeApp:
    """Makes the app on `folder`; a number opens that case at once."""
    return lambda number="", policy=None: ImrApp(folder, Letterhead(), lambda: NOW, number, policy)


def on_disk(folder: Folder, number: str = FRESH) -> Case:
    """The case as the disk holds it."""
    return folder.open(number).case


def put(folder: Folder, case: Case) -> None:
    """Put a case into the folder."""
    (folder.path / f"{case.number}.toml").write_bytes(encode(case))
