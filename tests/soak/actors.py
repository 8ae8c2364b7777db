"""Sessions and other programs at work on one case, each a process that can be killed."""

import os
import pickle
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from imr_tui.errors import ChangedElsewhere, ImrError
from imr_tui.model import edits
from imr_tui.store.cases.case_file import CaseFile, open_case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.history.versions import Event
from imr_tui.store.locking.claim import Claim, claim
from imr_tui.store.locking.holder import Held, Holder
from tests.builders import NUMBER


class OpenCase:
    """What a session of the app does to its case, without the app."""

    def __init__(self, folder: Folder, name: str) -> None:
        self._folder = folder
        self._me = Holder(who=name, host="here", pid=os.getpid())
        self._claim: Claim | None = None
        self._file: CaseFile | None = None

    def open(self) -> str:
        """Take the case up, as the app does: claim, read, go on with what lies aside."""
        try:
            self._claim = claim(self._folder.path, NUMBER, self._me)
        except Held:
            return "held"
        self._file = file = open_case(self._folder.path_of(NUMBER))
        file.case = file.mine() or file.case
        file.versions.note(self._bytes(), Event.OPENED)
        return "opened"

    def edit(self, word: str) -> str:
        """Add a word to the summary and save."""
        if (file := self._file) is None:
            return "closed"
        file.case = edits.set_summary(file.case, f"{file.case.summary.text} {word}".strip())
        try:
            file.save(file.case)
        except ChangedElsewhere:
            return "aside"
        return "saved"

    def look(self) -> str:
        """Notice what another program has written, as the lookout does."""
        file = self._file
        if file is None or not file.is_changed():
            return "same"
        with suppress(ChangedElsewhere):
            file.save_aside(file.case)
        return "changed"

    def choose(self, mine: bool) -> str:
        """Choose between the two texts, where there are two."""
        file = self._file
        if file is None or not file.is_apart:
            return "nothing to choose"
        if mine:
            file.overwrite(file.case)
        else:
            file.case = file.take_theirs(file.case)
        return "chosen"

    def close(self) -> str:
        """Leave the case."""
        if self._claim is not None:
            self._claim.release()
        self._claim = self._file = None
        return "left"

    def go_back(self) -> str:
        """Restore the oldest version, as the command does."""
        versions = self._folder.versions(NUMBER).all()
        if not versions:
            return "no version"
        try:
            self._folder.restore(NUMBER, versions[-1], self._me)
        except Held:
            return "held"
        return "restored"

    def write_over(self, word: str) -> str:
        """Add a word as an editor does that knows nothing of claims: a new file, renamed."""
        path = self._folder.path_of(NUMBER)
        text = path.read_text(encoding="utf-8")
        new = text.replace('[summary]\ntext = "', f'[summary]\ntext = "{word} ')
        beside = path.with_name(f"editor-{os.getpid()}~")
        beside.write_text(new, encoding="utf-8")
        beside.rename(path)
        return "written" if new != text else "unchanged"

    def _bytes(self) -> bytes:
        return self._folder.path_of(NUMBER).read_bytes()


class Actor:
    """A session in a process of its own, which does as it is told."""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        """What it is called."""
        self.is_writing = False
        """Whether it has the case."""
        self._here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._pid = os.fork()
        if self._pid == 0:
            self._here.close()
            os._exit(_serve(OpenCase(Folder(path), name), there))
        there.close()

    def tell(self, what: str, *arguments: Any) -> None:
        """Tell it what to do; `answer` says what came of it."""
        self._here.send(pickle.dumps((what, arguments)))

    def answer(self) -> str:
        """What came of what it was told to do."""
        said = self._here.recv(65_536).decode()
        self.is_writing = said == "opened" or (self.is_writing and said != "left")
        return said

    def ask(self, what: str, *arguments: Any) -> str:
        """Let it do something, and wait."""
        self.tell(what, *arguments)
        return self.answer()

    def kill(self) -> None:
        """End it at once, whatever it does."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        self._here.close()


def _serve(session: OpenCase, channel: socket.socket) -> int:
    while message := channel.recv(65_536):
        what, arguments = pickle.loads(message)
        act: Callable[..., str] = getattr(session, what)
        try:
            said = act(*arguments)
        except ImrError as error:
            said = f"refused: {error}"
        except Exception as error:
            said = f"fault: {type(error).__name__}: {error}"
        channel.send(said.encode())
    return 0
