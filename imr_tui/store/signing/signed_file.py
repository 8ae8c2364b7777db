"""The bytes of a signed case file: the sealed case, followed by its `[signature]`.

Compared byte by byte and never encoded again, so that a case which an older version of imr-tui
signed stays as it was signed.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.signing.manifest import Manifest


def signed_file(content: bytes, manifest: Manifest) -> bytes:
    """The case file with the encoded case `content`, signed as `manifest` says."""
    return content + (
        "\n[signature]\n"
        f"revision = {manifest.revision}\n"
        f'manifest = "{manifest.sha256}"\n'
        f"at = {manifest.signed_at.astimezone(UTC)}\n"
    ).encode("ascii")
