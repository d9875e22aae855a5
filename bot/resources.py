"""Finds `question_bank/` and `prompts/`: packaged in a wheel, beside `bot/` in a checkout."""

from __future__ import annotations

from pathlib import Path


def data_folder(name: str) -> Path:
    """The folder `question_bank` or `prompts`.

    The packaged copy comes first. Raises `FileNotFoundError` when neither is there.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "_data" / name, here.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"{name}: not found in the package nor beside it; install it again")
