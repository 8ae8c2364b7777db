"""The programs that are measured: ours, the smallest apps of its framework, and editors."""

import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.bench import floors
from tests.bench.samples import APP
from tests.bench.session import SIZE, OpenCase

POSTING = Path(__file__).parents[2] / ".venv" / "bench" / "bin" / "posting"


@dataclass(frozen=True)
class Program:
    """A command, and what it shows once it can be used."""

    name: str
    """What a table calls it."""
    argv: Sequence[str]
    shows: Sequence[str]
    keys: Sequence[Sequence[str]] = ()
    """What leads to the place of interest, a pause behind each."""

    is_floor: bool = True
    """Whether the bench can go on without it."""

    @property
    def is_there(self) -> bool:
        """Whether it is installed."""
        return shutil.which(self.argv[0]) is not None

    @property
    def missing(self) -> str:
        """What is said in its place."""
        return f"{self.name} does not run here"

    def start(self, home: Path, size: tuple[int, int] = SIZE) -> OpenCase:
        return OpenCase(self.argv, home, size=size)

    def lead(self, session: OpenCase) -> None:
        """Wait until it can be used, and go where its keys lead."""
        session.wait_for(*self.shows)
        for keys in self.keys:
            session.keys(*keys)


def ours(path: Path, *shows: str, keys: Sequence[Sequence[str]] = ()) -> Program:
    """The program, opened at a case or a folder."""
    return Program("ours", [*APP, str(path)], shows or ("F1 Help",), keys, is_floor=False)


def stock(floor: str, name: str, shows: str, *arguments: str) -> Program:
    """One of the floors."""
    return Program(name, [sys.executable, floors.__file__, floor, *arguments], [shows])


def hello() -> Program:
    return stock("hello", "bare Textual hello", "hello")


def text_area(path: Path, shows: str, back: int = 0) -> Program:
    """A stock text area that holds a file."""
    return stock("prose", "stock TextArea", shows, str(path), str(back))


def vim(path: Path, shows: str, back: int = 0) -> Program:
    """Vim, inserting before the last `back` characters of a file, with no settings of anybody."""
    command = shutil.which("vim") or "vim.tiny"
    argv = [command, "-u", "NONE", "-i", "NONE", "-n", "-N", str(path)]
    there = f"G${back - 1}hi" if back else "G$a"
    return Program("vim", argv, [shows], [there])


def nano(path: Path, shows: str, back: int = 0) -> Program:
    """Nano, with the cursor before the last `back` characters of a file; it wraps as we do."""
    lines = path.read_text(encoding="utf-8").split("\n")
    at = f"+{len(lines)},{len(lines[-1]) - back + 1}"
    argv = ["nano", "--ignorercfiles", "--softwrap", "--nonewlines", at, str(path)]
    return Program("nano", argv, [shows])


def posting() -> Program:
    """A large app of the same framework."""
    return Program("posting", [str(POSTING)], ["Send"])


def opened(
    stack: ExitStack, programs: Sequence[Program], home: Path, size: tuple[int, int] = SIZE
) -> Mapping[str, OpenCase]:
    """Those of the programs that run here, each where its keys lead; raises if ours does not."""
    there = [program for program in programs if program.is_there or not program.is_floor]
    started = [(each, stack.enter_context(each.start(home, size))) for each in there]
    return {program.name: session for program, session in started if is_led(program, session)}


def is_led(program: Program, session: OpenCase) -> bool:
    """Whether a program is where its keys lead; raises if it is none that may be missing."""
    try:
        program.lead(session)
    except (EOFError, TimeoutError):
        session.close()
        if not program.is_floor:
            raise
        return False
    return True
