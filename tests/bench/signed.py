"""What verifying and signing cost, beside the same work by ssh-keygen alone."""

import shutil
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from imr_tui.checks import CheckSetup
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.services.commit_signature import commit, write_signed_letter
from imr_tui.services.sign_case import Prepared, Site, prepare
from imr_tui.services.write_letter import render_letter
from imr_tui.signing import events
from imr_tui.signing.digest import digest_of, sha256
from imr_tui.signing.events import NO_DIGEST, LoggedEvent
from imr_tui.signing.manifest import NAMESPACE, Manifest, encode as encode_manifest, parse
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.audit.log_files import log_folder
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_folder import account_name
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.signing.folder_key import create_folder_key
from imr_tui.store.signing.sealed_copies import CASE, LETTER, MANIFEST, REVIEWER, SealedCopies
from imr_tui.store.signing.signed_file import signed_file
from imr_tui.store.signing.signing_key import SigningKey
from imr_tui.store.signing.ssh_keygen import sign
from imr_tui.store.signing.trust import SIGNERS, Trust, load_trust
from tests.bench.figures import Figure, LeftOut, Plan, compared, interleaved
from tests.bench.measure import wall
from tests.bench.samples import APP, make_folder
from tests.builders import saved
from tests.services.signing import SIGNED_AT, a_signable_case
from tests.signers import KEYGEN

CASES = 1_000
"""Signed cases in the folder that is verified."""
FEW = 100
"""Cases where a rough answer is enough."""
SIGNED = 20
"""Cases that are signed one by one."""
FEW_SIGNED = 3
"""Those where a rough answer is enough."""
VERIFY = (
    f"for at in .imr/signed/*/1; do {KEYGEN} -Y verify -f .imr/{SIGNERS} -I $0 -n {NAMESPACE} "
    "-s $at/reviewer.sig < $at/manifest || exit 1; done"
)
"""The loop of a shell over the same signatures; it looks at nothing but the manifests."""


def signed(place: Path, plan: Plan) -> Iterator[Figure]:
    """A folder of signed cases, verified by the command; and cases signed by the command."""
    if not shutil.which(KEYGEN):
        raise LeftOut("OpenSSH is not installed")
    count = FEW if plan.is_short else CASES
    folder, key = signed_cases(place, count)
    rounds = 1 if plan.is_short else min(plan.rounds, 3)
    base, values = interleaved(
        rounds,
        lambda: wall(["sh", "-c", VERIFY, key.principal], folder),
        lambda: wall(["env", f"XDG_STATE_HOME={place}", *APP, "verify", str(folder)], place),
    )
    yield compared(f"{count:,} signed cases verified", values, base, "a loop of ssh-keygen")
    yield from one_by_one(place, plan)


def one_by_one(place: Path, plan: Plan) -> Iterator[Figure]:
    """Cases that are checked, shown, signed and written, each with its letter."""
    folder = make_folder(place / "one")
    key = create_folder_key(Folder(folder), "")
    trust = load_trust(Folder(folder), Host())
    count = FEW_SIGNED if plan.is_short else SIGNED
    text = place / "text"
    text.write_bytes(b"a text")
    command = [KEYGEN, "-q", "-Y", "sign", "-n", NAMESPACE, "-f", str(key.path), str(text)]
    base, values = list[float](), list[float]()
    for number in map(_number, range(count + 1)):
        (path,) = saved(folder, a_signable_case(number))
        start = time.perf_counter()
        _sign(path, key, trust)
        values.append(time.perf_counter() - start)
        text.with_name("text.sig").unlink(missing_ok=True)
        base.append(wall(command, place))
    # The first one also loads the rules and the template.
    yield compared("one case signed", values[1:], base[1:], "ssh-keygen, one text")


def _sign(path: Path, key: SigningKey, trust: Trust) -> None:
    ready = _prepared(path)
    commit(ready, sign(ready.manifest, key, NAMESPACE), trust, SIGNED_AT)
    write_signed_letter(ready, SIGNED_AT)


def _prepared(path: Path) -> Prepared:
    site = Site(CheckSetup(), Letterhead(), AuditLog(path.parent).head())
    return prepare(path, site, SIGNED_AT)


def _number(count: int) -> str:
    return f"CM26-{count + 1:07}"


def signed_cases(place: Path, count: int) -> tuple[Path, SigningKey]:
    """A folder of so many signed cases, and the key that signed them.

    Their files are what signing writes, but are written without syncing and checking each.
    """
    folder = make_folder(place)
    key = create_folder_key(Folder(folder), "")
    (path,) = saved(folder, a_signable_case())
    first = _prepared(path)
    with ThreadPoolExecutor() as pool:
        manifests = list(pool.map(partial(_signed, folder, key, first), range(count)))
    _write_log(folder, manifests, key.principal)
    return folder, key


def _signed(folder: Path, key: SigningKey, first: Prepared, count: int) -> Manifest:
    """Write the files of a signed case like the first one."""
    number = _number(count)
    case = first.case.but(particulars=first.case.particulars.but(number=number))
    content, letter = encode(case), render_letter(case, Letterhead(), draft=False).encode("ascii")
    manifest = parse(first.manifest)._replace(
        case=number, content=digest_of(content), letter=digest_of(letter)
    )
    text = encode_manifest(manifest)
    at = SealedCopies(folder, number).file(1, CASE).parent
    at.mkdir(parents=True)
    (at / CASE).write_bytes(content)
    (at / LETTER).write_bytes(letter)
    (at / MANIFEST).write_bytes(text)
    (at / REVIEWER).write_bytes(sign(text, key, NAMESPACE))
    (folder / f"{number}.toml").write_bytes(signed_file(content, manifest))
    return manifest


def _write_log(folder: Path, manifests: Sequence[Manifest], principal: str) -> None:
    """Write the events of a day on which each case was opened, edited and signed."""
    lines, previous = list[bytes](), NO_DIGEST
    for manifest in manifests:
        for event in ("opened", "edited", "edited", "signed"):
            content = manifest.sha256 if event == "signed" else ""
            fields = ("summary.text",) if event == "edited" else ()
            at, account = manifest.signed_at, account_name()
            signer = principal if event == "signed" else ""
            logged = LoggedEvent(
                len(lines) + 1, at, account, manifest.case, event, fields, content, previous, signer
            )
            lines.append(events.encode(logged))
            previous = sha256(lines[-1])
    log = log_folder(folder)
    log.mkdir(parents=True)
    (log / f"{SIGNED_AT.year}.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
