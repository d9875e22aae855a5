"""The same answer in other clothes: what must hardly change a score."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from random import Random

FILLERS = {
    "es": ["eh", "o sea", "bueno", "este", "pues", "a ver"],
    "en": ["um", "like", "you know", "well", "I mean", "so"],
}
# Peninsular and American words for one thing.
WORDINGS = [
    ("ordenador", "computadora"), ("móvil", "celular"), ("coste", "costo"), ("vídeo", "video"),
    ("vosotros", "ustedes"), ("dinero", "plata"), ("coger", "tomar"), ("piso", "departamento"),
    ("anuncios", "avisos"), ("correo", "mail"), ("coche", "auto"), ("enfadaba", "enojaba"),
    ("trabajo", "laburo"), ("gafas", "lentes"), ("patata", "papa"), ("zumo", "jugo"),
]  # fmt: skip


def without_accents(text: str, random: Random, lang: str) -> str:
    del random, lang
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


def lower(text: str, random: Random, lang: str) -> str:
    del random, lang
    return text.lower()


def upper(text: str, random: Random, lang: str) -> str:
    del random, lang
    return text.upper()


def with_typos(text: str, random: Random, lang: str) -> str:
    """One edit in a tenth of the words of six letters or more."""
    del lang
    words = text.split(" ")
    for place, word in enumerate(words):
        if len(word) >= 6 and word.isalpha() and random.random() < 0.1:
            words[place] = _typo(word, random)
    return " ".join(words)


def _typo(word: str, random: Random) -> str:
    at = random.randrange(1, len(word) - 1)
    return random.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + random.choice("aeiorstl") + word[at + 1 :],
        ]
    )


def without_punctuation(text: str, random: Random, lang: str) -> str:
    """As dictated; decimal commas and signs of percent are spoken, so they stay."""
    del random, lang
    kept = [
        char
        if char not in '.,;:¿?¡!()«»"—-\n' or (0 < i < len(text) - 1 and text[i + 1].isdigit())
        else " "
        for i, char in enumerate(text)
    ]
    return " ".join("".join(kept).split()).lower()


def with_fillers(text: str, random: Random, lang: str) -> str:
    words = text.split(" ")
    for place in sorted(random.sample(range(1, len(words)), len(words) // 20), reverse=True):
        words.insert(place, random.choice(FILLERS[lang]))
    return " ".join(words)


def american(text: str, random: Random, lang: str) -> str:
    del random, lang
    for peninsular, other in WORDINGS:
        text = text.replace(peninsular, other)
    return text


def peninsular(text: str, random: Random, lang: str) -> str:
    del random, lang
    for one, other in WORDINGS:
        text = text.replace(other, one)
    return text


DISTURBANCES: Mapping[str, Callable[[str, Random, str], str]] = {
    "accents": without_accents,
    "lower case": lower,
    "upper case": upper,
    "typos": with_typos,
    "no punctuation": without_punctuation,
    "fillers": with_fillers,
    "American": american,
    "peninsular": peninsular,
}
