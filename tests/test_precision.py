"""The counting of findings on published letters by verdict."""

from datetime import date
from pathlib import Path

import pytest
import tomli

from imr_tui.checks.precision import Counts
from tests.precision import main, read, written
from tests.test_import import a_letter, put

pytestmark = pytest.mark.process


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a letter in which rules find something, and a file of verdicts beside it."""
    letters = tmp_path / "letters"
    letters.mkdir(mode=0o700)
    put(letters, "letter.txt", a_letter().replace("A worker", "Mr. Sample, a worker [NAME],"))
    (tmp_path / "verdicts.toml").write_text("", encoding="utf-8")
    return tmp_path


def count(folder: Path, *options: str) -> int:
    files = ("--judgements", f"{folder}/verdicts.toml", "--totals", f"{folder}/totals.toml")
    return main([f"{folder}/letters", *files, *options])


def totals(folder: Path) -> dict[str, dict[str, int]]:
    """The totals that were written."""
    data = tomli.loads((folder / "totals.toml").read_text(encoding="utf-8"))
    assert data["letters"] == 1
    rules: dict[str, dict[str, int]] = data["rules"]
    return rules


def judge(folder: Path, listed: str, verdict: str) -> list[str]:
    """Give all findings of a list the same verdict; returns their lines."""
    found = [line for line in listed.splitlines() if line.startswith(("[", '"'))]
    text = "\n".join(line.replace('= "unjudged"', f'= "{verdict}"') for line in found)
    (folder / "verdicts.toml").write_text(f"{text}\n", encoding="utf-8")
    return [line for line in found if line.startswith('"')]


def test_what_is_listed_can_be_judged(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert count(folder) == 1
    listed = capsys.readouterr().out
    found = judge(folder, listed, "defensible")
    rules = {line[1:7] for line in found}
    assert rules
    assert f"{len(found)} findings in 1 letters, {len(found)} without a verdict." in listed
    assert listed.count("No verdict: ") == len(found)
    assert rules <= totals(folder).keys()
    assert all(totals(folder)[rule]["unjudged"] for rule in rules)

    assert count(folder) == 0
    assert "without a verdict" in capsys.readouterr().out
    assert all(totals(folder)[rule]["defensible"] for rule in rules)


def test_infos_are_counted_and_listed_on_demand(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    count(folder)
    brief = capsys.readouterr().out
    count(folder, "--info")
    whole = capsys.readouterr().out
    assert '"  # info: ' not in brief
    assert '"  # info: ' in whole


def test_a_verdict_on_no_finding_is_reported(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    count(folder)
    judge(folder, capsys.readouterr().out, "true")
    put(folder / "letters", "letter.txt", a_letter())
    assert count(folder) == 1
    assert "No such finding: " in capsys.readouterr().out


def test_an_unknown_verdict_is_refused(folder: Path) -> None:
    path = folder / "verdicts.toml"
    path.write_text('[CM00-1]\n"IMR301 summary.text 0" = "maybe"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="'maybe' is not a verdict"):
        read(path)


def test_the_totals_can_be_read_again() -> None:
    counts = {"IMR101": Counts(true=2), "IMR301": Counts(1, 2, 3, 4)}
    data = tomli.loads(written(counts, 38, date(2026, 11, 30)))
    assert (data["date"], data["letters"]) == (date(2026, 11, 30), 38)
    assert {rule: Counts(**each) for rule, each in data["rules"].items()} == counts


def test_the_shipped_verdicts_are_verdicts() -> None:
    read(Path(__file__).with_name("precision.toml"))
