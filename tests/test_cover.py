"""The covering letter: what it states, what it never names, and what blocks it."""

import re
from datetime import date
from pathlib import Path

import pytest

from imr_tui.domain.overall import overall
from imr_tui.errors import BadInput
from imr_tui.letter.cover.covering_letter import TEMPLATE, addressees, render_covering_letter
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.model.case import Case, Item, Particulars, Parties
from imr_tui.model.limits import Outcome
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.config.machine_policy import Host
from tests.bench.samples import SAMPLES
from tests.builders import DAY, NUMBER, a_complete_case, an_item, saved
from tests.commands import Run, assert_refused
from tests.sealing import seal

pytestmark = pytest.mark.process

GOLDEN = Path(__file__).with_name("golden") / "CM14-0187654-cover.txt"
HEAD = Letterhead(
    address=("PO Box 1", "Sample City, CA 90000"), medical_director="Robin Director, M.D."
)
PARTIES = Parties(
    employee="Sample Worker",
    employer="Sample Employer",
    claims_administrator="Sample Administrator",
    adjuster="Sample Adjuster",
    utilization_review_organization="Sample Reviews",
    providers=("Sample Physician", "Sample Clinic"),
)


def covering(case: Case, head: Letterhead = HEAD) -> str:
    return render_covering_letter(case, head, DAY)


def decided(*decisions: Outcome | None) -> tuple[Item, ...]:
    """Items with these decisions; their requests are numbered."""
    return tuple(
        an_item(f"service number {at}", decision=decision) for at, decision in enumerate(decisions)
    )


@pytest.fixture
def path(cases: Path) -> Path:
    """A case that is decided."""
    (path,) = saved(cases, a_complete_case(2, parties=PARTIES))
    return path


def settings(cases: Path, text: str) -> None:
    (cases / ".imr").mkdir(mode=0o700, exist_ok=True)
    (cases / ".imr" / "settings.toml").write_text(text)


# What it states


def test_the_golden_covering_letter(update_golden: bool) -> None:
    case = open_case(SAMPLES / "CM14-0187654.toml").case
    made = render_covering_letter(case, HEAD, date(2014, 12, 8)).encode("ascii")
    if update_golden:
        GOLDEN.write_bytes(made)
    assert made == GOLDEN.read_bytes()


