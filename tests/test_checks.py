"""The rules: each fires on its fault and stays silent on its near miss."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from imr_tui import checks
from imr_tui.checks import RULES, CheckContext, Policy, report
from imr_tui.checks.rule import Hit, rule
from imr_tui.domain.workflow import Place, is_complete, resume, stage_of, walk
from imr_tui.errors import BadInput
from imr_tui.letter.render.renderer import render
from imr_tui.model.case import Case, Item, Parties, Record, Reviewer, Summary
from imr_tui.model.edits import set_item_line, set_rationale, set_summary
from imr_tui.model.evidence import Citation
from imr_tui.model.limits import ATTESTATIONS, Attestation
from imr_tui.text.sanitize import clean_line
from tests.builders import MTUS, a_case, a_complete_case, an_item
from tests.rows import each_row
from tests.strategies import cases, complete_cases

WHOLE = a_complete_case()
NOTHING: list[str] = []


def reviewer(**changes: Any) -> Case:
    return WHOLE.but(reviewer=WHOLE.reviewer.but(**changes))


def but_for(*keys: Attestation) -> tuple[Attestation, ...]:
    return tuple(key for key in ATTESTATIONS if key not in keys)


def with_items(*items: Item) -> Case:
    return WHOLE.but(items=items)


def with_records(*kinds: str) -> Case:
    return WHOLE.but(records=tuple(Record.model_validate({"kind": kind}) for kind in kinds))


def with_citation(**changes: Any) -> Case:
    return with_items(an_item(citations=(MTUS, MTUS.but(**changes))))


def places(case: Case, rule_id: str) -> list[str]:
    return [hit.place.path for hit in RULES[rule_id].function(CheckContext(case))]


FIRES: list[tuple[str, Case, list[str]]] = [
    ("IMR101", WHOLE.but(items=()), ["items"]),
    ("IMR102", with_items(an_item(decision=None)), ["items[0].decision"]),
    (
        "IMR102",
        with_items(an_item(decision=None), an_item(), an_item(decision=None)),
        ["items[0].decision", "items[2].decision"],
    ),
    ("IMR103", with_items(an_item(rationale="")), ["items[0].rationale"]),
    ("IMR103", with_items(an_item(), an_item(rationale=" \n\t\u00a0")), ["items[1].rationale"]),
    ("IMR104", reviewer(licenses=()), ["reviewer.licenses"]),
    ("IMR104", reviewer(licenses=("", " ")), ["reviewer.licenses"]),
    ("IMR104", reviewer(specialties=()), ["reviewer.specialties"]),
    *(
        ("IMR104", reviewer(attested=but_for(key)), ["reviewer.attested"])
        for key in but_for("no-affiliation")
    ),
    (
        "IMR104",
        WHOLE.but(reviewer=Reviewer()),
        ["reviewer.licenses", "reviewer.specialties", "reviewer.attested"],
    ),
    ("IMR105", reviewer(attested=but_for("no-affiliation")), ["reviewer.attested"]),
    ("IMR105", WHOLE.but(parties=Parties()), ["parties.employee"]),
    ("IMR105", WHOLE.but(parties=Parties(employee=" ", providers=("",))), ["parties.employee"]),
    ("IMR106", WHOLE.but(records=()), ["records"]),
    ("IMR107", with_records("utilization_review"), ["records"]),
    ("IMR107", with_records("application"), ["records"]),
    ("IMR107", with_records("application", "utilization_review", "application"), ["records"]),
    ("IMR107", with_records("rfa"), ["records"]),
    ("IMR107", with_records("rfa", "application", "utilization_review"), ["records"]),
    ("IMR108", WHOLE.but(summary=Summary()), ["summary.text"]),
    ("IMR108", WHOLE.but(summary=Summary(text=" \n\t")), ["summary.text"]),
    ("IMR112", WHOLE.but(summary=Summary(text="5 漢")), ["summary.text"]),
    ("IMR112", reviewer(licenses=("Texas", "漢")), ["reviewer.licenses"]),
    ("IMR112", reviewer(specialties=("Ж",)), ["reviewer.specialties"]),
    ("IMR112", with_items(an_item(request="😀")), ["items[0].request"]),
    ("IMR112", with_items(an_item(), an_item(rationale="漢\n字")), ["items[1].rationale"]),
    (
        "IMR112",
        with_items(an_item(original="漢", authorized="字")),
        ["items[0].original", "items[0].authorized"],
    ),
    ("IMR112", with_citation(title="漢"), ["items[0].citations[1]"]),
    ("IMR112", with_citation(pages="漢"), ["items[0].citations[1]"]),
    ("IMR112", with_citation(sections=("a", "漢")), ["items[0].citations[1]"]),
    ("IMR112", with_citation(text="漢"), ["items[0].citations[1]"]),
    (
        "IMR112",
        with_items(an_item(administrator_citations=(Citation(text="漢"),))),
        ["items[0].administrator_citations[0]"],
    ),
    ("IMR113", with_items(an_item(request=" ")), ["items[0].request"]),
    ("IMR113", with_items(an_item(original="12 sessions")), ["items[0].authorized"]),
    ("IMR113", with_items(an_item(), an_item(authorized="6")), ["items[1].original"]),
    (
        "IMR113",
        with_items(an_item(request="", original="12")),
        ["items[0].request", "items[0].authorized"],
    ),
]

NEAR_MISSES: list[tuple[str, Case]] = [
    ("IMR101", with_items(Item())),
    ("IMR102", with_items(an_item(decision="upheld"), an_item(decision="overturned"))),
    ("IMR102", WHOLE.but(items=())),
    ("IMR103", with_items(an_item(rationale="."))),
    ("IMR104", reviewer(licenses=("", "Texas"), specialties=("", "Neurology"))),
    ("IMR104", reviewer(attested=but_for("no-affiliation"))),
    ("IMR104", reviewer(attested=tuple(reversed(ATTESTATIONS)))),
    ("IMR105", WHOLE.but(parties=Parties(providers=("Sample Group",)))),
    ("IMR105", reviewer(attested=("no-affiliation",))),
    ("IMR106", with_records("utilization_review")),
    ("IMR106", with_records("rfa")),
    ("IMR107", WHOLE.but(records=())),
    ("IMR107", with_records("application", "utilization_review", "medical")),
    ("IMR107", with_records("other")),
    ("IMR107", with_records("imaging")),
    ("IMR107", with_records("rfa", "imaging")),
    ("IMR108", WHOLE.but(summary=Summary(text="x"))),
    ("IMR112", WHOLE.but(summary=Summary(text="1½ tablets, 5 µg, ≥ 4, “José”\n\ttab"))),
    ("IMR112", WHOLE.but(parties=Parties(employee="漢"))),
    ("IMR112", WHOLE.but(records=(Record(title="漢"),))),
    ("IMR112", with_citation(guideline="漢", text="plain")),
    ("IMR112", with_citation(title="漢", text="its printed words")),
    ("IMR113", with_items(an_item(original="12", authorized="6"))),
    ("IMR113", with_items(an_item(original=" ", authorized=""))),
]


@each_row(("rule_id", "case", "paths"), FIRES)
def test_rule_fires(rule_id: str, case: Case, paths: list[str]) -> None:
    assert places(case, rule_id) == paths
    assert [finding.rule.id for finding in checks.run(CheckContext(case), Policy([rule_id]))] == [
        rule_id
    ] * len(paths)


@each_row(("rule_id", "case"), NEAR_MISSES)
def test_rule_lets_pass(rule_id: str, case: Case) -> None:
    assert places(case, rule_id) == NOTHING


HELD = {each for each in RULES if each < "IMR109" or each in ("IMR112", "IMR113")}
"""The rules on what is not there or cannot be printed; the others have tables by family."""


def test_every_rule_has_both() -> None:
    assert {rule_id for rule_id, _, _ in FIRES} == HELD
    assert {rule_id for rule_id, _ in NEAR_MISSES} == HELD


def test_a_complete_case_has_no_error() -> None:
    assert checks.errors(CheckContext(WHOLE)) == ()


def test_the_span_is_the_character() -> None:
    case = WHOLE.but(summary=Summary(text="5 ½ 漢字 of it"))
    (finding,) = checks.run(CheckContext(case), Policy(["IMR112"]))
    assert finding.hit.span is not None
    start, end = finding.hit.span
    assert case.summary.text[start:end] == "漢"
    assert "漢 (U+6F22)" in finding.hit.message


PRINTED: dict[str, Callable[[str], Case]] = {
    "reviewer.licenses": lambda text: reviewer(licenses=("Texas", clean_line(text))),
    "summary.text": lambda text: set_summary(WHOLE, text),
    "items[0].request": lambda text: set_item_line(WHOLE, 0, "request", text),
    "items[0].rationale": lambda text: set_rationale(WHOLE, 0, text),
    "items[0].citations[1]": lambda text: with_citation(title=clean_line(text)),
}
"""Every kind of text that prints, cleaned as it is wherever it comes from."""
HIDDEN = [code for code in (*range(0x20), 0x7F) if chr(code) not in "\t\n\v\f\r\x1e"]


@each_row("place", PRINTED)
@each_row("code", HIDDEN)
def test_a_control_character_in_a_printed_text_blocks_the_letter(place: str, code: int) -> None:
    case = PRINTED[place](f"10{chr(code)}0 mg, and more")
    assert places(case, "IMR112") == [place]
    (finding,) = checks.run(CheckContext(case), Policy(["IMR112"]))
    assert f"<U+{code:04X}> stands for an invisible" in finding.hit.message
    assert finding.severity == "error"


@each_row("char", ["\t", "\n", "\v", "\f", "\r", "\r\n", "\x1e"])
@each_row("place", PRINTED)
def test_a_line_end_a_tab_or_a_hyphen_of_word_does_not(place: str, char: str) -> None:
    case = PRINTED[place](f"one{char}two")
    assert places(case, "IMR112") == []
    letter = render(case)
    assert "onetwo" not in letter
    assert ("one-two" in letter) is (char == "\x1e")


def test_a_finding_about_a_character_says_its_line_and_column() -> None:
    for text, says, words in [
        ("One.\nTwo\x07 three", "Line 2, column 4: <U+0007> stands", "<U+0007>"),
        ("One.\n\n漢", "Line 3, column 1: 漢 (U+6F22) cannot", "漢"),
    ]:
        case = set_summary(WHOLE, text)
        (finding,) = checks.run(CheckContext(case), Policy(["IMR112"]))
        assert finding.hit.message.startswith(says)
        assert finding.hit.span
        assert case.summary.text[slice(*finding.hit.span)] == words


# What prints and what is checked are the same

PRINTED_OR_NOT: list[tuple[str, Case]] = [
    ("a title behind blank words", with_citation(title="漢", text=" ")),
    ("a section of what prints nothing", with_citation(title=" ", text="", section="漢")),
    ("a section number beside pages", with_citation(section="漢")),
    ("a section number that gives way to a year", with_citation(section="漢", pages="")),
    ("a blank citation's pages", with_citation(title="", text=" ", pages="漢")),
]


@pytest.mark.parametrize("case", [case for _, case in PRINTED_OR_NOT], ids=dict(PRINTED_OR_NOT))
def test_what_the_letter_refuses_is_found_and_nothing_else(case: Case) -> None:
    refused = ""
    try:
        render(case)
    except BadInput as error:
        refused = str(error)
    assert bool(places(case, "IMR112")) is bool(refused), refused


@given(cases())
def test_a_case_without_errors_has_a_letter(case: Case) -> None:
    whole = WHOLE.but(
        summary=Summary(text=f"{case.summary.text}."),
        items=tuple(
            item.but(request=f"{item.request}.", rationale=f"{item.rationale}.", decision="upheld")
            for item in case.items
        )
        or WHOLE.items,
    )
    if not checks.errors(CheckContext(whole)):
        assert render(whole).isascii()


@given(complete_cases())
def test_what_can_be_printed_has_no_error_but_of_its_words_and_days(case: Case) -> None:
    assert {finding.rule.id for finding in checks.errors(CheckContext(case))} <= {
        "IMR111",
        "IMR314",
    }


# The registry


def test_ids_and_slugs_are_unique() -> None:
    assert all(key == each.id for key, each in RULES.items())
    assert len({each.slug for each in RULES.values()}) == len(RULES)
    with pytest.raises(ValueError, match="IMR101 is taken by items-none"):
        rule("IMR101", "again", "info", why="", source="", fires={}, passes={})(
            lambda draft: iter(())
        )
    assert RULES["IMR101"].slug == "items-none"


@each_row("each", RULES.values())
def test_every_rule_explains_itself(each: checks.Rule) -> None:
    assert each.id[:3] == "IMR"
    assert each.id[3:].isdecimal()
    assert each.slug == each.slug.lower().strip("-")
    assert each.severity in ("error", "warning", "info")
    assert each.why.endswith(".")
    assert each.source.strip()
    assert (each.function.__doc__ or "").strip().endswith(".")


@each_row(("rule_id", "case", "paths"), FIRES)
def test_every_finding_says_what_is_wrong(rule_id: str, case: Case, paths: list[str]) -> None:
    for finding in checks.run(CheckContext(case), Policy([rule_id])):
        assert finding.hit.message.endswith(".")
        assert finding.severity == RULES[rule_id].severity
        assert stage_of(finding.place) in walk(case)


# Running them

BROKEN = a_case(items=(Item(),))
FOUND = ["IMR102", "IMR103", "IMR104", "IMR104", "IMR104", "IMR105", "IMR106", "IMR108", "IMR113"]


@each_row(
    ("select", "ignore", "found"),
    [
        ((), (), FOUND),
        (("IMR",), (), FOUND),
        (("IMR1",), (), FOUND),
        (("IMR102",), (), ["IMR102"]),
        (("IMR102", "IMR108"), (), ["IMR102", "IMR108"]),
        (("IMR11",), (), ["IMR113"]),
        (("IMR2",), (), []),
        ((), ("IMR104",), [each for each in FOUND if each != "IMR104"]),
        ((), ("IMR10",), ["IMR113"]),
        (("IMR102", "IMR103"), ("IMR103",), ["IMR102"]),
        (("IMR102",), ("IMR",), []),
    ],
)
def test_select_and_ignore(
    select: tuple[str, ...], ignore: tuple[str, ...], found: list[str]
) -> None:
    assert [
        finding.rule.id for finding in checks.run(CheckContext(BROKEN), Policy(select, ignore))
    ] == found


def test_errors_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(draft: CheckContext) -> Any:
        yield Hit(Place("summary.text"), "Noted.")

    infos = checks.Rule("IMR001", "noted", "info", "", "", found, {}, {})
    warnings = checks.Rule("IMR002", "warned", "warning", "", "", found, {}, {})
    rules = {infos.id: infos, warnings.id: warnings, **RULES}
    monkeypatch.setattr("imr_tui.checks.engine.RULES", rules)
    ids = [finding.rule.id for finding in checks.run(CheckContext(a_case()))]
    assert ids[-2:] == ["IMR002", "IMR001"]
    assert len(ids) > 2
    assert {finding.severity for finding in checks.errors(CheckContext(a_case()))} == {"error"}


@given(cases())
def test_no_rule_raises(case: Case) -> None:
    findings = checks.run(CheckContext(case))
    for finding in findings:
        assert finding.rule is RULES[finding.rule.id]
        assert report.line(Path("x.toml"), finding).splitlines() == [
            report.line(Path("x.toml"), finding)
        ]
        if finding.hit.span is not None:
            assert finding.hit.span[0] < finding.hit.span[1]


@given(cases())
def test_what_a_stage_misses_is_an_error_but_for_citations(case: Case) -> None:
    fields = {
        (finding.place.field, finding.place.item) for finding in checks.errors(CheckContext(case))
    }
    for stage in walk(case):
        if stage.kind in ("summary", "decision") and not is_complete(case, stage):
            assert any(stage_of(Place(*field)) == stage for field in fields)
    if not fields:
        assert resume(case).kind in ("citations", "review")


@pytest.mark.parametrize("change", [{"records": ()}, {"parties": Parties()}])
def test_a_case_that_is_called_complete_has_no_error(change: dict[str, Any]) -> None:
    case = WHOLE.but(**change)
    assert (checks.state(case) == "ready") is (checks.errors(CheckContext(case)) == ())


# Findings outside the app


def test_a_finding_as_a_line() -> None:
    case = with_items(an_item(), an_item(rationale=""))
    (finding,) = checks.run(CheckContext(case), Policy(["IMR103"]))
    assert report.line(Path("cases/X.toml"), finding) == (
        "cases/X.toml: item 2 rationale: IMR103 error rationale-missing: "
        "No rationale yet. Write the clinical reasons."
    )


def test_a_finding_as_json() -> None:
    case = with_items(an_item(), an_item(rationale="a 漢"))
    (finding,) = checks.run(CheckContext(case), Policy(["IMR112"]))
    plain = report.plain(report.Checked(Path("X.toml"), case, (finding,)), finding)
    assert plain.pop("message")
    assert plain == {
        "path": "X.toml",
        "rule": "IMR112",
        "slug": "character-unprintable",
        "severity": "error",
        "open": True,
        "accepted": None,
        "item": 2,
        "field": "rationale",
        "span": (2, 3),
        "words": "漢",
        "also": [],
        "source": RULES["IMR112"].source,
    }
    bare = WHOLE.but(records=())
    (whole,) = checks.run(CheckContext(bare), Policy(["IMR106"]))
    assert report.plain(report.Checked(Path("X.toml"), bare, (whole,)), whole)["item"] is None


def test_dates_are_not_judged_here() -> None:
    particulars = WHOLE.particulars.but(date_of_injury=date.max, decision_date=date.min)
    assert checks.errors(CheckContext(WHOLE.but(particulars=particulars))) == ()
