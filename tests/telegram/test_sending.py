"""Outbox entries are carried out, and what the Bot API refuses finds another way."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.telegram import request
from bot.channels.telegram.api import Api
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.sending import SLOTS
from bot.core import say
from bot.core.events import Done, Next
from bot.ports import Message, Received, Refused, RetryLater
from tests.telegram.fake_bot import TOKEN, FakeBot, Fault
from tests.telegram.support import CHAT, Slots, outgoing

BUTTON = (("Listo", "done@g1"),)
PRESSED = Received(Next(guard="g1"), pressed="1")


class Chat:
    """Says things as the runtime does: encode, send, remember slots."""

    def __init__(self, channel: TelegramChannel, fake: FakeBot, slots: Slots) -> None:
        self.channel, self.fake, self.slots = channel, fake, slots

    async def say(self, message: Message, received: Received = Received(Done())) -> None:  # noqa: B008
        for body in self.channel.encode(CHAT, message, received):
            slot, ref = await self.channel.send(outgoing(body))
            if slot:
                self.slots.kept[CHAT, slot] = ref
        await self.channel.background.settle(5)

    @property
    def shown(self) -> dict[int, Any]:
        """Texts in the chat, by number."""
        return {number: m.get("text") for (_, number), m in self.fake.messages.items()}

    @property
    def keyboards(self) -> set[int]:
        return {number for (_, number), m in self.fake.messages.items() if "reply_markup" in m}


@pytest.fixture
def chat(channel: TelegramChannel, fake: FakeBot, slots: Slots) -> Chat:
    return Chat(channel, fake, slots)


async def test_messages_are_sent_and_edited_in_place(chat: Chat) -> None:
    await chat.say(Message("<b>uno</b>"))
    await chat.say(Message("dos", replace=True), PRESSED)
    assert chat.shown == {1: "dos"}


async def test_a_draft_takes_the_place_of_the_one_before(chat: Chat) -> None:
    for count in "123":
        await chat.say(Message(f"borrador {count}", (BUTTON,), slot="draft"))
    assert chat.shown == {3: "borrador 3"}
    assert chat.slots.kept == {(CHAT, "draft"): "3"}


async def test_a_draft_that_became_a_scorecard_is_not_deleted_by_the_next_draft(
    chat: Chat,
) -> None:
    await chat.say(Message("borrador", (BUTTON,), slot="draft"))
    await chat.say(Message("nota: 70", (BUTTON,), replace=True), PRESSED)
    await chat.say(Message("otro borrador", slot="draft"))
    assert chat.shown == {1: "nota: 70", 2: "otro borrador"}


def test_the_core_uses_no_slot_the_channel_does_not_know() -> None:
    assert SLOTS == (say.DRAFT,)


async def test_a_used_keyboard_is_taken_away(chat: Chat) -> None:
    await chat.say(Message("pregunta 1", (BUTTON,)))
    await chat.say(Message("pregunta 2", (BUTTON,)), PRESSED)
    assert chat.keyboards == {2}


async def test_a_file_is_uploaded(chat: Chat, fake: FakeBot) -> None:
    await chat.say(Message("<i>todo</i>", (BUTTON,), attachment=("simulacro.json", '{"ñ": 1}')))
    (call,) = fake.of("sendDocument")
    assert call.files == {"document": ("simulacro.json", '{"ñ": 1}')}
    assert call.params["caption"] == "<i>todo</i>"


async def test_refused_markup_is_sent_as_plain_text(chat: Chat) -> None:
    await chat.say(Message("<b>sin &lt;fin&gt;", (BUTTON,)))
    assert chat.shown == {1: "sin <fin>"}
    assert chat.keyboards == {1}


async def test_refused_buttons_are_left_out(chat: Chat, fake: FakeBot) -> None:
    fake.faults.append(Fault("sendMessage", 400, "Bad Request: BUTTON_DATA_INVALID", times=2))
    await chat.say(Message("hola", (BUTTON,)))
    assert chat.shown == {1: "hola"}
    assert chat.keyboards == set()


async def test_an_edit_that_changes_nothing_is_done(chat: Chat) -> None:
    await chat.say(Message("uno", (BUTTON,)))
    await chat.say(Message("uno", (BUTTON,), replace=True), PRESSED)
    assert chat.shown == {1: "uno"}


@pytest.mark.parametrize("reason", ["message to edit not found", "message can't be edited"])
async def test_an_impossible_edit_becomes_a_new_message(
    chat: Chat, fake: FakeBot, reason: str
) -> None:
    fake.faults.append(Fault("editMessageText", 400, f"Bad Request: {reason}"))
    await chat.say(Message("uno", (BUTTON,), replace=True), PRESSED)
    assert chat.shown == {1: "uno"}


async def test_refused_markup_of_an_edit_is_edited_as_plain_text(chat: Chat) -> None:
    await chat.say(Message("uno"))
    await chat.say(Message("<b>dos", replace=True), PRESSED)
    assert chat.shown == {1: "dos"}


HELLO = {"method": "sendMessage", "params": {"chat_id": 2001, "text": "a", "parse_mode": "HTML"}}


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        (Fault(status=429, retry_after=7), 7.0),
        (Fault(status=429), None),
        (Fault(status=502), None),
        (Fault(status=401), None),  # the poller is told as well, and stops the process
        (Fault(status=0), None),
    ],
)
async def test_what_may_pass_is_to_be_tried_later(
    channel: TelegramChannel, fake: FakeBot, fault: Fault, seconds: float | None
) -> None:
    fake.faults.append(fault)
    with pytest.raises(RetryLater) as later:
        await channel.send(outgoing(HELLO))
    assert later.value.seconds == seconds
    assert await channel.send(outgoing(HELLO)) == ("", "")


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=403, description="Forbidden: bot was blocked by the user"),
        Fault(status=400, description="Bad Request: chat not found"),
        Fault(status=400, description="Bad Request: message is too weird", times=5),
        Fault(status=413, times=5),
    ],
)
async def test_what_will_never_pass_is_refused(
    channel: TelegramChannel, fake: FakeBot, fault: Fault
) -> None:
    fake.faults.append(fault)
    with pytest.raises(Refused):
        await channel.send(outgoing(HELLO))


async def test_a_server_that_is_not_there_is_tried_later(channel: TelegramChannel) -> None:
    async with Api(TOKEN, "http://127.0.0.1:1") as api:
        gone = TelegramChannel(api, {"id": 1}, channel._intake, Slots().slot)
        with pytest.raises(RetryLater):
            await gone.send(outgoing(HELLO))


async def test_nicety_calls_that_fail_disturb_nobody(
    channel: TelegramChannel, fake: FakeBot
) -> None:
    fake.faults.append(Fault("answerCallbackQuery", 400, "Bad Request: query is too old"))
    channel.background.call("answerCallbackQuery", {"callback_query_id": "1"})
    await channel.background.settle(5)
    assert fake.counts["answerCallbackQuery"] == 1


@pytest.mark.parametrize("status", [200, 400, 403])
async def test_a_refusal_no_server_of_theirs_would_send_is_none(
    channel: TelegramChannel, fake: FakeBot, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = b'{"ok":false,"error_code":400,"description":["x"]}'
    real = request.checked
    monkeypatch.setattr(request, "checked", lambda *_: real(status, odd))
    with pytest.raises(RetryLater):
        await channel.send(outgoing(HELLO))
