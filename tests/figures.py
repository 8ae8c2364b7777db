"""`python -m tests.figures`: the size and shape of the package, counted."""

import ast
import asyncio
import contextlib
import io
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from unittest import mock

from textual.app import App

from imr_tui.cli import main
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.store.cases.folder import Folder
from imr_tui.ui.app import ImrApp
from tests.bench.samples import case_with
from tests.bench.texts import prose
from tests.test_textual_contract import used
from tests.ui.driving import press, running

PACKAGE = Path(__file__).parents[1] / "imr_tui"
SAMPLE = PACKAGE.parent / "cases" / "CM14-0187654.toml"
SMALL = 60
"""Lines below which a file is a fragment."""


def functions_that_import(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = (each for line in node.body for each in ast.walk(line))
            if any(isinstance(each, ast.Import | ast.ImportFrom) for each in inner):
                yield node.name


@contextmanager
def files_that_run() -> Iterator[set[str]]:
    """The files of the package of which a function is called meanwhile, on this thread."""
    found: set[str] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_name != "<module>":
            found.add(code.co_filename)

    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(None)
        found &= set(map(str, PACKAGE.rglob("*.py")))


def files_of_letter(case: Path) -> int:
    """How many files run for `imr-tui letter CASE`."""
    with (
        mock.patch.object(sys, "argv", ["imr-tui", "letter", str(case)]),
        contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())),
        files_that_run() as found,
        contextlib.suppress(SystemExit),
    ):
        main()
    return len(found)


async def files_of_a_key(case: Path) -> int:
    """How many files a key in the summary passes through on the main thread."""
    app = ImrApp(Folder(case.parent), Letterhead(), lambda: datetime.now(UTC), case.stem)
    async with running(app) as pilot:
        await press(pilot, "ctrl+p", "x")
        with files_that_run() as found:
            await press(pilot, "y")
    return len(found)


def figures() -> Iterator[tuple[str, int]]:
    files = [path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py"]
    texts = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    ours = [each for each in ImrApp.__mro__ if each.__module__.startswith("imr_tui")]
    methods = {
        name
        for each in ours
        for name, value in vars(each).items()
        if callable(value) or isinstance(value, property)
    }
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    layers = next(
        each for each in project["tool"]["importlinter"]["contracts"] if each["type"] == "layers"
    )
    yield "classes below textual's App", sum(issubclass(each, App) for each in ours)
    yield "mixins beside it", sum(not issubclass(each, App) for each in ours)
    yield "methods of these", len({name for name in methods if not name.startswith("__")})
    yield "files", len(files)
    yield f"files under {SMALL} lines", sum(len(texts[path].splitlines()) < SMALL for path in files)
    yield "lines of Python", sum(len(text.splitlines()) for text in texts.values())
    yield (
        "functions with imports in their body",
        sum(len(set(functions_that_import(ast.parse(text)))) for text in texts.values()),
    )
    private = used()
    outside = [path for path in private.values() if "/terminal/" not in path]
    yield "private names of Textual and Rich", len(private)
    yield "those outside of terminal/", len(outside)
    yield "import layers", len(layers["layers"])
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(shutil.copy(SAMPLE, folder))
        yield "files that run for a letter", files_of_letter(sample)
        case = case_with(Path(folder) / "a", "summary", prose(200))
        yield "files that a key passes through", asyncio.run(files_of_a_key(case))


if __name__ == "__main__":
    for name, count in figures():
        print(f"{name:40}{count:8,}")
