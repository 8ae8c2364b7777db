"""Citing by keys: what is built, how many keys it takes, and what the letter prints."""

from datetime import date

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from imr_tui.domain.citation_text import REVIEWER, guideline_line, sentence
from imr_tui.domain.workflow import Place, Stage
from imr_tui.letter.render.renderer import render
from imr_tui.model import edits, evidence_edits
from imr_tui.model.case import Case, Item
from imr_tui.model.evidence import Citation, Weighing
from imr_tui.session.citing.citation_drafts import all_left
from imr_tui.session.citing.sources import offers
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_state import load_recent
from imr_tui.text.layout import one_line
from imr_tui.ui.dialogs.citation_form import CitationForm
from imr_tui.ui.dialogs.citing import Picker
from imr_tui.ui.dialogs.departure import DepartureScreen
from imr_tui.ui.dialogs.weighing import WeighingScreen
from imr_tui.ui.stages.citations import CitationsScreen
from imr_tui.ui.widgets.headings import Headings
from tests.builders import MTUS, OTHER
from tests.ui.conftest import FRESH, SEED, MakeApp, on_disk, put
from tests.ui.driving import (
    go,
    press,
    running,
    saved,
    screen_text,
    shown,
    the_app,
    until,
    write,
)

pytestmark = pytest.mark.slow

CITATIONS = Stage("citations", 0)
THEIRS = Place("administrator_citations", 0)


