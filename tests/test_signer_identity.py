"""Who signed is never told outside of `.imr`: not in letters, lists, results, or case files."""

import os
import pwd
from collections.abc import Iterator
from pathlib import Path

import pytest

from imr_tui.store.config import machine_policy
from imr_tui.store.safety.safe_open import OWN
from tests.builders import saved
from tests.commands import Run
from tests.services.signing import NUMBER, a_signable_case
from tests.signers import keygen, needs_keygen, public, root_owned, signer_line

__all__ = ["root_owned"]

pytestmark = [pytest.mark.process, needs_keygen, pytest.mark.usefixtures("root_owned")]

ACCOUNT, FIRST_NAME, LAST_NAME = "zqaccount", "Zqgivenname", "Zqfamilyname"
COMMENT, PRINCIPAL = "zqcomment@laptop", "zqprincipal@clinic"
HOST = (
    'signers = "{0}/signers"\nrevoked = "{0}/revoked"\nsign_with = "file"\nsign_key = "{0}/key"\n'
)


class Signer:
    """A reviewer whose account, names and key are distinctive words."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        keygen("-q", "-t", "ed25519", "-N", "", "-C", COMMENT, "-f", folder / "key")
        self.key = public(folder / "key.pub")
        (folder / "signers").write_text(signer_line(PRINCIPAL, self.key))
        (folder / "revoked").write_text("# None.\n")
        (folder / "host.toml").write_text(HOST.format(folder))

    @property
    def words(self) -> tuple[str, ...]:
        """What nobody may read outside of `.imr`."""
        blob = self.key.line.split()[1]
        raw = self.key.fingerprint.removeprefix("SHA256:")
        names = ACCOUNT, FIRST_NAME, LAST_NAME, COMMENT, PRINCIPAL, "zqcomment", "zqprincipal"
        return (*names, self.key.fingerprint, raw, blob, blob[-40:])


@pytest.fixture
def signer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Signer:
    found = Signer(tmp_path / "etc")
    monkeypatch.setattr(machine_policy.load_host, "__defaults__", (found.folder / "host.toml",))
    monkeypatch.setattr(machine_policy, "require_root", lambda path, kept: None)
    mine = list(pwd.getpwuid(os.getuid()))
    mine[0], mine[4] = ACCOUNT, f"{FIRST_NAME} {LAST_NAME},,,"
    monkeypatch.setattr(pwd, "getpwuid", lambda uid: pwd.struct_passwd(mine))
    return found


@pytest.fixture
def case(cases: Path, run: Run, signer: Signer) -> Path:
    """A case that this reviewer signed with the command."""
    (path,) = saved(cases, a_signable_case())
    done = run("sign", path, "--confirm", NUMBER[-4:], "--absences")
    assert done.code == 0, done.err
    return path


def leaks(signer: Signer, *texts: str) -> list[str]:
    """The words about the signer in some texts, in any case."""
    together = "\n".join(texts).casefold()
    return [word for word in signer.words if word.casefold() in together]


def public_files(folder: Path) -> Iterator[Path]:
    """The files under `folder`, except for those in `.imr`."""
    for top, folders, files in os.walk(folder):
        if OWN in folders:
            folders.remove(OWN)
        yield from (Path(top, name) for name in files)


def leaks_in_files(signer: Signer, folder: Path) -> list[tuple[Path, str]]:
    return [
        (path, word)
        for path in public_files(folder)
        for word in leaks(signer, path.name, path.read_bytes().decode("utf-8", "replace"))
    ]


COMMANDS = (
    ("list",),
    ("list", "--json"),
    ("verify",),
    ("verify", "--json"),
    ("check",),
    ("check", "--json"),
    ("check", "--statistics"),
)
"""Commands for the whole folder, whose output a site passes on."""


def outputs(run: Run, case: Path) -> list[str]:
    """All that the commands print about a case and its folder."""
    done = [run(*command, case.parent) for command in COMMANDS]
    done += [run("letter", case), run("verify", case), run("verify", "--json", case)]
    return [text for each in done for text in (each.out, each.err)]


def test_nobody_reads_outside_of_the_own_folder_who_signed(
    case: Path, run: Run, signer: Signer, tmp_path: Path
) -> None:
    assert run("letter", case, "-o", tmp_path / "out.txt").code == 0
    assert leaks(signer, *outputs(run, case)) == []
    assert leaks_in_files(signer, case.parent) == []
    assert leaks(signer, (tmp_path / "out.txt").read_text()) == []
    assert {path.suffix for path in public_files(case.parent)} == {".toml", ".txt"}
    # It is known there, so that the test would find it.
    signature = next((case.parent / OWN).rglob("reviewer.sig"))
    assert signature.is_file()
    assert leaks(signer, run("log", "--dir", case.parent).out) == [ACCOUNT]


def test_neither_does_a_correction_say_so(case: Path, run: Run, signer: Signer) -> None:
    assert run("correct", case, "--reason", "A word was misspelled.").code == 0
    assert leaks(signer, *outputs(run, case)) == []
    assert run("sign", case, "--confirm", NUMBER[-4:], "--absences").code == 0
    assert leaks(signer, *outputs(run, case)) == []
    assert leaks_in_files(signer, case.parent) == []


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["revoked", "unknown", "expired", "another", "changed"])
def test_a_signature_that_does_not_count_does_not_tell_whose_it_is(
    case: Path, run: Run, signer: Signer, fault: str
) -> None:
    signers = signer.folder / "signers"
    if fault == "revoked":
        (signer.folder / "revoked").write_text(f"{signer.key.line}\n")
    elif fault == "unknown":
        signers.write_text("# Nobody.\n")
    elif fault == "expired":
        signers.write_text(signer_line(PRINCIPAL, signer.key, 'valid-before="20200101Z"'))
    elif fault == "another":
        signers.write_text(signer_line("*", signer.key))
    else:
        next((case.parent / OWN).rglob("reviewer.sig")).write_bytes(b"another signature\n")
    assert run("verify", case).code == 1
    assert leaks(signer, *outputs(run, case)) == []


def test_the_text_to_sign_elsewhere_does_not_say_who_will(
    cases: Path, run: Run, signer: Signer, tmp_path: Path
) -> None:
    (path,) = saved(cases, a_signable_case())
    assert run("sign", path, "--manifest", tmp_path / "manifest").code == 0
    assert leaks(signer, (tmp_path / "manifest").read_text()) == []
