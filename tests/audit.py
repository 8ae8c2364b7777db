"""`python -m tests.audit PIP-AUDIT`: known vulnerabilities in what the lock file installs.

One that has a fix fails, unless ACCEPTED says why it does not matter here. Where no advisory
service can be reached, that is said, and nothing fails.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.licences import LOCK

ACCEPTED: Mapping[str, str] = {}
"""Ids of advisories, each with the reason why it does not concern imr-tui."""
OPTIONS = ("--disable-pip", "--require-hashes", "--progress-spinner=off", "--format=json")
_UNREACHED = re.compile(
    r"connect|connection|timed? ?out|resolve|unreachable|max retries|proxy|ssl|service unavailable"
    r"|\b(?:403|404|407|429|50[0234])\b",
    re.IGNORECASE,
)
"""What a service that cannot be reached is told by."""


def report(told: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """A line for each vulnerability in pip-audit's JSON, and whether it fails."""
    for package in told["dependencies"]:
        for found in package.get("vulns", ()):
            names = (found["id"], *found.get("aliases", ()))
            reason = next((ACCEPTED[name] for name in names if name in ACCEPTED), "")
            fixes = ", ".join(found.get("fix_versions", ())) or "none"
            line = f"{package['name']} {package['version']}: {found['id']}, fixed in: {fixes}"
            yield f"{line}; accepted: {reason}" if reason else line, fixes != "none" and not reason


def unknown(told: Mapping[str, Any]) -> list[str]:
    """The packages that the service knows nothing of."""
    return [package["name"] for package in told["dependencies"] if package.get("skip_reason")]


def judged(code: int, out: str, err: str) -> tuple[list[str], int]:
    """What to print for a run of pip-audit, and the exit code."""
    try:
        told = json.loads(out)
        lines, missed = list(report(told)), unknown(told)
    except (ValueError, KeyError, TypeError):
        last = err.strip().splitlines()[-1:] or ["it said nothing"]
        if _UNREACHED.search(err):
            return [f"No advisory service could be reached, so nothing was looked up: {last[0]}"], 0
        return [f"pip-audit failed with {code}: {last[0]}"], 2
    total = len(told["dependencies"])
    if len(missed) == total:
        return [
            f"The advisory service knows none of the {total} packages; nothing was found out."
        ], 0
    told_of = f"{total - len(missed)} of {total} packages looked up, {len(lines)} vulnerabilities"
    rest = [f"not known to the service: {', '.join(missed)}"] if missed else []
    return [*(line for line, _ in lines), *rest, told_of], int(any(fails for _, fails in lines))


def main(arguments: Sequence[str]) -> int:
    """Run it over the lock file."""
    command = [*arguments, *OPTIONS, "-r", str(LOCK)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines, code = judged(done.returncode, done.stdout, done.stderr)
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
