"""A process that saves and says so, to be killed: `python -m tests.store.saver FILE SEED`.

Each line it prints is `chat version`, written after the save was acknowledged.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace

from bot.ports import Handled
from bot.store.sqlite import SqliteStore, open_store
from tests.store.samples import attempt, session, turn, update

CHATS = 20


async def talk(store: SqliteStore, chat: str, number: int) -> None:
    while True:
        before = store.session(chat)
        after = before or session(f"s-{chat}", chat)
        after = replace(after, turns=after.turns + 1, answer=f"answer {after.turns + 1}")
        come = update(number * 1_000_000 + after.turns, chat)
        await store.accept([come])
        kept = attempt(f"{chat}-{after.turns}", after, answer=after.answer)
        said = turn(after, after.turns, text=after.answer)
        await store.save(Handled(come, before, after, (said,), (kept,), (after.answer,)))
        print(chat, after.turns, flush=True)


async def main(path: str) -> None:
    store = open_store(path)
    await asyncio.gather(*(talk(store, f"c{n}", n) for n in range(CHATS)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
