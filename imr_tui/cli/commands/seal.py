"""`imr-tui seal`: seals signed determinations with the key of the organization."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from imr_tui.cli.output import say, tell
from imr_tui.cli.parameters import CasePath, NamedPath, case_folder_option
from imr_tui.cli.progress import with_progress
from imr_tui.cli.signing_setup import (
    ask_passphrase,
    by_folder,
    claimed,
    local_now,
    settle_folder,
    trust_of,
)
from imr_tui.errors import EXIT_FINDINGS, CannotSign, ImrError, WrongPassphrase
from imr_tui.services.open_case import resolve_case
from imr_tui.services.seal_case import Seal, files_to_seal, load_seal, seal_case
from imr_tui.signing.manifest import SEAL_NAMESPACE
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import load_host
from imr_tui.store.signing.keys import key_in_file, signing_keys

if TYPE_CHECKING:
    from imr_tui.store.signing.signing_key import SigningKey
    from imr_tui.store.signing.trust import Trust


class Outcome(NamedTuple):
    """What became of one case."""

    path: Path
    """Its file."""
    says: str = ""
    """What was done; blank for an error."""
    error: ImrError | None = None
    """Why it was not sealed."""


@click.command(epilog="Example: imr-tui seal CM14-0187654 --key ~/.ssh/organization")
@click.argument("paths", nargs=-1, required=True, type=CasePath(), metavar="PATH...")
@case_folder_option
@click.option(
    "--key", "key_file", type=NamedPath(), metavar="FILE", help="The organization's private key."
)
def seal(paths: tuple[Path, ...], key_file: Path | None) -> int:
    """Seal signed cases for the organization.

    PATH is a case file, the number of a case, or a folder, which stands for its signed cases. Only
    an account that did not sign a case can seal it, and only with a key that the list of signers
    names for seals.
    """
    outcomes: list[Outcome] = []
    for folder, files in by_folder(paths, files_to_seal).items():
        outcomes += _seal_folder(folder, files, key_file)
    for each in outcomes:
        if each.error is not None:
            tell(f"{each.path}: {each.error}")
        else:
            say(f"{each.path}: {each.says}")
    if not outcomes:
        tell("No signed case was found, so nothing was sealed.")
        return EXIT_FINDINGS
    done = sum(each.error is None for each in outcomes)
    tell(f"{done} of {len(outcomes)} cases are sealed.")
    return max((each.error.exit_code for each in outcomes if each.error), default=0)


def _seal_folder(folder: Path, files: Sequence[Path], key_file: Path | None) -> list[Outcome]:
    """Seal cases of one folder, each on its own; raises ImrError if none can be sealed."""
    if not files:
        return []
    settle_folder(folder)
    trust = trust_of(Folder(folder))
    key = _key(Folder(folder), trust, key_file)
    loaded = load_seal(folder, key, cache(partial(ask_passphrase, key)), trust)
    outcomes = (_outcome(path, loaded) for path in files)
    return list(with_progress(outcomes, len(files), "Sealing"))


def _outcome(path: Path, loaded: Seal) -> Outcome:
    """Seal one case; raises WrongPassphrase, as every other case would fail, too."""
    try:
        with claimed(resolve_case(path)):
            revision = seal_case(path, loaded, local_now())
    except WrongPassphrase:
        raise
    except ImrError as error:
        return Outcome(path, error=error)
    return Outcome(path, "sealed already" if revision is None else f"sealed, revision {revision}")


def _key(folder: Folder, trust: Trust, file: Path | None) -> SigningKey:
    """The organization's key; raises CannotSign if there is not exactly one."""
    if file is not None:
        return key_in_file(file, trust, local_now(), SEAL_NAMESPACE)
    host = load_host()
    if not trust.is_site or host.sign_with == "detached":
        raise CannotSign("Name the file of the organization's key with --key. Nothing was sealed.")
    keys = signing_keys(folder, host, trust, os.environ, local_now(), SEAL_NAMESPACE)
    if len(keys) == 1:
        return keys[0]
    names = ", ".join(key.comment for key in keys)
    raise CannotSign(f"Several keys can seal: {names}. Name the file of one with --key.")
