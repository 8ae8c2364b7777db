"""Folders and files that turn into links again and again while a case is saved."""

import argparse
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from imr_tui.errors import ImrError
from imr_tui.model import edits
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile
from imr_tui.store.config.profile import save_profile
from imr_tui.store.history.replaced import keep_original
from imr_tui.store.history.versions import Event
from imr_tui.store.locking.claim import claim
from imr_tui.store.locking.holder import Holder
from imr_tui.store.maintenance.orphan_files import sweep
from tests.builders import NUMBER, a_case

ME = Holder(who="drjane", host="ward-3", pid=1)
LONG = 10_000
"""Rounds of the campaign."""
NAMES = (".imr", ".imr/history", f".imr/history/{NUMBER}", ".imr/locks", ".imr/aside")
"""What is swapped, beside the case file."""


def swapped_while(place: Path, rounds: int, seed: int = 1) -> Iterator[str]:
    """Save, lock and keep versions `rounds` times while another thread swaps; the faults."""
    folder, target = Folder(place / "cases"), place / "target"
    for made in (folder.path, target, *(target / name for name in ("history", "locks", NUMBER))):
        made.mkdir(mode=0o700, parents=True)
    for name in (
        f"{NUMBER}.toml",
        f"{NUMBER}.lock",
        "profile.toml",
        f"{NUMBER}/000001-opened.toml",
    ):
        (target / name).write_bytes(b"theirs")
    folder.path_of(NUMBER).write_bytes(encode(a_case()))
    for name in NAMES:
        (folder.path / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    before = _tree(target)
    stop = threading.Event()
    swapper = threading.Thread(target=_swap, args=(folder, target, stop, random.Random(seed)))
    swapper.start()
    try:
        for count in range(rounds):
            for act in _acts(folder, count):
                with suppress(ImrError, OSError):
                    act()
    finally:
        stop.set()
        swapper.join()
    after = _tree(target)
    changed = (name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    yield from (f"changed elsewhere: {name}" for name in sorted(changed))


def _acts(folder: Folder, count: int) -> tuple[Callable[[], object], ...]:
    path = folder.path_of(NUMBER)

    def save() -> None:
        file = open_case(path)
        file.save(edits.set_summary(file.case, f"round {count}"))

    return (
        save,
        lambda: folder.versions(NUMBER).note(f"{count}".encode(), Event.OPENED),
        lambda: claim(folder.path, NUMBER, ME).release(),
        lambda: save_profile(folder, Profile(name=f"{count}")),
        lambda: keep_original(path, b"original"),
        lambda: sweep(folder.path),
    )


def _swap(folder: Folder, target: Path, stop: threading.Event, chance: random.Random) -> None:
    """Put links where folders and the case are, and take them away, as fast as it goes."""
    aways = folder.path.parent / "away"
    while not stop.is_set():
        name = chance.choice([*NAMES, f"{NUMBER}.toml"])
        place = folder.path / name
        with suppress(OSError):
            place.rename(aways)
        with suppress(OSError):
            place.symlink_to(target / f"{NUMBER}.toml" if name.endswith("toml") else target)
        time.sleep(chance.random() * 0.0005)
        with suppress(OSError):
            place.unlink()
        with suppress(OSError):
            aways.rename(place)


def _tree(place: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(place)): path.read_bytes() if path.is_file() else b""
        for path in place.rglob("*")
    }


def campaign(options: argparse.Namespace) -> Iterator[str]:
    """Many rounds, or some hundred; each file elsewhere that changed is a fault."""
    rounds = 300 if options.short else LONG
    with tempfile.TemporaryDirectory(prefix="imr-swaps-") as name:
        yield from (f"  fault: {says}" for says in swapped_while(Path(name), rounds, options.seed))
    yield f"rounds with swapped links         {rounds}"
