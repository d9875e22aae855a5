"""What in a text is of another language than its own: words and characters that give it away."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.questions import Lang

NAMES = re.compile(
    r"(?a)(?<![\w/])/[a-z_]+|@\w+"  # commands and addresses; `a`: Chinese may stand right before
    r"|simulacro chat --as \w+"
    r"|\b(?:AARRR|Ctrl|Enter|ID|SEO|Simulacro|Telegram)\b"
    r"|English|Español|中文"  # as on the buttons that choose a language
)
_HAN = "[\u3000-\u303f\u3400-\u9fff\uff01-\uff60]"
_SPANISH = (
    "al|aquí|como|con|cuando|de|del|el|ella|en|entrevista|entre|es|esta|este|hasta|la|las|lo|los|"
    "más|muy|nota|o|para|pero|por|porque|pregunta|que|respuesta|se|si|sobre|su|sus|te|tu|tus|un|"
    "una|y|ya"
)
_ENGLISH = (
    "about|and|answer|are|at|by|do|for|from|how|if|in|interview|is|it|my|not|of|on|or|question|"
    "score|that|the|this|to|was|we|what|when|which|with|you|your"
)
RULES: Mapping[Lang, re.Pattern[str]] = {
    "es": re.compile(rf"(?i){_HAN}|\b(?:{_ENGLISH})\b"),
    "en": re.compile(rf"(?i){_HAN}|[¿¡«»ñáíóú]|\b(?:{_SPANISH})\b"),
    "zh": re.compile(r"(?i)[¿¡«»]|[a-zß-öø-ÿ]{2,}"),
}


def foreign(lang: Lang, text: str) -> set[str]:
    """What does not belong in a text; names, commands and addresses belong in any."""
    assert lang in RULES, f"say what does not belong in `{lang}` in tests/render/foreign.py, RULES"
    return set(RULES[lang].findall(NAMES.sub("", text)))
