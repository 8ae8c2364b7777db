"""SQL by psql: the rows that statements return, and how names and texts are quoted."""

import csv
import io
from collections.abc import Sequence

from tests.postgres.programs import SECONDS, program, run


def query(connection: Sequence[str], sql: str, seconds: float = SECONDS) -> list[list[str]]:
    """The rows that statements return, each in its own transaction; a null is blank.

    `connection` are options of psql. Raises ProgramFailed with the server's words,
    and subprocess.TimeoutExpired.
    """
    options = ("-X", "-q", "-w", "--csv", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-")
    out = run([program("psql"), *options, *connection], stdin=sql, seconds=seconds)
    # A row of one blank value is a blank line.
    return [row or [""] for row in csv.reader(io.StringIO(out, newline=""))]


def identifier(name: str) -> str:
    """A name as SQL."""
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def literal(text: str) -> str:
    """A text as SQL."""
    escaped = text.replace("'", "''")
    return f"'{escaped}'"
