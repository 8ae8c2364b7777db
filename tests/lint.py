"""The project's own lint, for what ruff cannot see: `python -m tests.lint imr_tui`."""

import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.lint_names import Module, content_makers, imports_of, safe_names
from tests.lint_rules import RULES, Rule


class Finding(NamedTuple):
    """A fault at a line of a file."""

    path: Path
    line: int
    rule: Rule

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule.id} {self.rule.why}"


def findings(package: Path) -> Iterator[Finding]:
    """Every fault in the files of a package, in the order of the files."""
    paths = sorted(package.rglob("*.py"))
    trees = {path: ast.parse(path.read_bytes(), path) for path in paths}
    makers = content_makers(trees.values())
    for path, tree in trees.items():
        layer = path.relative_to(package).parts[0].removesuffix(".py")
        module = Module(layer, tree, imports_of(tree), safe_names(tree, makers))
        yield from (Finding(path, line, rule) for line, rule in faults(module))


def faults(module: Module) -> list[tuple[int, Rule]]:
    nodes = [node for node in ast.walk(module.tree) if hasattr(node, "lineno")]
    found = {(node.lineno, rule) for node in nodes for rule in RULES if rule.found(node, module)}
    return sorted(found, key=lambda fault: (fault[0], fault[1].id))


def main(arguments: Sequence[str]) -> int:
    packages = [Path(argument) for argument in arguments]
    for package in packages:
        if not any(package.rglob("*.py")):
            print(f"no Python files in {package}", file=sys.stderr)
            return 2
    found = [finding for package in packages for finding in findings(package)]
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
