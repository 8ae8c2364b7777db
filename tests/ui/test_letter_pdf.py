"""`W` on Review: the letter as a PDF, under the conditions of `w`."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from imr_tui.domain.workflow import Stage
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.letter.pdf.document import pdf_of
from imr_tui.letter.render.renderer import render
from imr_tui.model import edits
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from imr_tui.ui.app import ImrApp
from imr_tui.ui.messages import LetterWanted
from tests.builders import NUMBER, a_complete_case
from tests.sealing import seal
from tests.ui.conftest import NOW, SEED, MakeApp, on_disk, put
from tests.ui.driving import go, leave, opened, press, running, saved, shown, the_app, told, until

pytest.importorskip("reportlab", reason="PDFs need imr-tui[pdf]")

REVIEW = Stage("review")


def events(folder: Folder) -> list[str]:
    return [each.event for each in AuditLog(folder.path).events()]


def pdf_in(folder: Folder, name: str) -> Path:
    return folder.path / f"{name}.pdf"


async def can_write(pilot: Pilot[None]) -> None:
    """Wait until the key is not greyed."""
    await until(pilot, lambda: the_app(pilot).screen.active_bindings["W"].enabled)


async def test_it_is_written_beside_the_letter_and_recorded(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(SEED)) as pilot:
        app = await opened(pilot, REVIEW, types=False)
        await can_write(pilot)
        await press(pilot, "W")
        await until(pilot, lambda: f"The PDF of the letter is in {SEED}.pdf." in told(pilot))
        assert app.letter_state == ""
        await saved(pilot)
        await leave(pilot)
    assert pdf_in(folder, SEED).read_bytes() == pdf_of(render(on_disk(folder, SEED)), SEED)
    assert events(folder)[-1] == "exported"
    assert not folder.is_written(SEED)


@pytest.mark.slow
async def test_an_error_blocks_it(folder: Folder, make_app: MakeApp) -> None:
    put(folder, edits.set_decision(on_disk(folder, SEED), 0, None))
    async with running(make_app(SEED)) as pilot:
        await until(pilot, lambda: the_app(pilot).findings is not None)
        await go(pilot, REVIEW)
        await until(pilot, lambda: "1 error blocks the letter" in shown(pilot))
        assert not the_app(pilot).screen.active_bindings["W"].enabled
        await press(pilot, "W")
        the_app(pilot).post_message(LetterWanted(as_pdf=True))
        await saved(pilot)
    assert not pdf_in(folder, SEED).exists()


@pytest.mark.slow
async def test_that_of_a_signed_case_is_the_sealed_letter(
    folder: Folder, make_app: MakeApp
) -> None:
    seal(folder.path, a_complete_case(), letter=b"The sealed letter.\n")
    async with running(make_app(NUMBER)) as pilot:
        await until(pilot, lambda: the_app(pilot).findings is not None)
        await go(pilot, REVIEW)
        await can_write(pilot)
        await press(pilot, "W")
        await until(pilot, lambda: "The PDF of the letter is in" in told(pilot))
        await saved(pilot)
        await leave(pilot)
    assert pdf_in(folder, NUMBER).read_bytes() == pdf_of("The sealed letter.\n", NUMBER)
    assert events(folder)[-1] == "exported"
    assert not (folder.path / f"{NUMBER}.txt").exists()


@pytest.mark.slow
async def test_where_a_signature_is_required_it_is_a_marked_draft(folder: Folder) -> None:
    host = replace(Host(), require_signature=True)
    app = ImrApp(folder, Letterhead(), lambda: NOW, SEED, host=host)
    async with running(app) as pilot:
        await opened(pilot, REVIEW, types=False)
        await can_write(pilot)
        await press(pilot, "W")
        await until(pilot, lambda: f"in {SEED}-draft.pdf." in told(pilot))
    draft = pdf_of(render(on_disk(folder, SEED)), SEED, mark="DRAFT - NOT SIGNED")
    assert pdf_in(folder, f"{SEED}-draft").read_bytes() == draft
    assert not pdf_in(folder, SEED).exists()
