"""What the Bot API refuses in a text or keyboard, as a reason in its words; "" if nothing."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

TAGS = "b strong i em u ins s strike del a code pre blockquote tg-spoiler span".split()  # noqa: SIM905
_TAG = re.compile(r"<(/?)([\w-]*)([^<>]*)>|<")


def length(text: str) -> int:
    """In UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fault_in_html(text: str) -> str:
    open_tags: list[str] = []
    for found in _TAG.finditer(text):
        end, name, _ = found.groups()
        if name not in TAGS:
            return f'can\'t parse entities: Unsupported start tag "{name}"'
        if not end:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return f"can't parse entities: Unmatched end tag at byte offset {found.start()}"
    return f"can't parse entities: Can't find end tag of \"{open_tags[-1]}\"" if open_tags else ""


def fault_in_text(text: Any, parse_mode: Any, limit: int = 4096) -> str:
    if not isinstance(text, str):
        return "message text is empty"
    if any("\ud800" <= char <= "\udfff" for char in text):
        return "strings must be encoded in UTF-8"
    if parse_mode == "HTML":
        if fault := fault_in_html(text):
            return fault
        text = unescape(re.sub("<[^>]*>", "", text))
    if not text.replace("\0", "").strip():
        return "message text is empty"
    return "message is too long" if length(text) > limit else ""


def fault_in_keyboard(markup: Any) -> str:
    if markup is None:
        return ""
    markup = json.loads(markup) if isinstance(markup, str) else markup
    for row in markup["inline_keyboard"]:
        for button in row:
            if not button.get("text"):
                return "text buttons are unallowed in the inline keyboard"
            if set(button) == {"text", "url"}:
                continue
            if not 0 < len(button["callback_data"].encode()) <= 64:
                return "BUTTON_DATA_INVALID"
    return ""
