"""The letter: the seed's bytes, the published forms, and data that stays data."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given, strategies as st

from imr_tui.domain.citation_text import ADMINISTRATOR, REVIEWER, guideline_line, words
from imr_tui.errors import BadInput
from imr_tui.letter.cover.covering_letter import TEMPLATE as COVER
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.letter.render.renderer import TEMPLATE, render, shipped_templates
from imr_tui.model.case import Case, Particulars, Reviewer, Summary
from imr_tui.model.evidence import Citation
from imr_tui.store.cases.case_file import open_case
from imr_tui.text.layout import one_line
from imr_tui.text.transliteration import to_ascii
from tests.builders import MTUS, NUMBER, OTHER, a_case, a_complete_case, an_item, saved
from tests.rows import each_row
from tests.strategies import cases as any_cases, citations, complete_cases

HERE = Path(__file__).parent
SEED_CASE = HERE / "samples" / "CM14-0187654.toml"
SEED_LETTER = HERE.parent.parent / "shared" / "domain" / "seed-letter.txt"
GOLDEN = HERE / "golden" / "CM14-0187654.txt"
HEADINGS = [
    "HOW THE IMR FINAL DETERMINATION WAS MADE",
    "CLINICAL CASE SUMMARY",
    "IMR ISSUES, DECISIONS AND RATIONALES",
]
DATES: dict[str, Any] = {
    "date_of_injury": date(2013, 10, 23),
    "date_assigned": date(2014, 11, 21),
    "ur_decision_date": date(2014, 11, 5),
    "application_received": date(2014, 11, 12),
    "decision_date": date(2014, 12, 8),
}


def flat(letter: str) -> str:
    """The letter's words, one space between two."""
    return one_line(letter)


def letter_of(*items: Any, **changes: Any) -> str:
    return flat(render(a_complete_case(items, **changes)))


def chapter(title: str, *sections: str, year: int | None = 2004) -> Citation:
    """An MTUS citation in the words of 2016."""
    return Citation(title=title, year=year, sections=sections, standard="A")


def assert_well_formed(letter: str, width: int = 95) -> None:
    assert letter.isascii()
    assert letter.endswith("\n")
    assert not letter.startswith("\n")
    assert not letter.endswith("\n\n")
    assert "\n\n\n" not in letter
    for line in letter[:-1].split("\n"):
        assert line.isprintable()
        assert line == line.rstrip()
        assert len(line) <= width or " " not in line.strip()


# The seed


def test_the_golden_letter(update_golden: bool) -> None:
    letter = render(open_case(SEED_CASE).case).encode("ascii")
    if update_golden:
        GOLDEN.write_bytes(letter)
    assert letter == GOLDEN.read_bytes()


def test_the_seed_letter_word_for_word() -> None:
    if not SEED_LETTER.exists():
        pytest.skip("the seed letter lies beside the repository and is not here")
    assert GOLDEN.read_text().split() == SEED_LETTER.read_text().split()


def test_the_seed_letter_is_well_formed() -> None:
    letter = GOLDEN.read_text()
    assert_well_formed(letter)
    headings = [line for line in letter.split("\n") if line.isupper()]
    assert [heading.strip() for heading in headings] == HEADINGS
    for heading in headings:
        assert heading == heading.strip().center(95).rstrip()


# Items


def test_items_come_in_order_with_their_parts() -> None:
    items = (
        an_item("First"),
        an_item("Second", decision="overturned", rationale="Is medically necessary."),
        an_item("Third", rationale="One.\n\nTwo."),
    )
    letter = render(a_complete_case(items))
    assert_well_formed(letter)
    parts = [
        "\nFirst: Upheld\n\nClaims Administrator guideline: ",
        "\nMAXIMUS guideline: ",
        "\nDecision rationale: Massage is not medically necessary.\n",
        "\nSecond: Overturned\n\n",
        "\nDecision rationale: Is medically necessary.\n",
        "\nThird: Upheld\n\n",
        "\nDecision rationale: One.\n\nTwo.\n",
    ]
    places = [letter.index(part) for part in parts]
    assert places == sorted(places)
    assert letter.count("Decision rationale: ") == 3


