"""The numbered files of SQL, and the schema that they add up to."""

from pathlib import Path

FOLDER = Path(__file__).with_name("sql")
"""The folder of the files: `0001_cases.sql` and so on."""
SCHEMA = max(int(path.name[:4]) for path in FOLDER.glob("*.sql"))
"""The number of the newest file, which is the schema that this program works with."""
