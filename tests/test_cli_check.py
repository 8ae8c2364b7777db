"""`imr-tui check`: cases, letters and folders, the words at fault, JSON, counts, exit codes."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from imr_tui import checks
from imr_tui.checks import CheckContext, Hit, Rule, report
from imr_tui.checks.rule import RULES, digest
from imr_tui.checks.setup import Setting
from imr_tui.domain.workflow import Place
from imr_tui.letter.render.renderer import render
from imr_tui.model.case import Acknowledgement, Case, Particulars, Summary
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.config.account_folder import account_folder
from tests.builders import NOW, NUMBER, a_case, a_complete_case, an_item, names, saved
from tests.commands import Done, Run, assert_refused
from tests.pdfs import a_pdf, pages_of
from tests.test_import import a_letter, put, without_header

pytestmark = pytest.mark.process

WORD = "kni"
"""What the rule of these tests takes for a fault wherever it is printed."""


def words_at_fault(draft: CheckContext) -> Iterator[Hit]:
    """A printed word is wrong."""
    for place, text in draft.printed:
        if WORD in text:
            at = text.index(WORD)
            yield Hit(place, f"{WORD} is no word; write knee.", (at, at + len(WORD)))


def absences(draft: CheckContext) -> Iterator[Hit]:
    """One hit for the letter, made from several places."""
    found = [(place, text) for place, text in draft.printed if "no record" in text]
    if found:
        spans = [(place, (text.index("no record"), text.index("no record") + 9))
                 for place, text in found]  # fmt: skip
        (place, span), *others = spans
        yield Hit(place, "Absence is claimed.", span, (*others, (Place("case.number"), None)))


def late(draft: CheckContext) -> Iterator[Hit]:
    """Tells the day and the reviewer that it was run with."""
    site = draft.load_catalogue is not None
    yield Hit(Place("case.number"), f"today={draft.today} reviewer={draft.reviewer} site={site}")


def a_rule(identifier: str, slug: str, severity: Any, function: Any, **more: Any) -> Rule:
    return Rule(identifier, slug, severity, "It matters.", "A law", function, {}, {}, **more)


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rules that no other test knows."""
    for rule in (
        a_rule("IMR900", "word-wrong", "warning", words_at_fault),
        a_rule("IMR901", "absence-claimed", "warning", absences, once=True),
        a_rule("IMR902", "day-told", "info", late),
    ):
        monkeypatch.setitem(RULES, rule.id, rule)


def setting(folder: Path, text: str, name: str = "settings.toml") -> None:
    (folder / ".imr").mkdir(mode=0o700, exist_ok=True)
    (folder / ".imr" / name).write_text(text)


def accepted(case: Case, rule_id: str, key: str, reason: str = "It is the name.") -> Case:
    """`case` with the findings of a rule accepted under `key`."""
    found = checks.run(CheckContext(case), checks.Policy([rule_id]))
    these = tuple(each for each in found if each.key == key)
    answer = Acknowledgement(reason=reason, digest=digest(case, these), at=NOW)
    return case.but(acknowledged={**case.acknowledged, key: answer})


def with_summary(text: str) -> Case:
    return a_complete_case(summary=Summary(text=text))


# The words at fault


def test_the_words_are_shown_with_carets_below(run: Run, cases: Path) -> None:
    (path,) = saved(cases, with_summary("The kni is swollen."))
    done = run("check", path, "--select", "IMR900")
    assert done == Done(
        1,
        f"{path}: summary.text: IMR900 warning word-wrong: kni is no word; write knee.\n"
        "    The kni is swollen.\n"
        "        ^^^\n",
        "imr-tui: 1 warning in 1 case.\n",
    )


def test_an_excerpt_is_a_part_of_a_long_text(run: Run, cases: Path) -> None:
    before, after = "before " * 30, " behind" * 30
    saved(cases, with_summary(f"{before}kni{after}"))
    _, words, carets = run("check", cases, "--select", "IMR900").out.splitlines()
    assert words == f"    ...{'before ' * 5}kni{' behind' * 5}..."
    assert words[carets.index("^") : carets.rindex("^") + 1] == WORD


