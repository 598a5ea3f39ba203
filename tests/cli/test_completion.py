"""Completion, as a real shell does it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample_glossary import environment

from glossary.cli import cli

SHIM = "import sys; from glossary.cli import main; sys.exit(main())"
ASK = """
eval "$(glossary completion bash)"
COMP_WORDS=({words}) COMP_CWORD={last}
_glossary_completion glossary
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def completed(folder: Path, *words: str) -> list[str]:
    """What bash offers for the last of `words`."""
    shim = folder / "glossary"
    shim.write_text(f"#!{sys.executable}\nimport sys\nsys.argv[0] = 'glossary'\n{SHIM}\n", encoding="utf-8")
    shim.chmod(0o755)
    script = ASK.format(words=" ".join(f"'{word}'" for word in words), last=len(words) - 1)
    variables = environment() | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=variables, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("glossary", "deci"), ["decide", "decisions"]),
        (("glossary", "--set"), ["--settings"]),
        (("glossary", "decide", "app"), ["approve"]),
        (("glossary", "lexicon", ""), ["add", "list", "remove"]),
        (("glossary", "check", "--lev"), ["--level"]),
        (("glossary", "check", "--level", "w"), ["warning"]),
    ],
)
def test_bash_completes(tmp_path: Path, words: tuple[str, ...], offered: list[str]) -> None:
    assert completed(tmp_path, *words) == offered


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bad_settings_do_not_disturb_completion(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_text("nonsense", encoding="utf-8")
    assert completed(tmp_path, "glossary", "check", "--lev") == ["--level"]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_there_is_a_script_for_other_shells(tmp_path: Path, shell: str) -> None:
    result = CliRunner().invoke(cli, ["completion", shell])
    assert result.exit_code == 0
    assert f"_GLOSSARY_COMPLETE={shell}_complete" in result.stdout
    if (program := shutil.which(shell)) is not None:
        (tmp_path / "script").write_text(result.stdout, encoding="utf-8")
        assert subprocess.run([program, "-n", str(tmp_path / "script")], check=False).returncode == 0
