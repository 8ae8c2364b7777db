"""A folder with a profile and one case, for all tests of plain mode as a whole."""

from pathlib import Path

import pytest

from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile
from imr_tui.store.config.profile import save_profile
from tests.builders import a_complete_case
from tests.plain.talking import put


@pytest.fixture
def surgery(cases: Path) -> Folder:
    """A reviewer's folder with one complete case."""
    folder = put(Folder(cases), a_complete_case())
    save_profile(folder, Profile(licenses=("Texas",), specialties=("Orthopaedic Surgery",)))
    return folder
