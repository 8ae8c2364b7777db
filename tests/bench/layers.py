"""How large each layer is."""

from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "imr_tui"


def lines_of_code() -> dict[str, int]:
    """Lines that are neither blank nor comments, by layer, the largest first."""
    counts: dict[str, int] = {}
    for path in PACKAGE.rglob("*.py"):
        layer = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        counts[layer] = counts.get(layer, 0) + count(path)
    named = {layer: lines for layer, lines in counts.items() if not layer.startswith("__")}
    return dict(sorted(named.items(), key=lambda pair: -pair[1]))


def count(path: Path) -> int:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return sum(bool(line) and not line.startswith("#") for line in lines)