def test_a_modified_item_names_its_three_parts() -> None:
    item = an_item("6 sessions of therapy", original="12 sessions", authorized="6 sessions")
    assert (
        "12 sessions was the original request. 6 sessions was authorized by the Claims "
        "Administrator. The remaining IMR eligible portion of the original request, "
        "6 sessions of therapy is: Upheld" in letter_of(item)
    )


def test_a_modified_item_may_leave_the_whole_request() -> None:
    item = an_item("12 Sessions", original="12 sessions", authorized="another drug")
    assert (
        "12 sessions was the original request. The Claims Administrator authorized another drug, "
        "leaving the original request IMR eligible. The original request, 12 Sessions is: Upheld"
        in letter_of(item)
    )


@pytest.mark.parametrize("changes", [{"original": "12"}, {"authorized": "6"}, {"original": " "}])
def test_half_a_modification_prints_the_request_alone(changes: dict[str, str]) -> None:
    assert "below: Request: Upheld" in letter_of(an_item("Request", **changes))


# Guideline lines

STUDY = Citation(
    kind="study",
    authors="Doe J, Roe R",
    title="Massage for sprains",
    journal="J Knees",
    year=2010,
    volume="12(3)",
    pages="3-9",
)
NOTHING = "did not cite any medical evidence for its decision."
OUTSIDE = "based their decision on recommendation(s) outside of the MTUS Guidelines."


def test_neither_side_cited() -> None:
    letter = letter_of(an_item(citations=()))
    assert f"Claims Administrator guideline: The Claims Administrator {NOTHING}" in letter
    assert f"MAXIMUS guideline: The Expert Reviewer {NOTHING}" in letter


def test_blank_citations_are_none() -> None:
    assert guideline_line([Citation(), Citation(pages="5")], REVIEWER).endswith(NOTHING)


def test_both_sides_cite() -> None:
    letter = letter_of(an_item(administrator_citations=(OTHER,), citations=(MTUS,)))
    assert (
        f"Claims Administrator guideline: The Claims Administrator {OUTSIDE} Decision based on "
        "Non-MTUS Citation Official Disability Guidelines 2015, Pain. MAXIMUS guideline: "
        "Decision based on MTUS Chronic Pain Treatment Guidelines 9792.24.2 Page(s): 22, 46-47."
        in letter
    )


LINES: list[tuple[list[Citation], str]] = [
    (
        [chapter("Low Back Complaints", "Summary")],
        "Decision based on MTUS Low Back Complaints 2004, Section(s): Summary.",
    ),
    (
        [chapter("Knee Complaints", "Diagnostic Criteria", "Special Studies")],
        "Decision based on MTUS Knee Complaints 2004, Section(s): Diagnostic Criteria, "
        "Special Studies.",
    ),
    (
        [
            chapter("Low Back Complaints", "Summary"),
            chapter("Chronic Pain Medical Treatment", "Facet blocks", year=2016),
            chapter("Knee Complaints", "Initial Care"),
        ],
        "Decision based on MTUS Low Back Complaints 2004, Section(s): Summary, and Chronic Pain "
        "Medical Treatment 2016, Section(s): Facet blocks, and Knee Complaints 2004, Section(s): "
        "Initial Care.",
    ),
    (
        [MTUS, Citation(text="ODG Pain Chapter")],
        "Decision based on MTUS Chronic Pain Treatment Guidelines 9792.24.2 Page(s): 22, 46-47. "
        "Decision based on Non-MTUS Citation ODG Pain Chapter.",
    ),
    (
        [
            Citation(text="ODG Pain Chapter."),
            chapter(
                "Eye",
                year=None,
            ),
        ],
        "Decision based on Non-MTUS Citation ODG Pain Chapter. Decision based on MTUS Eye.",
    ),
    (
        [chapter("A", "x"), OTHER, chapter("B", "y"), chapter("C", "z")],
        "Decision based on MTUS A 2004, Section(s): x. Decision based on Non-MTUS Citation "
        "Official Disability Guidelines 2015, Pain. Decision based on MTUS B 2004, Section(s): y, "
        "and C 2004, Section(s): z.",
    ),
    (
        [MTUS, STUDY],
        "Decision based on MTUS Chronic Pain Treatment Guidelines 9792.24.2 Page(s): 22, 46-47. "
        "Decision based on Non-MTUS Citation Doe J, Roe R. Massage for sprains. J Knees. "
        "2010;12(3):3-9.",
    ),
    (
        [STUDY.but(standard="A")],
        f"The Expert Reviewer {OUTSIDE} Decision based on Non-MTUS Citation Doe J, Roe R. Massage "
        "for sprains. J Knees. 2010;12(3):3-9.",
    ),
    (
        [Citation(text="One"), Citation(text="Two.")],
        f"The Expert Reviewer {OUTSIDE} Decision based on Non-MTUS Citation One. "
        "Decision based on Non-MTUS Citation Two.",
    ),
]


