"""`imr-tui intake`: one file, standard input, or a spool directory."""

import json
import os
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from imr_tui.errors import CannotStore
from imr_tui.services import intake_files
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.intake import spool as store
from imr_tui.store.safety import atomic_batch
from tests.builders import names
from tests.commands import Run, assert_refused
from tests.services.intake_rows import a_given_case, all_files, case_texts

OLD = 3_600
"""Seconds since a file in a spool directory was written, so that it is complete."""


def line(number: int, **more: str) -> str:
    """A row of JSON Lines."""
    given = {"case.number": f"CM26-{number}", "assignment": f"A-{number}", **more}
    return json.dumps(given)


def file_of(path: Path, *lines: str, age: float = OLD) -> Path:
    """A file with lines, written some seconds ago."""
    path.write_text("".join(f"{each}\n" for each in lines))
    os.utime(path, (time.time() - age,) * 2)
    return path


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    """An empty spool directory."""
    folder = tmp_path / "spool"
    folder.mkdir()
    return folder


# ── One file ─────────────────────────────────────────────────────────────────────────────


def test_each_row_is_told(run: Run, cases: Path, tmp_path: Path) -> None:
    rows = [line(1, telephone="555"), "{", line(2), line(2, **{"case.number": "CM26-1"})]
    path = file_of(tmp_path / "rows.jsonl", *rows)
    done = run("intake", path, cases)
    assert done.code == 3
    told = done.out.splitlines()
    assert told[0] == "line 1: CM26-1 created"
    assert told[1].startswith("line 2: failed: ")
    assert told[2] == "line 3: CM26-2 created"
    assert told[3].startswith("line 4: CM26-1 failed: Assignment A-2 belongs to CM26-2")
    assert "imr-tui: 4 rows: 2 created, 2 failed.\n" in done.err
    assert "imr-tui: Not kept, because no determination needs it: telephone (1 row).\n" in done.err
    assert case_texts(cases) == {
        f"CM26-{at}.toml": encode(a_given_case(f"CM26-{at}", f"A-{at}")) for at in (1, 2)
    }


def test_standard_input_and_a_second_run(run: Run, cases: Path) -> None:
    sent = f"{line(1)}\n{line(2)}\n".encode()
    assert run("intake", "-", cases, stdin=sent).code == 0
    before = all_files(cases)
    done = run("intake", "-", cases, stdin=sent)
    assert (done.code, done.out) == (0, "line 1: CM26-1 unchanged\nline 2: CM26-2 unchanged\n")
    assert all_files(cases) == before


def test_results_as_json(run: Run, cases: Path) -> None:
    done = run("intake", "-", cases, "--json", "--dry-run", stdin=f"{line(1)}\n[".encode())
    told = json.loads(done.out)
    assert (done.code, told["schema"], told["dry_run"]) == (3, 1, True)
    first, second = told["rows"]
    assert first == {
        **{"file": "", "line": 1, "number": "CM26-1", "result": "created", "says": ""},
        "not_kept": [],
    }
    assert (second["line"], second["result"], second["number"]) == (2, "failed", "")
    assert told["totals"] == {"created": 1, "failed": 1}
    assert "Nothing was written, because this was a dry run." in done.err
    assert all_files(cases) == {}


def test_what_stands_before_an_unreadable_place_is_taken(run: Run, cases: Path) -> None:
    sent = f"case.number,assignment\nCM26-1,A-1\nCM26-2,A-2\n{'x' * 20_000_000}\n".encode()
    done = run("intake", "-", cases, stdin=sent)
    assert done.code == 3
    assert "line 4 is longer than" in done.err
    assert list(case_texts(cases)) == ["CM26-1.toml", "CM26-2.toml"]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ((), 2, "Name one FILE"),
        (("a", "b", "c"), 2, "Name one FILE"),
        (("a", "b", "--spool", "c"), 2, "Name one FILE"),
        (("gone.csv", "{cases}"), 4, "gone.csv could not be read"),
        (("-", "gone"), 4, "There is no folder gone"),
        (("--spool", "gone", "{cases}"), 4, "The directory gone could not be read"),
    ],
)
def test_what_cannot_be_done(
    run: Run, cases: Path, words: Sequence[str], code: int, says: str
) -> None:
    done = run("intake", *(word.format(cases=cases) for word in words))
    assert_refused(done, code, says)
    assert case_texts(cases) == {}


# ── A spool directory ────────────────────────────────────────────────────────────────────