@pytest.mark.parametrize("long", ["x" * 300, "漢" * 300, "x" * 300 + " "])
def test_an_excerpt_of_a_long_word(run: Run, cases: Path, long: str) -> None:
    saved(cases, with_summary(f"{long}kni{long}"))
    _, words, carets = run("check", cases, "--select", "IMR900").out.splitlines()
    assert len(words) < 100
    assert words[carets.index("^") : carets.rindex("^") + 1] == WORD


def test_long_words_are_cut_in_the_middle(
    run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def whole(draft: CheckContext) -> Iterator[Hit]:
        yield Hit(Place("summary.text"), "Long.", (0, len(draft.summary)))

    monkeypatch.setitem(RULES, "IMR900", a_rule("IMR900", "long", "info", whole))
    saved(cases, with_summary(f"First {'word ' * 100}last"))
    _, words, carets = run("check", cases, "--select", "IMR900").out.splitlines()
    assert re.fullmatch(r"    First (word )*word\.\.\. \.\.\.(word )+last", words)
    assert carets == "    " + "^" * (len(words) - 4)
    assert len(words) < 90


def test_lines_and_white_space_are_one_space(run: Run, cases: Path) -> None:
    saved(cases, with_summary("\n The  sore\n\n\tkni\nis\n swollen. "))
    _, words, carets = run("check", cases, "--select", "IMR900").out.splitlines()
    assert words == "    The sore kni is swollen."
    assert carets == "             ^^^"


def test_other_places_are_named(run: Run, cases: Path) -> None:
    case = a_complete_case(
        (an_item(rationale="There is no record of it."), an_item("Visit (no record)"))
    )
    saved(cases, case)
    done = run("check", cases, "--select", "absence-claimed")
    assert done.out.splitlines() == [
        f"{cases / NUMBER}.toml: item 1 rationale: IMR901 warning absence-claimed: "
        "Absence is claimed.",
        "    There is no record of it.",
        "             ^^^^^^^^^",
        "    item 2 request: Visit (no record)",
        "                           ^^^^^^^^^",
        f"    case.number: {NUMBER}",
    ]


@pytest.mark.parametrize("text", ["Ünï 漢字 kni 漢", "x\u0301 kni", "[b]kni[/b]", "{{ kni }}"])
def test_words_that_are_not_ascii_are_shown(run: Run, cases: Path, text: str) -> None:
    saved(cases, with_summary(text))
    _, words, carets = run("check", cases, "--select", "IMR900").out.splitlines()
    assert words == f"    {text}"
    assert words[carets.index("^") : carets.rindex("^") + 1] == WORD


def test_words_cannot_command_the_terminal(
    run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = "\x1b[31m\x07kni\x1b]0;x\x07\u202e\r\nmore"

    def text_at(case: Case, place: Place) -> str:
        return hostile

    def whole(draft: CheckContext) -> Iterator[Hit]:
        yield Hit(Place("summary.text"), hostile, (3, 9), ((Place(hostile), (0, 2)),))

    monkeypatch.setitem(RULES, "IMR900", a_rule("IMR900", "hostile", "warning", whole))
    monkeypatch.setattr(report, "text_at", text_at)
    saved(cases, a_complete_case())
    done = run("check", cases, "--select", "IMR900")
    assert all(line.isprintable() for line in done.out.splitlines())
    assert len(done.out.splitlines()) == 5
    assert "<U+001B>[31m<U+0007>kni<U+001B>" in done.out
    assert json.loads(run("check", cases, "--select", "IMR900", "--json").out)


@pytest.mark.parametrize("span", [(0, 0), (5, 3), (900, 901), (0, 900), (900, 950)])
def test_a_span_outside_the_text_does_no_harm(
    run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch, span: tuple[int, int]
) -> None:
    def outside(draft: CheckContext) -> Iterator[Hit]:
        yield Hit(Place("summary.text"), "Odd.", span, ((Place("rationale", 7), span),))

    monkeypatch.setitem(RULES, "IMR900", a_rule("IMR900", "odd", "info", outside))
    saved(cases, a_complete_case())
    for form in ((), ("--json",), ("--statistics",)):
        assert run("check", cases, "--select", "IMR900", *form).code == 0


def test_concise_is_one_line_for_each(run: Run, cases: Path) -> None:
    saved(cases, with_summary("The kni, and no record."))
    done = run("check", cases, "--select", "IMR90", "--concise")
    assert [line.split(": ")[2].split()[0] for line in done.out.splitlines()] == [
        "IMR900",
        "IMR901",
        "IMR902",
    ]


# What was accepted


def test_an_accepted_warning_is_counted_only(run: Run, cases: Path) -> None:
    (path,) = saved(cases, accepted(with_summary("The kni."), "IMR900", "IMR900"))
    done = run("check", path, "--select", "IMR900")
    assert done == Done(0, "", "imr-tui: 1 warning (1 accepted) in 1 case.\n")
    (found,) = json.loads(run("check", path, "--select", "IMR900", "--json").out)["findings"]
    assert (found["open"], found["accepted"]) == (False, "It is the name.")


def test_all_prints_it_with_its_reason(run: Run, cases: Path) -> None:
    (path,) = saved(cases, accepted(with_summary("The kni."), "IMR900", "IMR900"))
    done = run("check", path, "--select", "IMR900", "--all", "--concise")
    assert done.code == 0
    assert done.out == (
        f"{path}: summary.text: IMR900 warning word-wrong: kni is no word; write knee. "
        "(accepted: It is the name.)\n"
    )


def test_accepted_for_one_item_is_not_accepted_for_another(run: Run, cases: Path) -> None:
    case = a_complete_case((an_item(rationale="One kni."), an_item(rationale="Two kni.")))
    saved(cases, accepted(case, "IMR900", "IMR900-2"))
    done = run("check", cases, "--select", "IMR900")
    assert (done.code, done.err) == (1, "imr-tui: 2 warnings (1 accepted) in 1 case.\n")
    assert "item 1" in done.out
    assert "item 2" not in done.out


def test_a_changed_text_is_not_accepted_any_more(run: Run, cases: Path) -> None:
    case = accepted(with_summary("The kni."), "IMR900", "IMR900")
    saved(cases, case.but(summary=Summary(text="The kni!")))
    assert run("check", cases, "--select", "IMR900").code == 1


def test_an_error_cannot_be_accepted(run: Run, cases: Path) -> None:
    setting(cases, '[rules]\nIMR900 = "error"\n')
    saved(cases, accepted(with_summary("The kni."), "IMR900", "IMR900"))
    done = run("check", cases, "--select", "IMR900")
    assert (done.code, done.err) == (1, "imr-tui: 1 error in 1 case.\n")


# Settings


@pytest.mark.parametrize(
    ("value", "code", "says"),
    [
        ("off", 0, "nothing found"),
        ("info", 0, "1 info"),
        ("warning", 1, "1 warning"),
        ("error", 1, "1 error"),
    ],
)
def test_a_site_sets_severities(
    run: Run, cases: Path, value: Setting, code: int, says: str
) -> None:
    setting(cases, f'[rules]\nIMR900 = "{value}"\n')
    (path,) = saved(cases, with_summary("The kni."))
    for where in (cases, path):
        done = run("check", where, "--select", "IMR900")
        assert (done.code, done.err) == (code, f"imr-tui: {says} in 1 case.\n")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[rules]\nIMR101 = "off"\n', r"settings\.toml: rules: IMR101 must stay an error"),
        ('[rules]\nIMR999 = "off"\n', "there is no rule IMR999"),
        ('[rules]\nIMR900 = "never"\n', "line 2"),
        ("nonsense", r"settings\.toml is not valid TOML"),
    ],
)
def test_broken_settings_stop_the_checks(run: Run, tmp_path: Path, text: str, says: str) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir(mode=0o700)
        saved(tmp_path / name, a_case())
    setting(tmp_path / "two", text)
    assert_refused(run("check", tmp_path / "one", tmp_path / "two"), 3, says)