@pytest.mark.parametrize(("cited", "line"), LINES)
def test_guideline_lines(cited: list[Citation], line: str) -> None:
    assert guideline_line(cited, REVIEWER) == line


def test_the_line_names_whose_it_is() -> None:
    assert guideline_line([OTHER], ADMINISTRATOR).startswith(f"The Claims Administrator {OUTSIDE}")
    assert guideline_line([], ADMINISTRATOR) == f"The Claims Administrator {NOTHING}"


@each_row(
    ("citation", "printed"),
    [
        (MTUS, "Chronic Pain Treatment Guidelines 9792.24.2 Page(s): 22, 46-47"),
        (MTUS.but(pages=""), "Chronic Pain Treatment Guidelines 2009"),
        (MTUS.but(pages="", year=None), "Chronic Pain Treatment Guidelines 9792.24.2"),
        (MTUS.but(pages="", year=None, section=""), "Chronic Pain Treatment Guidelines"),
        (MTUS.but(section=""), "Chronic Pain Treatment Guidelines Page(s): 22, 46-47"),
        (
            MTUS.but(sections=("Massage", "Exercise")),
            "Chronic Pain Treatment Guidelines 2009, Section(s): Massage, Exercise, "
            "Page(s): 22, 46-47",
        ),
        (
            MTUS.but(sections=("Massage",), pages="", year=None),
            "Chronic Pain Treatment Guidelines, Section(s): Massage",
        ),
        (MTUS.but(text=" the\tprinted  words "), "the printed words"),
        (OTHER, "Official Disability Guidelines 2015, Pain"),
        (OTHER.but(section=""), "Official Disability Guidelines 2015"),
        (OTHER.but(sections=("Massage",)), "Official Disability Guidelines 2015, Pain, Massage"),
        (OTHER.but(year=None, pages="5"), "Official Disability Guidelines Pain Page(s): 5"),
        (OTHER.but(text="Textbook, 3rd ed."), "Textbook, 3rd ed."),
        # Guidelines in the order of 8 CCR 9792.21.1: organization, title, year, chapter, section.
        (
            OTHER.but(organization="Sample Society", sections=("Massage", "Dose"), pages="5"),
            "Sample Society, Official Disability Guidelines 2015, Pain, Massage, Dose Page(s): 5",
        ),
        (
            OTHER.but(organization="Sample Society", section="", sections=("Massage",)),
            "Sample Society, Official Disability Guidelines 2015, Massage",
        ),
        (
            OTHER.but(organization="Sample Society", year=None, sections=("Massage",)),
            "Sample Society, Official Disability Guidelines Pain, Massage",
        ),
        (OTHER.but(organization="Sample Society", title=""), "Sample Society 2015, Pain"),
        (OTHER.but(organization=" ", section=" "), "Official Disability Guidelines 2015"),
        (OTHER.but(year=None, section=""), "Official Disability Guidelines"),
        (
            OTHER.but(kind="guideline", authors="Doe J", journal="J Knees", volume="1"),
            "Official Disability Guidelines 2015, Pain",
        ),
        (OTHER.but(kind="guideline", standard="A"), "Official Disability Guidelines 2015, Pain"),
        (OTHER.but(kind="mtus"), "Official Disability Guidelines 2015"),
        # Studies: authors, title, journal, year, volume, pages.
        (STUDY, "Doe J, Roe R. Massage for sprains. J Knees. 2010;12(3):3-9"),
        (STUDY.but(volume=""), "Doe J, Roe R. Massage for sprains. J Knees. 2010:3-9"),
        (STUDY.but(pages=""), "Doe J, Roe R. Massage for sprains. J Knees. 2010;12(3)"),
        (STUDY.but(year=None), "Doe J, Roe R. Massage for sprains. J Knees. 12(3):3-9"),
        (STUDY.but(year=None, volume=""), "Doe J, Roe R. Massage for sprains. J Knees. 3-9"),
        (STUDY.but(volume="", pages=""), "Doe J, Roe R. Massage for sprains. J Knees. 2010"),
        (STUDY.but(authors=""), "Massage for sprains. J Knees. 2010;12(3):3-9"),
        (STUDY.but(journal=" "), "Doe J, Roe R. Massage for sprains. 2010;12(3):3-9"),
        (
            STUDY.but(title="Massage for sprains.", authors="Doe J.", journal="J. Knees."),
            "Doe J. Massage for sprains. J. Knees. 2010;12(3):3-9",
        ),
        (
            STUDY.but(sections=("Results",)),
            "Doe J, Roe R. Massage for sprains. Results. J Knees. 2010;12(3):3-9",
        ),
        (Citation(authors="Doe J", title="Massage"), "Doe J. Massage"),
        (STUDY.but(text="Doe, on massage"), "Doe, on massage"),
        # A title may end in a mark of its own.
        (
            STUDY.but(title="Does massage help?"),
            "Doe J, Roe R. Does massage help? J Knees. 2010;12(3):3-9",
        ),
    ],
)
def test_the_words_of_a_citation(citation: Citation, printed: str) -> None:
    assert words(citation) == printed


