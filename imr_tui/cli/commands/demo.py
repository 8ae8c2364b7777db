"""`imr-tui demo`: the app on a synthetic case, with a tour."""

import click


@click.command(epilog="Example: imr-tui demo")
def demo() -> int:
    """Try the app on a synthetic case.

    A tour of six steps says which keys to press. The case is in a temporary folder, which is
    removed at the end. Its letters say DEMO, and it cannot be signed.
    """
    # The terminal layer, which no other command needs.
    from imr_tui.cli.runtime.open_app import open_demo

    return open_demo()
