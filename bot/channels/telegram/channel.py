"""The `Channel` of the Telegram bot, and what is answered beside the inbox."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from bot.channels.telegram import bodies, updates
from bot.channels.telegram.api import Api
from bot.channels.telegram.background import Background
from bot.channels.telegram.sending import Sender, SlotLookup
from bot.channels.telegram.updates import Intake, Json, part
from bot.core.events import Done, Start, parse
from bot.ports import Incoming, Message, Outgoing, Received

ALBUMS = 256  # remembered, so that each is answered once
SHORT = 40  # characters a phrase such as "listo" may have

GroupNotice = Callable[[str, str], Message]
"""(language code, bot's user name) to what is said in a group: come to the private chat."""


class TelegramChannel:
    """Talks to people in the private chats of one bot.

    `me` is the bot as `getMe` shows it, `slot` the store's slots, `group_notice` what a `/start`
    in a group is answered with. Nothing a group says is kept.
    """

    def __init__(
        self,
        api: Api,
        me: Json,
        intake: Intake,
        slot: SlotLookup,
        group_notice: GroupNotice | None = None,
    ) -> None:
        self.source = f"tg:{me['id']}"
        self.beginning = updates.BEGINNING
        self.username = str(me.get("username") or "")
        self.background = Background(api)
        self._intake = intake
        self._slot = slot
        self._sender = Sender(api, self.background, slot)
        self._group_notice = group_notice
        self._albums: deque[tuple[object, str]] = deque(maxlen=ALBUMS)

    def admit(self, update: object) -> Incoming | None:
        """An update for the inbox, None when it is not to be kept.

        Of an album only the first picture is: ten answers to one message would be a nuisance.
        """
        found = updates.incoming(update, self.source)
        album = part(part(update).get("message")).get("media_group_id")
        if found is None or not isinstance(album, str):
            return found
        if (album, found.chat) in self._albums:
            return None
        self._albums.append((album, found.chat))
        return found

    def greet(self, update: object) -> None:
        """Answer what must be answered at once and may be lost: a press, an answer handed in, a
        `/start` in a group."""
        query = part(part(update).get("callback_query"))
        message = part(part(update).get("message")) or part(query.get("message"))
        chat = part(message.get("chat"))
        if "id" in query:
            self.background.call("answerCallbackQuery", {"callback_query_id": query["id"]})
        if "id" not in chat:
            return
        if chat.get("type") in ("group", "supergroup"):
            if not query and self._begins(message):
                self._point_to_private_chat(chat["id"], message)
        elif self._hands_in(query, message):
            self._typing(chat["id"])

    def busy(self, chat: str) -> None:
        """Show that something is being written, as it is when an answer is handed in."""
        self._typing(int(chat.removeprefix(self.beginning)))

    def decode(self, update: Incoming) -> Received:
        """What an update says; odd content is a `Stray` event."""
        return updates.decode(update.body, self._intake)

    def encode(self, chat: str, message: Message, received: Received) -> list[str]:
        """The calls that bring a message to the person; see `bodies`."""
        if message.onto and received.pressed != self._slot(chat, message.onto):
            message = replace(message, replace=False)
        return bodies.encode(chat, message, received)

    async def send(self, outgoing: Outgoing) -> tuple[str, str]:
        """Carry out one call; returns (slot, message number). See `Sender.send`."""
        return await self._sender.send(outgoing)

    def _typing(self, chat: object) -> None:
        self.background.call("sendChatAction", {"chat_id": chat, "action": "typing"})

    def _begins(self, message: Json) -> bool:
        """Whether a message of a group is a `/start`, in any language, to nobody else."""
        text = message.get("text")
        if not isinstance(text, str) or not text.startswith("/"):
            return False
        command, _, to = text.split(maxsplit=1)[0].partition("@")
        if to and to.lower() != self.username.lower():
            return False
        return isinstance(self._intake.read(updates.clean(command), ""), Start)

    def _hands_in(self, query: Json, message: Json) -> bool:
        data, text = query.get("data"), message.get("text")
        if query:
            return isinstance(data, str) and isinstance(parse(updates.clean(data)), Done)
        if not isinstance(text, str) or len(text) > SHORT:
            return False
        return isinstance(self._intake.read(updates.clean(text), ""), Done)

    def _point_to_private_chat(self, chat: object, message: Json) -> None:
        if self._group_notice is None:
            return
        code = part(message.get("from")).get("language_code")
        notice = self._group_notice(code if isinstance(code, str) else "", self.username)
        self.background.call(
            "sendMessage", {"chat_id": chat, "text": notice.html, "parse_mode": bodies.HTML}
        )