def test_the_files_of_a_spool_directory_are_moved(run: Run, cases: Path, spool: Path) -> None:
    file_of(spool / "b.jsonl", line(2), "{")
    file_of(spool / "a.jsonl", line(1))
    file_of(spool / "c.csv", "case.number,assignment", "CM26-3,A-3")
    done = run("intake", "--spool", spool, cases)
    assert done.code == 3
    told = done.out.splitlines()
    assert told[0] == "a.jsonl, line 1: CM26-1 created"
    assert told[1] == f"a.jsonl: moved to {spool / 'done' / 'a.jsonl'}"
    assert told[2] == "b.jsonl, line 1: CM26-2 created"
    assert names(spool) == ["done", "refused"]
    assert names(spool / "done") == ["a.jsonl", "c.csv"]
    assert names(spool / "refused") == ["b.jsonl", "b.jsonl.why"]
    assert (spool / "refused" / "b.jsonl.why").read_text().startswith("line 2: failed: ")
    assert list(case_texts(cases)) == ["CM26-1.toml", "CM26-2.toml", "CM26-3.toml"]
    assert run("intake", "--spool", spool, cases).code == 0


@pytest.mark.parametrize("name", [".hidden.csv", "a.csv.tmp", "a.csv.PART", "link.csv", "folder"])
def test_what_is_no_complete_file_is_left(run: Run, cases: Path, spool: Path, name: str) -> None:
    if name == "folder":
        (spool / name).mkdir()
    elif name == "link.csv":
        (spool / name).symlink_to(file_of(spool.parent / "elsewhere.jsonl", line(1)))
    else:
        file_of(spool / name, line(1))
    assert run("intake", "--spool", spool, cases).code == 0
    assert names(spool) == [name]
    assert case_texts(cases) == {}


def test_a_file_that_may_still_be_written_waits(run: Run, cases: Path, spool: Path) -> None:
    file_of(spool / "a.jsonl", line(1), age=0)
    done = run("intake", "--spool", spool, cases)
    assert (done.code, done.out) == (0, "")
    assert "a.jsonl was changed just now, so the next run takes it." in done.err
    assert names(spool) == ["a.jsonl"]


def test_a_file_that_changes_while_it_is_read_waits(
    run: Run, cases: Path, spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, read = file_of(spool / "a.jsonl", line(1)), intake_files.read_file

    def replaced_afterwards(*given: object) -> object:
        found = read(*given)  # type: ignore[arg-type]
        file_of(path, line(1), line(2), age=OLD + 9)
        return found

    monkeypatch.setattr(intake_files, "read_file", replaced_afterwards)
    done = run("intake", "--spool", spool, cases)
    assert "a.jsonl changed while it was read." in done.err
    assert names(spool) == ["a.jsonl"]
    assert case_texts(cases) == {}


def test_no_earlier_file_is_replaced(run: Run, cases: Path, spool: Path) -> None:
    for at in (1, 2, 3):
        file_of(spool / "a.jsonl", line(at))
        assert run("intake", "--spool", spool, cases).code == 0
    assert names(spool / "done") == ["a-2.jsonl", "a-3.jsonl", "a.jsonl"]
    assert [
        f"CM26-{at}" in (spool / "done" / name).read_text()
        for at, name in enumerate(["a.jsonl", "a-2.jsonl", "a-3.jsonl"], 1)
    ] == [True] * 3


def test_a_reason_is_not_replaced_either(run: Run, cases: Path, spool: Path) -> None:
    for text in ("{", "["):
        file_of(spool / "a.csv", text)
        assert run("intake", "--spool", spool, cases).code == 3
    assert names(spool / "refused") == ["a-2.csv", "a-2.csv.why", "a.csv", "a.csv.why"]


def test_a_full_disk_leaves_the_file_for_the_next_run(
    run: Run, cases: Path, spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_of(spool / "a.jsonl", line(1))

    def full(*_: object) -> None:
        raise CannotStore("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(atomic_batch, "create_all", full)
        done = run("intake", "--spool", spool, cases)
    assert (done.code, done.out) == (4, "a.jsonl, line 1: CM26-1 failed: The disk is full.\n")
    assert "a.jsonl was left where it is for the next run." in done.err
    assert names(spool) == ["a.jsonl"]
    assert run("intake", "--spool", spool, cases).code == 0
    assert decode(case_texts(cases)["CM26-1.toml"], "it") == a_given_case("CM26-1", "A-1")


def test_a_dry_run_moves_nothing(run: Run, cases: Path, spool: Path) -> None:
    file_of(spool / "a.jsonl", line(1))
    done = run("intake", "--spool", spool, cases, "--dry-run")
    assert done.out == "a.jsonl, line 1: CM26-1 created\n"
    assert names(spool) == ["a.jsonl"]
    assert all_files(cases) == {}


def test_two_runs_do_not_take_the_same_files(run: Run, cases: Path, spool: Path) -> None:
    file_of(spool / "a.jsonl", line(1))
    with store.locked(spool):
        done = run("intake", "--spool", spool, cases)
    assert_refused(done, 5, "Another `imr-tui intake` works on")
    assert names(spool) == ["a.jsonl"]