class Keys:
    """Counts the keys that are pressed."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self._pilot = pilot
        self.count = 0

    async def press(self, *keys: str) -> None:
        self.count += len(keys)
        await press(self._pilot, *keys)


def item_on_disk(folder: Folder, number: str = FRESH) -> Item:
    return on_disk(folder, number).items[0]


def without_citations(case: Case) -> Case:
    while evidence_edits.citations(case, 0, "citations"):
        case = evidence_edits.remove_citation(case, 0, "citations", 0)
    return case


def citing(case: Case, *cited: Citation, theirs: tuple[Citation, ...] | None = None) -> Case:
    """`case` whose first item cites just that."""
    case = evidence_edits.copy_citations(without_citations(case), 0, "citations", cited)
    if theirs is None:
        return case
    item = case.items[0].but(administrator_citations=theirs)
    return case.but(items=(item, *case.items[1:]))


# ── The figures ──────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
async def test_the_seeds_citations_take_at_most_25_keys_beside_the_page_numbers(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, without_citations(on_disk(folder, SEED)))
    async with running(make_app(SEED)) as pilot:
        await go(pilot, CITATIONS)
        keys = Keys(pilot)
        await keys.press("a", *"cp", "enter")
        await write(pilot, "22,46-47 96–99")
        await keys.press("ctrl+s")
        await keys.press("a", *"odg pa", "enter")
        await keys.press(*"ne", "down", "enter", *"lo", "down", "enter", "ctrl+s")
        await keys.press("escape")  # why not the MTUS: later
        await saved(pilot)
        assert isinstance(pilot.app.screen, CitationsScreen)
    print(f"the seed's citations: {keys.count} keys beside the page numbers")
    assert keys.count <= 25
    line = (
        "Decision based on MTUS Chronic Pain Treatment Guidelines 9792.24.2 Page(s): 22, 46-47, "
        "96-99. Decision based on Non-MTUS Citation Official Disability Guidelines (ODG) 2014, "
        "Pain (Chronic), Neck and Upper Back (Acute & Chronic), Low Back - Lumbar & Thoracic "
        "(Acute & Chronic)."
    )
    assert guideline_line(item_on_disk(folder, SEED).citations, REVIEWER) == line
    assert line in one_line(render(on_disk(folder, SEED)))


@pytest.mark.slow
async def test_an_mtus_citation_of_2016_with_two_sections_takes_at_most_30_keys(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, edits.set_date(on_disk(folder), "decision_date", date(2017, 1, 5)))
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        keys = Keys(pilot)
        await keys.press("a", *"chr", "enter")
        await keys.press(*"nsaids", "down", "enter", *"topical", "down", "enter", "ctrl+s")
        await saved(pilot)
        assert isinstance(pilot.app.screen, CitationsScreen)
    print(f"an MTUS citation of 2016 with two sections: {keys.count} keys")
    assert keys.count <= 30
    assert guideline_line(item_on_disk(folder).citations, REVIEWER) == (
        "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): "
        "NSAIDs (non-steroidal anti-inflammatory drugs), Topical analgesics."
    )


# ── Picking ──────────────────────────────────────────────────────────────────────────────


async def test_a_topic_that_is_searched_for_brings_its_pages(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, without_citations(on_disk(folder, SEED)))
    async with running(make_app(SEED)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a", *"esi", "enter", "ctrl+s")
        await saved(pilot)
    (citation,) = item_on_disk(folder, SEED).citations
    assert (citation.guideline, citation.pages) == ("mtus-2009-chronicpain", "46")


async def test_a_version_that_was_not_in_force_says_which_was_and_can_be_cited(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, without_citations(on_disk(folder, SEED)))
    async with running(make_app(SEED)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a")
        await write(pilot, "chronic pain medical 2016")
        text = shown(pilot)
        assert "Chronic Pain Medical Treatment 2016, 9792.24.2 not yet" in text
        assert "in force then: Chronic Pain Medical Treatment 2009" in text
        await press(pilot, "enter")
        told = "In force on 11/21/2014: Chronic Pain Medical Treatment 2009"
        assert told in shown(pilot)
        await press(pilot, "ctrl+s")
        await saved(pilot)
    assert item_on_disk(folder, SEED).citations[0].guideline == "mtus-2016-chronicpain"


async def catalogues(pilot: Pilot[None]) -> tuple[str, str]:
    """What the search for a citation shows, for the administrator and for the reviewer."""
    await go(pilot, CITATIONS, THEIRS)
    await press(pilot, "a")
    theirs = shown(pilot)
    await press(pilot, "escape")
    pilot.app.screen.query_one("#citations").focus()
    await press(pilot, "a")
    return theirs, shown(pilot)


async def test_the_administrators_day_is_that_of_utilization_review(
    folder: Folder, make_app: MakeApp
) -> None:
    case = edits.set_date(on_disk(folder), "ur_decision_date", date(2016, 7, 1))
    put(folder, case)
    async with running(make_app(FRESH)) as pilot:
        theirs, ours = await catalogues(pilot)
    assert "In force on 7/1/2016, as of 11/10/2023; ? = not verified." in theirs
    assert "In force on 11/20/2026" in ours


async def test_the_date_of_service_is_the_day_of_both_sides(
    folder: Folder, make_app: MakeApp
) -> None:
    case = edits.set_date(on_disk(folder), "ur_decision_date", date(2016, 7, 1))
    put(folder, edits.set_date_of_service(case, 0, date(2016, 5, 2)))
    async with running(make_app(FRESH)) as pilot:
        for catalogue in await catalogues(pilot):
            assert "In force on 5/2/2016" in catalogue


async def test_what_was_cited_lately_is_offered_first_the_next_time(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a", *"odg shoulder", "enter", "ctrl+s", "escape")
        await until(pilot, lambda: load_recent(folder) == ("odg-shoulder",))
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a")
        first = pilot.app.screen.query_one(OptionList).get_option_at_index(0)
        assert "Shoulder (Acute & Chronic)" in str(first.prompt)


async def test_the_guidelines_of_a_site_are_offered_and_marked(
    folder: Folder, make_app: MakeApp
) -> None:
    folder.own("guidelines.toml").write_text(
        'as_of = 2026-06-30\n[[other]]\nid = "site-zz"\ntitle = "Zzyzx"\nprinted = "Zzyzx Guide"\n'
        'organization = "Zzyzx Board"\nyear = 2020\n'
    )
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a", *"zzyz")
        assert "Zzyzx Guide 2020 site" in shown(pilot)
        await press(pilot, "enter", "ctrl+s", "escape")
        await saved(pilot)
    line = guideline_line(item_on_disk(folder).citations, REVIEWER)
    assert line.endswith("Non-MTUS Citation Zzyzx Board, Zzyzx Guide 2020.")


async def test_a_broken_catalogue_of_a_site_is_told_and_none_of_it_used(
    folder: Folder, make_app: MakeApp
) -> None:
    folder.own("guidelines.toml").write_text(
        'as_of = 2026-06-30\n[[other]]\nid = "site-zz"\ntitle = "Zzyzx"\nprinted = "Zzyzx"\n'
        "yeer = 2020\n"
    )
    async with running(make_app(FRESH), (120, 40)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a", *"zzyz")
        text = shown(pilot)
        assert "line 6: other 1 yeer is not a known key, did you mean 'year'." in text
        assert "Its guidelines were not used." in text
        assert "Zzyzx," not in text


# ── The form ─────────────────────────────────────────────────────────────────────────────

FIELDS = {
    "mtus": ["kind", "section", "year", "sections", "pages", "standard"],
    "guideline": [
        "kind",
        "organization",
        "title",
        "year",
        "section",
        "sections",
        "pages",
        "standard",
    ],
    "study": ["kind", "authors", "title", "journal", "year", "volume", "pages", "standard"],
    "text": ["kind", "text", "standard"],
}


def fields_of(pilot: Pilot[None]) -> list[str | None]:
    form = pilot.app.screen
    assert isinstance(form, CitationForm)
    return [entry.id for entry in form.entries]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "steps", "kind"),
    [
        ("low back 2004", 0, "mtus"),
        ("Zzyzx", 1, "guideline"),
        ("Zzyzx", 2, "study"),
        ("Zzyzx", 0, "text"),
    ],
)
async def test_the_form_shows_only_the_fields_of_the_kind(
    folder: Folder, make_app: MakeApp, words: str, steps: int, kind: str
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a")
        await write(pilot, words)
        await press(pilot, *["down"] * steps, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CitationForm))
        assert fields_of(pilot) == FIELDS[kind]


@pytest.mark.slow
@pytest.mark.parametrize(
    "citation",
    [
        MTUS.but(pages="46-47,22", kind=None),
        # As letters of both dialects were imported: titles that the catalogue has, too.
        MTUS.but(title="Chronic Pain Medical Treatment", kind=None),
        OTHER,
        Citation(text="The Expert Reviewer based it on something.", verbatim=True),
    ],
    ids=["pages", "title", "guideline", "verbatim"],
)
async def test_to_open_a_citation_is_not_to_change_it(
    folder: Folder, make_app: MakeApp, citation: Citation
) -> None:
    case = citing(on_disk(folder, SEED), citation)
    put(folder, case)
    async with running(make_app(SEED)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "e")
        await until(pilot, lambda: isinstance(pilot.app.screen, CitationForm))
        assert f"Prints: {sentence(citation)}" in shown(pilot)
        await press(pilot, *["tab"] * 7, "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, CitationsScreen))
        await saved(pilot)
        assert the_app(pilot).case == case
    assert on_disk(folder, SEED) == case


async def test_pages_that_are_wrong_are_pointed_at_when_the_citation_is_opened(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, citing(on_disk(folder, SEED), MTUS.but(pages="99-96")))
    async with running(make_app(SEED)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "e")
        assert "99-96 runs backwards" in shown(pilot)


async def test_a_title_that_a_file_lacks_can_be_typed(folder: Folder, make_app: MakeApp) -> None:
    put(folder, citing(on_disk(folder), MTUS.but(guideline="mtus-2009-lowback", title="")))
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "e")
        assert "title" in fields_of(pilot)


async def test_a_study_is_entered_by_its_elements(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a")
        await write(pilot, "Exercise after repair")
        await press(pilot, "up", "enter")
        for text in ("Roe A, Poe B", "", "J Synth Orthop", "2019", "12", "34–40"):
            await write(pilot, text)
            await press(pilot, "enter")
        await press(pilot, "enter", "escape")
        await saved(pilot)
    item = item_on_disk(folder)
    assert guideline_line(item.citations, REVIEWER).endswith(
        "Decision based on Non-MTUS Citation Roe A, Poe B. Exercise after repair. "
        "J Synth Orthop. 2019;12:34-40."
    )
    assert item.citations[0].ranks_as == "B"


async def test_the_kind_can_be_changed_and_no_word_is_lost(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a")
        await write(pilot, "Zzyzx Journal 4")
        await press(pilot, "enter")
        seen = []
        for _ in range(4):
            await press(pilot, "ctrl+t")
            await until(pilot, lambda: len(fields_of(pilot)) > 1)
            assert the_app(pilot).drafts.flush(1)
            ((_, left),) = all_left(the_app(pilot).drafts, 0, "citations")
            seen.append(left.now)
        assert [citation.sort for citation in seen] == ["mtus", "guideline", "study", "text"]
        assert [citation.title for citation in seen[:3]] == ["Zzyzx Journal 4"] * 3
        assert seen[3].text == "Zzyzx Journal 4"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "kept", "told"),
    [
        ("22,46-47 96–99", "22, 46-47, 96-99", ""),
        ("96-99, 22", "96-99, 22", ""),
        ("99-96", "99-96", "99-96 runs backwards"),
        ("120-130", "120-130", "120-130 is not in the document (1-127)"),
        ("appendix C", "appendix C", ""),
    ],
)
async def test_pages_are_put_in_form_and_wrong_ones_pointed_at(
    folder: Folder, make_app: MakeApp, typed: str, kept: str, told: str
) -> None:
    put(folder, without_citations(on_disk(folder, SEED)))
    async with running(make_app(SEED)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a", *"cp", "enter")
        await write(pilot, typed)
        text = shown(pilot)
        assert told in text
        assert ("runs backwards" in text or "not in the document" in text) == bool(told)
        await press(pilot, "ctrl+s")
        await saved(pilot)
    assert item_on_disk(folder, SEED).citations[0].pages == kept


async def test_an_unverified_document_accuses_nobody(folder: Folder, make_app: MakeApp) -> None:
    put(folder, without_citations(on_disk(folder, SEED)))
    async with running(make_app(SEED)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a", *"neck", "enter", *"900")
        await until(pilot, lambda: "Page(s): 900" in shown(pilot))
        assert "outside" not in shown(pilot)


async def test_pages_are_sorted_only_when_asked(folder: Folder, make_app: MakeApp) -> None:
    put(folder, without_citations(on_disk(folder, SEED)))
    async with running(make_app(SEED)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a", *"cp", "enter", *"96-99, 22, 46")
        assert pilot.app.screen.query_one("#pages", Input).value == "96-99, 22, 46"
        await press(pilot, "ctrl+r", "ctrl+s")
        await saved(pilot)
    assert item_on_disk(folder, SEED).citations[0].pages == "22, 46, 96-99"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("day", "field", "typed", "printed"),
    [
        (date(2014, 12, 8), "sections", "Massage", "Medical Treatment 2009, Section(s): Massage."),
        (date(2014, 12, 8), "pages", "60", "Treatment Guidelines 9792.24.2 Page(s): 60."),
        (date(2016, 2, 1), "sections", "Massage", "Medical Treatment 2009, Section(s): Massage."),
        (date(2016, 2, 1), "pages", "60", "Treatment Guidelines 9792.24.2 Page(s): 60."),
    ],
)
async def test_the_title_is_the_one_that_goes_with_what_is_cited(
    folder: Folder, make_app: MakeApp, day: date, field: str, typed: str, printed: str
) -> None:
    put(folder, edits.set_date(on_disk(folder), "decision_date", day))
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a", *"cp", "enter")
        pilot.app.screen.query_one(f"#{field}").focus()
        await write(pilot, typed)
        await until(pilot, lambda: f"Chronic Pain {printed}" in shown(pilot))
        await press(pilot, "ctrl+s")
        await saved(pilot)
    assert sentence(item_on_disk(folder).citations[0]).endswith(f"Chronic Pain {printed}")


async def test_headings_are_taken_only_when_chosen(folder: Folder, make_app: MakeApp) -> None:
    put(folder, edits.set_date(on_disk(folder), "decision_date", date(2017, 1, 5)))
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a", *"low back 2004", "enter", *"special")
        listed = pilot.app.screen.query_one(Headings)
        assert listed.option_count == 1
        assert listed.highlighted is None
        await press(pilot, "down", "up", "enter")
        assert pilot.app.screen.focused is pilot.app.screen.query_one("#pages")
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, CitationsScreen))
        await saved(pilot)
    assert item_on_disk(folder).citations[0].sections == ("special",)


async def test_a_corrected_standard_changes_the_rank_and_not_the_print(
    folder: Folder, make_app: MakeApp
) -> None:
    case = on_disk(folder)
    put(folder, citing(case, MTUS))
    before = guideline_line((MTUS,), REVIEWER)
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "e")
        pilot.app.screen.query_one("#standard").focus()
        await press(pilot, "d")
        await until(pilot, lambda: "Standard D, expert opinion; searched" in shown(pilot))
        await press(pilot, "enter")
        await saved(pilot)
    (citation,) = item_on_disk(folder).citations
    assert citation.ranks_as == "D"
    assert guideline_line((citation,), REVIEWER) == before


# ── Copying, and citing nothing ──────────────────────────────────────────────────────────


async def test_the_administrators_citation_is_copied_with_two_keys(
    folder: Folder, make_app: MakeApp
) -> None:
    case = on_disk(folder)
    put(folder, citing(case, theirs=(MTUS, OTHER)))
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "c", "enter")
        await saved(pilot)
        assert item_on_disk(folder).citations == (MTUS,)
        await press(pilot, "ctrl+z")
        await saved(pilot)
    assert item_on_disk(folder).citations == ()


async def test_all_citations_of_another_item_are_copied_at_once(
    folder: Folder, make_app: MakeApp
) -> None:
    case = citing(on_disk(folder), theirs=())
    case = evidence_edits.copy_citations(case, 1, "citations", (MTUS, OTHER))
    put(folder, case)
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "c")
        text = screen_text(pilot.app)
        assert "Item 2, you: all 2" in text
        await press(pilot, "down", "down", "enter")
        await saved(pilot)
        await until(pilot, lambda: isinstance(pilot.app.screen, DepartureScreen))
    assert item_on_disk(folder).citations == (MTUS, OTHER)


def test_a_line_kept_as_a_letter_had_it_speaks_for_one_side_and_is_not_copied(
    folder: Folder,
) -> None:
    line = Citation(text="The Claims Administrator relied on a manual.", verbatim=True)
    case = citing(on_disk(folder), theirs=(line, MTUS, Citation()))
    offered = [offer.citations for offer in offers(case, 0, "citations")]
    assert offered[0] == (MTUS,)
    assert all(line not in citations for citations in offered)


async def test_no_guideline_is_a_choice_with_a_reason(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await go(pilot, CITATIONS)
        assert "n gives a reason to cite none" in shown(pilot)
        await press(pilot, "n")
        await write(pilot, "Stands on the record alone.")
        await press(pilot, "enter")
        await saved(pilot)
        assert "You cite no guideline: Stands on the record alone." in shown(pilot)
        assert item_on_disk(folder).uncited == "Stands on the record alone."
        await press(pilot, "a", *"cp", "enter", "ctrl+s")
        await saved(pilot)
        await until(pilot, lambda: app.screen.check_action("cite_none", ()) is None)
    assert item_on_disk(folder).uncited == ""


# ── The hierarchy ────────────────────────────────────────────────────────────────────────


async def test_a_source_below_the_mtus_asks_once_for_the_sentence(
    folder: Folder, make_app: MakeApp
) -> None:
    case = edits.set_rationale(on_disk(folder), 0, "The tear is full.")
    put(folder, case)
    request = case.items[0].request
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a", *"odg shoulder", "enter", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, DepartureScreen))
        assert "The MTUS is silent on the condition" in shown(pilot)
        await press(pilot, "enter", "enter", "enter")
        await saved(pilot)
        silent = f"The MTUS is silent on the condition or injury for which {request} is requested."
        said = f"The tear is full. {silent}"
        assert item_on_disk(folder).rationale == said
        assert item_on_disk(folder).departure == "silent"
        await press(pilot, "ctrl+z")
        await saved(pilot)
        assert item_on_disk(folder).rationale == "The tear is full."
        await press(pilot, "ctrl+y")
        # Undo and redo show the rationale.
        await go(pilot, CITATIONS)
        await press(pilot, "a", *"odg knee", "enter", "ctrl+s")
        assert isinstance(pilot.app.screen, CitationsScreen)


async def test_the_sentence_is_amended_and_put_where_the_reviewer_wants_it(
    folder: Folder, make_app: MakeApp
) -> None:
    case = edits.set_rationale(on_disk(folder), 0, "The tear is full.")
    put(folder, citing(case, OTHER))
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "m", "down", "enter")
        assert "presumption that the MTUS is correct is rebutted" in shown(pilot)
        await press(pilot, "end", *" Yes.", "enter", "down", "enter")
        await saved(pilot)
    item = item_on_disk(folder)
    assert item.departure == "rebutted"
    assert item.rationale.startswith("The presumption that the MTUS is correct is rebutted")
    assert item.rationale.endswith("relieve the injured worker. Yes. The tear is full.")


@pytest.mark.slow
async def test_leaving_the_question_open_is_kept_and_not_asked_again(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a", *"odg shoulder", "enter", "ctrl+s", "escape")
        await saved(pilot)
        assert item_on_disk(folder).departure == "unexplained"
        assert "m puts it there" in shown(pilot)
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a", *"odg knee", "enter", "ctrl+s")
        assert isinstance(pilot.app.screen, CitationsScreen)


async def test_a_citation_that_is_edited_below_the_mtus_asks_too(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, citing(on_disk(folder), MTUS))
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "e", "ctrl+s")
        assert isinstance(pilot.app.screen, CitationsScreen)
        await press(pilot, "e", "ctrl+t", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, DepartureScreen))


async def test_to_look_at_a_source_below_the_mtus_asks_nothing(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, citing(on_disk(folder), OTHER))
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "e", "ctrl+s")
        assert isinstance(pilot.app.screen, CitationsScreen)


async def test_the_mtus_alone_asks_nothing(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "a", *"shoulder 2023", "enter", "ctrl+s")
        assert isinstance(pilot.app.screen, CitationsScreen)
        await saved(pilot)
    assert item_on_disk(folder).departure is None


async def test_conflicting_evidence_is_weighed_and_inserted_as_one_step(
    folder: Folder, make_app: MakeApp
) -> None:
    case = edits.set_rationale(on_disk(folder), 0, "The tear is full.")
    put(folder, citing(case, MTUS, theirs=(OTHER,)))
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "x")
        await until(pilot, lambda: isinstance(pilot.app.screen, WeighingScreen))
        question, applies = "Is repair better than therapy?", "He is active."
        for text in (question, "d", "Poe", "Doe", "b", applies, "5", "1b", "y"):
            await write(pilot, text)
            if text != "y":
                await press(pilot, "enter")
        await saved(pilot)
        weighed = Weighing(
            question="Is repair better than therapy?",
            column="diagnosis",
            administrator_study="Poe",
            reviewer_study="Doe",
            applicable="both",
            administrator_level="5",
            reviewer_level="1b",
            applicability="He is active.",
            prevails="reviewer",
        )
        assert item_on_disk(folder).weighing == weighed
        assert item_on_disk(folder).rationale == "The tear is full."
        await press(pilot, "ctrl+t")
        await saved(pilot)
        first, paragraph = item_on_disk(folder).rationale.split("\n\n")
        assert first == "The tear is full."
        assert "is of level 1b for diagnostic test, high-quality cohort study" in paragraph
        assert paragraph.endswith("the evidence of the expert reviewer prevails.")
        assert "Conflict weighed: yours 1b, theirs 5, yours prevails." in shown(pilot)
        await press(pilot, "ctrl+z")
        await saved(pilot)
    assert item_on_disk(folder).rationale == "The tear is full."
    assert item_on_disk(folder).weighing == weighed


async def test_a_level_that_is_none_is_pointed_at_and_not_kept(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, citing(on_disk(folder), MTUS, theirs=(OTHER,)))
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "x", *["tab"] * 6, "6")
        assert "The levels are 1a, 1b, 1c, 2, 3, 4, 5." in shown(pilot)
        await saved(pilot)
    assert item_on_disk(folder).weighing is None


@pytest.mark.parametrize(("theirs", "asks"), [((OTHER,), True), ((MTUS,), False), ((), False)])
async def test_sources_that_differ_are_asked_about_quietly(
    folder: Folder, make_app: MakeApp, theirs: tuple[Citation, ...], asks: bool
) -> None:
    put(folder, citing(on_disk(folder), MTUS, theirs=theirs))
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        assert ("x weighs the evidence" in shown(pilot)) == asks


async def test_a_conflict_needs_two_sides(folder: Folder, make_app: MakeApp) -> None:
    put(folder, citing(on_disk(folder), MTUS, theirs=()))
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        await press(pilot, "x")
        assert isinstance(pilot.app.screen, CitationsScreen)


async def test_the_picker_searches_nothing_while_it_is_read_only(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, CITATIONS)
        the_app(pilot).read_only = "READ ONLY"
        await press(pilot, "a", "c", "n", "x", "m", "d")
        assert not isinstance(pilot.app.screen, Picker)
        assert isinstance(pilot.app.screen, CitationsScreen)
