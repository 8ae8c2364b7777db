"""Collects the texts of the program that users read: messages, help, findings and explanations.

Run as `python -m tests.user_text` to print them with their kinds and lines.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).parents[1] / "imr_tui"


class UserText(NamedTuple):
    """A text that users read."""

    file: str
    """Its module, relative to the package."""
    line: int
    """The line on which it starts."""
    kind: str
    """What it is: finding, rule, help, key, dialog, message, error or log."""
    text: str
    """The text; `{}` stands for an inserted value."""


_PROSE = re.compile(r"[A-Za-z][a-z'-]*[,.:;]?\s+[\w{(\"'`]")
# Calls whose strings are patterns, data or style, and keywords that hold examples.
_NOT_PROSE = re.compile(
    r"^(?:Citation|Record|Item|Parties|LazyPattern|compile|TypeVar|literal|frozenset|getLogger|namedtuple|get_style|parse"
    r"|NewType|cast|pattern|split|fromkeys|count|startswith|endswith|removesuffix|removeprefix)$"
)
_SQL = re.compile(
    r"\s*(?:select|insert|update|delete|with|from|where|and|or|order|set|create|alter|grant|listen)\b"
)
"""How statements and parts of them begin; sentences begin with a capital."""
_SKIPPED_KEYWORDS = frozenset(["fires", "passes", "classes", "id", "metavar", "flags", "style"])
_KINDS = {"help": "help", "epilog": "help", "tooltip": "key", "why": "rule", "source": "rule"}
_SHOWN_DOCSTRINGS = frozenset(["rule", "command", "group"])


def collect(package: Path = PACKAGE) -> list[UserText]:
    """All texts of `package`, in the order of files and lines."""
    found: list[UserText] = []
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix()
        found += _Collector(name).read(ast.parse(path.read_text(encoding="utf-8")))
    return found


def sentences(text: str) -> Iterator[list[str]]:
    """The words of each sentence of a text."""
    for sentence in re.split(r"(?<=[.?:;])\s+", text):
        if words := sentence.split():
            yield words


def kind_of(file: str) -> str:
    """The kind of the texts of a module, where their call does not say more."""
    if file.startswith("checks/rules/"):
        return "finding"
    if file.startswith("ui/dialogs/"):
        return "dialog"
    return "screen" if file.startswith("ui/") else "message"


class _Collector:
    """Walks a module; `kind` changes inside of raise statements and known keywords."""

    def __init__(self, file: str) -> None:
        self._file = file

    def read(self, tree: ast.Module) -> list[UserText]:
        return sorted(self._visit(tree, kind_of(self._file)), key=lambda each: each.line)

    def _visit(self, node: ast.AST, kind: str) -> Iterator[UserText]:
        if isinstance(node, ast.Constant | ast.JoinedStr):
            yield from self._text(node, kind)
            return
        if isinstance(node, ast.FunctionDef) and _is_shown(node):
            line = node.body[0].lineno
            shown = "help" if self._file.startswith("cli/") else "rule"
            yield UserText(
                self._file, line, shown, " ".join((ast.get_docstring(node) or "").split())
            )
        for child in _children(node):
            yield from self._visit(child, _kind_of_child(node, child, kind))

    def _text(self, node: ast.Constant | ast.JoinedStr, kind: str) -> Iterator[UserText]:
        text = _words(node)
        is_sql = self._file.startswith("store/shared/") and _SQL.match(text)
        if _PROSE.search(text) and not is_sql:
            yield UserText(self._file, node.lineno, kind, " ".join(text.split()))


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """The children of a node that may hold texts."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Call) and _NOT_PROSE.match(_called(node)):
        return
    if isinstance(node, ast.keyword) and node.arg in _SKIPPED_KEYWORDS:
        return
    if isinstance(node, ast.AnnAssign):
        yield from filter(None, [node.value])
        return
    for child in ast.iter_child_nodes(node):
        if isinstance(node, ast.FunctionDef) and child in (node.returns, node.args):
            continue
        yield child


def _kind_of_child(node: ast.AST, child: ast.AST, kind: str) -> str:
    if isinstance(node, ast.Raise):
        return "error"
    if isinstance(node, ast.keyword) and node.arg in _KINDS:
        return _KINDS[node.arg]
    if isinstance(node, ast.Call) and _called(node) in ("Binding", "bind"):
        return "key"
    return kind


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_shown(node: ast.FunctionDef) -> bool:
    """Whether the docstring is shown: of a rule or a command."""
    calls = (each.func if isinstance(each, ast.Call) else each for each in node.decorator_list)
    return any(
        (each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", ""))
        in _SHOWN_DOCSTRINGS
        for each in calls
    )


def _words(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(_words(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)


if __name__ == "__main__":
    for each in collect():
        print(f"{each.file}:{each.line}: {each.kind}: {each.text}")