@given(citations())
def test_the_words_of_any_citation_are_one_line(citation: Citation) -> None:
    line = guideline_line([citation], REVIEWER)
    assert line == one_line(line)
    assert line.endswith(".")


@given(citations())
@example(Citation(kind="guideline", authors="Doe J"))
@example(Citation(kind="study", organization="Sample Society"))
@example(Citation(standard="A", journal="J Knees"))
def test_what_is_not_blank_prints_something(citation: Citation) -> None:
    assume("." not in citation.title + citation.authors + citation.journal)
    assert citation.is_blank() or words(citation)


# The header


def test_the_header_stands_when_all_its_dates_are_known() -> None:
    particulars = Particulars(number=NUMBER, priority="expedited", **DATES)
    lines = render(a_complete_case(particulars=particulars)).split("\n")
    assert lines[:5] == [
        "Case Number: CM26-0000001",
        "Date Assigned: 11/21/2014                   Date of Injury: 10/23/2013",
        "Decision Date: 12/08/2014                   UR Denial Date: 11/05/2014",
        "Priority: Expedited                         Application Received: 11/12/2014",
        "",
    ]
    assert lines[5].strip() == HEADINGS[0]


@pytest.mark.parametrize("name", DATES)
def test_without_one_of_its_dates_there_is_no_header(name: str) -> None:
    known = {key: day for key, day in DATES.items() if key != name}
    letter = render(a_complete_case(particulars=Particulars(number=NUMBER, **known)))
    assert letter.split("\n")[0].strip() == HEADINGS[0]
    assert NUMBER not in letter


