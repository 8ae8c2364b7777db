"""The text of a document: of a PDF, or of a text in one of the encodings that letters come in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from imr_tui.errors import BadInput

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 100
"""A letter has up to about ten."""


def text_of(data: bytes, where: str) -> str:
    """The text of a document, form feeds between pages; raises BadInput naming `where`.

    A document that begins with `%PDF` is one. Text is UTF-8, with or without a byte order mark,
    or else Windows' cp1252.
    """
    text = (
        _pdf_text(data, where) if data[:1024].lstrip().startswith(b"%PDF") else _plain(data, where)
    )
    if not text.strip():
        raise BadInput(f"{where} holds no text; a scanned page has to be recognised first.")
    return text


def _plain(data: bytes, where: str) -> str:
    if b"\0" in data:
        raise BadInput(f"{where} is neither text nor a PDF.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(f"{where} is text in an encoding that is neither UTF-8 nor cp1252.")


def _pdf_text(data: bytes, where: str) -> str:
    try:
        from pypdf import PdfReader
    except ModuleNotFoundError as error:
        raise BadInput(f"{where} is a PDF; reading one needs `imr-tui[pdf]`.") from error
    try:
        reader = PdfReader(io.BytesIO(data))
        _unlock(reader, where)
        if len(reader.pages) > MAX_PAGES:
            raise BadInput(
                f"{where} has {len(reader.pages)} pages; a letter has at most {MAX_PAGES}."
            )
        return "\f".join(page.extract_text() for page in reader.pages)
    except BadInput:
        raise
    except Exception as error:
        # A broken or hostile PDF may fail in any way that its reader knows.
        raise BadInput(f"{where} is a PDF that cannot be read ({type(error).__name__}).") from error


def _unlock(reader: PdfReader, where: str) -> None:
    """Open a PDF that is encrypted with no password, as the published letters are."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise BadInput(f"{where} is a PDF that asks for a password.")
