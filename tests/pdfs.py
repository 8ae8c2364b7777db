"""PDFs, made here byte by byte: letters, and what should never be in one."""

import io
import zlib
from collections.abc import Sequence


def a_pdf(*pages: str) -> bytes:
    """A minimal PDF of text lines in Helvetica, one page for each text."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(len(pages))), len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for at, page in enumerate(pages):
        drawn = b"".join(b"(%s) Tj T*\n" % quoted(line) for line in page.split("\n"))
        stream = b"BT /F1 10 Tf 12 TL 40 800 Td\n" + drawn + b"ET"
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * at),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    return assembled(objects)


def quoted(line: str) -> bytes:
    """A line as the text of a PDF operator."""
    for char in "\\()":
        line = line.replace(char, f"\\{char}")
    return line.encode("ascii")


def assembled(objects: Sequence[bytes]) -> bytes:
    """A PDF file of `objects`, the first of which is its catalogue."""
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return bytes(
        out
        + b"xref\n0 %d\n0000000000 65535 f \n" % size
        + table
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    )


def encrypted(pdf: bytes, password: str, algorithm: str) -> bytes:
    """`pdf`, encrypted."""
    import pypdf
    from pypdf.constants import UserAccessPermissions

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    writer.encrypt(
        password, "owner", algorithm=algorithm, permissions_flag=UserAccessPermissions(0)
    )
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pages_of(letter: str, length: int = 50) -> list[str]:
    """A letter cut into pages without regard to its sentences."""
    lines = letter.split("\n")
    return ["\n".join(lines[at : at + length]) for at in range(0, len(lines), length)]


def shared(content: bytes, pages: int = 1, more: Sequence[bytes] = (), keys: bytes = b"") -> bytes:
    """A PDF whose pages all have the one content stream `content`.

    `more` are objects from number 6 on; `keys` are added to the resources of the pages.
    """
    numbers = range(6 + len(more), 6 + len(more) + pages)
    stream = zlib.compress(content, 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % number for number in numbers), pages),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 3 0 R >> %s >>" % keys,
        a_stream(stream, b"/Filter /FlateDecode"),
        *more,
    ]
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 4 0 R /Contents 5 0 R >>"
    )
    return assembled([*objects, *[page] * pages])


def a_stream(data: bytes, keys: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), keys, data)


def drawn(text: bytes, times: int) -> bytes:
    """A content stream that shows a text many times."""
    return b"BT /F1 10 Tf " + b"(%s) Tj 0 -12 Td " % text * times + b"ET"
