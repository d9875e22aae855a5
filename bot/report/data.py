"""A transcript as JSON: every field of the model under its own name, times in ISO 8601."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from bot.core.models import Transcript


def transcript_json(transcript: Transcript) -> str:
    """The transcript as indented JSON, in UTF-8 characters; spans are code-point offsets."""
    return json.dumps(_plain(transcript), ensure_ascii=False, indent=2)


def _plain(value: Any) -> Any:
    """Dataclasses and mappings as objects, tuples as arrays."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime) else value