def test_every_folder_has_its_own_settings(run: Run, tmp_path: Path) -> None:
    for name, value in (("one", "off"), ("two", "error")):
        (tmp_path / name).mkdir(mode=0o700)
        setting(tmp_path / name, f'[rules]\nIMR900 = "{value}"\n')
        saved(tmp_path / name, with_summary("The kni."))
    files = (tmp_path / name / f"{NUMBER}.toml" for name in ("one", "two"))
    done = run("check", *files, "--select", "IMR900", "--concise")
    assert (done.code, done.err) == (1, "imr-tui: 1 error in 2 cases.\n")
    assert done.out.startswith(f"{tmp_path / 'two'}")


def told(run: Run, *arguments: object) -> tuple[Done, str]:
    """What the rules were run with."""
    done = run("check", *arguments, "--select", "IMR902", "--concise")
    return done, done.out.partition("day-told: ")[2].strip()


def test_a_case_is_looked_at_today_and_with_the_reviewers_name(run: Run, cases: Path) -> None:
    setting(cases, 'name = "Robin Sample"\n', "profile.toml")
    saved(cases, a_case())
    done, says = told(run, cases)
    assert done.code == 0
    assert re.fullmatch(r"today=\d{4}-\d\d-\d\d reviewer=Robin Sample site=False", says)


