"""Sixty odd names through every way in: refused with a sentence, and nothing made anywhere."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from imr_tui.errors import BadInput, ImrError
from imr_tui.letter.render.renderer import render
from imr_tui.model.limits import is_case_number
from imr_tui.store.cases.folder import Folder
from imr_tui.store.history.versions import Event, Versions
from imr_tui.store.locking.claim import ask, claim, holder
from imr_tui.store.locking.holder import Holder
from imr_tui.store.worklist.index import Index
from tests.builders import NUMBER, a_complete_case, saved
from tests.commands import Run

ME = Holder(who="drjane", host="ward-3", pid=1)

ODD = [
    *("", " ", ".", "..", "...", "/", "//", "\\", "~", "~root", "-", "--", "-rf", "--help", "*"),
    *("../x", "../../x", "a/../x", "a/b", "/etc/x", "./x", "x/", "x/.", "x/..", "..\\x", "a\\b"),
    *("x\n", "\nx", "x\r", "x\t", "x ", " x", "x y", "x\x00", "x\x00.toml", "x\x1b[31m", "x\x07"),
    *("x\x7f", "x\x85", "x\u2028", "x\u202e", "x\u200b", "x\ufeff", "x\u00a0", "x\udcff"),
    *(
        "ＣＭ14",
        "СМ14",
        "CM１４",
        "CM14\u0301",
        "é",
        "漢字",
        "😀",
        "x.",
        ".x",
        "x..y",
        ".imr",
        "x:y",
    ),
    *("x" * 41, "x" * 300, "x" * 5000, "_x", "x;y", "x|y", "x&y", "$HOME", "`x`", "x'y", 'x"y'),
    *("x%00", "%2e%2e", "{x}", "<x>", "x=y", "x,y", "x@y", "x+y", "(x)", "#x", "!x", "x?"),
]
"""What is no case number."""
PLAIN = [
    "CON",
    "NUL",
    "com1",
    "a",
    "0",
    "x" * 40,
    "A.b",
    "a-",
    "a_",
    "CM14-0187654",
    "index.json",
]
"""What is one, however it looks: names that other systems keep for themselves are files here."""

ON_A_COMMAND_LINE = [name for name in ODD if "\0" not in name]
AS_A_FILE = [name for name in ON_A_COMMAND_LINE if Path(f"{name}.toml").name == f"{name}.toml"]


@pytest.fixture
def folder(cases: Path) -> Folder:
    """A folder with one case, among others that nothing may be put into."""
    (cases.parent / "x").mkdir(mode=0o700)
    [path] = saved(cases, a_complete_case())
    path.chmod(0o600)
    return Folder(cases)


def tree(folder: Folder) -> list[str]:
    """All that lies around the folder of cases, and in it, but the index and what leads to it."""
    found = (path for path in folder.path.parent.rglob("*") if path.name != "index.json")
    return sorted(str(path) for path in found if path != folder.own(""))


def test_sixty_names_are_no_numbers() -> None:
    assert len(set(ODD)) >= 60
    assert [name for name in ODD if is_case_number(name)] == []
    assert [name for name in PLAIN if not is_case_number(name)] == []


def letter(number: str) -> bytes:
    text = render(a_complete_case(), draft=True)
    return f"Case Number: {number}\n\n{text}".encode(errors="surrogateescape")


def intake(number: str) -> bytes:
    return json.dumps({"schema": 1, "case": {"number": number}}).encode()


COMMANDS: dict[str, Callable[[Folder, str], list[object]]] = {
    "new": lambda folder, name: ["new", "--", name, folder.path],
    "letter": lambda folder, name: ["letter", "--", f"{folder.path}/{name}.toml"],
    "history": lambda folder, name: ["history", "--", f"{folder.path}/{name}.toml"],
    "restore": lambda folder, name: ["history", "--restore=1", f"{folder.path}/{name}.toml"],
    "check": lambda folder, name: ["check", "--", f"{folder.path}/{name}.toml"],
    "import": lambda folder, name: ["import", f"--number={name}", "--folder", folder.path, "-"],
    "doctor": lambda folder, name: ["doctor", f"--repair={name}", folder.path],
}


@pytest.mark.process
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_makes_nothing_of_it(run: Run, folder: Folder, command: str) -> None:
    before = tree(folder)
    for name in ON_A_COMMAND_LINE:
        if command == "import" and not name:
            continue  # an option that is not given
        if command == "doctor" and name == ".":
            continue  # the name of the folder there
        done = run(*COMMANDS[command](folder, name), stdin=letter("?"))
        is_none = done.code == 0 and done.out.startswith("No earlier version of")
        assert is_none or done.code in (1, 2, 3, 4), (name, done)
        assert done.err.count("\n") <= 4, (name, done)
        assert "standard output" not in done.err, (name, done)
        assert tree(folder) == before, name


@pytest.mark.process
def test_a_letter_makes_nothing_of_it(run: Run, folder: Folder) -> None:
    before = tree(folder)
    for name in ODD:
        done = run("import", "-", "--folder", folder.path, stdin=letter(name))
        made = done.out.partition(": ")[2].partition(",")[0]
        if made:
            # What stands before a space or another sign that ends a number.
            assert is_case_number(made), (name, done)
            assert name.split()[0] == made, (name, done)
            folder.path_of(made).unlink()
            shutil.rmtree(folder.own("history"))
            shutil.rmtree(folder.own("log"))
        else:
            assert done.code == 3, (name, done)
        assert tree(folder) == before, name


@pytest.mark.process
def test_the_number_in_an_intake_is_not_what_counts(run: Run, folder: Folder) -> None:
    before = tree(folder)
    for name in ODD:
        done = run("new", "CM26-2", folder.path, "--from", "-", stdin=intake(name))
        assert done.code == 0, (name, done)
        folder.path_of("CM26-2").unlink()
        assert tree(folder) == before, name


@pytest.mark.process
def test_files_of_odd_names_are_listed_and_left(run: Run, folder: Folder) -> None:
    text = folder.path_of(NUMBER).read_bytes()
    for count, name in enumerate(AS_A_FILE):
        if 0 < len(name.encode(errors="surrogateescape")) < 250 and name[0] != ".":
            number = f"CM26-1{count:03}".encode()
            (folder.path / f"{name}.toml").write_bytes(text.replace(NUMBER.encode(), number))
    there = {path.name: path.read_bytes() for path in folder.path.glob("*.toml")}
    assert len(there) > 40
    assert run("list", folder.path).code == 0
    assert run("check", folder.path, "--concise").code == 3
    assert run("doctor", folder.path).code == 1
    assert {path.name: path.read_bytes() for path in folder.path.glob("*.toml")} == there


def test_a_repair_names_the_file_after_its_number(run: Run, folder: Folder) -> None:
    odd = folder.path / "-rf x;y.toml"
    odd.write_bytes(folder.path_of(NUMBER).read_bytes().replace(NUMBER.encode(), b"CM26-0000009"))
    odd.chmod(0o600)
    assert run("doctor", folder.path, f"--repair={odd.name}").code == 0
    assert folder.path_of("CM26-0000009").exists()
    assert not odd.exists()


STORE: dict[str, Callable[[Folder, str], object]] = {
    "open": lambda folder, name: folder.open(name),
    "path": lambda folder, name: folder.path_of(name),
    "letter": lambda folder, name: folder.write_letter(name, "The letter.\n"),
    "claim": lambda folder, name: claim(folder.path, name, ME),
    "request": lambda folder, name: ask(folder.path, name, ME),
    "holder": lambda folder, name: holder(folder.path, name),
    "versions": lambda folder, name: Versions(folder.path, name).note(b"x", Event.OPENED),
}


@pytest.mark.parametrize("way", STORE)
def test_the_store_makes_no_path_of_it(folder: Folder, way: str) -> None:
    before = tree(folder)
    for name in ODD:
        with pytest.raises(BadInput, match="is not a case number") as caught:
            STORE[way](folder, name)
        assert len(str(caught.value)) < 400
        assert tree(folder) == before, name


def test_a_number_in_the_index_makes_no_path(folder: Folder, run: Run) -> None:
    """The index only names files that are there; what it holds is shown, and opens nothing."""
    assert run("list", folder.path).code == 0
    for name in Index(folder.path).load():
        assert Path(name).name == name


@pytest.mark.parametrize("name", PLAIN)
def test_what_other_systems_reserve_is_a_name_here(run: Run, cases: Path, name: str) -> None:
    assert run("new", name, cases).code == 0
    assert [path.name for path in cases.glob("*.toml")] == [f"{name}.toml"]
    try:
        Folder(cases).open(name)
    except ImrError as error:
        raise AssertionError(str(error)) from error
