"""Signing by keys alone: what is asked, what is refused, and that keys stay free meanwhile."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import OptionList

from imr_tui.domain.workflow import Stage
from imr_tui.errors import CannotSign, CannotStore
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.model import edits
from imr_tui.services import commit_signature
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.locking.claim import holder
from imr_tui.store.signing import ssh_keygen
from imr_tui.store.signing.sealed_copies import SealedCopies
from imr_tui.store.signing.standing import Standing
from imr_tui.ui.app import ImrApp
from imr_tui.ui.dialogs.sign import SignScreen
from imr_tui.ui.stages.citations import CitationsScreen
from imr_tui.ui.stages.review import ReviewScreen
from imr_tui.ui.widgets.letter_view import LetterView
from tests.builders import MTUS
from tests.services.signing import ABSENCE, NUMBER, a_signable_case
from tests.signers import (
    SigningSite,
    key_file,
    needs_keygen,
    root_owned,
    signing_key,
    signing_site,
)
from tests.ui.conftest import NOW, on_disk, put
from tests.ui.driving import (
    go,
    press,
    rest,
    running,
    screen_text,
    shown,
    the_app,
    told,
    until,
    write,
)

pytestmark = [pytest.mark.process, needs_keygen, pytest.mark.usefixtures("root_owned")]

__all__ = ("root_owned", "signing_site")
REVIEW = Stage("review")
DIGITS = NUMBER[-4:]
SIZE = (100, 30)


def standing(folder: Folder) -> Standing:
    """Where the case on the disk stands."""
    return folder.open(NUMBER).standing


@asynccontextmanager
async def review(folder: Folder, host: Host) -> AsyncIterator[Pilot[None]]:
    """The app at Review of the case, once it is checked and the keys are known."""
    app = ImrApp(folder, Letterhead(), lambda: NOW, NUMBER, host=host)
    async with running(app, SIZE) as pilot:
        await until(pilot, lambda: app.findings is not None)
        await go(pilot, REVIEW)
        await until(pilot, lambda: not app.parts.signing.why_no_key.startswith("The keys"))
        yield pilot


@asynccontextmanager
async def asked(folder: Folder, host: Host) -> AsyncIterator[Pilot[None]]:
    """The app with the dialog that signs the case."""
    async with review(folder, host) as pilot:
        await press(pilot, "s")
        await until(pilot, lambda: isinstance(the_app(pilot).screen, SignScreen))
        await rest(the_app(pilot))
        yield pilot


async def confirm(pilot: Pilot[None], digits: str = DIGITS) -> None:
    """Give all answers; the last key starts the signing."""
    await press(pilot, "ctrl+t")
    await write(pilot, f"{digits}\n")


async def signed(pilot: Pilot[None]) -> None:
    """Wait until the app shows the signed case."""
    await until(pilot, lambda: "SIGNED 2026-11-23" in screen_text(the_app(pilot)))


@pytest.fixture
def host(folder: Folder, signing_site: SigningSite) -> Host:
    """A machine on which the reviewer may sign the case in the folder."""
    put(folder, a_signable_case())
    return signing_site.host()


# What is asked


async def test_a_case_is_signed_by_keys_alone(folder: Folder, host: Host) -> None:
    async with asked(folder, host) as pilot:
        app = the_app(pilot)
        words = shown(pilot)
        assert "Decisions: 1 Upheld" in words
        assert "Decision date: 2026-11-23" in words
        assert "Key: jdoe key" in words
        assert "1 claim that the records lack something" in words
        assert ABSENCE in str(app.screen.query_one("#absences", OptionList).options[0].prompt)
        letter = app.screen.query_one(LetterView).letter
        await confirm(pilot)
        await signed(pilot)
        assert app.read_only.startswith("SIGNED 2026-11-23")
        assert holder(folder.path, NUMBER) is None
    assert standing(folder).kind == "signed"
    assert on_disk(folder, NUMBER).particulars.decision_date == NOW.date()
    sealed = SealedCopies(folder.path, NUMBER).read(1)
    written = (folder.path / f"{NUMBER}.txt").read_bytes()
    assert sealed.letter == written == letter.encode("ascii")


@pytest.mark.slow
async def test_nothing_is_signed_before_all_is_confirmed(folder: Folder, host: Host) -> None:
    before = (folder.path / f"{NUMBER}.toml").read_bytes()
    async with asked(folder, host) as pilot:
        await press(pilot, "enter", *DIGITS, "enter")
        assert "then confirm them" in shown(pilot)
        await press(pilot, "c", "enter")
        await until(pilot, lambda: not isinstance(the_app(pilot).screen, SignScreen))
        await signed(pilot)
    assert (folder.path / f"{NUMBER}.toml").read_bytes() != before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("digits", "says"),
    [("", "Type the last digits"), ("0002", "does not end with 0002"), ("001", "end with 001")],
)
async def test_other_digits_sign_nothing(
    folder: Folder, host: Host, digits: str, says: str
) -> None:
    before = (folder.path / f"{NUMBER}.toml").read_bytes()
    async with asked(folder, host) as pilot:
        await confirm(pilot, digits)
        assert says in shown(pilot)
        assert isinstance(the_app(pilot).screen, SignScreen)
        await press(pilot, "escape")
        assert isinstance(the_app(pilot).screen, ReviewScreen)
        assert not the_app(pilot).read_only
    assert (folder.path / f"{NUMBER}.toml").read_bytes() == before
    assert SealedCopies(folder.path, NUMBER).revisions() == []


@pytest.mark.slow
async def test_a_case_without_claims_of_absence_asks_for_the_digits_only(
    folder: Folder, host: Host
) -> None:
    put(folder, edits.set_rationale(a_signable_case(), 0, _WITHOUT_CLAIM))
    async with asked(folder, host) as pilot:
        assert not the_app(pilot).screen.query("#absences")
        assert "Confirm claims" not in shown(pilot)
        await write(pilot, f"{DIGITS}\n")
        await signed(pilot)


_WITHOUT_CLAIM = (
    "The worker completed 12 visits and lumbar strength did not improve. Physical therapy for the "
    "lumbar spine is not medically necessary."
)


@pytest.mark.slow
async def test_the_key_is_chosen_and_its_passphrase_asked(
    folder: Folder, host: Host, monkeypatch: pytest.MonkeyPatch, signing_site: SigningSite
) -> None:
    locked_path = key_file(folder.path.parent / "locked", passphrase="right words")
    locked = signing_key(locked_path, "jdoe")._replace(is_encrypted=True)
    keys = signing_site.trust, (locked, signing_site.reviewer)
    async with review(folder, host) as pilot:
        app = the_app(pilot)
        monkeypatch.setattr(app.parts.signing, "_keys", lambda: keys)
        await press(pilot, "s")
        await until(pilot, lambda: isinstance(app.screen, SignScreen))
        assert "Passphrase" in shown(pilot)
        await press(pilot, "ctrl+t", "enter", *"wrong", "enter", *DIGITS, "enter")
        await until(pilot, lambda: "passphrase" in shown(pilot).rpartition("digits of the")[2])
        assert "wrong" not in shown(pilot).partition("digits of the")[0]
        assert app.focused is not None
        assert app.focused.id == "passphrase"
        await press(pilot, "shift+tab", "right")
        assert "Passphrase" not in shown(pilot)
        await press(pilot, "enter", "enter")
        await signed(pilot)


# Why `s` cannot be used


async def refused(pilot: Pilot[None], says: str) -> None:
    """Press `s`, which must only give a reason."""
    await press(pilot, "s")
    assert isinstance(the_app(pilot).screen, ReviewScreen)
    assert says in the_app(pilot).hint_shown
    entry = the_app(pilot).screen.active_bindings["s"]
    assert (entry.binding.id, entry.enabled) == ("case.sign", False)


async def test_an_error_blocks_signing(folder: Folder, host: Host) -> None:
    put(folder, edits.set_decision(a_signable_case(), 0, None))
    async with review(folder, host) as pilot:
        await refused(pilot, "An error blocks the letter")


@pytest.mark.slow
async def test_an_unresolved_warning_blocks_signing(folder: Folder, host: Host) -> None:
    put(folder, edits.set_summary(a_signable_case(), "This 54 year old man was injured."))
    async with review(folder, host) as pilot:
        await refused(pilot, "not resolved")


async def test_without_a_key_the_reason_is_given(folder: Folder, host: Host) -> None:
    async with review(folder, Host()) as pilot:
        await refused(pilot, "Nobody may sign here")
        assert "s signs it" not in shown(pilot)


@pytest.mark.slow
async def test_review_says_that_a_case_can_be_signed(folder: Folder, host: Host) -> None:
    async with review(folder, host) as pilot:
        await until(pilot, lambda: "s signs it." in shown(pilot))


# While it is signed


def send(pilot: Pilot[None], *keys: str) -> None:
    """Press keys without waiting until nothing is under way, as something is."""
    for key in keys:
        name, char = (key, None) if len(key) > 1 else (key, key)
        the_app(pilot).post_message(events.Key(name, char))


class Held:
    """A function that waits until it is let go on."""

    def __init__(self, then: Any) -> None:
        self.is_called, self.may_continue = threading.Event(), threading.Event()
        self._then = then

    def __call__(self, *args: Any) -> Any:
        self.is_called.set()
        assert self.may_continue.wait(60)
        return self._then(*args)


@pytest.mark.slow
async def test_keys_work_while_the_key_signs_and_esc_ends_it(
    folder: Folder, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(ssh_keygen.sign)
    monkeypatch.setattr(ssh_keygen, "sign", held)
    async with asked(folder, host) as pilot:
        app = the_app(pilot)
        send(pilot, "ctrl+t", *DIGITS, "enter")
        await until(pilot, held.is_called.is_set)
        await until(pilot, lambda: "Signing with jdoe key" in shown(pilot))
        send(pilot, "enter")
        await until(pilot, lambda: "esc cancels" in app.hint_shown)
        send(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
        held.may_continue.set()
        await go(pilot, Stage("summary"))
        await write(pilot, " More.")
        assert "More." in app.open_case.summary.text
    assert standing(folder).kind == "draft"
    assert "More." in on_disk(folder, NUMBER).summary.text


@pytest.mark.slow
async def test_keys_work_while_the_case_is_written_and_edit_nothing(
    folder: Folder, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(commit_signature.commit)
    monkeypatch.setattr(commit_signature, "commit", held)
    async with asked(folder, host) as pilot:
        app = the_app(pilot)
        before = app.open_case
        send(pilot, "ctrl+t", *DIGITS, "enter")
        await until(pilot, held.is_called.is_set)
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
        send(pilot, "ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CitationsScreen))
        send(pilot, "d", "u", "ctrl+z")
        await until(pilot, lambda: app.hint_shown.startswith("SIGNING"))
        assert app.open_case == before
        held.may_continue.set()
        await signed(pilot)
    assert standing(folder).kind == "signed"


@pytest.mark.slow
async def test_a_signature_that_is_refused_leaves_the_draft_with_its_history(
    folder: Folder, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CannotSign("The signature was refused.")

    monkeypatch.setattr(commit_signature, "commit", refuse)
    async with review(folder, host) as pilot:
        app = the_app(pilot)
        await press(pilot, "down", "down", "x")
        app.parts.editing.edit(lambda case: edits.set_summary(case, case.summary.text + " More."))
        await press(pilot, "s")
        await until(pilot, lambda: isinstance(app.screen, SignScreen))
        await confirm(pilot)
        await until(pilot, lambda: "was refused" in told(pilot))
        await until(pilot, lambda: not app.read_only)
        await press(pilot, "ctrl+z")
        assert not app.open_case.summary.text.endswith("More.")
    assert standing(folder).kind == "draft"


@pytest.mark.slow
async def test_an_error_after_the_case_is_signed_shows_it_signed(
    folder: Folder, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = commit_signature.commit

    def fail(*args: Any) -> None:
        commit(*args)
        raise CannotStore("The log could not be written.")

    monkeypatch.setattr(commit_signature, "commit", fail)
    async with asked(folder, host) as pilot:
        await confirm(pilot)
        await signed(pilot)
        assert "The log could not be written." in told(pilot)
    assert standing(folder).kind == "signed"


@pytest.mark.slow
async def test_a_letter_that_cannot_be_written_is_told_and_the_case_is_signed(
    folder: Folder, host: Host
) -> None:
    (folder.path / f"{NUMBER}.txt").mkdir()
    async with asked(folder, host) as pilot:
        await confirm(pilot)
        await signed(pilot)
        await until(pilot, lambda: "Its letter is not there yet" in told(pilot))
        (folder.path / f"{NUMBER}.txt").rmdir()
        await press(pilot, "w")
        await until(pilot, lambda: "The signed letter is in" in shown(pilot))
    sealed = SealedCopies(folder.path, NUMBER).read(1)
    assert (folder.path / f"{NUMBER}.txt").read_bytes() == sealed.letter


@pytest.mark.slow
async def test_a_text_written_elsewhere_meanwhile_is_not_signed(folder: Folder, host: Host) -> None:
    async with asked(folder, host) as pilot:
        theirs = edits.set_summary(on_disk(folder, NUMBER), "Theirs.")
        put(folder, theirs)
        await confirm(pilot)
        app = the_app(pilot)
        await until(pilot, lambda: not isinstance(app.screen, SignScreen))
        await until(pilot, lambda: [each.kind for each in app.notices] == ["choice"])
    assert on_disk(folder, NUMBER) == theirs
    assert standing(folder).kind == "draft"


@pytest.mark.slow
async def test_warnings_that_the_decision_date_brings_are_shown(folder: Folder, host: Host) -> None:
    case = a_signable_case()
    put(folder, case.but(items=(case.items[0].but(citations=(MTUS,), departure=None),)))
    async with review(folder, host) as pilot:
        app = the_app(pilot)
        assert "IMR403" not in shown(pilot)
        await press(pilot, "s")
        await until(pilot, lambda: "not signed with the decision date" in told(pilot))
        await until(pilot, lambda: "IMR403" in shown(pilot))
        assert not isinstance(app.screen, SignScreen)
        assert app.parts.editing.session is not None
        await until(pilot, lambda: on_disk(folder, NUMBER).particulars.decision_date == NOW.date())
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: on_disk(folder, NUMBER).particulars.decision_date is None)
    assert standing(folder).kind == "draft"


async def test_where_a_signature_is_required_only_a_marked_draft_is_written(
    folder: Folder, host: Host
) -> None:
    async with review(folder, replace(host, require_signature=True)) as pilot:
        await press(pilot, "a")
        await write(pilot, "Searched again.\n")
        await until(pilot, lambda: not the_app(pilot).parts.checking.is_awaited())
        await press(pilot, "w")
        await until(pilot, lambda: "Draft written" in shown(pilot))
        assert "s signs it" in shown(pilot)
    draft = folder.path / f"{NUMBER}-draft.txt"
    assert draft.read_text().startswith("DRAFT - NOT SIGNED\n\n")
    assert not (folder.path / f"{NUMBER}.txt").exists()
    assert not folder.is_written(NUMBER)