def test_a_site_adds_its_guidelines(run: Run, cases: Path) -> None:
    setting(cases, "as_of = 2026-06-30\n", "guidelines.toml")
    saved(cases, a_case())
    assert told(run, cases)[1].endswith("site=True")


@pytest.mark.parametrize("name", ["profile.toml", "guidelines.toml"])
def test_what_else_is_broken_is_told_and_the_rest_checked(run: Run, cases: Path, name: str) -> None:
    setting(cases, "nonsense", name)
    saved(cases, a_case())
    done, says = told(run, cases)
    assert says.endswith("reviewer= site=False")
    assert done.code == 3
    assert re.search(rf"{name} is not valid TOML.*\nimr-tui: 1 info in 1 case\.\n$", done.err)


# Naming rules


@pytest.mark.parametrize(
    "select",
    [
        ("--select", "word-wrong"),
        ("--select", "Word-Wrong, imr901"),
        ("--select", "IMR900", "--select", "IMR901"),
        ("--select", "IMR90", "--ignore", "day-told"),
    ],
)
def test_rules_go_by_ids_beginnings_and_slugs(
    run: Run, cases: Path, select: tuple[str, ...]
) -> None:
    saved(cases, with_summary("The kni."))
    done = run("check", cases, *select)
    assert (done.code, done.err) == (1, "imr-tui: 1 warning in 1 case.\n")


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("IMR9000", "There is no rule IMR9000. Did you mean IMR900"),
        ("word-wrng", "Did you mean word-wrong"),
        ("Word-Wrng", "Did you mean word-wrong"),
        ("nonsense!", "`imr-tui rules` lists the rules"),
    ],
)
def test_an_unknown_rule_is_refused_with_the_nearest(
    run: Run, cases: Path, option: str, name: str, says: str
) -> None:
    assert_refused(run("check", cases, option, name), 2, says)


# Letters


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir(mode=0o700)
    return folder


def test_a_letter_is_checked_without_a_case(run: Run, letters: Path) -> None:
    path = put(letters, "letter.txt", a_letter().replace("the knee", "the kni"))
    before = path.read_bytes()
    done = run("check", path, "--select", "IMR900")
    assert (done.code, done.err) == (1, "imr-tui: 1 warning in 1 case.\n")
    assert done.out.startswith(f"{path}: summary.text: IMR900 warning word-wrong: ")
    assert "A worker hurt the kni - once." in done.out
    assert (names(letters), path.read_bytes()) == (["letter.txt"], before)


def test_a_letter_has_no_error(run: Run, letters: Path) -> None:
    done = run("check", put(letters, "letter.txt", a_letter()), "--select", "IMR1")
    assert "error" not in done.err.removeprefix("imr-tui: ")


def test_a_letter_is_checked_as_a_pdf(run: Run, letters: Path) -> None:
    letter = a_letter().replace("the knee", "the kni")
    path = put(letters, "letter.PDF", a_pdf(*pages_of(letter)))
    done = run("check", path, "--select", "IMR900")
    assert (done.code, names(letters)) == (1, ["letter.PDF"])
    assert "A worker hurt the kni - once." in done.out


