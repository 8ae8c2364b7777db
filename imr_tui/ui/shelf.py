"""What can be cited, and what was cited lately: read when it is first asked for."""

from functools import cached_property

from imr_tui.catalogue.library import Catalogue, shipped
from imr_tui.catalogue.search import Index, index
from imr_tui.errors import ImrError
from imr_tui.store.folder import Folder
from imr_tui.store.recent import load_recent, noted, save_recent
from imr_tui.store.site_catalogue import load_catalogue


class Shelf:
    """The catalogue of a folder. Without the rows of its site where those cannot be used."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.problem = ""
        """Why the site's own guidelines are not used, as a sentence, or blank."""

    @cached_property
    def catalogue(self) -> Catalogue:
        """The guidelines that can be cited."""
        try:
            return load_catalogue(self._folder)
        except ImrError as error:
            self.problem = str(error)
            return shipped()

    @property
    def index(self) -> Index:
        """Their index."""
        return index(self.catalogue)

    @cached_property
    def recent(self) -> tuple[str, ...]:
        """Ids of what was cited lately, the last one first."""
        return load_recent(self._folder)

    def note(self, guideline_id: str) -> None:
        """Take note, on the disk too, that a guideline was cited; raises CannotStore."""
        self.recent = noted(self.recent, guideline_id)
        save_recent(self._folder, self.recent)
