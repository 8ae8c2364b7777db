"""Public copies: every form of a seeded name goes, and nothing else changes."""

import re
from collections import Counter

import pytest
from hypothesis import given, strategies as st

from imr_tui.letter.dialects.final_determination import FINAL_DETERMINATION as DIALECT
from imr_tui.letter.parse.parser import parse
from imr_tui.letter.parse.round_trip import compare
from imr_tui.letter.public.public_copy import BLANKS, PublicCopy, not_found_alone, public_copy
from imr_tui.letter.render.renderer import Letterhead, render
from imr_tui.model.case import Case, Parties
from imr_tui.model.evidence import Citation
from imr_tui.text.transliteration import to_ascii
from tests.builders import NUMBER, a_complete_case, an_item
from tests.public import seeds
from tests.public.seeds import Seed, bare
from tests.rows import each_row

GAP = re.compile(rf" {{{BLANKS},}}")
FILLER = "The worker has neck pain, and the notes of May show the same limits at work as before."
MARISOL = Parties(employee="Marisol Quintanar", providers=("Anjali Raghunathan, MD",))


def words(copy: PublicCopy) -> list[str]:
    return [each.words for each in copy.removed]


def lines_with(case_text: str) -> Case:
    """A case whose summary is a text."""
    case = a_complete_case()
    return case.but(summary=case.summary.but(text=case_text))


def test_there_are_twelve_forms() -> None:
    count = Counter(form for form, _, _ in seeds.forms())
    assert len(count) == 12
    assert min(count.values()) >= 4


@each_row(("form", "name", "seed"), seeds.forms())
def test_every_form_of_a_name_is_removed(form: str, name: str, seed: Seed) -> None:
    copy = public_copy(to_ascii(seed.text) + "\n", seeds.parties(name))
    assert words(copy) == seed.names, form
    assert bare(copy.text) == seed.without


FORMS = sorted({(form, name) for form, name, _ in seeds.forms()})


@each_row(("form", "name"), FORMS)
def test_every_form_is_removed_in_a_letter(form: str, name: str) -> None:
    these = [seed for one, whose, seed in seeds.forms() if (one, whose) == (form, name)]
    texts = f" {FILLER} ".join(seed.text for seed in these)
    item = an_item(request="6 visits", rationale=f"{FILLER} {texts} {FILLER}")
    case = lines_with(f"{FILLER} {texts}\n\n{FILLER}").but(items=(item,))
    letter = render(case)
    copy = public_copy(letter, seeds.parties(name))
    assert words(copy) == [name for seed in these for name in seed.names] * 2, form
    expected = bare(letter)
    for seed in these:
        expected = expected.replace(bare(seed.text), seed.without)
    assert bare(copy.text) == expected
    assert_readable(copy, case)


def assert_readable(copy: PublicCopy, case: Case) -> None:
    """The copy is imported with the items and decisions of the case, and with its own words."""
    read = parse(copy.text, NUMBER)
    assert [item.decision for item in read.items] == [item.decision for item in case.items]
    assert compare(copy.text, read).is_equal


@each_row(("name", "text"), seeds.kept())
def test_words_that_are_no_names_stay(name: str, text: str) -> None:
    assert public_copy(text, seeds.parties(name)) == (text, ())


@each_row("seed", seeds.identifiers())
def test_all_identifiers_are_removed(seed: Seed) -> None:
    copy = public_copy(seed.text, Parties())
    assert words(copy) == seed.names
    assert bare(copy.text) == seed.without


def test_what_was_removed_is_told_in_the_order_of_the_letter() -> None:
    text = "Call (555) 555-0100, or (555) 555-0101. MRN 0012345.\nMarisol. SSN 123-45-6789.\n"
    copy = public_copy(text, MARISOL)
    assert [(each.line, each.words) for each in copy.removed] == [
        *((1, "(555) 555-0100"), (1, "(555) 555-0101"), (1, "MRN 0012345")),
        *((2, "Marisol"), (2, "SSN"), (2, "123-45-6789")),
    ]


@each_row("name", ["Ng", "Li", "Quintanar", "Abernathy-Fitzgerald"])
def test_a_name_of_any_length_becomes_ten_blanks(name: str) -> None:
    copy = public_copy(f"Dr. {name}, who agrees.", Parties(providers=(f"Anjali {name}, MD",)))
    assert copy.text == "Dr.           , who agrees."