def test_parties_and_records_are_never_printed() -> None:
    parties = {"employee": "Secretname", "employer": "Hiddenfirm", "providers": ["Quietgroup"]}
    case = a_complete_case()
    case = case.but(parties=type(case.parties).model_validate(parties))
    letter = render(case)
    assert not [name for name in ("Secretname", "Hiddenfirm", "Quietgroup") if name in letter]
    assert "PR-2" not in letter


# Drafts


def test_a_draft_marks_what_is_missing() -> None:
    case = a_case(
        items=(an_item("", decision=None, rationale=" "), an_item(original="", authorized=""))
    )
    letter = render(case, draft=True)
    assert_well_formed(letter)
    for mark in (
        "State(s) of Licensure: [licensure missing]\n",
        "Certification(s)/Specialty: [specialty missing]\n",
        "\n[summary missing]\n",
        "\n[request missing]: [decision missing]\n",
        "\nDecision rationale: [rationale missing]\n",
    ):
        assert mark in letter


def test_a_draft_of_a_complete_case_is_its_letter() -> None:
    case = a_complete_case(3)
    assert render(case, draft=True) == render(case)


def test_blank_credentials_are_passed_over() -> None:
    case = a_complete_case()
    reviewer = Reviewer(licenses=("", "Texas", " "), specialties=("Neurology", "", "Urology"))
    letter = render(case.but(reviewer=reviewer))
    assert (
        "\nState(s) of Licensure: Texas\nCertification(s)/Specialty: Neurology, Urology\n" in letter
    )


UNPRINTABLE: list[tuple[dict[str, Any], str]] = [
    ({"summary": Summary(text="ok\n5 漢")}, "summary.text, line 2, column 3: 漢 (U+6F22)"),
    ({"items": (an_item(), an_item(request="漢"))}, "item 2 request, line 1, column 1: 漢"),
    ({"items": (an_item(rationale="漢"),)}, "item 1 rationale, line 1, column 1: 漢"),
    (
        {"items": (an_item(original="漢", authorized="x"),)},
        "item 1 original, line 1, column 1: 漢",
    ),
    (
        {"items": (an_item(original="x", authorized="漢"),)},
        "item 1 authorized, line 1, column 1: 漢",
    ),
    ({"items": (an_item(citations=(Citation(text="漢"),)),)}, "item 1 citations, line 1, column"),
    (
        {"items": (an_item(administrator_citations=(MTUS, Citation(text="漢"))),)},
        "item 1 administrator_citations, line 1, column",
    ),
    ({"reviewer": Reviewer(licenses=("漢",))}, "reviewer.licenses, line 1, column 1: 漢"),
    ({"reviewer": Reviewer(specialties=("漢",))}, "reviewer.specialties, line 1, column 1: 漢"),
]


@pytest.mark.parametrize(("changes", "says"), UNPRINTABLE)
def test_an_unknown_character_is_refused_and_marked_in_a_draft(
    changes: dict[str, Any], says: str
) -> None:
    items = changes.get("items", (an_item(),))
    case = a_complete_case(items, **{key: changes[key] for key in changes if key != "items"})
    with pytest.raises(BadInput) as caught:
        render(case)
    assert str(caught.value).startswith(says)
    assert str(caught.value).endswith("cannot be printed in a plain-text letter.")
    assert render(case, draft=True).count("[U+6F22]") == 1


def test_measures_keep_their_value() -> None:
    item = an_item("1½ tablets", rationale="5 µg at 98.6°F, ≥ 4 of 10²")
    letter = letter_of(item)
    assert "1 1/2 tablets: Upheld" in letter
    assert "5 mcg at 98.6 degrees F, >= 4 of 10^2" in letter


# Data stays data


