"""The guidelines that can be cited, and recent citations; read when first needed."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from threading import Thread
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore, ImrError
from imr_tui.store.config.account_state import load_recent, noted, save_recent

if TYPE_CHECKING:
    from imr_tui.catalogue.catalogue import Catalogue
    from imr_tui.catalogue.search import Index
    from imr_tui.store.cases.folder import Folder


class CatalogueAccess:
    """The catalogue of a folder; without the site's own rows if those cannot be used."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.problem = ""
        """Why the site's own guidelines are not used, as a sentence, or blank."""

    @cached_property
    def catalogue(self) -> Catalogue:
        """The guidelines that can be cited."""
        # Loads pydantic, which the first frame does without.
        from imr_tui.catalogue.catalogue import shipped
        from imr_tui.store.config.site_catalogue import load_catalogue

        try:
            return load_catalogue(self._folder)
        except ImrError as error:
            self.problem = str(error)
            return shipped()

    @property
    def index(self) -> Index:
        """The index of the catalogue."""
        from imr_tui.catalogue.search import index

        return index(self.catalogue)

    @cached_property
    def recent(self) -> tuple[str, ...]:
        """Ids of recently cited guidelines, the latest first."""
        return load_recent(self._folder)

    def note(self, guideline_id: str) -> None:
        """Note that a guideline was cited; it is saved on a thread."""
        self.recent = noted(self.recent, guideline_id)
        Thread(target=self._save, args=(self.recent,), name="recent", daemon=True).start()

    def _save(self, recent: tuple[str, ...]) -> None:
        # Only a convenience of the next search: saving the case reports a full disk.
        with suppress(CannotStore):
            save_recent(self._folder, recent)