def test_a_name_that_a_removal_brings_out_goes_as_well() -> None:
    # "Will" is a name only before a verb, which comes next once the surname is gone.
    parties = Parties(employee="Will Young", adjuster="Deandre Holloway")
    copy = public_copy("Will Holloway reported pain.", parties)
    assert words(copy) == ["Holloway", "Will"]


def test_guideline_lines_need_no_blank_line_above() -> None:
    text = (
        f"{DIALECT.how}\n{DIALECT.summary}\nX\n{DIALECT.issues}\nVisits: Upheld\n"
        f"{DIALECT.administrator} Raghunathan 2010\nSAMPLE guideline: Raghunathan 2011\n"
        f"{DIALECT.rationale} Raghunathan 2012\n"
    )
    assert words(public_copy(text, MARISOL)) == ["Raghunathan"]
    assert "Raghunathan 2011\n" in public_copy(text, MARISOL).text


def test_an_identifier_is_not_looked_for_in_a_guideline_line() -> None:
    cited = (Citation(text="Sample Guideline, call (555) 555-0100"),)
    item = an_item(request="6 visits", citations=cited, rationale="Call (555) 555-0101.")
    copy = public_copy(render(a_complete_case((item,))), Parties())
    assert words(copy) == ["(555) 555-0101"]
    assert "(555) 555-0100" in copy.text


def test_an_author_stays_in_a_guideline_line_and_a_party_does_not() -> None:
    cited = (Citation(text="Raghunathan RA, et al., as Dr. Raghunathan says"),)
    item = an_item(request="6 visits", citations=cited)
    copy = public_copy(render(a_complete_case((item,))), MARISOL)
    assert "Raghunathan RA, et al., as" in copy.text
    assert words(copy) == ["Raghunathan"]


@each_row("shift", range(100))
def test_a_name_is_found_wherever_its_line_ends(shift: int) -> None:
    text = f"{'x' * (shift + 1)} for Marisol T. Quintanar, who saw Dr. Raghunathan. {FILLER}"
    case = lines_with(f"{FILLER} {text}")
    letter = render(case)
    copy = public_copy(letter, MARISOL)
    assert words(copy) == ["Marisol T. Quintanar", "Raghunathan"]
    lines = letter.split("\n")
    for each in copy.removed:
        assert each.words.split()[0] in lines[each.line - 1]
    assert_shape(letter, copy)


def assert_shape(letter: str, copy: PublicCopy) -> None:
    """Each place has ten blanks, no line is too long, and no place is at the end of a line."""
    lines = copy.text.split("\n")
    assert max(map(len, lines)) <= max(map(len, letter.split("\n")))
    assert copy.text.count(" " * BLANKS) >= len(copy.removed)
    body = copy.text[copy.text.index(DIALECT.summary_opening[:40]) :]
    gaps = GAP.findall(body[: body.index(DIALECT.issues)].rstrip())
    assert [len(gap) - BLANKS for gap in gaps if not 0 <= len(gap) - BLANKS <= 2] == []
    assert len(gaps) == len(copy.removed)
    assert [
        line for line in lines[lines.index("") :] if line.endswith(" ") or line[:2] == "  "
    ] == [
        next(line for line in lines if line.strip() == heading)
        for heading in (DIALECT.summary, DIALECT.issues)
    ]


def test_only_changed_paragraphs_are_wrapped_again() -> None:
    one, two = f"{FILLER} {FILLER}", f"{FILLER} Marisol is well. {FILLER}"
    letter = render(lines_with(f"{one}\n\n{two}\n\n{one}\nA separate line.\n{one}"))
    copy = public_copy(letter, MARISOL)
    before, after = (text.split("\n\n") for text in (letter, copy.text))
    assert [
        at for at, pair in enumerate(zip(before, after, strict=True)) if len(set(pair)) > 1
    ] == [next(at for at, text in enumerate(before) if "Marisol" in text)]


def test_a_line_that_the_reviewer_ended_stays_a_line() -> None:
    text = f"{FILLER} {FILLER}\nFirst: Marisol.\nSecond: none.\n{FILLER} Marisol. {FILLER}"
    copy = public_copy(render(lines_with(text)), MARISOL)
    lines = copy.text.split("\n")
    assert f"First: {' ' * BLANKS}." in lines
    assert "Second: none." in lines


@pytest.mark.parametrize("width", [60, 95, 200])
def test_the_width_is_that_of_the_letter(width: int) -> None:
    text = " ".join([FILLER] * 4)
    letter = render(lines_with(f"{text} Marisol is well. {text}"), Letterhead(width=width))
    copy = public_copy(letter, MARISOL)
    longest = max(map(len, copy.text.split("\n")))
    assert width - 15 < longest <= width
    assert_shape(letter, copy)


