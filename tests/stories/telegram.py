"""Telegram as the player of a story: with our own fake, and with a server nobody here wrote."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.channels.telegram.api import Api
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.terminal.markup import plain
from bot.runtime import Runtime
from bot.store.sqlite import open_store
from tests.stories.play import Outcome, World
from tests.stories.players import Kit, alarm_of, find, outcome_of, parts
from tests.telegram import updates
from tests.telegram.fake_bot import USERNAME
from tests.telegram.remote import Emulator

Json = dict[str, Any]
Button = tuple[str, str, int]  # label, action, number of the message
BEYOND = 2**40  # ids of updates the emulator cannot deliver: none of its own comes near


class ListeningApi(Api):
    """Remembers the calls that came to something."""

    def __init__(self, token: str, address: str) -> None:
        super().__init__(token, address)
        self.calls: list[tuple[str, Json, Any]] = []

    async def call(
        self,
        method: str,
        params: Json,
        file: tuple[str, str, bytes] | None = None,
        within: float | None = None,
    ) -> Any:
        result = await super().call(method, params, file, within)
        self.calls.append((method, params, result))
        return result


class Screen:
    """What a person sees of a chat: which buttons are there now, and which were ever."""

    def __init__(self) -> None:
        self.ever: list[Button] = []
        self._now: dict[int, list[Button]] = {}

    @property
    def now(self) -> list[Button]:
        """The buttons that can be pressed, the newest last."""
        return [button for number in sorted(self._now) for button in self._now[number]]

    def show(self, method: str, params: Json, result: Any) -> str:
        """Carry out a call; returns the words it brings."""
        sends = method in ("sendMessage", "sendPhoto", "sendDocument")
        number = result["message_id"] if sends else params.get("message_id", 0)
        if sends or method in ("editMessageText", "editMessageReplyMarkup"):
            markup = params.get("reply_markup") or {"inline_keyboard": []}
            self._now[number] = [
                (button["text"], button["callback_data"], number)
                for row in markup["inline_keyboard"]
                for button in row
            ]
            self.ever += self._now[number]
        elif method == "deleteMessage":
            self._now.pop(number, None)
        return plain(params.get("text") or params.get("caption") or "")


class TelegramPlayer:
    """The Telegram channel on a real database, talking to the fake Bot API."""

    def __init__(
        self, kit: Kit, world: World, folder: Path, api: ListeningApi, chat: int = updates.ANA
    ) -> None:
        self._kit, self._world, self._path = kit, world, folder / "story.db"
        self._api, self._number = api, chat
        self._last = 0
        self._ids = 0
        self._screen = Screen()
        self._open()

    async def send(self, text: str) -> list[str]:
        update = updates.text(text, self._number, lang=self._kit.lang)
        self._last = update["message"]["message_id"]
        return await self._play(update)

    async def press(self, label: str, oldest: bool) -> list[str]:
        buttons = self._screen.ever if oldest else self._screen.now
        places = [(text, f"{number} {action}") for text, action, number in buttons]
        number, _, action = find(places, label, oldest).partition(" ")
        return await self._play(updates.pressed(action, int(number), self._number))

    async def stray(self, kind: str) -> list[str]:
        content: Json = {"sticker": {"file_id": "x"}, "photo": [{"file_id": "x"}]}
        sent = updates.message(self._number, **{kind: content.get(kind, {"file_id": "x"})})
        return await self._play({"message": sent})

    async def edit(self, text: str) -> list[str]:
        return await self._play(updates.edited(text, self._last, self._number))

    async def stop(self) -> None:
        await self._runtime.stop(5)
        await self._channel.background.settle(5)
        await self._store.close()

    async def start(self) -> None:
        self._open()
        await self._runtime.start()

    def alarm(self) -> datetime | None:
        return alarm_of(self._store, self._chat)

    async def ring(self) -> list[str]:
        await self._runtime.ring()
        return await self._heard()

    async def end(self) -> Outcome:
        outcome = outcome_of(self._store, self._chat)
        await self.stop()
        return outcome

    @property
    def _chat(self) -> str:
        return f"tg:{self._number}"

    def _open(self) -> None:
        me = {"id": 1001, "username": USERNAME}
        self._store = open_store(self._path)
        self._channel = TelegramChannel(self._api, me, self._kit.intake, self._store.slot)
        self._runtime = Runtime(parts(self._kit, self._world, self._store, self._channel))

    async def _play(self, update: Json) -> list[str]:
        delivered = await self._deliver(update)
        incoming = self._channel.admit(delivered)
        assert incoming is not None
        await self._runtime.accept([incoming])
        self._channel.greet(delivered)
        return await self._heard()

    async def _deliver(self, update: Json) -> Json:
        """The update as the server hands it out."""
        self._ids += 1
        return {"update_id": self._ids} | update

    async def _heard(self) -> list[str]:
        """What was said since; waits until all is."""
        await self._runtime.idle()
        await self._channel.background.settle(5)
        said = [self._screen.show(*call) for call in self._api.calls]
        self._api.calls.clear()
        return [words for words in said if words]


class EmulatorPlayer(TelegramPlayer):
    """The same against `lo-bot-api-emulator`: updates are put in there and fetched by polling."""

    def __init__(
        self,
        kit: Kit,
        world: World,
        folder: Path,
        api: ListeningApi,
        emulator: Emulator,
        chat: int,
    ) -> None:
        super().__init__(kit, world, folder, api, chat)
        self._emulator = emulator

    async def _deliver(self, update: Json) -> Json:
        if "edited_message" in update:  # it takes none
            self._ids += 1
            return {"update_id": BEYOND + self._ids} | update
        (number,) = await asyncio.to_thread(self._emulator.inject, update)
        found: list[Json] = await self._api.call("getUpdates", {"offset": number, "timeout": 0})
        self._api.calls.clear()
        assert [one["update_id"] for one in found] == [number], found
        return found[0]