def test_a_letter_needs_no_number(run: Run, letters: Path) -> None:
    path = put(letters, "no number.txt", without_header(a_letter()))
    assert run("check", path, "--select", "IMR900").code == 0


def test_the_day_does_not_count_for_a_letter(run: Run, letters: Path) -> None:
    _, says = told(run, put(letters, "letter.txt", a_letter()))
    assert says == "today=None reviewer= site=False"


def test_what_is_no_letter_is_told_and_the_rest_checked(run: Run, letters: Path) -> None:
    bad = put(letters, "bad.txt", "Dear Sample Worker,")
    put(letters, "good.txt", a_letter())
    (letters / "link.txt").symlink_to(bad)
    done = run("check", letters, "--select", "IMR900")
    assert done.code == 3
    assert done.err.startswith(f"imr-tui: {bad}: This is not an IMR determination letter")
    assert f"{letters / 'link.txt'} could not be read: it is a link." in done.err
    assert done.err.endswith("imr-tui: nothing found in 1 case.\n")
    assert len(json.loads(run("check", letters, "--json").out)["broken"]) == 2


def test_a_letter_that_is_not_there(run: Run, letters: Path) -> None:
    put(letters, "good.txt", a_letter())
    done = run("check", letters / "good.txt", letters / "none.pdf")
    assert_refused(done, 4, r"There is no file .*none\.pdf")


def test_a_folder_of_letters(run: Run, letters: Path) -> None:
    put(letters, "b.TXT", a_letter())
    put(letters, "a.pdf", a_pdf(a_letter()))
    put(letters, "notes.md", "not a letter")
    put(letters, ".hidden.txt", "not a letter")
    (letters / "deeper.txt").mkdir(mode=0o700)
    done = run("check", letters, "--select", "IMR902", "--concise")
    assert [line.split(":")[0] for line in done.out.splitlines()] == [
        str(letters / "a.pdf"),
        str(letters / "b.TXT"),
    ]


def test_the_letters_beside_cases_are_not_checked(run: Run, cases: Path) -> None:
    (path,) = saved(cases, a_complete_case())
    written = put(cases, f"{NUMBER}.txt", render(a_complete_case()))
    done = run("check", cases, "--select", "IMR902", "--concise")
    assert [line.split(":")[0] for line in done.out.splitlines()] == [str(path)]
    assert run("check", written, "--select", "IMR902", "--concise").out.startswith(str(written))


def test_letters_beside_a_broken_case_are_not_checked(run: Run, cases: Path) -> None:
    put(cases, "A.toml", "nonsense")
    put(cases, "A.txt", "no letter")
    done = run("check", cases)
    assert (done.code, len(done.err.splitlines())) == (3, 2)


def test_an_empty_folder(run: Run, cases: Path) -> None:
    assert run("check", cases) == Done(0, "", "imr-tui: nothing found in 0 cases.\n")


def test_a_file_that_is_named_twice_is_checked_once(run: Run, cases: Path) -> None:
    (path,) = saved(cases, a_case())
    done = run("check", cases, path, cases, "--select", "IMR902")
    assert done.err == "imr-tui: 1 info in 1 case.\n"


# Standard input


@pytest.mark.parametrize("as_pdf", [False, True])
def test_a_letter_on_standard_input(run: Run, as_pdf: bool) -> None:
    letter = a_letter().replace("the knee", "the kni")
    data = a_pdf(*pages_of(letter)) if as_pdf else letter.encode()
    done = run("check", "-", "--select", "IMR900", stdin=data)
    assert done.code == 1
    assert done.out.startswith("-: summary.text: IMR900 warning word-wrong: ")


def test_a_case_on_standard_input(run: Run) -> None:
    data = b"# mine\n" + encode(with_summary("The kni."))
    done = run("check", "-", "--select", "IMR900", stdin=data)
    assert (done.code, done.err) == (1, "imr-tui: 1 warning in 1 case.\n")
    assert "today=2" in run("check", "-", "--select", "IMR902", stdin=data).out


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "standard input contains no text"),
        (b"Dear Sample Worker,", "standard input: This is not an IMR determination letter"),
        (b"schema = 1\n[case]\nnmber = 1\n", "standard input, line 2: case number"),
        (b"schema = 99\n", "standard input uses schema 99"),
    ],
)
def test_standard_input_that_is_neither(run: Run, data: bytes, says: str) -> None:
    assert_refused(run("check", "-", stdin=data), 3, f"^imr-tui: {says}")


