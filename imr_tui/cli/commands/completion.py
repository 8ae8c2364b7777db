"""`imr-tui completion`: prints the script that completes command lines in a shell."""

import click

from imr_tui.cli.completion import SHELLS, script


@click.command(epilog='Example: eval "$(imr-tui completion bash)"')
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> int:
    """Print a shell's completion script.

    It completes commands, options, case numbers and the ids of rules. `imr-tui help completion`
    says where each shell looks for it.
    """
    click.echo(script(shell), nl=False)
    return 0