@each_row(
    "text",
    [
        *("{{ 7*7 }}", "{% raw %}", "{% endfor %}", "{# gone #}", "{{ items }}", "{%- if x -%}"),
        *("\\n", "%s", "&lt;b&gt; <b>", "[U+6F22]", "${x}", "{{", "}}", "{%"),
    ],
)
def test_data_that_looks_like_a_template_prints_as_it_is(text: str) -> None:
    item = an_item(f"R {text}", rationale=f"W {text}", citations=(Citation(text=f"C {text}"),))
    case = a_complete_case((item,), summary=Summary(text=f"S {text}"))
    case = case.but(reviewer=Reviewer(licenses=(f"L {text}",), specialties=(f"P {text}",)))
    letter = flat(render(case))
    for letters in "RWCSLP":
        assert f"{letters} {one_line(text)}" in letter


# Width and letterhead


@pytest.mark.parametrize("width", [60, 72, 95, 100, 200])
def test_width(width: int) -> None:
    case = a_complete_case(2, summary=Summary(text="word " * 200))
    letter = render(case, Letterhead(width=width))
    assert_well_formed(letter, width)
    assert flat(letter) == flat(render(case))
    assert max(map(len, letter.split("\n"))) > width - 6
    assert HEADINGS[1].center(width).rstrip() in letter.split("\n")


def test_letterhead() -> None:
    letter = render(a_complete_case(), Letterhead("Sample Review Ünit", "SAMPLE"))
    assert "Sample Review Unit sent the complete case file" in letter
    assert "\nSAMPLE guideline: " in letter
    assert "MAXIMUS" not in letter


@pytest.mark.parametrize("head", [Letterhead("漢"), Letterhead(label="漢")])
@pytest.mark.parametrize("draft", [False, True])
def test_a_letterhead_that_cannot_be_printed_is_refused(head: Letterhead, draft: bool) -> None:
    with pytest.raises(BadInput, match="漢"):
        render(a_complete_case(), head, draft=draft)


# Templates of the site's own


def template(folder: Path, text: str) -> Letterhead:
    """A letterhead whose template is `text`."""
    (folder / TEMPLATE).write_text(text)
    return Letterhead(templates=folder)


def test_an_own_template_is_used(tmp_path: Path) -> None:
    head = template(
        tmp_path,
        "{{ label }} — {{ licenses }}\n\n\n{% for item in items %}\n{{ item.title }}\n{% endfor %}",
    )
    assert render(a_complete_case(2), head) == (
        "MAXIMUS - Texas, Florida\n\n1 therapy sessions\n2 therapy sessions\n"
    )


def test_a_changed_template_is_read_again(tmp_path: Path) -> None:
    assert render(a_complete_case(), template(tmp_path, "one")) == "one\n"
    head = template(tmp_path, "two")
    os.utime(tmp_path / TEMPLATE, (1, 1))
    assert render(a_complete_case(), head) == "two\n"


def test_a_folder_without_a_template_falls_back_to_the_shipped_one(tmp_path: Path) -> None:
    case = a_complete_case()
    assert render(case, Letterhead(templates=tmp_path)) == render(case)


def test_an_own_template_may_extend_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "part.txt").write_text("PART")
    assert render(a_case(), template(tmp_path, '{% include "part.txt" %}')) == "PART\n"


@pytest.mark.parametrize(
    "text",
    [
        *("{{ cases }}", "{{ case }}", "{{ items[0].rationael }}", "{{ items[99] }}"),
        *("{{ ''.__class__.__mro__ }}", "{{ items.append(1) }}", "{{ header.__init__ }}"),
        *("{{ 1/0 }}", "{{ 1 + 'a' }}", "{{ 5 | centred }}", "{{ items | centred }}"),
        *("{{ 'a' | column('x') }}", "{{ 5 | column(3) }}", "{{ none | column(3) }}"),
        *("{{ 'a' | nofilter }}", "{% if %}", "{% for x in %}", "{{ unclosed", "{% endfor %}"),
        *('{% include "none.txt" %}', '{% include "../secret" %}', '{% import "os" as os %}'),
        *("漢", "{{ '\\u6f22' }}", "{{ range(10**9) | list }}", "{{ lipsum.__globals__ }}"),
        "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
        "{{ items.no.such }}",
        "{{ summary() }}",
        "{{ [].pop() }}",
    ],
)
@pytest.mark.parametrize("draft", [False, True])
def test_a_broken_template_is_refused(tmp_path: Path, text: str, draft: bool) -> None:
    (tmp_path / "secret").write_text("secret")
    own = tmp_path / "own"
    own.mkdir(mode=0o700)
    with pytest.raises(BadInput) as caught:
        render(a_complete_case(), template(own, text), draft=draft)
    assert str(caught.value).startswith(f"The template {own / TEMPLATE}")
    assert str(caught.value).endswith("No letter was written.")


