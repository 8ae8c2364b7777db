"""The program against the wheel that it came from."""

import os
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import PathDistribution
from pathlib import Path

import pytest

from imr_tui.store.maintenance.installed_files import altered, program

pytestmark = pytest.mark.process

PROJECT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, unpacked as an installer does."""
    place = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    (built,) = place.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        archive.extractall(place / "installed")
    return place / "installed"


@pytest.fixture
def copy(wheel: Path, tmp_path: Path) -> Path:
    """An installation that may be changed."""
    return Path(shutil.copytree(wheel, tmp_path / "installed"))


def found(place: Path) -> list[str]:
    (info,) = place.glob("*.dist-info")
    return list(altered(PathDistribution(info)))


def test_an_installation_is_as_it_was(copy: Path) -> None:
    (copy / "imr_tui" / "__pycache__").mkdir(mode=0o700)
    (copy / "imr_tui" / "__pycache__" / "case.cpython-311.pyc").write_bytes(b"x")
    assert found(copy) == []


def test_what_is_changed_gone_or_new_is_named(copy: Path) -> None:
    package = copy / "imr_tui"
    (package / "text" / "sanitize.py").write_text(
        (package / "text" / "sanitize.py").read_text() + "\n"
    )
    (package / "domain" / "deadlines.py").unlink()
    (package / "extra.py").write_text("")
    template = package / "templates" / "final_determination.txt.j2"
    template.write_text(template.read_text().replace("more than five", "more than four"))
    assert sorted(found(copy)) == [
        "imr_tui/domain/deadlines.py",
        "imr_tui/extra.py (new)",
        "imr_tui/templates/final_determination.txt.j2",
        "imr_tui/text/sanitize.py",
    ]


def test_a_checkout_is_not_installed_from_a_wheel() -> None:
    assert program() is None


def doctor(place: Path, cases: Path) -> subprocess.CompletedProcess[str]:
    """What an installation at `place` says of itself."""
    env = {"PATH": os.environ.get("PATH", os.defpath), "PYTHONPATH": str(place)}
    command = [sys.executable, "-B", "-m", "imr_tui", "doctor", str(cases)]
    return subprocess.run(command, cwd=cases, env=env, capture_output=True, text=True, check=False)


def test_doctor_tells_a_changed_program(copy: Path, cases: Path) -> None:
    done = doctor(copy, cases)
    assert "program         imr-tui 0.2.0\n" in done.stdout
    assert (done.returncode, done.stderr) == (0, "")
    clock = copy / "imr_tui" / "domain" / "deadlines.py"
    clock.write_text(clock.read_text() + "# a day more\n")
    done = doctor(copy, cases)
    assert done.returncode == 1
    assert "program: Files of the program were changed: imr_tui/domain/deadlines.py." in done.stdout
