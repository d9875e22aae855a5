"""The state of a Bot API server with one bot: updates, messages, calls and the faults to show."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.fake_markup import fault_in_keyboard, fault_in_text

Json = dict[str, Any]
TOKEN = "1001:fake-token-for-tests-0123456789abcdef"
USERNAME = "simulacro_test_bot"
UNCHANGED = "message is not modified: specified new message content and reply markup are the same"


class Refusal(Exception):
    """An answer that is not ok."""

    def __init__(self, status: int, description: str, retry_after: float | None = None) -> None:
        super().__init__(description)
        self.status, self.description, self.retry_after = status, description, retry_after


class Cut(Exception):
    """The connection is cut instead of an answer."""


@dataclass(slots=True)
class Fault:
    """What happens to the next `times` calls of `method` ("*": any) instead of an answer.

    `status` 0 cuts the connection. With `seconds` the answer is only slow, unless `status` is set.
    `late`: the call takes effect all the same, only its answer is lost.
    """

    method: str = "*"
    status: int = 0
    description: str = "fault"
    retry_after: float | None = None
    seconds: float = 0
    times: int = 1
    late: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """A call as it came in; files by parameter: (name, content), bytes as surrogate escapes."""

    method: str
    params: Json
    files: dict[str, tuple[str, str]] = field(default_factory=dict)


class FakeBot:
    """One bot. `record` False keeps nothing but counts: for benches."""

    def __init__(self, token: str = TOKEN, record: bool = True) -> None:
        self.token, self.record = token, record
        self.updates: list[Json] = []
        self.calls: list[Called] = []
        self.counts: Counter[str] = Counter()
        self.faults: list[Fault] = []
        self.blocked: set[int] = set()
        self.webhook = ""
        self.messages: dict[tuple[int, int], Json] = {}
        self.changed = asyncio.Condition()
        self._numbers = itertools.count(1)
        self._update_numbers = itertools.count(1)
        self._poll = 0

    async def inject(self, *updates: Json) -> list[int]:
        """Queue updates; those without a number get the next one."""
        async with self.changed:
            numbered = [{"update_id": next(self._update_numbers)} | one for one in updates]
            self.updates += numbered
            self.changed.notify_all()
        return [one["update_id"] for one in numbered]

    async def until(self, method: str, count: int = 1) -> list[Called]:
        """Wait until a method was called so often; returns those calls."""
        async with self.changed:
            await self.changed.wait_for(lambda: self.counts[method] >= count)
        return self.of(method)

    def of(self, method: str) -> list[Called]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    def fault_for(self, method: str) -> Fault | None:
        """The fault to show now, one of its times used up."""
        for fault in self.faults:
            if fault.method in ("*", method) and fault.times > 0:
                fault.times -= 1
                return fault
        return None

    async def called(self, call: Called) -> None:
        async with self.changed:
            self.counts[call.method] += 1
            if self.record:
                self.calls.append(call)
            self.changed.notify_all()

    async def answer(self, call: Called) -> Any:
        """The result of a call. Raises `Refusal`."""
        if call.method == "getUpdates":
            return await self._get_updates(call.params)
        handle = getattr(self, f"do_{call.method}", None)
        if handle is None:
            raise Refusal(404, "Not Found")
        return handle(call)

    # --- updates ---

    async def _get_updates(self, params: Json) -> list[Json]:
        if self.webhook:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        offset, limit = int(params.get("offset", 0)), int(params.get("limit", 100))
        async with self.changed:
            self._poll += 1  # throws out the poll before
            mine = self._poll
            self.changed.notify_all()
            if offset > 0:
                self.updates = [one for one in self.updates if one["update_id"] >= offset]
            try:
                async with asyncio.timeout(float(params.get("timeout", 0))):
                    await self.changed.wait_for(lambda: self.updates or self._poll != mine)
            except TimeoutError:
                return []
            if self._poll != mine:
                raise Refusal(409, "Conflict: terminated by other getUpdates request")
            return self.updates[:limit]

    def do_setWebhook(self, call: Called) -> bool:  # noqa: N802
        self.webhook = call.params["url"]
        return True

    def do_deleteWebhook(self, call: Called) -> bool:  # noqa: N802
        self.webhook = ""
        if call.params.get("drop_pending_updates") in (True, "true"):
            self.updates.clear()
        return True

    # --- the bot ---

    def do_getMe(self, call: Called) -> Json:  # noqa: N802
        number = int(self.token.partition(":")[0])
        return {"id": number, "is_bot": True, "first_name": "Simulacro", "username": USERNAME}

    def do_setMyCommands(self, call: Called) -> bool:  # noqa: N802
        return True

    def do_answerCallbackQuery(self, call: Called) -> bool:  # noqa: N802
        return True

    def do_sendChatAction(self, call: Called) -> bool:  # noqa: N802
        return True

    # --- messages ---

    def do_sendMessage(self, call: Called) -> Json:  # noqa: N802
        self._check(call.params, call.params.get("text"), 4096)
        return self._put(next(self._numbers), call.params)

    def do_sendDocument(self, call: Called) -> Json:  # noqa: N802
        if "document" not in call.files:
            raise Refusal(400, "Bad Request: there is no document in the request")
        self._check(call.params, call.params.get("caption", "-"), 1024)
        return self._put(next(self._numbers), call.params)

    def do_sendPhoto(self, call: Called) -> Json:  # noqa: N802
        content = call.files.get("photo", ("", ""))[1].encode(errors="surrogateescape")
        if not content.startswith(b"\x89PNG"):
            raise Refusal(400, "Bad Request: IMAGE_PROCESS_FAILED")
        self._check(call.params, call.params.get("caption", "-"), 1024)
        return self._put(next(self._numbers), call.params)

    def do_editMessageText(self, call: Called) -> Json:  # noqa: N802
        before = self._message(call.params, "edit")
        if self.record and "text" not in before:
            raise Refusal(400, "Bad Request: there is no text in the message to edit")
        self._check(call.params, call.params.get("text"), 4096)
        same = ("text", "reply_markup")
        if [before.get(key) for key in same] == [call.params.get(key) for key in same]:
            raise Refusal(400, f"Bad Request: {UNCHANGED}")
        return self._put(int(call.params["message_id"]), call.params)

    def do_editMessageReplyMarkup(self, call: Called) -> Json:  # noqa: N802
        before = self._message(call.params, "edit")
        after = {key: value for key, value in before.items() if key != "reply_markup"}
        if before == after and "reply_markup" not in call.params:
            raise Refusal(400, f"Bad Request: {UNCHANGED}")
        return self._put(int(call.params["message_id"]), after | call.params)

    def do_deleteMessage(self, call: Called) -> bool:  # noqa: N802
        self._message(call.params, "delete")
        self.messages.pop((int(call.params["chat_id"]), int(call.params["message_id"])), None)
        return True

    def _check(self, params: Json, text: Any, limit: int) -> None:
        if int(params["chat_id"]) in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if not self.record:
            return
        fault = fault_in_text(text, params.get("parse_mode"), limit)
        if fault := fault or fault_in_keyboard(params.get("reply_markup")):
            raise Refusal(400, f"Bad Request: {fault}")

    def _message(self, params: Json, what: str) -> Json:
        found = self.messages.get((int(params["chat_id"]), int(params["message_id"])))
        if found is None and self.record:
            raise Refusal(400, f"Bad Request: message to {what} not found")
        return found or {}

    def _put(self, number: int, params: Json) -> Json:
        chat = int(params["chat_id"])
        if self.record:
            self.messages[chat, number] = params
        shown = {key: params[key] for key in ("text", "caption") if key in params}
        return {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private"}} | shown
