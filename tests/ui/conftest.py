"""A folder with the sample cases, and the app on it with everything that moves held still."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.model.case import Case
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile
from imr_tui.store.config.profile import save_profile
from imr_tui.store.recovery.journal import Journal
from imr_tui.store.safety import atomic
from imr_tui.ui.app import ImrApp
from tests.bench.samples import SAMPLES

NOW = datetime(2026, 11, 23, 14, 2, 7, tzinfo=UTC)
SEED = "CM14-0187654"
FRESH = "CM26-0190442"

MakeApp = Callable[..., ImrApp]


@pytest.fixture(scope="session", autouse=True)
def parsed_once() -> Iterator[None]:
    """Parse each style sheet once, not for every app; with other colours it is another one."""
    parsed: dict[object, list[RuleSet]] = {}
    parse = Stylesheet._parse_rules

    def parse_rules(self: Stylesheet, *args: object, **named: object) -> list[RuleSet]:
        key = (tuple(self._variables.items()), args, tuple(named.items()))
        if key not in parsed:
            parsed[key] = parse(self, *args, **named)  # type: ignore[arg-type]
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_rules)
        yield


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


def full_disk(*_: object) -> None:
    """What a full disk does to every attempt to write."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def fill_disk(patch: pytest.MonkeyPatch) -> None:
    """Have the disk take nothing, neither in the place of a case nor in the journal."""
    patch.setattr(Journal, "write", full_disk)
    patch.setattr(atomic, "_new_file", full_disk)


def put(folder: Folder, case: Case) -> None:
    """Put a case into the folder."""
    (folder.path / f"{case.number}.toml").write_bytes(encode(case))
