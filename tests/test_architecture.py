"""The layers: the core cannot see the terminal, and every file says what it is."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import imr_tui
from imr_tui.store.coding import encode
from tests.builders import NUMBER, a_complete_case

PACKAGE = Path(imr_tui.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
CORE = [
    "text",
    "letterhead",
    "errors",
    "reading",
    "typed",
    "pages",
    "limits",
    "fields",
    "rows",
    "value",
    "evidence",
    "case",
    "citation",
    "hierarchy",
    "weighing",
    "clock",
    "difference",
    "stages",
    "numbering",
    "edits",
    "catalogue",
    "checks",
    "letter",
    "store",
    "cli",
]
"""Every layer but ui, lowest first."""
LOADED = "import sys; print([name for name in ('textual', 'rich') if name in sys.modules])"


def loaded(code: str, *arguments: str) -> str:
    """Which of textual and rich a process has loaded after running `code`."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{LOADED}", *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.splitlines()[-1]


def modules(layer: str) -> list[str]:
    """Every module of a layer, by its full name."""
    paths = [path.relative_to(PACKAGE.parent).with_suffix("") for path in FILES]
    names = [".".join(path.parts).removesuffix(".__init__") for path in paths]
    return [name for name in names if name.split(".")[1:2] == [layer]]


def contracts() -> dict[str, dict[str, list[str]]]:
    """The contracts of pyproject.toml by their type."""
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text())
    return {each["type"]: each for each in project["tool"]["importlinter"]["contracts"]}


def test_every_layer_is_named_here() -> None:
    layers = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in FILES}
    assert layers - {"__init__", "__main__"} == {*CORE, "ui"}


def test_every_layer_has_its_place_in_the_contracts() -> None:
    named = [layer.removeprefix("imr_tui.") for layer in contracts()["layers"]["layers"]]
    assert [layer for layer in reversed(named) if layer != "ui"] == CORE
    blind = [layer.removeprefix("imr_tui.") for layer in contracts()["forbidden"]["source_modules"]]
    # A command may open the app.
    assert [*reversed(blind), "cli"] == CORE


@pytest.mark.parametrize("layer", CORE)
def test_the_core_does_not_see_the_terminal(layer: str) -> None:
    names = modules(layer)
    assert names
    assert loaded(f"import {', '.join(names)}") == "[]"


@pytest.mark.parametrize(
    "arguments",
    [("list",), ("list", "--json"), ("check",), ("letter",), ("--help",), ("letter", "--help")],
)
def test_commands_do_not_load_the_terminal(cases: Path, arguments: tuple[str, ...]) -> None:
    path = cases / f"{NUMBER}.toml"
    path.write_bytes(encode(a_complete_case()))
    where = [] if "--help" in arguments else [str(path if "letter" in arguments else cases)]
    code = (
        "from imr_tui.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert end.code in (0, 1), end.code"
    )
    assert loaded(code, *arguments, *where) == "[]"


def test_the_app_does_load_it() -> None:
    assert "textual" in loaded("import imr_tui.ui.app")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_file_begins_with_a_sentence(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_bytes()))
    assert docstring
    assert docstring.split("\n\n")[0].rstrip().endswith((".", ")"))
    assert path.read_bytes().startswith(b'"""')


def test_importing_writes_nothing(tmp_path: Path) -> None:
    names = [name for layer in CORE for name in modules(layer)]
    subprocess.run(
        [sys.executable, "-c", f"import {', '.join(names)}"], cwd=tmp_path, check=True, timeout=60
    )
    assert list(tmp_path.iterdir()) == []
