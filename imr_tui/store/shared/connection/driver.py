"""Whether the driver of PostgreSQL is installed, which only sites with a shared store need."""

from imr_tui.errors import CannotStore


def require_driver() -> None:
    """Load psycopg; raises CannotStore if it is not installed."""
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise CannotStore(
            "The shared store cannot be used, because psycopg is not installed. Install "
            "`imr-tui[shared]`, then try again. Your own folder works as before."
        ) from error
