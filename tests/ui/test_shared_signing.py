"""Signing waits until the shared store has the case, and lets it have all that was signed."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from imr_tui.domain.workflow import Stage
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.session import shared_cases
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.shared.replication.replicated_folder import ReplicatedFolder
from imr_tui.ui.app import ImrApp
from imr_tui.ui.dialogs.sign import SignScreen
from tests.services.signing import NUMBER, a_signable_case
from tests.signers import SigningSite, needs_keygen, root_owned, signing_site
from tests.store.shared.fake_remote import FakeStore, connections, describe
from tests.ui.conftest import NOW, put
from tests.ui.driving import go, press, rest, running, screen_text, the_app, told, until, write

pytestmark = [
    *(pytest.mark.process, pytest.mark.slow, needs_keygen),
    pytest.mark.usefixtures("root_owned"),
]

__all__ = ("root_owned", "signing_site")


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def app(folder: Folder, signing_site: SigningSite, store: FakeStore) -> Iterator[ImrApp]:
    """The app on a machine with a shared store, where the reviewer may sign the case."""
    put(folder, a_signable_case())
    host: Host = replace(signing_site.host(), shared="postgresql://db.example/imr")
    app = ImrApp(folder, Letterhead(), lambda: NOW, NUMBER, host=host)
    app.parts.replication.make = lambda: ReplicatedFolder(folder, connections(store), describe)
    yield app
    app.parts.replication.end(5.0)


@asynccontextmanager
async def review(app: ImrApp) -> AsyncIterator[Pilot[None]]:
    """The app at Review of the case, once it is checked and the keys are known."""
    async with running(app, (100, 30)) as pilot:
        await until(pilot, lambda: app.findings is not None)
        await go(pilot, Stage("review"))
        await until(pilot, lambda: not app.parts.signing.why_no_key.startswith("The keys"))
        yield pilot


async def ask(pilot: Pilot[None]) -> None:
    """Open the dialog that signs the case."""
    await press(pilot, "s")
    await until(pilot, lambda: isinstance(the_app(pilot).screen, SignScreen))
    await rest(the_app(pilot))


async def confirm(pilot: Pilot[None]) -> None:
    await press(pilot, "ctrl+t")
    await write(pilot, f"{NUMBER[-4:]}\n")


async def test_what_is_signed_is_sent(app: ImrApp, folder: Folder, store: FakeStore) -> None:
    async with review(app) as pilot:
        await ask(pilot)
        await confirm(pilot)
        await until(pilot, lambda: "SIGNED 2026-11-23" in screen_text(app))
        await until(pilot, lambda: not store.claims)
        assert folder.open(NUMBER).standing.kind == "signed"
        assert store.text(NUMBER) == folder.path_of(NUMBER).read_bytes()
        assert store.files[NUMBER] == folder.files(NUMBER)
        assert f"{NUMBER}.txt" in store.files[NUMBER]
        await until(pilot, lambda: "SIGNED 2026-11-23 · shared " in screen_text(app))


async def test_nothing_is_signed_that_is_not_shared(
    app: ImrApp, folder: Folder, store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_cases, "WAIT_SECONDS", 0.3)
    async with review(app) as pilot:
        store.is_down = True
        await press(pilot, "s")
        await until(pilot, lambda: "Nothing was signed." in told(pilot))
        assert not isinstance(app.screen, SignScreen)
        store.is_down = False
        await ask(pilot)
        # Between the answers and the signature, too.
        store.is_down = True
        await confirm(pilot)
        await until(pilot, lambda: f"{NUMBER} was not signed." in told(pilot))
        assert folder.open(NUMBER).standing.kind == "draft"
        assert not app.read_only
        store.is_down = False
