"""`python -m tests.dist FOLDER`: build the sdist and the wheel, and try the installed wheel.

The wheel is built from the unpacked sdist, which therefore has to be complete. It is installed into
an empty environment outside the checkout, with the locked dependencies that it needs to run and
nothing else, and has to list, check and print the sample cases there.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from packaging.utils import canonicalize_name

from tests.licences import LOCK, at_run_time

ROOT = LOCK.parent
SEED = "CM14-0187654"
"""The finished case, whose letter must equal the golden one."""
GOLDEN = ROOT / "tests" / "golden" / f"{SEED}.txt"
PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check", "install")


def run(*command: str | Path, at: Path, env: dict[str, str] | None = None) -> bytes:
    """The standard output of a command. Raises SystemExit if the command fails."""
    done = subprocess.run(command, cwd=at, env=env, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        sys.exit(f"exit code {done.returncode} of: {' '.join(map(str, command))}")
    return done.stdout


def build(kind: str, source: Path, out: Path) -> Path:
    """Build one kind of distribution, "sdist" or "wheel", from a source tree into `out`."""
    run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", out, at=source)
    (built,) = out.glob("*.tar.gz" if kind == "sdist" else "*.whl")
    return built


def locked_for_running(lock: str) -> Iterator[str]:
    """The requirements of a lock file, with their hashes, that the program needs to run."""
    needed = {canonicalize_name(dist.name) for dist in at_run_time()}
    for block in re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE):
        if canonicalize_name(block.partition("==")[0]) in needed:
            yield block


def install(wheel: Path, place: Path) -> Path:
    """Install a wheel into a new environment at `place`; the folder of its programs."""
    lock = place.with_suffix(".lock")
    lock.write_text("".join(locked_for_running(LOCK.read_text())))
    run(sys.executable, "-m", "venv", place, at=place.parent)
    python = place / "bin" / "python"
    run(python, *PIP, "--require-hashes", "-r", lock, at=place.parent)
    run(python, *PIP, "--no-deps", "--no-index", wheel, at=place.parent)
    return python.parent


def private_copy(place: Path) -> Path:
    """A folder of its own with the sample cases, closed to other users."""
    place.mkdir(mode=0o700)
    for path in sorted((ROOT / "tests" / "samples").glob("*.toml")):
        copy = Path(shutil.copyfile(path, place / path.name))
        copy.chmod(0o600)
    return place


def walk(programs: Path, place: Path) -> None:
    """Run the installed program on the sample cases. Raises SystemExit where it is wrong."""
    env = {"PATH": os.defpath, "HOME": str(place), "LANG": "C.UTF-8"}
    cases = private_copy(place / "cases")
    seed = cases / f"{SEED}.toml"

    def expect(sentence: str, is_right: Callable[[bytes], bool], *command: str | Path) -> None:
        out = run(*command, at=place, env=env)
        if not is_right(out):
            sys.exit(f"not so: {sentence}\n{out.decode(errors='replace')}")
        print(f"ok: {sentence}")

    program = programs / "imr-tui"
    where = "import imr_tui; print(imr_tui.__file__)"
    home = f"{programs.parent}{os.sep}".encode()
    expect(
        "the package is the installed one",
        lambda out: out.startswith(home),
        *(programs / "python", "-c", where),
    )
    expect(
        "doctor finds no fault",
        lambda out: b"program         imr-tui " in out,
        program,
        "doctor",
        cases,
    )
    expect("list shows the seed case as ready", is_ready, program, "list", cases)
    expect(
        "check finds no error in the seed case",
        lambda out: b" error " not in out,
        program,
        "check",
        seed,
    )
    expect(
        "help prints a topic of the manual",
        lambda out: out.startswith(b"The case file\n"),
        *(program, "help", "case-file"),
    )
    expect(
        "help installs the man pages",
        lambda out: out.endswith(b"imr-tui.toml.5\n") and (place / "man/man1/imr-tui.1").is_file(),
        *(program, "help", "--install-man", place / "man"),
    )
    golden = GOLDEN.read_bytes()
    expect("letter prints the golden letter", lambda out: out == golden, program, "letter", seed)
    expect(
        "letter writes a PDF with the shipped font",
        lambda out: out.startswith(b"%PDF") and b"DejaVuSansMono" in out,
        *(program, "letter", seed, "--pdf", "-"),
    )
    expect(
        "cover prints the shipped sample",
        lambda out: out.startswith(b"SAMPLE WORDING"),
        *(program, "cover", seed),
    )


def is_ready(table: bytes) -> bool:
    """Whether the table of `imr-tui list` has the seed case, and as ready."""
    rows = [line.split() for line in table.decode().splitlines()]
    return [row[-1] for row in rows if row[0] == SEED] == ["ready"]


def main(out: Path) -> None:
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    sdist = build("sdist", ROOT, out)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder).resolve()
        shutil.unpack_archive(sdist, place, filter="data")
        wheel = build("wheel", place / sdist.name.removesuffix(".tar.gz"), out)
        for built in (sdist, wheel):
            print(f"{built.name}: {built.stat().st_size:,} bytes")
        walk(install(wheel, place / "installed"), place)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
