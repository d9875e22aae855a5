"""Every message in every language as it was last read and approved, and no way left untried."""

from __future__ import annotations

from difflib import unified_diff
from functools import cache
from itertools import islice

import pytest

from tests.render.branches import never_gone
from tests.render.samples import LANGUAGES, PROMPTS, everything
from tests.tools.snapshots import FOLDER, ODD, pages

EACH = [(lang, file.stem) for lang in LANGUAGES for file in sorted((PROMPTS / lang).glob("*.j2"))]
ANEW = "if it is meant so, run `make snapshots` and read what changed (git diff)"

said = cache(pages)


@pytest.mark.parametrize(("lang", "template"), EACH)
def test_every_message_is_as_it_was_approved(lang: str, template: str) -> None:
    """A changed word is seen by somebody before it is sent."""
    if template not in said(lang):
        pytest.fail(f"no sample says {template}.j2: add one to tests/render/samples.py", False)
    file = FOLDER / lang / f"{template}.txt"
    kept = file.read_text("utf-8") if file.is_file() else ""
    if kept != said(lang)[template]:
        lines = unified_diff(
            kept.splitlines(), said(lang)[template].splitlines(), "kept", "now", lineterm="", n=1
        )
        what = "\n".join(islice(lines, 60))
        pytest.fail(f"{lang}/{template} reads anew; {ANEW}\n{what}", pytrace=False)


def test_no_snapshot_is_left_of_a_message_that_is_gone() -> None:
    """What lies there is what is said."""
    left = {(file.parent.name, file.stem) for file in FOLDER.rglob("*.txt")} - set(EACH)
    assert not left, ANEW


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_samples_go_every_way_through_the_templates(lang: str) -> None:
    """So that the snapshots show all there is to read."""
    missed = never_gone(PROMPTS, lang, everything(lang, ODD))
    told = "\n".join(missed)
    assert not missed, f"yield samples for these in tests/render/samples.py ({lang}):\n{told}"
