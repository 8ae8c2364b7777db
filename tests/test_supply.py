"""What is installed: named, hashed, free, and as it was when it was locked."""

import base64
import hashlib
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import audit
from tests.licences import (
    BESIDE,
    EXCEPTIONS,
    FREE,
    LOCK,
    at_run_time,
    installed,
    is_free,
    licences,
    locked,
)

pytestmark = pytest.mark.process

LOCKS = [LOCK, *(LOCK.parent / ".ci" / f"{name}.lock" for name in ("audit", "bench"))]
PINNED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[^ ;]+( ; [^\\]+)? \\")


def requirements(lock: Path) -> Iterator[list[str]]:
    """The lines of each requirement of a lock file, without comments."""
    block: list[str] = []
    for line in lock.read_text(encoding="utf-8").splitlines():
        if line.lstrip().startswith("#"):
            continue
        if not line.startswith(" ") and block:
            yield block
            block = []
        block.append(line)
    yield block


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_line_is_pinned_and_hashed(lock: Path) -> None:
    found = list(requirements(lock))
    assert len(found) > 20
    for name, *hashes in found:
        assert PINNED.fullmatch(name), name
        assert hashes, name
        for line in hashes:
            assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line), line


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_no_line_names_a_place_to_fetch_from(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    for words in ("://", "--index", "--extra-index", "--find-links", "--trusted", " @ ", "file:"):
        assert words not in text


def a_wheel(folder: Path, body: str) -> Path:
    """A wheel of one module, as small as one can be."""
    path = folder / "sample_wheel-1.0-py3-none-any.whl"
    info = "sample_wheel-1.0.dist-info"
    files = {
        "sample_wheel.py": body,
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: sample-wheel\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = []
    for name, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=")
        rows.append(f"{name},sha256={digest.decode()},{len(text)}")
    files[f"{info}/RECORD"] = "\n".join([*rows, f"{info}/RECORD,,", ""])
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
    return path


def install(place: Path, lock: str) -> subprocess.CompletedProcess[str]:
    """What pip says to a lock file, with wheels from `place` only; nothing is installed."""
    (place / "x.lock").write_text(lock)
    options = ("--no-index", f"--find-links={place}", "--require-hashes", "--only-binary=:all:")
    command = [sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check", "install"]
    target = ("--no-deps", "--dry-run", "--target", str(place / "out"), "-r", str(place / "x.lock"))
    return subprocess.run(
        [*command, *options, *target], capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_an_altered_file_is_not_installed(tmp_path: Path) -> None:
    digest = hashlib.sha256(a_wheel(tmp_path, "honest = 1\n").read_bytes()).hexdigest()
    lock = f"sample-wheel==1.0 --hash=sha256:{digest}\n"
    assert install(tmp_path, lock).returncode == 0
    a_wheel(tmp_path, "honest = 0\n")
    done = install(tmp_path, lock)
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr


def test_every_licence_is_free() -> None:
    running = {dist.name for dist in at_run_time()}
    assert {"imr-tui", "textual", "pydantic", "Jinja2", "pypdf", "cryptography"} <= running
    for name in locked():
        if name not in EXCEPTIONS and (dist := installed(name)):
            allowed = FREE if dist.name in running else FREE | BESIDE
            assert is_free(dist, allowed), (dist.name, licences(dist))


def test_an_exception_is_only_made_where_one_is_needed() -> None:
    running = {dist.name: dist for dist in at_run_time()}
    for name in EXCEPTIONS:
        assert not is_free(running[name]), name
        assert licences(running[name]) == ["LGPL-3.0-only"]


VULNERABLE = {
    "name": "jinja2",
    "version": "3.1.5",
    "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["3.1.6"]}],
}
GOOD = {"name": "click", "version": "8.1.0", "vulns": []}
SKIPPED = {"name": "rich", "skip_reason": "not found"}


def unfixed() -> dict[str, Any]:
    return VULNERABLE | {"vulns": [{"id": "PYSEC-1", "fix_versions": []}]}


@pytest.mark.parametrize(
    ("found", "code", "says"),
    [
        ([GOOD], 0, "1 of 1 packages looked up, 0 vulnerabilities"),
        ([GOOD, VULNERABLE], 1, "jinja2 3.1.5: PYSEC-1, fixed in: 3.1.6"),
        ([GOOD, unfixed()], 0, "jinja2 3.1.5: PYSEC-1, fixed in: none"),
        ([GOOD, SKIPPED], 0, "not known to the service: rich"),
        ([SKIPPED], 0, "nothing was found out"),
    ],
)
def test_an_audit(found: list[dict[str, Any]], code: int, says: str) -> None:
    lines, result = audit.judged(1, json.dumps({"dependencies": found}), "")
    assert result == code
    assert says in "\n".join(lines)


def test_an_accepted_vulnerability_does_not_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "ACCEPTED", {"CVE-1": "nothing here calls it"})
    lines, result = audit.judged(1, json.dumps({"dependencies": [VULNERABLE]}), "")
    assert result == 0
    assert "accepted: nothing here calls it" in lines[0]


@pytest.mark.parametrize(
    ("err", "code"),
    [
        ("ERROR: Max retries exceeded (Caused by NewConnectionError)", 0),
        ("requests.exceptions.ConnectTimeout", 0),
        ("503 Server Error", 0),
        ("error: unrecognized arguments: --nonsense", 2),
        ("", 2),
    ],
)
def test_an_audit_that_does_not_come_about(err: str, code: int) -> None:
    lines, result = audit.judged(1, "", err)
    assert result == code
    assert lines
