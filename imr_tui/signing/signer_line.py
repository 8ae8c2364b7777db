"""A line of the file that names who may sign."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput
from imr_tui.signing.public_key import PublicKey, parse_line
from imr_tui.signing.signer_options import NAME, Options, parse_options

if TYPE_CHECKING:
    from datetime import datetime

_LINE = re.compile(
    r"(?P<principal>[^\s,\"]+)[ \t]+(?P<options>(?:[^\s\"]|\"[^\"]*\")+)[ \t]+"
    r"(?P<key>[a-z][\w.@-]*[ ][\w+/]+=*)(?:[ \t].*)?",
    re.ASCII,
)
_PRINCIPAL = re.compile(NAME, re.ASCII)
_PATTERN = re.compile(rf"\*[@._+-]?{NAME}|{NAME}[@._+-]?\*", re.ASCII)
"""What an authority may vouch for: names with one beginning or one end."""
_WITHOUT_OPTIONS = re.compile(r"\S+[ \t]+(ssh|ecdsa|sk)-[\w.@-]+[ \t]+AAAA", re.ASCII)


class Signer(NamedTuple):
    """Who may sign with a key, for what, and when."""

    principal: str
    """The name; for an authority also a pattern such as `*@clinic`."""
    options: Options
    """The purposes and the time."""
    key: PublicKey
    """The key, or that of the authority."""

    def principal_of(self, key: PublicKey, namespace: str, at: datetime) -> str:
        """Who signs with a key or certificate according to this line; blank if nobody."""
        if not self.options.allow(namespace, at):
            return ""
        if not self.options.is_authority:
            return self.principal if key == self.key else ""
        certificate = key.certificate
        if certificate is None or certificate.authority != self.key.blob:
            return ""
        # One for two names, or for any name, would prove neither.
        is_for_one = certificate.is_user and len(certificate.principals) == 1
        if not (is_for_one and certificate.is_valid(at)):
            return ""
        name = certificate.principals[0]
        return name if _PRINCIPAL.fullmatch(name) and self._includes(name) else ""

    def _includes(self, name: str) -> bool:
        if self.principal.startswith("*"):
            return name.endswith(self.principal[1:])
        if self.principal.endswith("*"):
            return name.startswith(self.principal[:-1])
        return name == self.principal


def parse_signer(data: bytes) -> Signer | None:
    """Read a line without its line break; None for a comment. Raises BadInput."""
    try:
        line = data.decode("utf-8").strip(" \t")
    except UnicodeDecodeError as error:
        raise BadInput("It is not UTF-8 text.") from error
    if not line.replace("\t", " ").isprintable():
        raise BadInput("It has a control character. Lines must end with a line feed only.")
    if not line or line.startswith("#"):
        return None
    if _WITHOUT_OPTIONS.match(line):
        raise BadInput('The option namespaces="…" is missing.')
    found = _LINE.fullmatch(line)
    if found is None:
        raise BadInput("It is not one name, options, and a public key.")
    options = parse_options(found["options"])
    key = parse_line(found["key"])
    if key.is_certificate:
        raise BadInput("It has a certificate. List the key of the authority, or the plain key.")
    return Signer(_principal(found["principal"], options), options, key)


def _principal(text: str, options: Options) -> str:
    is_pattern = any(each in text for each in "*?!")
    if is_pattern and not options.is_authority:
        raise BadInput("Its name is a pattern. Write one name for each key.")
    if not (_PATTERN if is_pattern else _PRINCIPAL).fullmatch(text):
        raise BadInput("Its name must be letters, digits and . _ @ + - only, like jdoe@clinic.")
    return text
