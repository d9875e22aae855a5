"""Transcripts with their scorecards, to be read outside the chat."""

from bot.report.data import transcript_json
from bot.report.page import Pages, transcript_html

__all__ = ["Pages", "transcript_html", "transcript_json"]