def test_a_title_of_a_modified_item_keeps_its_phrases() -> None:
    parts = {"original": "12 visits with Dr. Raghunathan", "authorized": "6 visits"}
    item = an_item(request="6 visits with Dr. Raghunathan", **parts)
    case = a_complete_case((item, an_item(request="A brace for Marisol Quintanar")))
    copy = public_copy(render(case), MARISOL)
    gap = " " * BLANKS
    read = parse(copy.text, NUMBER)
    assert [item.request for item in read.items] == ["6 visits with Dr.", "A brace for"]
    assert read.items[0].original == "12 visits with Dr."
    assert f"A brace for {gap}: Upheld\n" in copy.text
    assert_readable(copy, case)


FIXED = Parties(
    employee="Claims Administrator",
    employer="Independent Medical Review",
    claims_administrator="Decision rationale",
    adjuster="Clinical Summary",
    utilization_review_organization="MAXIMUS",
    providers=("Expert Reviewer, MD", "Final Determination", "Case Number", "Federal Services"),
)
"""Parties whose names are words that every letter prints."""


def test_headings_labels_and_fixed_phrases_never_change() -> None:
    letter = render(a_complete_case(2))
    copy = public_copy(letter, FIXED)
    assert copy == (letter, ())
    named = lines_with("The file is that of Claims Administrator.")
    assert words(public_copy(render(named), FIXED)) == ["Claims Administrator"]


def test_a_letter_of_another_template_is_searched_as_a_whole() -> None:
    text = "To Marisol Quintanar\nFINAL LETTER\nSSN 123-45-6789\n"
    assert public_copy(text, MARISOL).text == (
        f"To {' ' * BLANKS}\nFINAL LETTER\n{' ' * BLANKS} {' ' * BLANKS}\n"
    )


@each_row(
    ("employee", "text", "removed"),
    [
        ("Juan Garcia Lopeza", "Mr. Garcia was seen, and Lopeza too.", ["Garcia", "Lopeza"]),
        ("QUINTANAR, MARISOL", "Marisol Quintanar is well.", ["Marisol Quintanar"]),
        ("DO, ANH", "Mr. Do was seen, says Anh Do.", ["Do", "Anh Do"]),
        ("Anh Do", "ANH DO was seen by Dr. Do in May. He may do so.", ["ANH DO", "Do"]),
        ("Will Hurt", "It will hurt. Will Hurt says so.", ["Will Hurt"]),
        ("Marisol Quintanar Jr.", "Mr. Quintanar, M. Quintanar.", ["Quintanar", "M. Quintanar"]),
    ],
)
def test_names_that_are_easily_missed(employee: str, text: str, removed: list[str]) -> None:
    assert words(public_copy(text, Parties(employee=employee))) == removed


def test_words_that_stay_alone_are_told() -> None:
    found = not_found_alone(seeds.parties("ordinary"))
    assert {"Will", "Young", "Brace", "Pain"} <= set(found)
    assert not_found_alone(MARISOL) == ()
    assert not_found_alone(Parties(employer="UPS")) == ("UPS",)


GIVEN = [
    "Aaliyah",
    "Bartholomew",
    "Esperanza",
    "Farrukh",
    "Jacquelyn",
    "Oluwaseun",
    "Wilhelmina",
    "Yevgenia",
]
FAMILY = [
    *("Abernathy", "O'Callaghan", "Casta\u00f1eda", "D'Angelo", "Espinosa-Vega", "Fitzgerald"),
    *(
        "S\u00f8ndergaard",
        "Wei\u00dfmann",
        "Y\u0131lmaz",
        "van den Okonkwo",
        "de la Zieli\u0144ski",
        "St. Xiong",
    ),
]
TYPED = [
    "{f} T. {s}",
    "{s}, {f}",
    "Dr. {f} {s}",
    "{f} {s}, MD",
    "{f} {s} Jr.",
    "{F} {S}",
    "{S}, {F}",
]
"""How people type a name into a form."""
SAID = [
    *(
        "{f} {s}",
        "{f} Q. {s}",
        "{s}, {f}",
        "{i}. {s}",
        "{i}. T. {s}",
        "Dr. {s}",
        "{s}, M.D.",
        "{s}'s",
    ),
    *("{F} {S}", "{S}, {F}", "DR. {S}", "{f}\n{s}", "{s}", "{s} {f}", "{s}, {i}.", "Mr. {f} {s}"),
    *("{f} {s}, PA-C", "{f} T {s}", "{low}", "{plain}"),
]
"""How texts write it."""
PERSONS = [
    (given, family, TYPED[(at + 3 * row) % len(TYPED)])
    for at, family in enumerate(FAMILY)
    for row, given in enumerate(GIVEN[at % 3 :: 3])
]


