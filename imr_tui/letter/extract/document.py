"""Extracts the text of a document: a PDF, or text in one of the usual encodings."""

from __future__ import annotations

from contextlib import nullcontext

from imr_tui.errors import BadInput
from imr_tui.letter.extract.pdf_child import MAX_TEXT
from imr_tui.letter.extract.pdf_text import PdfTexts


def text_of(data: bytes, where: str, pdfs: PdfTexts | None = None) -> str:
    """Return the text of a document, with form feeds between pages.

    A document that begins with `%PDF` is read by `pdfs`, or by a new reader. Text is UTF-8 with or
    without a byte order mark, or else Windows cp1252. Raises BadInput with the name `where`.
    """
    if data[:1024].lstrip().startswith(b"%PDF"):
        with nullcontext(pdfs) if pdfs else PdfTexts() as reader:
            text = reader.text(data, where)
    else:
        text = _plain(data, where)
    if len(text) > MAX_TEXT:
        raise BadInput(f"{where} is too long for a letter: over {MAX_TEXT:,} characters.")
    if not text.strip():
        raise BadInput(f"{where} contains no text. Scanned pages need OCR first.")
    return text


def _plain(data: bytes, where: str) -> str:
    if b"\0" in data:
        raise BadInput(f"{where} is neither text nor a PDF.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(f"{where} has an unknown encoding. Save it as UTF-8 or cp1252.")
