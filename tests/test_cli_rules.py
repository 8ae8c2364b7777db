"""`imr-tui rules`: the list, an explanation, and what the site makes of a rule."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from imr_tui.checks import RULES, CheckContext, Hit, Rule
from imr_tui.checks.precision import Counts, Measured, measured
from imr_tui.checks.report import explain
from imr_tui.cli.commands.rules import WIDTH
from tests.commands import Run, assert_refused

pytestmark = pytest.mark.process


def nothing(draft: CheckContext) -> Iterator[Hit]:
    """A word that is no word.

    It looks at every text that is printed, and it was narrowed to words of three letters, as
    longer ones are names more often than not.
    """
    yield from ()


RULE = Rule(
    "IMR900",
    "word-wrong",
    "warning",
    "Who reads the letter takes a word that is none for one that is, and acts on it.",
    "A law of words",
    nothing,
    {"rationale": "The kni is swollen, and so it was on every day on which it was looked at."},
    {"rationale": "The knee is swollen, and so it was on every day on which it was looked at."},
)


@pytest.fixture(autouse=True)
def rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """One rule that no other test knows."""
    monkeypatch.setitem(RULES, RULE.id, RULE)


NUMBERS = measured()


def test_the_numbers_of_a_rule_are_told(
    run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = {"IMR900": Counts(true=8, defensible=2, false=1, unjudged=3), "IMR101": Counts(0, 1)}
    found = Measured(date(2026, 11, 30), 38, counts)
    monkeypatch.setattr("imr_tui.cli.commands.rules.measured", lambda: found)
    assert "  91% of 11 findings  " in run("rules", "--folder", cases).out
    assert "  100% of 1 finding   " in run("rules", "--folder", cases).out
    told = one_line(run("rules", "IMR900", "--folder", cases).out)
    assert told.endswith(
        "Measured: 14 findings in 38 letters (2026-11-30): 8 true, 2 defensible, 1 false, "
        "3 not judged."
    )
    assert Measured(found.on, 38, {"IMR900": Counts(unjudged=1)}).brief("IMR900") == (
        "1 finding, not judged"
    )


def test_the_shipped_numbers_are_of_rules() -> None:
    assert set(NUMBERS.rules) <= set(RULES)
    assert all(counts.judged + counts.unjudged for counts in NUMBERS.rules.values())


def set_rules(cases: Path, text: str) -> None:
    (cases / ".imr").mkdir(mode=0o700)
    (cases / ".imr" / "settings.toml").write_text(text)


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_the_list_has_a_line_for_every_rule(run: Run, cases: Path) -> None:
    done = run("rules", "--folder", cases)
    assert (done.code, done.err) == (0, "")
    rows = [re.split("  +", line, maxsplit=4) for line in done.out.splitlines()]
    assert rows == [
        [rule.id, rule.severity, rule.slug, NUMBERS.brief(rule.id), rule.summary]
        for _, rule in sorted(RULES.items())
    ]
    none = "no finding in 38 letters"
    assert ["IMR900", "warning", "word-wrong", none, "A word that is no word."] in rows


def test_the_columns_of_the_list_are_aligned(run: Run, cases: Path) -> None:
    lines = run("rules", "--folder", cases).out.splitlines()
    in_order = [RULES[each] for each in sorted(RULES)]
    starts = {line.rindex(rule.summary) for line, rule in zip(lines, in_order, strict=True)}
    assert len(starts) == 1


def test_an_explanation_says_all_of_a_rule(run: Run, cases: Path) -> None:
    done = run("rules", "IMR900", "--folder", cases)
    assert (done.code, done.err) == (0, "")
    shown = one_line(done.out)
    measured = f"Measured: no finding in {NUMBERS.letters} letters ({NUMBERS.on})."
    assert shown == f"{one_line(explain(RULE))} {measured}"
    for part in (RULE.id, RULE.slug, RULE.severity, RULE.summary, *RULE.details, RULE.why):
        assert part in shown
    assert RULE.source in shown
    for example in (RULE.fires, RULE.passes):
        assert str(example["rationale"]) in shown


def test_an_explanation_is_wrapped(run: Run, cases: Path) -> None:
    lines = run("rules", "IMR900", "--folder", cases).out.splitlines()
    assert max(map(len, lines)) <= WIDTH
    at = next(at for at, line in enumerate(lines) if "rationale: " in line)
    indents = [len(line) - len(line.lstrip()) for line in lines[at : at + 2]]
    assert indents[1] > indents[0]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_has_its_explanation(run: Run, cases: Path, rule: Rule) -> None:
    done = run("rules", rule.id, "--folder", cases)
    assert (done.code, done.err) == (0, "")
    assert one_line(rule.why) in one_line(done.out)


@pytest.mark.parametrize("name", ["imr900", "word-wrong", "Word-Wrong", "IMR900,IMR900", "IMR90"])
def test_a_rule_goes_by_many_names(run: Run, cases: Path, name: str) -> None:
    done = run("rules", name, "--folder", cases)
    assert done.out == run("rules", "IMR900", "--folder", cases).out


def test_several_rules_are_explained_one_after_the_other(run: Run, cases: Path) -> None:
    one, other = (run("rules", each, "--folder", cases).out for each in ("IMR900", "IMR101"))
    assert run("rules", "IMR900", "items-none", "--folder", cases).out == f"{one}\n{other}"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("IMR9000", "Did you mean IMR900"),
        ("word-wrongs", "Did you mean word-wrong"),
        ("nonsense!", "`imr-tui rules` lists the rules"),
        ("\x1b[31mX", "There is no rule"),
    ],
)
def test_an_unknown_rule(run: Run, cases: Path, name: str, says: str) -> None:
    assert_refused(run("rules", "IMR101", name, "--folder", cases), 2, says)


@pytest.mark.parametrize("value", ["off", "info", "error"])
def test_the_site_has_a_say(run: Run, cases: Path, value: str) -> None:
    set_rules(cases, f'[rules]\nIMR900 = "{value}"\n')
    done = run("rules", "--folder", cases)
    assert re.search(rf"^IMR900  {value} +word-wrong ", done.out, re.MULTILINE)
    explained = one_line(run("rules", "IMR900", "--folder", cases).out)
    assert explained.endswith(f"In {cases}, the settings change it to: {value}.")
    (rule,) = json.loads(run("rules", "IMR900", "--json", "--folder", cases).out)["rules"]
    assert (rule["severity"], rule["default"]) == (value, "warning")


def test_the_default_folder_is_cases(
    run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_rules(cases, '[rules]\nIMR900 = "off"\n')
    monkeypatch.chdir(cases.parent)
    assert "IMR900  off" in run("rules").out
    monkeypatch.chdir(cases)
    assert "IMR900  off" in run("rules").out
    (cases.parent / "elsewhere").mkdir()
    monkeypatch.chdir(cases.parent / "elsewhere")
    assert "IMR900  warning" in run("rules").out


def test_broken_settings_are_told(run: Run, cases: Path) -> None:
    set_rules(cases, '[rules]\nIMR101 = "off"\n')
    assert_refused(run("rules", "--folder", cases), 3, "IMR101 must stay an error")


def test_the_list_as_json(run: Run, cases: Path) -> None:
    done = run("rules", "--json", "--folder", cases)
    document: dict[str, Any] = json.loads(done.out)
    assert (done.code, document["schema"]) == (0, 1)
    assert [rule["id"] for rule in document["rules"]] == sorted(RULES)
    assert document["rules"][-1] == {
        "id": "IMR900",
        "slug": "word-wrong",
        "severity": "warning",
        "default": "warning",
        "once": False,
        "summary": "A word that is no word.",
        "details": [
            "It looks at every text that is printed, and it was narrowed to words of three "
            "letters, as longer ones are names more often than not."
        ],
        "why": RULE.why,
        "source": RULE.source,
        "fires": dict(RULE.fires),
        "passes": dict(RULE.passes),
        "measured": {
            "letters": NUMBERS.letters,
            "date": str(NUMBERS.on),
            **dict.fromkeys(("true", "defensible", "false", "unjudged"), 0),
        },
    }