# Counting


def test_statistics(run: Run, cases: Path) -> None:
    one = a_complete_case((an_item(rationale="One kni."), an_item(rationale="Two kni.")))
    two = with_summary("The kni.").but(particulars=Particulars(number="B"))
    saved(cases, accepted(one, "IMR900", "IMR900-2"), two)
    done = run("check", cases, "--statistics", "--select", "IMR90")
    assert done.code == 1
    assert done.out == (
        "3  IMR900  warning  word-wrong  2 cases, 1 accepted\n"
        "2  IMR902  info     day-told    2 cases\n"
    )
    assert done.err == "imr-tui: 3 warnings (1 accepted), 2 infos in 2 cases.\n"


def test_statistics_as_json(run: Run, cases: Path) -> None:
    saved(cases, with_summary("The kni."))
    done = run("check", cases, "--statistics", "--json", "--select", "IMR900")
    document = json.loads(done.out)
    assert document == {
        "schema": 2,
        "checked": 1,
        "statistics": [
            {
                "rule": "IMR900",
                "slug": "word-wrong",
                "severity": "warning",
                "count": 1,
                "accepted": 0,
                "cases": 1,
            }
        ],
        "broken": [],
    }
    assert faults(document) == []


def test_statistics_of_nothing(run: Run, cases: Path) -> None:
    assert run("check", cases, "--statistics").out == ""


def test_the_sum_names_each_severity(run: Run, cases: Path) -> None:
    saved(cases, with_summary("The kni.").but(items=()))
    done = run("check", cases, "--select", "IMR101,IMR90")
    assert done.err == "imr-tui: 1 error, 1 warning, 1 info in 1 case.\n"


# JSON and its schema


def test_a_finding_as_json(run: Run, cases: Path) -> None:
    case = a_complete_case((an_item(), an_item(rationale="There is no record, kni 漢.")))
    (path,) = saved(cases, case)
    document = json.loads(run("check", path, "--json", "--select", "IMR901").out)
    assert document == {
        "schema": 2,
        "checked": 1,
        "findings": [
            {
                "path": str(path),
                "rule": "IMR901",
                "slug": "absence-claimed",
                "severity": "warning",
                "open": True,
                "accepted": None,
                "item": 2,
                "field": "rationale",
                "span": [9, 18],
                "words": "no record",
                "message": "Absence is claimed.",
                "also": [{"item": None, "field": "case.number", "span": None, "words": None}],
                "source": "A law",
            }
        ],
        "broken": [],
    }


def faults(value: Any, part: dict[str, Any] | None = None) -> list[str]:
    """What the published schema says against `value`; knows the words that the schema uses."""
    schema = json.loads(report.schema())
    return list(_faults(value, schema if part is None else part, schema))


_TYPES: dict[str, type] = {
    "object": dict,
    "array": list,
    "string": str,
    "null": type(None),
    "boolean": bool,
}
_KNOWN = {
    *("$schema", "title", "description", "$defs", "$ref", "type", "required", "properties"),
    *("additionalProperties", "oneOf", "items", "enum", "const", "pattern", "minimum"),
    *("minItems", "maxItems"),
}


def _is(value: Any, kind: str) -> bool:
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, _TYPES[kind])


