"""`python -m tests.figures`: the size and shape of the package, counted."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from textual.app import App

from imr_tui.ui.app import ImrApp

PACKAGE = Path(__file__).parents[1] / "imr_tui"
SMALL = 60
"""Lines below which a file is a fragment."""


def functions_that_import(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = (each for line in node.body for each in ast.walk(line))
            if any(isinstance(each, ast.Import | ast.ImportFrom) for each in inner):
                yield node.name


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
    yield "import layers", len(layers["layers"])


if __name__ == "__main__":
    for name, count in figures():
        print(f"{name:40}{count:8,}")
