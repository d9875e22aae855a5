"""The printed table is the table."""

from pathlib import Path

from tests.tools.diagram import text


def test_the_conversation_page_is_printed_from_the_table() -> None:
    page = Path(__file__).parents[2] / "docs" / "conversation.md"
    assert page.read_text("utf-8") == text(), "run `make docs`"
