"""Writes the pinned requirements, with hashes and without any download address.

Usage: `make requirements`
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import NamedTemporaryFile

OPTIONS = (
    "--quiet",
    "--upgrade",
    "--generate-hashes",
    "--allow-unsafe",
    "--strip-extras",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--no-emit-find-links",
)


def main() -> None:
    """Compile both files; what is for use is pinned as what is for development was tested."""
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    _compile("requirements-dev.txt", "-", text="\n".join(wanted))
    with NamedTemporaryFile("w", suffix=".txt") as pinned:
        pinned.write(_versions(Path("requirements-dev.txt").read_text("utf-8")))
        pinned.flush()
        options = ("--constraint", pinned.name, "--all-build-deps")
        _compile("requirements.txt", *options, "pyproject.toml")


def _versions(requirements: str) -> str:
    """Names and versions without their hashes: pip-compile takes no hashes in constraints."""
    lines = (line.removesuffix("\\").strip() for line in requirements.splitlines())
    return "\n".join(line for line in lines if "==" in line)


def _compile(target: str, *source: str, text: str | None = None) -> None:
    command = [sys.executable, "-m", "piptools", "compile", *OPTIONS, "-o", target, *source]
    subprocess.run(command, check=True, input=text, text=True)


if __name__ == "__main__":
    main()
