"""What a path means: a folder of cases, a case in one, or neither."""

import os
import pwd
from pathlib import Path
from types import SimpleNamespace

import pytest

from imr_tui.errors import BadInput, CannotStore
from imr_tui.services.named_case import DEFAULT_FOLDER
from imr_tui.services.open_case import (
    Target,
    folder_warnings,
    open_folder,
    own_folder,
    require_valid,
    resolve,
    resolve_case,
)
from imr_tui.store.cases.folder import Folder
from tests.builders import NUMBER, a_case, saved


def test_a_folder(cases: Path) -> None:
    assert resolve(cases) == Target(cases, Folder(cases), "")
    with pytest.raises(BadInput, match=r"is a folder, not a case file\. Name a case file"):
        resolve_case(cases)


def test_a_case_file(cases: Path) -> None:
    (path,) = saved(cases, a_case())
    assert resolve(path) == resolve_case(path) == Target(path, Folder(cases), NUMBER)
    assert resolve(path).open() == a_case()


def test_a_folder_named_like_a_case_file(cases: Path) -> None:
    path = cases / f"{NUMBER}.toml"
    path.mkdir()
    assert resolve(path).number == ""


def test_a_missing_case_file(cases: Path) -> None:
    path = cases / f"{NUMBER}.toml"
    with pytest.raises(CannotStore, match="There is no case file"):
        resolve(path)
    assert resolve_case(path, may_be_gone=True).number == NUMBER


def test_a_file_named_after_another_case(cases: Path) -> None:
    (path,) = saved(cases, a_case())
    with pytest.raises(BadInput, match="is not named after the case number"):
        resolve(path.rename(cases / "CM26-9.toml")).open()


@pytest.mark.parametrize("name", ["x\0y", "a" * 5000, "a/" * 3000], ids=["nul", "long", "deep"])
def test_a_path_that_cannot_exist(name: str) -> None:
    with pytest.raises(CannotStore):
        require_valid(Path(name))


def test_an_open_folder_is_warned_of_and_not_opened(cases: Path) -> None:
    (path,) = saved(cases, a_case())
    assert folder_warnings(cases) == resolve(path).warnings == ()
    cases.chmod(0o755)
    (says,) = resolve(path).warnings
    assert "is open to everybody on this machine" in says
    with pytest.raises(CannotStore, match="is open to everybody"):
        open_folder(Folder(cases), restricted=False)


def test_the_settings_of_an_opened_folder(cases: Path) -> None:
    (cases / ".imr" / "own").mkdir(mode=0o700, parents=True)
    (cases / ".imr" / "settings.toml").write_text('width = 70\ntemplates = "own"\n')
    assert open_folder(Folder(cases), restricted=False).letterhead.width == 70
    with pytest.raises(BadInput, match="Restricted mode does not allow"):
        open_folder(Folder(cases), restricted=True)
    with pytest.raises(CannotStore, match="There is no folder"):
        open_folder(Folder(cases / "none"), restricted=False)


def test_the_folder_of_an_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = SimpleNamespace(pw_dir=str(tmp_path))
    monkeypatch.setattr(pwd, "getpwuid", {os.getuid(): entry}.__getitem__)
    assert own_folder() == Folder(tmp_path / DEFAULT_FOLDER)
    assert (tmp_path / DEFAULT_FOLDER).is_dir()
    monkeypatch.setattr(pwd, "getpwuid", {}.__getitem__)
    with pytest.raises(CannotStore, match="not in passwd"):
        own_folder()
