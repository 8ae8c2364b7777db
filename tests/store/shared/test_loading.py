"""What the modules of the shared store load, and when."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.process

LOADED = "import sys; print(*(name for name in ('psycopg', 'pydantic') if name in sys.modules))"
CHOOSING = ("address", "identity", "sentences", "server_choice", "server_memory", "deadline")


@pytest.mark.parametrize(("names", "loaded"), [(CHOOSING, ""), (("database",), "psycopg")])
def test_only_connecting_loads_the_driver_and_nothing_loads_pydantic(
    names: tuple[str, ...], loaded: str
) -> None:
    imports = "".join(f"import imr_tui.store.shared.connection.{name}\n" for name in names)
    program = [sys.executable, "-c", imports + LOADED]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == loaded