PATTERNS: list[tuple[Outcome, ...]] = [
    tuple("upheld" if at < upheld else "overturned" for at in range(items))[::step]
    for items in range(1, 22)
    for upheld in sorted({0, 1, items // 2, items - 1, items})
    for step in (1, -1)
]
"""For each number of items up to 21: none, one, half, all but one and all upheld, first or last.

`test_overall.py` has every pattern; beside its overall determination, the letter only lists it.
"""


def test_every_item_is_listed_with_its_decision_under_the_overall_determination() -> None:
    for pattern in PATTERNS:
        text = covering(a_complete_case(decided(*pattern)))
        listed = re.findall(r"^service number (\d+): (\w+)$", text, re.MULTILINE)
        assert listed == [(str(at), each.capitalize()) for at, each in enumerate(pattern)]
        assert f"\nOverall determination: {overall(pattern)}\n" in text
        sentences = re.findall(r"^(None|All|Some) of the disputed items", text, re.MULTILINE)
        words = {"UPHOLD": "None", "OVERTURN": "All", "PARTIALLY OVERTURN": "Some"}
        assert sentences == [words[overall(pattern) or ""]]


def test_it_begins_as_a_sample_and_states_the_appeal() -> None:
    text = covering(a_complete_case())
    assert text.startswith("SAMPLE WORDING - NOT FOR USE. Replace it")
    flat = " ".join(text.split())
    assert "within 30 days of the date of mailing of the determination" in flat
    assert "Labor Code 4610.6(h)" in flat


def test_it_goes_to_the_parties_that_the_law_names() -> None:
    case = a_complete_case(parties=PARTIES)
    expected = [
        ("Sample Worker", "employee"),
        ("Sample Administrator", "claims administrator"),
        ("Sample Adjuster", "adjuster"),
        ("Sample Employer", "employer"),
        ("Sample Physician", "provider"),
        ("Sample Clinic", "provider"),
    ]
    assert list(addressees(case)) == expected
    text = covering(case)
    assert re.findall(r"^(.+) \((.+)\)$", text, re.MULTILINE) == expected
    assert "To:" not in covering(a_complete_case(parties=Parties()))


def test_it_states_the_dates_that_are_known() -> None:
    particulars = Particulars(
        number=NUMBER,
        priority="expedited",
        date_of_injury=date(2024, 1, 2),
        decision_date=date(2026, 11, 8),
    )
    text = covering(a_complete_case(particulars=particulars))
    facts = dict(re.findall(r"^([A-Z][A-Za-z ]+):  +(\S+)$", text, re.MULTILINE))
    assert facts == {
        "Case Number": NUMBER,
        "Date of Injury": "01/02/2024",
        "Decision Date": "11/08/2026",
        "Priority": "Expedited",
    }
    assert "\n11/09/2026\n" in text


def test_a_modified_item_is_stated_as_in_the_determination() -> None:
    item = an_item("6 visits", original="12 visits", authorized="6 visits of therapy")
    flat = " ".join(covering(a_complete_case((item,))).split())
    assert "12 visits was the original request. 6 visits of therapy was authorized" in flat


def test_an_open_item_has_no_covering_letter() -> None:
    with pytest.raises(BadInput, match="not every item is decided"):
        covering(a_complete_case(decided("upheld", None)))


def test_a_name_that_cannot_be_printed_is_told() -> None:
    case = a_complete_case(parties=PARTIES.but(adjuster="漢"))
    with pytest.raises(BadInput, match=r"parties\.adjuster"):
        covering(case)
    with pytest.raises(BadInput, match="The letterhead '漢'"):
        covering(a_complete_case(), Letterhead(address=("漢",)))


def test_it_is_wrapped_and_ascii() -> None:
    text = covering(a_complete_case(12, parties=PARTIES), Letterhead(width=60))
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 60


# The command


def test_it_is_printed_and_recorded(run: Run, path: Path, tmp_path: Path) -> None:
    settings(path.parent, 'address = ["PO Box 1"]\nmedical_director = "Robin Director"\n')
    done = run("cover", path, "--date", "2026-11-09")
    head = Letterhead(address=("PO Box 1",), medical_director="Robin Director")
    assert (done.code, done.err) == (0, "")
    assert done.out == covering(a_complete_case(2, parties=PARTIES), head)
    out = tmp_path / "cases" / "cover.txt"
    assert run("cover", path, "--date", "11/9/2026", "-o", out).out == ""
    assert out.read_text() == done.out
    events = [(each.case, each.event) for each in AuditLog(path.parent).events()]
    assert events == [(NUMBER, "exported")] * 2


def test_it_says_what_is_left_out(run: Run, cases: Path) -> None:
    imported = Particulars(number=NUMBER, imported=True)
    (path,) = saved(cases, a_complete_case(parties=Parties(), particulars=imported))
    done = run("cover", path)
    assert done.code == 0
    assert "names no medical director" in done.err
    assert "has no addressees" in done.err


def test_an_error_blocks_it(run: Run, cases: Path, tmp_path: Path) -> None:
    (path,) = saved(cases, a_complete_case(decided("upheld", None)))
    done = run("cover", path, "-o", tmp_path / "cover.txt")
    assert_refused(done, 1, "there is no covering letter")
    assert re.search(r"IMR\d+ error", done.err)
    assert not (tmp_path / "cover.txt").exists()
    assert not (cases / ".imr" / "log").exists()


@pytest.mark.parametrize(
    "named",
    ["Sampleton, Avery", "Dr. Sampleton", "Avery B. Sampleton, M.D.", "AVERY SAMPLETON"],
)
def test_it_never_names_the_reviewer(run: Run, path: Path, named: str) -> None:
    settings(path.parent, f'medical_director = "{named}"\n')
    assert run("cover", path).code == 0
    (path.parent / ".imr" / "profile.toml").write_text('name = "Avery Sampleton"\n')
    done = run("cover", path)
    assert_refused(done, 3, "would name a reviewer, which is confidential")
    assert "Sampleton" not in done.err


def test_it_names_no_reviewer_of_another_account_either(run: Run, path: Path) -> None:
    account = path.parent / ".imr" / "accounts" / "asampleton"
    account.mkdir(parents=True)
    (account / "profile.toml").write_text('name = "Avery Sampleton"\n')
    assert run("cover", path).code == 0
    saved(path.parent, a_complete_case(parties=PARTIES.but(providers=("Avery Sampleton, M.D.",))))
    assert_refused(run("cover", path), 3, "would name a reviewer")
    saved(path.parent, a_complete_case(parties=PARTIES.but(adjuster="asampleton")))
    assert_refused(run("cover", path), 3, "would name a reviewer")


def test_a_name_is_found_across_lines(run: Run, path: Path) -> None:
    request = f"{'x ' * 44}Avery Sampleton"
    saved(path.parent, a_complete_case((an_item(request),)))
    (path.parent / ".imr").mkdir(mode=0o700)
    (path.parent / ".imr" / "accounts" / "other").mkdir(parents=True)
    profile = path.parent / ".imr" / "accounts" / "other" / "profile.toml"
    profile.write_text('name = "Avery Sampleton"\n')
    assert_refused(run("cover", path), 3, "would name a reviewer")


def test_that_of_a_signed_case_states_what_was_signed(
    run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "imr_tui.cli.commands.cover.load_host", lambda: Host(require_signature=True)
    )
    signed = seal(cases, a_complete_case(decided("overturned"), parties=PARTIES))
    done = run("cover", cases / f"{NUMBER}.toml", "--date", "2026-11-09")
    assert done.code == 0
    assert done.out == covering(signed, Letterhead())
    assert "Decision Date:          11/29/2026" in done.out


def test_where_a_signature_is_required_it_is_marked(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "imr_tui.cli.commands.cover.load_host", lambda: Host(require_signature=True)
    )
    assert run("cover", path).out.startswith("DRAFT - NOT SIGNED\n\nSAMPLE WORDING")


def test_an_altered_case_has_none(run: Run, cases: Path) -> None:
    seal(cases, a_complete_case(parties=PARTIES))
    path = cases / f"{NUMBER}.toml"
    path.write_bytes(path.read_bytes().replace(b"Massage is", b"Massage was"))
    assert_refused(run("cover", path), 5, "was signed")


def test_the_wording_can_be_replaced(run: Run, path: Path, tmp_path: Path) -> None:
    (tmp_path / TEMPLATE).write_text("{{ overall }}, {{ items | length }} items, {{ date }}.\n")
    done = run("cover", path, "--template", tmp_path, "--date", "2026-11-09")
    assert done.out == "UPHOLD, 2 items, 11/09/2026.\n"
    (tmp_path / TEMPLATE).write_text("one\n{{ nothing }}\n")
    assert_refused(run("cover", path, "--template", tmp_path), 3, rf"{TEMPLATE}, line 2 cannot be")


def test_a_line_of_text_never_replaces_a_case(run: Run, path: Path) -> None:
    before = path.read_bytes()
    assert_refused(run("cover", path, "-o", path), 3, "has the name of a case file")
    assert path.read_bytes() == before
