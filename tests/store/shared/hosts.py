"""Two folders of one reviewer, as on two hosts, and sessions that send from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.locking.holder import Holder
from imr_tui.store.recovery.asides import cases_with_asides
from imr_tui.store.shared.replication.remote import Remote
from imr_tui.store.shared.replication.replicated_folder import ReplicatedFolder
from imr_tui.store.shared.replication.sending import Sending
from tests.builders import NOW, NUMBER, a_case
from tests.store.shared.fake_remote import FakeRemote, FakeStore, describe


def written(text: str, number: str = NUMBER) -> Case:
    """A case with this summary."""
    case = edits.set_summary(a_case(), text)
    return case.but(particulars=case.particulars.but(number=number))


class HostFolder:
    """A folder of cases on a host."""

    def __init__(self, path: Path, connect: Callable[[], Remote]) -> None:
        path.mkdir(mode=0o700)
        self.folder = Folder(path)
        self.connect = connect
        self.me = Holder(who="drjane", host=path.name, pid=1, since=NOW)
        self.claims = ReplicatedFolder(self.folder, connect, describe)

    def write(self, text: str, number: str = NUMBER) -> bytes:
        """Save a text, as the saver does; its bytes."""
        data = encode(written(text, number))
        self.folder.path_of(number).write_bytes(data)
        return data

    def text(self, number: str = NUMBER) -> str:
        """The summary that the file has."""
        path = self.folder.path_of(number)
        return decode(path.read_bytes(), path).summary.text

    def asides(self) -> Sequence[str]:
        """The summaries that are kept beside the files."""
        found = cases_with_asides(self.folder.path)
        return sorted(decode(path.read_bytes(), path).summary.text for _, path in found)

    def versions(self, number: str = NUMBER) -> Sequence[str]:
        """The summaries in the history of a case."""
        versions = self.folder.versions(number)
        return [decode(versions.read(each.number), "it").summary.text for each in versions.all()]

    def sending(self, session: str = "", number: str = NUMBER) -> Sending:
        """A session that has the folder's claim, which no test needs to see."""
        remote = self.connect()
        return Sending(self.folder.path, number, self.me, remote, describe, session=session)


def two_hosts(path: Path, store: FakeStore) -> tuple[HostFolder, HostFolder]:
    """Two hosts that share a store in memory."""

    def connect() -> FakeRemote:
        return FakeRemote(store)

    return HostFolder(path / "ward", connect), HostFolder(path / "home", connect)


def summary(data: bytes) -> str:
    """The summary of a case file."""
    return decode(data, "it").summary.text
