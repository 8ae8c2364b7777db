"""What a text says of drugs: topics of guidelines, routes, forms, names and doses."""

import pytest

from imr_tui.reading.drugs.drug_identity import dosed_drugs, equations, labelled_drugs
from imr_tui.reading.drugs.drug_routes import forms_used, mentions_route, requested_routes
from imr_tui.reading.drugs.drug_topics import topics
from imr_tui.reading.language.abbreviations import share_abbreviation
from tests.rows import each_row


@each_row(
    ("text", "main"),
    [
        ("The MTUS calls topical analgesics largely experimental.", ["topical analgesics"]),
        ("Oral opioids are not recommended.", ["oral opioids"]),
        ("The guideline on muscle relaxants allows two weeks.", ["muscle relaxants"]),
        ("The FDA has approved Nurtec. The MTUS recommends triptans.", ["nurtec"]),
        ("The MTUS is silent. The ODG recommends a PPI.", ["ppi"]),
        ("The ODG recommends lidocaine injections.", ["lidocaine injections"]),
        ("The MTUS asks for four criteria before opioids are continued.", ["opioids"]),
        ("The MTUS allows it after a trial of an antidepressant.", []),
        ("The MTUS warns of risks with NSAIDs.", []),
        ("A more appropriate treatment is an antidepressant by the MTUS.", []),
        ("The ODG says that SSRIs should be tried.", []),
        ("The limit of the guideline is 90 mg of morphine equivalents.", []),
        ("Utilization review held that the MTUS does not recommend opioids.", []),
        ("He takes Norco.", []),
    ],
)
def test_a_sentence_on_a_guideline_has_a_topic(text: str, main: list[str]) -> None:
    assert [topic.words for topic in topics(text) if topic.is_main] == main


@each_row(
    ("request_text", "routes"),
    [
        ("Voltaren 75mg #60", {"oral"}),
        ("Voltaren gel 1%", {"topical"}),
        ("Lidoderm 5% patch #30", {"patch"}),
        ("Toradol injection", {"injection"}),
        ("Butrans", {"patch", "oral", "injection"}),
        ("Symbicort", {"inhaled"}),
        ("Massage", set()),
    ],
)
def test_a_request_has_the_routes_that_it_states(request_text: str, routes: set[str]) -> None:
    assert requested_routes(request_text) == routes


@each_row(
    ("text", "route"),
    [
        ("Two patches a day are used.", "patch"),
        ("Eight injections match the attacks.", "injection"),
        ("The gel has been used.", "topical"),
        ("The worker applied it to the neck.", "topical"),
        ("He swallowed them whole.", "oral"),
        ("If tablets are to go on", "oral"),
    ],
)
def test_a_form_means_a_route(text: str, route: str) -> None:
    assert [form.route for form in forms_used(text)] == [route]
    assert mentions_route(text, route) or "it" in text or "them" in text


@each_row("text", ["", "He had two injections in May.", "a patch test", "tablets"])
def test_other_words_are_no_form_in_use(text: str) -> None:
    assert forms_used(text) == ()


@each_row(
    ("text", "pairs"),
    [
        ("rimegepant, the active substance of Nurtec", [("rimegepant", "rimegepant", False)]),
        ("Ultram (hydrocodone)", [("tramadol", "hydrocodone", False)]),
        ("Ultram 50 mg (hydrocodone)", [("tramadol", "hydrocodone", False)]),
        ("Symbicort joins tiotropium", [("budesonide-formoterol", "tiotropium", True)]),
        ("naproxen (ibuprofen in the past)", []),
        ("naproxen, ibuprofen", []),
    ],
)
def test_a_text_equates_two_names(text: str, pairs: list[tuple[str, str, bool]]) -> None:
    found = [(each.first.generic, each.second.generic, each.is_part) for each in equations(text)]
    assert found == pairs


@each_row(
    ("text", "strength", "count"),
    [
        ("Norco 10/325 mg #120", "10/325mg", "120"),
        ("Nurtec ODT 75 mg #8", "75mg", "8"),
        ("Lidoderm 5% patch #30", "5%", "30"),
        ("Symbicort 160/4.5 mcg, one inhaler", "160/4.5mcg", ""),
    ],
)
def test_a_drug_has_its_dose(text: str, strength: str, count: str) -> None:
    [dosed] = dosed_drugs(text)
    assert (dosed.strength, dosed.count) == (strength, count)


def test_a_label_is_of_a_drug() -> None:
    text = "The prescribing information of Savella and the notes on Lyrica"
    assert [mention.drug.generic for mention in labelled_drugs(text)] == ["milnacipran"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Pre-operative BMP", "a basic metabolic panel", True),
        ("Complete blood count", "A CBC was normal.", True),
        ("range of motion test", "ROM was full", True),
        ("Pre-operative BMP", "a chest x-ray", False),
        ("PT", "physical therapy", False),
        ("", "", False),
    ],
)
def test_an_abbreviation_stands_for_its_words(one: str, other: str, expected: bool) -> None:
    assert share_abbreviation(one, other) is expected
    assert share_abbreviation(other, one) is expected


@pytest.mark.parametrize(
    "piece", ["the mtus opioids ", "two patches ", "Norco (", "Norco 10/", "BMP "]
)
def test_a_long_text_is_read_in_linear_time(piece: str) -> None:
    text = piece * 4_000
    topics(text), forms_used(text), equations(text), dosed_drugs(text)
    assert not share_abbreviation(text, "a chest x-ray")