def _faults(value: Any, part: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    assert set(part) <= _KNOWN
    if "$ref" in part:
        yield from _faults(value, schema["$defs"][part["$ref"].rpartition("/")[2]], schema)
    kinds = part.get("type", [])
    if kinds and not any(_is(value, kind) for kind in ([kinds] if kinds == str(kinds) else kinds)):
        yield f"{value!r} is not {kinds}"
    if value not in part.get("enum", [value]) or value != part.get("const", value):
        yield f"{value!r} is not one of the values"
    if "oneOf" in part and sum(not [*_faults(value, one, schema)] for one in part["oneOf"]) != 1:
        yield "not one of the forms"
    if isinstance(value, str) and not re.search(part.get("pattern", ""), value):
        yield f"{value!r} is not like {part['pattern']}"
    if _is(value, "integer") and value < part.get("minimum", value):
        yield f"{value} is too small"
    if isinstance(value, dict):
        yield from _faults_inside(value, part, schema)
    if isinstance(value, list):
        if not part.get("minItems", 0) <= len(value) <= part.get("maxItems", len(value)):
            yield f"{value!r} has not the length"
        for each in value if "items" in part else ():
            yield from _faults(each, part["items"], schema)


def _faults_inside(
    value: dict[str, Any], part: dict[str, Any], schema: dict[str, Any]
) -> Iterator[str]:
    known = part.get("properties", {})
    yield from (f"{key} is missing" for key in part.get("required", ()) if key not in value)
    for key, each in value.items():
        if key in known:
            yield from _faults(each, known[key], schema)
        elif part.get("additionalProperties") is False:
            yield f"{key} is not known"


def test_the_json_follows_its_schema(run: Run, cases: Path) -> None:
    case = a_complete_case((an_item(decision=None), an_item(rationale="no record of kni")))
    saved(cases, accepted(case, "IMR901", "IMR901"), a_case(particulars=Particulars(number="B")))
    put(cases, "broken.toml", "nonsense")
    for form in ((), ("--statistics",), ("--select", "IMR901")):
        done = run("check", cases, "--json", *form)
        document = json.loads(done.out)
        assert done.code == 3
        assert document["broken"]
        assert faults(document) == []


@pytest.mark.parametrize(
    "change",
    [
        {"rule": "E501"},
        {"severity": "fatal"},
        {"open": None},
        {"accepted": True},
        {"item": 0},
        {"span": [1]},
        {"span": "1-2"},
        {"more": 1},
        {"also": [{}]},
    ],
)
def test_the_schema_is_not_content_with_anything(
    run: Run, cases: Path, change: dict[str, Any]
) -> None:
    saved(cases, with_summary("The kni."))
    document = json.loads(run("check", cases, "--json", "--select", "IMR900").out)
    assert faults(document) == []
    document["findings"][0].update(change)
    assert faults(document) != []
    assert faults({**document, "statistics": []}) != []


def test_the_schema_is_printed(run: Run, tmp_path: Path) -> None:
    done = run("check", "--schema", tmp_path / "none")
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out) == json.loads(report.schema())
    assert json.loads(done.out)["properties"]["schema"]["const"] == report.JSON_SCHEMA


# Speed is for tests/bench; here only what must not be done again for every case


def test_settings_are_read_once_for_a_folder(
    run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from imr_tui.services import check_files
    from imr_tui.services.check_case import load_setup

    folders = []

    def counted(folder: Any, day: Any) -> Any:
        folders.append(folder.path)
        return load_setup(folder, day)

    monkeypatch.setattr(check_files, "load_setup", counted)
    saved(cases, *(a_case(particulars=Particulars(number=f"A{at}")) for at in range(5)))
    run("check", cases, cases / "A1.toml")
    assert folders == [cases]


def test_a_letter_held_back_by_the_site(run: Run, cases: Path) -> None:
    (path,) = saved(cases, with_summary("The kni."))
    assert run("letter", path).code == 0
    setting(cases, '[rules]\nIMR900 = "error"\n')
    assert_refused(run("letter", path), 1, "IMR900 error word-wrong")
    assert run("letter", path, "--draft").code == 0


def test_a_letter_is_looked_at_today_and_with_the_reviewers_name(run: Run, cases: Path) -> None:
    setting(cases, '[rules]\nIMR902 = "error"\n')
    setting(cases, 'name = "Robin Sample"\n', "profile.toml")
    (path,) = saved(cases, a_complete_case(particulars=Particulars(number=NUMBER)))
    done = run("letter", path)
    assert_refused(done, 1, r"today=\d{4}-\d\d-\d\d reviewer=Robin Sample")
    (account_folder(cases) / "profile.toml").write_text("nonsense", encoding="utf-8")
    assert_refused(run("letter", path), 3, r"profile\.toml is not valid TOML")
    assert run("letter", path, "--draft").code == 0
