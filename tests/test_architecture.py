"""The layers: the core cannot see the terminal, and every file says what it is."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

import imr_tui
from imr_tui.model.case import Case
from imr_tui.services.check_case import load_setup
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile, ResumePoint
from imr_tui.store.config.account_state import save_resume_point
from imr_tui.store.config.profile import save_profile
from imr_tui.store.worklist.listing import rows_of
from tests.builders import NUMBER, a_complete_case
from tests.rows import each_row

pytestmark = pytest.mark.process

PACKAGE = Path(imr_tui.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
CORE = [
    "text",
    "errors",
    "keys",
    "reading",
    "model",
    "domain",
    "phrases",
    "recall",
    "catalogue",
    "spelling",
    "checks",
    "statistics",
    "letter",
    "signing",
    "store",
    "services",
    "session",
    "plain",
    "cli",
]
"""Every layer but ui and terminal, lowest first."""
SEES_TEXTUAL = ("terminal", "ui")
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
    """The contracts of pyproject.toml by the first word of their name."""
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text())
    listed = project["tool"]["importlinter"]["contracts"]
    return {each["name"].split()[0]: each for each in listed}


def test_every_layer_is_named_here() -> None:
    layers = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in FILES}
    assert layers - {"__init__", "__main__"} == {*CORE, *SEES_TEXTUAL}


def test_every_layer_has_its_place_in_the_contracts() -> None:
    rows = [row.split(" | ") for row in contracts()["Layers"]["layers"]]
    named = [layer.removeprefix("imr_tui.") for row in rows for layer in reversed(row)]
    assert [layer for layer in reversed(named) if layer not in SEES_TEXTUAL] == CORE
    blind = [layer.removeprefix("imr_tui.") for layer in contracts()["Only"]["source_modules"]]
    # A command may open the app.
    assert [*reversed(blind), "cli"] == CORE


def test_the_core_does_not_see_the_terminal() -> None:
    """One process loads layer after layer; the first that loads textual is named."""
    steps = []
    for layer in CORE:
        assert modules(layer)
        steps.append(f"import {', '.join(modules(layer))}")
        steps.append(f"assert not {{'textual', 'rich'}} & set(sys.modules), {layer!r}")
    code = "\n".join(["import sys", *steps])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


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


HEAVY = (
    *("pydantic", "jinja2", "markdown_it", "pypdf", "pyphen"),
    *("textual.widgets._text_area", "imr_tui.store.audit.log", "imr_tui.signing.events"),
    *("psycopg", "imr_tui.store.shared"),
)
"""What the worklist does without."""
HEAVY_LOADED = f"import sys; print([name for name in {HEAVY} if name in sys.modules])"
PICTURE = f"""
import sys
from datetime import UTC, datetime
from pathlib import Path
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.store.worklist import case_files
from imr_tui.store.cases.folder import Folder
from imr_tui.ui.app import ImrApp
from imr_tui.ui.features.lifecycle import Lifecycle

looks = len(sys.argv) > 2

def settle(_):
    if looks:
        app.parts.profiles.ensure()
        app.parts.navigation.list_cases()
    print(app.screen._shown[0].state)
    {HEAVY_LOADED}
    app.exit()

Lifecycle.settle_in = settle
case_files.RACY_NS = {-(10**12)}
app = ImrApp(Folder(Path(sys.argv[1])), Letterhead(), lambda: datetime.now(UTC))
app.run(headless=True, size=(80, 24))
"""
"""Runs the app on a folder until its first picture is there, and tells what it has loaded."""


@pytest.fixture
def indexed(cases: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a case that the index knows, and no settings or other small files."""
    monkeypatch.setattr("imr_tui.store.worklist.case_files.RACY_NS", -(10**12))
    folder = Folder(cases)
    (cases / f"{NUMBER}.toml").write_bytes(encode(a_complete_case()))
    rows_of(cases, load_setup(folder, datetime.now(UTC).date()).setup)
    return cases


def put_resume_point(folder: Folder) -> None:
    at = datetime(2026, 11, 12, tzinfo=UTC)
    save_resume_point(folder, ResumePoint(number=NUMBER, kind="summary", at=at))


def put_profile(folder: Folder) -> None:
    save_profile(folder, Profile(licenses=("Texas",)))


def put_settings(folder: Folder) -> None:
    folder.own("settings.toml").write_text('organization = "Example Review"\n')


def picture(folder: Path, *, looks: bool = False) -> list[str]:
    """The state of the case that the worklist shows first, and what is loaded by then.

    `looks`: after it has looked at the folder.
    """
    command = [sys.executable, "-c", PICTURE, str(folder), *["looks"] * looks]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.splitlines()[:2]


def test_the_worklist_shows_without_what_a_case_needs(indexed: Path) -> None:
    # Read after the first picture; without one, the app would ask for it at once.
    put_profile(Folder(indexed))
    assert picture(indexed) == ["ready", "[]"]


