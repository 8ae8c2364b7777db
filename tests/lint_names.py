"""What the names of a source file stand for, and which cannot hold data, for the lint."""

import ast
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

CONTENT_TYPES = {"Content", "Text"}
WRAPPERS = CONTENT_TYPES | {"plain"}
WRAPPING_METHODS = {"assemble", "styled", "blank", "empty"}

Binding = tuple[bool, ast.AST | None]
"""Whether a name is declared as content, else the value it is given."""


def named(node: ast.AST) -> str:
    """The name of a variable or of an attribute of self; empty for anything else."""
    match node:
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(id="self"), attr=name):
            return name
    return ""


def wraps(call: ast.Call) -> bool:
    """Whether a call makes content from its arguments, or works on content so made."""
    match call.func:
        case ast.Attribute(value=ast.Name(id=name), attr=attr) if name in CONTENT_TYPES:
            return attr in WRAPPING_METHODS
        case ast.Attribute(value=ast.Call() as inner):
            return wraps(inner)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in WRAPPERS
    return False


def safe(node: ast.AST | None, names: set[str]) -> bool:
    """Whether an expression is literal text or content, given the names that are."""
    match node:
        case ast.Constant():
            return True
        case ast.JoinedStr(values=parts) | ast.BoolOp(values=parts):
            return all(safe(part, names) for part in parts)
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, op=ast.Add(), right=other):
            return safe(one, names) and safe(other, names)
        case ast.Starred(value=ast.GeneratorExp(elt=item) | ast.ListComp(elt=item)):
            return safe(item, names)
        case ast.Starred(value=ast.Call(func=ast.Name(id="map"), args=[ast.Name(id=name), _])):
            return name in WRAPPERS
        case ast.Name() | ast.Attribute():
            return named(node) in names
        case ast.Call(func=func):
            return wraps(node) or f"{named(func)}()" in names
    return False


def is_content(annotation: ast.AST | None) -> bool:
    match annotation:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=str(name)):
            return name in CONTENT_TYPES
        case ast.BinOp(left=one, right=ast.Constant(value=None)):
            return is_content(one)
    return False


def bindings(tree: ast.AST, makers: set[str]) -> dict[str, list[Binding]]:
    """Every way in which each name of a file gets its value; calls have names of their own."""
    found: dict[str, list[Binding]] = defaultdict(list)
    explained: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name, returns=kind):
                found[name].append((is_content(kind), None))  # it may be a property
                found[f"{name}()"].append((is_content(kind), None))
            case ast.arg(arg=name, annotation=kind):
                found[name].append((is_content(kind), None))
            case ast.AnnAssign(target=target, annotation=kind, value=value):
                found[named(target)].append((is_content(kind), value))
                explained.add(target)
            case ast.Assign(targets=[target], value=value):
                found[named(target)].append((False, value))
                explained.add(target)
            case ast.ImportFrom(names=aliases):
                for alias in aliases:
                    found[f"{alias.asname or alias.name}()"].append((alias.name in makers, None))
            case ast.Name(ctx=ast.Store()) | ast.Attribute(ctx=ast.Store()):
                if node not in explained:
                    found[named(node)].append((False, None))
    return found


def safe_names(tree: ast.AST, makers: set[str]) -> set[str]:
    """The names of which every binding is safe, given that the others are."""
    known = bindings(tree, makers)
    names = set(known) - {""}
    while True:
        kept = {name for name in names if all(ok or safe(v, names) for ok, v in known[name])}
        if kept == names:
            return names
        names = kept


def content_makers(trees: Iterable[ast.AST]) -> set[str]:
    """Functions that are declared to return content wherever they are defined."""
    declared: dict[str, set[bool]] = defaultdict(set)
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                declared[node.name].add(is_content(node.returns))
    return {name for name, kinds in declared.items() if kinds == {True}}


@dataclass(frozen=True)
class Module:
    """One source file, with what its names stand for."""

    layer: str
    """The part of the package it belongs to: `ui`, `store`, `cli`, ..."""

    tree: ast.Module

    imports: dict[str, str]
    """Local names, and the dotted names they were imported from."""

    safe_names: set[str]
    """Names that can only hold literals or content, never a string of data."""

    def dotted(self, node: ast.AST) -> str:
        """The full name of a function or attribute; `?` stands for a computed part."""
        match node:
            case ast.Name(id=name):
                return self.imports.get(name, name)
            case ast.Attribute(value=value, attr=attr):
                return f"{self.dotted(value)}.{attr}"
        return "?"


def imports_of(tree: ast.AST) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                found |= {alias.asname: alias.name for alias in aliases if alias.asname}
            case ast.ImportFrom(module=str(source), names=aliases):
                found |= {alias.asname or alias.name: f"{source}.{alias.name}" for alias in aliases}
    return found
