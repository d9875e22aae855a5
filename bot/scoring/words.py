"""What is known of a word by itself, looked up once and then remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# What a word can be, as bits of `Word.flags`.
CONTENT = 1  # says something: no function word, no sign
FUNCTION = 1 << 1
DOMAIN = 1 << 2  # a content word of the trade
EFFECT = 1 << 3  # a verb of going up or down
LIFE = 1 << 4  # a verb of living rather than working
OWN = 1 << 5  # first person and past, for certain
OWN_BARE = 1 << 6  # the same, if the writer puts no accents
SHARED = 1 << 7  # first person and past where the sentence says who
HAVE = 1 << 8
PARTICIPLE = 1 << 9
PAST = 1 << 10  # past of any person
VOICE = 1 << 11  # first person in any tense
ARTICLE = 1 << 12
NUMBER = 1 << 13
NUMERAL = 1 << 14  # a number in letters
JOIN = 1 << 15  # joins two numerals
PAST_ENDING = 1 << 16  # as written with accents
PAST_BARE = 1 << 17  # as written without any
VERB_ENDING = 1 << 18
VERB_BARE = 1 << 19
OPENER = 1 << 20  # asks for a noun to follow
CLOSER = 1 << 21  # never follows an opener
ODD = 1 << 22  # nobody could say it
CONNECTOR = 1 << 23
LONG = 1 << 24  # long enough to be forgiven a typo
ABSTRACT = 1 << 25  # names a quality or a doing rather than a thing: "optimización"
COMMA = 1 << 26  # from here on no words, but breaks between them
STOP = 1 << 27
OWNED = OWN | OWN_BARE | SHARED | PARTICIPLE | PAST  # may be an own past action
NOTABLE = OWNED | VOICE | NUMBER | EFFECT

Rows = tuple[tuple[tuple[str, ...], str], ...]
"""Entries of word lists that begin alike, longest first: all their words, the list's name."""

VERBS = "common_verbs"  # the list of them
_NONE: Mapping[str, Rows] = {}


class Word:
    """A word as somebody wrote it; shared by all places where it stands.

    `given` is that spelling, `plain` its folded form, `form` the same with chat spelling read
    out, `single` the lists it is an entry of, `longer` second word -> entries of several words;
    `tag` is what it counts as in the order of words, `tag_bare` the same without accents.
    """

    __slots__ = (
        "flags", "form", "given", "kind", "longer", "marked", "plain", "single", "stem", "tag",
        "tag_bare",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913, PLR0917 - a plain record
        self,
        given: str,
        kind: str,
        plain: str,
        form: str,
        stem: str,
        flags: int,
        single: Sequence[str] = (),
        longer: Mapping[str, Rows] = _NONE,
    ) -> None:
        self.given = given
        self.kind = kind
        self.plain = plain
        self.form = form
        self.stem = stem
        self.flags = flags
        self.single = single
        self.longer = longer
        self.marked = bool(single or longer)
        self.tag = _tag(self, VERB_ENDING)
        self.tag_bare = _tag(self, VERB_BARE)


def _tag(word: Word, ending: int) -> str:
    """What stands for a word in the order of words; `ending` that of verbs."""
    flags = word.flags
    if flags & FUNCTION:
        return word.form
    if flags & NUMBER or word.kind != "word":
        return "#"
    if flags & (ending | OWN | OWN_BARE | VOICE) or VERBS in word.single:
        return "V"
    return word.form if word.single else "X"


def sayable(word: str) -> bool:
    """Whether a word has vowels where a tongue needs them; other scripts are not judged."""
    if not word.isascii():
        return True
    run = vowels = 0
    for letter in word:
        run = 0 if letter in "aeiouy" else run + 1
        vowels += letter in "aeiouy"
        if run > 4:
            return False
    return vowels > 0
