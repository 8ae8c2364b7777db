"""Output of commands: data on stdout, messages on stderr, without control characters."""

from imr_tui.text.sanitize import clean


def say(text: str) -> None:
    """Print data, with a newline."""
    import click

    click.echo(clean(text))


def tell(text: str) -> None:
    """Print a message for the user."""
    import click

    click.echo(f"imr-tui: {clean(text)}".replace("\t", " "), err=True)