def test_a_template_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / TEMPLATE).write_bytes(b"caf\xe9")
    with pytest.raises(BadInput, match="cannot be used"):
        render(a_complete_case(), Letterhead(templates=tmp_path))


def test_the_line_of_a_syntax_error_is_named(tmp_path: Path) -> None:
    head = template(tmp_path, "one\ntwo\n{% nonsense %}\n")
    with pytest.raises(BadInput, match=rf"{TEMPLATE}, line 3 cannot be used"):
        render(a_complete_case(), head)


def test_the_shipped_templates_are_ascii_and_alone() -> None:
    paths = sorted(shipped_templates().iterdir())
    assert [path.name for path in paths] == [COVER, TEMPLATE]
    assert all(path.read_bytes().isascii() for path in paths)


# What holds for all cases


@given(any_cases())
def test_a_draft_of_any_case_is_well_formed(case: Case) -> None:
    assert_well_formed(render(case, draft=True))


@given(any_cases(), st.integers(60, 200))
def test_any_case_has_a_letter_or_a_reason(case: Case, width: int) -> None:
    try:
        letter = render(case, Letterhead(width=width))
    except BadInput as error:
        assert "cannot be printed in a plain-text letter" in str(error)  # noqa: PT017
        return
    assert_well_formed(letter, width)


def printed_fields(citation: Citation) -> list[str]:
    """The fields of a citation whose words a letter holds whatever else it says."""
    if citation.text.strip():
        return [citation.text]
    if citation.is_blank():
        return []
    if citation.sort == "study":
        # Its parts are set apart by full stops, which take the place of their own.
        parts = (citation.authors, citation.title, citation.journal, citation.volume)
        return [part.strip().rstrip(".") for part in parts]
    return [citation.title, "" if citation.is_mtus else citation.organization]


@given(complete_cases())
def test_every_word_is_in_the_letter(case: Case) -> None:
    whole = render(case)
    assert_well_formed(whole)
    letter = flat(whole)
    fields = [case.summary.text, *case.reviewer.licenses, *case.reviewer.specialties]
    for item in case.items:
        fields += [item.request, item.rationale]
        if item.is_modified:
            fields += [item.original, item.authorized]
        for citation in (*item.administrator_citations, *item.citations):
            fields += printed_fields(citation)
    for field in fields:
        assert flat(to_ascii(field)) in letter
    assert letter.count("Decision rationale: ") >= len(case.items)


@given(complete_cases())
def test_the_same_case_gives_the_same_letter(case: Case) -> None:
    assert render(case) == render(case.model_copy(deep=True))


@pytest.mark.slow
@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"},
        {"PYTHONIOENCODING": "utf-16", "PYTHONUTF8": "0", "COLUMNS": "40", "PYTHONHASHSEED": "3"},
    ],
)
def test_the_bytes_do_not_depend_on_the_environment(
    cases: Path, environment: dict[str, str]
) -> None:
    particulars = Particulars(number=NUMBER, **DATES)
    summary = Summary(text="1½ tablets, José\n\nI i " + "word " * 50)
    case = a_complete_case(3, particulars=particulars, summary=summary)
    (path,) = saved(cases, case)
    target = cases / "letter"
    subprocess.run(
        [sys.executable, "-m", "imr_tui", "letter", str(path), "-o", str(target)],
        env={"PATH": os.environ["PATH"]} | environment,
        check=True,
        capture_output=True,
    )
    assert target.read_bytes() == render(case).encode("ascii")
