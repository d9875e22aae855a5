"""A tiny valid bank in a folder, to be spoilt by the tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.bank import BankError, load_bank
from bot.bank.lint import check_bank

QUESTION = "questions/growth/first-users.toml"
TEXT = "texts/es/growth/first-users.toml"
SAMPLES = "samples/es/first-users.toml"

FILES = {
    "bank.toml": 'version = "1"\nlanguages = ["es"]\n',
    "criteria.toml": '[criteria.effect]\nrule = "effect"\n',
    "scoring.toml": "[kinds.operations]\ncontent = 0.75\nform = 0.25\n[bands]\ngood = 60\n",
    "lexicons/es.toml": 'function = ["el", "la"]\n',
    QUESTION: """\
id = "first-users"
topic = "growth"
kind = "operations"
roles = ["product-manager"]
levels = ["graduate"]
interviewers = ["experience", "on-the-spot"]
seconds = 150

[[criteria]]
id = "channels"
weight = 60

[[criteria]]
id = "effect"
weight = 40
""",
    "texts/es/names.toml": """\
topic.growth = "Crecimiento"
role.product-manager = "Product manager"
level.graduate = "Recién graduado"
""",
    "texts/es/criteria.toml": """\
[criteria.effect]
name = "Efecto"
looks_for = "que digas qué cambió"
advice = "Di el antes y el después."
concepts = ["pasamos de"]
[criteria.effect.follow_up]
experience = "¿Qué cambió?"
on-the-spot = "¿Qué esperas?"
""",
    TEXT: '''\
title = "Primeros usuarios"
prompt = "¿Cómo conseguirías los primeros usuarios?"
rephrased = "La app está vacía. ¿De dónde sacas gente?"
hint = "Piensa en dónde están."
model_answer = """
Primero miro los canales.
Después pruebo dos.
"""

[criteria.channels]
name = "Canales"
looks_for = "que compares canales"
advice = "Nombra dos canales."
concepts = ["canales de captación", "por dónde llega/entra la gente"]
explanations = ["según el producto"]
[criteria.channels.follow_up]
experience = "¿Cuál usaste?"
on-the-spot = "¿Cuál usarías?"

[[misconceptions]]
id = "one-channel"
criterion = "channels"
phrases = ["un solo canal"]
says = "Con uno solo te la juegas."
''',
    SAMPLES: """\
[[samples]]
name = "good"
style = "spoken"
min = 60
max = 100
earns = ["channels", "effect"]
text = "Primero miré los canales."
""",
}


@dataclass(frozen=True)
class Folder:
    """A bank folder; `problems` and `lints` are the printed lines."""

    root: Path

    def write(self, file: str, content: str | bytes) -> Folder:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def remove(self, file: str) -> Folder:
        (self.root / file).unlink()
        return self

    def add(self, file: str, text: str) -> Folder:
        return self.write(file, (self.root / file).read_text("utf-8") + text)

    def replace(self, file: str, old: str, new: str) -> Folder:
        text = (self.root / file).read_text("utf-8")
        assert old in text
        return self.write(file, text.replace(old, new))

    def problems(self) -> list[str]:
        try:
            load_bank(self.root)
        except BankError as error:
            return str(error).splitlines()
        return []

    def lints(self, lang: str | None = None) -> list[str]:
        return [str(problem) for problem in check_bank(self.root, lang).problems]


def make_bank(root: Path) -> Folder:
    folder = Folder(root)
    for file, text in FILES.items():
        folder.write(file, text)
    return folder


@pytest.fixture
def bank(tmp_path: Path) -> Folder:
    return make_bank(tmp_path)
