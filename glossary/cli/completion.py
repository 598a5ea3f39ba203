"""The command `completion`: Click's own completion scripts."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion_command(context: click.Context, shell: str) -> None:
    """Print what makes SHELL complete commands, options and file names.

    \b
    bash: add to ~/.bashrc   eval "$(glossary completion bash)"
    zsh:  add to ~/.zshrc    eval "$(glossary completion zsh)"
    fish: glossary completion fish > ~/.config/fish/completions/glossary.fish
    """
    complete = get_completion_class(shell)
    if complete is None:
        raise click.UsageError(f"{shell}: this version of Click has no completion for it")
    click.echo(complete(context.find_root().command, {}, "glossary", "_GLOSSARY_COMPLETE").source())