@each_row(("given_name", "family", "typed"), PERSONS)
def test_no_form_of_a_name_leaves_a_part_of_it(given_name: str, family: str, typed: str) -> None:
    words = {"f": given_name, "s": family, "i": given_name[0], "F": given_name.upper()}
    words |= {"S": family.upper(), "low": f"{given_name} {family}".lower()}
    words["plain"] = f"{given_name} {family}".replace("'", "").replace("-", " ")
    name = typed.format(**words)
    worker, doctor = Parties(employee=name), Parties(providers=(name,))
    for form in SAID:
        for parties in (worker, doctor):
            assert_no_part(form.format(**words), parties, f"{given_name} {family}")
    for form in ("{f}", "{f}'s", "{f} {s[0]}."):
        assert_no_part(form.format(**words), worker, given_name)


def assert_no_part(said: str, parties: Parties, name: str) -> None:
    text = to_ascii(f"The notes say that {said} was seen on Monday and felt better.")
    left = public_copy(text, parties).text.lower()
    parts = [part for part in re.split(r"[ '-]", to_ascii(name).lower()) if len(part) > 3]
    assert [part for part in parts if part in left] == [], (said, parties)


# ── Any text, and any names ──────────────────────────────────────────────────────────────────

NAMES = [name for name in seeds.SETS for name in seeds.parties(name).named()]
_piece = st.sampled_from(
    [
        *(to_ascii(name) for name in NAMES),
        *(word for name in NAMES for word in to_ascii(name).split()),
        *("Dr.", "MD,", "pain", "Will", "May", "is", "of", ",", ".", ":", "'s", "(555) 555-0100"),
        *("SSN 123-45-6789", DIALECT.rationale, DIALECT.administrator, DIALECT.how, "Upheld"),
        *(DIALECT.summary, "was the original request.", "MAXIMUS guideline:", "a@example.com"),
    ]
)
_texts = st.lists(st.tuples(_piece, st.sampled_from(" \n")), max_size=60).map(
    lambda pairs: "".join(word + end for word, end in pairs)
)


@given(text=_texts, name=st.sampled_from(seeds.SETS))
def test_a_copy_of_a_copy_is_the_same(text: str, name: str) -> None:
    copy = public_copy(text, seeds.parties(name))
    assert public_copy(copy.text, seeds.parties(name)) == (copy.text, ())


@given(text=_texts, name=st.sampled_from(seeds.SETS))
def test_nothing_goes_but_what_is_told(text: str, name: str) -> None:
    copy = public_copy(text, seeds.parties(name))
    gone = Counter(bare(text)) - Counter(bare(copy.text))
    assert gone == Counter(bare("".join(words(copy))))
    assert not Counter(bare(copy.text)) - Counter(bare(text))
    if not copy.removed:
        assert copy.text == text


_line = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)


@given(
    text=_texts,
    parties=st.builds(
        Parties,
        employee=_line,
        employer=_line,
        claims_administrator=_line,
        adjuster=_line,
        providers=st.lists(_line, max_size=2).map(tuple),
    ),
)
def test_no_name_stops_it(text: str, parties: Parties) -> None:
    named = f"{text}\n{to_ascii(' '.join(parties.named()), '')}"
    copy = public_copy(named, parties)
    assert public_copy(copy.text, parties) == (copy.text, ())


def test_items_of_a_case_may_be_many() -> None:
    items = tuple(an_item(f"{n} visits", rationale="Marisol is well.") for n in range(1, 22))
    copy = public_copy(render(a_complete_case(items)), MARISOL)
    assert len(copy.removed) == 21


def test_many_names_in_a_row_do_not_make_a_line_too_long() -> None:
    letter = render(lines_with(f"{FILLER} {', '.join(['Marisol Quintanar'] * 30)}. {FILLER}"))
    copy = public_copy(letter, MARISOL)
    assert len(copy.removed) == 30
    assert max(map(len, copy.text.split("\n"))) <= 95


def test_a_very_long_word_takes_no_time() -> None:
    text = f"{FILLER} {'x' * 200_000} Marisol {'y' * 200_000}."
    assert len(public_copy(text, MARISOL).removed) == 1
