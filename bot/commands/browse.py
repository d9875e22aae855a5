"""`simulacro bank` and `simulacro transcripts`."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot import bootstrap
from bot.cli import Failed
from bot.commands import known_question, read_settings, the_bank
from bot.core.models import Transcript
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.store.sqlite import SqliteStore

PAGE = 20


def bank_list(options: argparse.Namespace) -> int:
    """Print all questions, one a line."""
    from bot.bank.show import list_questions

    bank = the_bank(read_settings(options), options)
    print("\n".join(list_questions(bank, options.shown)))
    return 0


def bank_show(options: argparse.Namespace) -> int:
    """Print a question with its rubric."""
    from bot.bank.show import show_question

    bank = the_bank(read_settings(options), options)
    print(show_question(bank, known_question(bank, options.id), options.shown))
    return 0


def transcripts_list(options: argparse.Namespace) -> int:
    """Print a page of past sessions, newest first."""
    page = options.page - 1
    with _store(read_settings(options)) as store:
        rows, more = store.all_transcripts(page, PAGE)
    for row in rows:
        when = row.started_at.astimezone().strftime("%Y-%m-%d %H:%M")
        score = "  -" if row.score is None else f"{row.score:3d}"
        print(f"{row.id}  {when}  {row.mode:<9}  {score}  {', '.join(row.titles)}")
    if not rows:
        print("No past sessions yet. `simulacro chat` begins one.")
    if more:
        print(f"More: simulacro transcripts list --page {page + 2}")
    return 0


def transcripts_show(options: argparse.Namespace) -> int:
    """Print a session: what was asked and said, the scores with their evidence."""
    from bot.channels.terminal.markup import plain
    from bot.core import beside

    settings = read_settings(options)
    message = bootstrap.renderer(settings).message(
        beside.transcript(_transcript(settings, options.id)), settings.lang
    )
    print(plain(message.html))
    return 0


def transcripts_export(options: argparse.Namespace) -> int:
    """Print a session as a page or as JSON."""
    from bot.report import transcript_html, transcript_json

    settings = read_settings(options)
    transcript = _transcript(settings, options.id)
    if options.format == "json":
        print(transcript_json(transcript))
    else:
        print(transcript_html(transcript, settings.lang, bootstrap.renderer(settings)))
    return 0


def _transcript(settings: Settings, session_id: str) -> Transcript:
    with _store(settings) as store:
        try:
            found = store.find_transcript(session_id)
        except ValueError as error:
            raise Failed(str(error)) from None
    if found is None:
        raise Failed(f"there is no session {session_id!r}; `simulacro transcripts list` shows all")
    return found


@contextmanager
def _store(settings: Settings) -> Iterator[SqliteStore]:
    store = bootstrap.store(settings)
    try:
        yield store
    finally:
        asyncio.run(store.close())
