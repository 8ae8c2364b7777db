"""What commands say: data on standard output, talk on standard error, no control codes."""

from imr_tui.text.sanitize import clean


def say(text: str) -> None:
    """Print data, with a newline."""
    import click

    click.echo(clean(text))


def tell(text: str) -> None:
    """Tell the user something, beside the data."""
    import click

    click.echo(f"imr-tui: {clean(text)}".replace("\t", " "), err=True)
