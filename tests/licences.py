"""`python -m tests.licences`: what imr-tui installs to run, with the licence of each."""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = Path(__file__).parents[1] / "requirements.lock"
EXTRAS = ("pdf", "shared")
"""What `make run` installs beside the project's own dependencies."""

FREE = frozenset(
    (
        *("MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0"),
        *("MPL-2.0", "ISC License (ISCL)"),
        *("MIT License", "BSD License", "Apache Software License", "BSD 2-Clause License"),
        *("Mozilla Public License 2.0 (MPL 2.0)", "Mozilla Public License 1.1 (MPL 1.1)"),
    )
)
"""Licences under which anybody may use, change and pass on what is used here as it is."""
_AS_IT_IS = "LGPL: imported as it is, only with the extra `shared`, never copied or changed"
EXCEPTIONS = {"psycopg": _AS_IT_IS, "psycopg-binary": _AS_IT_IS}
"""Packages of the extras whose licence is not in FREE, with the reason why they may be used."""
BESIDE = frozenset(("GNU Lesser General Public License v3 (LGPLv3)",))
"""Licences of what only tests use, and nobody passes on."""


def locked() -> Iterator[str]:
    """The names in the lock file."""
    for line in LOCK.read_text().splitlines():
        if found := re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*(?===)", line):
            yield canonicalize_name(found[0])


def installed(name: str) -> Distribution | None:
    """A distribution, or None where this platform needs none."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def licences(dist: Distribution) -> list[str]:
    """The licences that a distribution may be used under; one of them is enough."""
    told = dist.metadata
    if "License-Expression" in told:
        return re.split(r"\s+OR\s+", told["License-Expression"])
    named = [line for line in told.get_all("Classifier") or () if line.startswith("License ::")]
    # Some packages name it only in the old free-text field.
    free_text = told.get_all("License") or ["not told"]
    return [line.rpartition(" :: ")[2] for line in named] or free_text


def is_free(dist: Distribution, allowed: frozenset[str] = FREE) -> bool:
    """Whether one of the licences is among the allowed ones."""
    return any(name in allowed for name in licences(dist))


def at_run_time() -> list[Distribution]:
    """What is installed for the program to run, the program itself first."""
    found: dict[str, Distribution] = {}
    waiting: list[tuple[str, tuple[str, ...]]] = [("imr-tui", EXTRAS)]
    while waiting:
        name, extras = waiting.pop(0)
        dist = installed(name)
        if dist is None or name in found:
            continue
        found[name] = dist
        for line in dist.requires or ():
            needed = Requirement(line)
            if any(_applies(needed, extra) for extra in ("", *extras)):
                waiting.append((canonicalize_name(needed.name), tuple(needed.extras)))
    return list(found.values())


def _applies(needed: Requirement, extra: str) -> bool:
    return needed.marker is None or needed.marker.evaluate({"extra": extra})


def main() -> int:
    """Print the table; 1 if something in it is not free."""
    dists = at_run_time()
    for dist in dists:
        print(f"{dist.name:<20}{dist.version:<14}{' or '.join(licences(dist))}")
    bad = []
    for dist in dists:
        if dist.name in EXCEPTIONS:
            print(f"{dist.name} is an exception. {EXCEPTIONS[dist.name]}.")
        elif dist.name != "imr-tui" and not is_free(dist):
            bad.append(dist.name)
    if bad:
        print(f"not known to be free: {', '.join(bad)}")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
