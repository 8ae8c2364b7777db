"""`imr-tui sign`: signs a determination, here or with a signature that is made elsewhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imr_tui.cli.output import tell
from imr_tui.cli.parameters import CasePath, folder_option
from imr_tui.cli.signing_setup import (
    ask_passphrase,
    claimed,
    local_now,
    require_terminal,
    settle_folder,
    trust_of,
)
from imr_tui.errors import BadInput, CannotSign
from imr_tui.services.check_case import load_setup
from imr_tui.services.commit_signature import commit, restore_signed, write_signed_letter
from imr_tui.services.open_case import resolve, resolve_case
from imr_tui.services.sign_case import Site, prepare, prepared_of, waiting_of
from imr_tui.services.spelling import CommandSpelling
from imr_tui.services.write_letter import export_bytes
from imr_tui.signing.manifest import NAMESPACE
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases import intake
from imr_tui.store.config.machine_policy import load_host
from imr_tui.store.config.settings import load_settings
from imr_tui.store.signing import waiting
from imr_tui.store.signing.folder_key import create_folder_key
from imr_tui.store.signing.keys import signing_keys
from imr_tui.store.signing.ssh_keygen import sign as sign_text

if TYPE_CHECKING:
    from imr_tui.services.open_case import Target
    from imr_tui.services.sign_case import Prepared
    from imr_tui.signing.statement import Statement
    from imr_tui.store.signing.signing_key import SigningKey

STANDARD = "-"
"""Stands for standard output or input."""


@click.command(epilog="Example: imr-tui sign CM26-0190442")
@click.argument("case", type=CasePath(), required=False)
@folder_option
@click.option("--confirm", metavar="DIGITS", help="The last four digits of the case number.")
@click.option(
    "--absences", is_flag=True, help="Confirm the claims that the records lack something."
)
@click.option("--key", metavar="COMMENT", help="Sign with the key that has this comment.")
@click.option("--manifest", metavar="FILE", help="Write the text to sign to FILE; - is stdout.")
@click.option("--attach", metavar="FILE", help="Attach a signature of that text; - is stdin.")
@click.option("--restore", is_flag=True, help="Put back the signed text of a case.")
@click.option("--init", is_flag=True, help="Create a key that is trusted in this folder only.")
def sign(
    case: Path | None,
    folder: Path,
    confirm: str | None,
    absences: bool,
    key: str | None,
    manifest: str | None,
    attach: str | None,
    restore: bool,
    init: bool,
) -> int:
    """Sign a determination.

    CASE is a case file, or a case number, without errors and unresolved warnings. Signing sets its
    decision date, writes the letter, and makes the case read-only. With --init, CASE is a folder
    (default: cases).
    """
    if sum((manifest is not None, attach is not None, restore, init)) > 1:
        raise click.UsageError("Use one of --manifest, --attach, --restore and --init.")
    if init:
        return _init(case or folder)
    if case is None:
        raise click.UsageError("Name the case to sign.")
    target = resolve_case(case)
    settle_folder(target.folder.path)
    with claimed(target):
        if restore:
            tell(f"Restored revision {restore_signed(case, local_now())} of {case}.")
        elif attach is not None:
            _attach(target, attach)
        elif manifest is not None:
            _expect(target, manifest)
        else:
            _sign(target, confirm, key, has_confirmed=absences)
    return 0


def _init(path: Path) -> int:
    target = resolve(path)
    created = create_folder_key(target.folder, _new_passphrase())
    tell(
        f"Created the key {created.comment} for {target.folder.path}.",
        "It is trusted in this folder only. For other folders, name it to your site.",
    )
    return 0


def _sign(target: Target, digits: str | None, comment: str | None, *, has_confirmed: bool) -> None:
    prepared = _prepared(target)
    key = _key(target, comment)
    _show(prepared.statement, key)
    _confirm(prepared.statement, digits, has_confirmed=has_confirmed)
    ask = (lambda: ask_passphrase(key)) if key.is_encrypted else None
    _commit(target, prepared, sign_text(prepared.manifest, key, NAMESPACE, ask))


def _expect(target: Target, file: str) -> None:
    """Write the text to sign, and keep what it was made from."""
    prepared = _prepared(target)
    waiting.keep(target.folder.path, target.number, waiting_of(prepared))
    _show(prepared.statement)
    if file == STANDARD:
        click.echo(prepared.manifest, nl=False)
    else:
        export_bytes(Path(file), prepared.manifest)
    tell(f"Sign it with `ssh-keygen -Y sign -n {NAMESPACE} -f KEY`, then use --attach.")


def _attach(target: Target, file: str) -> None:
    kept = waiting.read(target.folder.path, target.number)
    _commit(target, prepared_of(target.path, kept), intake.read_source(file))
    waiting.drop(target.folder.path, target.number)


def _commit(target: Target, prepared: Prepared, signature: bytes) -> None:
    now = local_now()
    commit(prepared, signature, trust_of(target.folder), now)
    path = write_signed_letter(prepared, now)
    tell(f"Signed {target.number}, revision {prepared.statement.revision}. Its letter is {path}.")


def _prepared(target: Target) -> Prepared:
    now, settings = local_now(), load_settings(target.folder)
    loaded = load_setup(target.folder, now.date(), settings, needs_profile=True)
    with CommandSpelling() as speller:
        setup = speller.with_spelling(loaded.setup, target.open(), target.folder.path)
    head = AuditLog(target.folder.path).head()
    return prepare(target.path, Site(setup, settings.letterhead, head), now)


def _key(target: Target, comment: str | None) -> SigningKey:
    """The key to sign with; raises CannotSign if there is not exactly one."""
    trust = trust_of(target.folder)
    keys = signing_keys(target.folder, load_host(), trust, os.environ, local_now())
    chosen = [key for key in keys if comment in (None, key.comment)]
    if len(chosen) == 1:
        return chosen[0]
    if not chosen:
        raise CannotSign("No trusted key can sign now. `imr-tui doctor` lists the keys.")
    names = ", ".join(key.comment for key in chosen)
    raise CannotSign(f"Several keys can sign: {names}. Choose one with --key.")


def _show(statement: Statement, key: SigningKey | None = None) -> None:
    revision = "" if statement.revision == 1 else f", revision {statement.revision}"
    tell(f"{statement.number}{revision}: {statement.decisions}.")
    tell(f"Decision date: {statement.decision_date}.")
    for absence in statement.absences:
        tell(f"Claims that the records lack something: {absence}")
    if key is not None:
        tell(f"Key: {key.comment}")


def _confirm(statement: Statement, digits: str | None, *, has_confirmed: bool) -> None:
    """Ask for what the options did not give; raises BadInput for a wrong answer."""
    if statement.absences and not has_confirmed:
        require_terminal("Confirm the claims of absence with --absences.")
        if not click.confirm("Did you search the records again?", err=True):
            raise BadInput("Nothing was signed. Search the records, then sign.")
    if digits is None:
        require_terminal("Confirm with --confirm and the last four digits of the case number.")
        digits = click.prompt("Last four digits of the case number", err=True)
    if digits != statement.last_digits:
        raise BadInput(
            f"The last digits of {statement.number} are not {digits!r}. Nothing was signed."
        )


def _new_passphrase() -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        return ""
    return str(
        click.prompt(
            "Passphrase of the new key (blank for none)",
            default="",
            show_default=False,
            hide_input=True,
            confirmation_prompt=True,
            err=True,
        )
    )
