"""The strings below the fields of a class, which say what each field is."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

_OURS = "imr_tui."


@cache
def field_docs(cls: type) -> Mapping[str, str]:
    """The string below each field of a class and of its bases in this program, on one line.

    Python does not keep these strings, so they are read from the source.
    """
    ours = [each for each in reversed(cls.__mro__) if each.__module__.startswith(_OURS)]
    return {field: says for each in ours for field, says in _docs(each)}


def _docs(cls: type) -> Iterator[tuple[str, str]]:
    for statement in ast.walk(_tree(inspect.getfile(cls))):
        if isinstance(statement, ast.ClassDef) and statement.name == cls.__name__:
            for field, below in pairwise(statement.body):
                match field, below:
                    case (
                        ast.AnnAssign(target=ast.Name(id=name)),
                        ast.Expr(value=ast.Constant(value=str(says))),
                    ):
                        yield name, " ".join(says.split())


@cache
def _tree(path: str) -> ast.Module:
    return ast.parse(Path(path).read_bytes(), path)
