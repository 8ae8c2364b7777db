"""What can be cited, and what was cited lately: read when it is first asked for."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from threading import Thread
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore, ImrError

if TYPE_CHECKING:
    from imr_tui.catalogue.catalogue import Catalogue
    from imr_tui.catalogue.search import Index
    from imr_tui.store.cases.folder import Folder


class CatalogueAccess:
    """The catalogue of a folder. Without the rows of its site where those cannot be used."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.problem = ""
        """Why the site's own guidelines are not used, as a sentence, or blank."""

    @cached_property
    def catalogue(self) -> Catalogue:
        """The guidelines that can be cited."""
        from imr_tui.catalogue.catalogue import shipped
        from imr_tui.store.config.site_catalogue import load_catalogue

        try:
            return load_catalogue(self._folder)
        except ImrError as error:
            self.problem = str(error)
            return shipped()

    @property
    def index(self) -> Index:
        """Their index."""
        from imr_tui.catalogue.search import index

        return index(self.catalogue)

    @cached_property
    def recent(self) -> tuple[str, ...]:
        """Ids of what was cited lately, the last one first."""
        from imr_tui.store.config.account_state import load_recent

        return load_recent(self._folder)

    def note(self, guideline_id: str) -> None:
        """Take note that a guideline was cited; nobody waits for the disk to have it."""
        from imr_tui.store.config.account_state import noted

        self.recent = noted(self.recent, guideline_id)
        Thread(target=self._save, args=(self.recent,), name="recent", daemon=True).start()

    def _save(self, recent: tuple[str, ...]) -> None:
        from imr_tui.store.config.account_state import save_recent

        # Only a convenience of the next search: the case itself tells when a disk is full.
        with suppress(CannotStore):
            save_recent(self._folder, recent)