CHECKING = (
    *("imr_tui.checks.rule", "imr_tui.checks.engine", "imr_tui.checks.case_reading"),
    *("imr_tui.catalogue.catalogue", "imr_tui.letter.render.renderer", "jinja2"),
)
"""What an opened case does without until it is checked."""
OPENED = f"""
import sys
from datetime import UTC, datetime
from pathlib import Path
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.store.cases.folder import Folder
from imr_tui.ui.app import ImrApp
from imr_tui.ui.features import lifecycle
from imr_tui.ui.features.checking import Checking

def check(_):
    if not app._exit:
        print(type(app.screen).__name__)
        print([name for name in {CHECKING} if name in sys.modules])
        app.exit()

Checking._check = check
lifecycle.preload = lambda *tasks: None
app = ImrApp(Folder(Path(sys.argv[1])), Letterhead(), lambda: datetime.now(UTC), sys.argv[2])
app.run(headless=True, size=(80, 24))
"""
"""Opens a case until its first picture is there, and tells what the app has loaded."""


def test_a_case_shows_without_what_checks_it(indexed: Path) -> None:
    put_profile(Folder(indexed))
    # The stage of a complete case would be Review, which shows the findings.
    (indexed / f"{NUMBER}.toml").write_bytes(encode(Case.blank(NUMBER)))
    command = [sys.executable, "-c", OPENED, str(indexed), NUMBER]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    screen, loaded_then = done.stdout.splitlines()
    assert screen == "CredentialsScreen"
    assert loaded_then == "[]"


def test_it_shows_without_the_resume_point(indexed: Path) -> None:
    put_profile(Folder(indexed))
    put_resume_point(Folder(indexed))
    assert picture(indexed) == ["ready", "[]"]


def test_what_it_does_without_is_seen_where_it_is_loaded(indexed: Path) -> None:
    put_profile(Folder(indexed))
    (indexed / ".imr" / "index.json").unlink()
    state, heavy = picture(indexed, looks=True)
    assert state == "ready"
    assert "pydantic" in heavy


def test_what_the_first_case_needs_is_loaded_behind_the_worklist() -> None:
    code = "from imr_tui.ui.features.lifecycle import preload; preload()"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{HEAVY_LOADED}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    heavy = set(ast.literal_eval(done.stdout))
    assert {"pydantic", "jinja2"} <= heavy
    # Only a machine with a shared store needs them.
    assert not {"psycopg", "imr_tui.store.shared"} & heavy


@pytest.mark.parametrize(
    ("put", "heavy"),
    [
        ((), "[]"),
        ((put_resume_point,), "[]"),
        ((put_settings,), "['pydantic']"),
        ((put_profile,), "['pydantic']"),
    ],
    ids=["no file", "resume point", "settings", "profile"],
)
def test_the_list_loads_pydantic_only_for_a_file_that_it_needs(
    indexed: Path, put: tuple[Callable[[Folder], None], ...], heavy: str
) -> None:
    for each in put:
        each(Folder(indexed))
    code = (
        "from imr_tui.store.worklist import case_files\n"
        f"case_files.RACY_NS = {-(10**12)}\n"
        "from imr_tui.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert end.code == 0, end.code\n"
        f"{HEAVY_LOADED}"
    )
    command = [sys.executable, "-c", code, "list", str(indexed)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert " ready\n" in done.stdout
    assert done.stdout.splitlines()[-1] == heavy


def plain_loads(folder: Path, *lines: str) -> list[str]:
    """What a session of plain mode has loaded after these lines."""
    code = (
        "from imr_tui.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert end.code == 0, end.code\n"
        f"print()\n{HEAVY_LOADED}\n{LOADED}"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--plain", str(folder)],
        input="\n".join([*lines, ""]),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert f"1. {NUMBER}, " in done.stdout
    heavy, screen = done.stdout.splitlines()[-2:]
    return [*ast.literal_eval(heavy), *ast.literal_eval(screen)]


def test_plain_mode_starts_without_the_screen_and_what_a_case_needs(indexed: Path) -> None:
    put_profile(Folder(indexed))
    # The profile is read at once: the PIN locks the session.
    assert plain_loads(indexed, "q") == ["pydantic"]


def test_plain_mode_works_a_case_without_textual(indexed: Path) -> None:
    put_profile(Folder(indexed))
    found = plain_loads(indexed, "o 1", "l", "b", "b", "b", "p", "items", "record", "h", "q", "q")
    assert {"jinja2", "imr_tui.store.audit.log"} <= set(found)
    assert not {"textual", "rich", "textual.widgets._text_area"} & set(found)


def test_the_app_does_load_it() -> None:
    assert "textual" in loaded("import imr_tui.ui.app")


@each_row("path", FILES)
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
