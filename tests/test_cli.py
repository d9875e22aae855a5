"""The commands as a person or a script calls them: what they print, and the exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import main

ROOT = Path(__file__).parents[1]
GRADED = ROOT / "tests" / "data" / "graded_es.jsonl"
ANSWER = "Probamos seis canales y medimos el coste de cada cliente: pasamos de 200 a 900 altas."


@pytest.fixture(autouse=True)
def own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has a database of its own, and no settings from outside."""
    database = tmp_path / "cli.db"
    monkeypatch.setenv("SIMULACRO_DATABASE", str(database))
    for name in ("SIMULACRO_BANK", "SIMULACRO_LANG", "TELEGRAM_BOT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return database


def piped(
    *arguments: str, data: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run `simulacro` as a process."""
    import os

    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=data,
        capture_output=True,
        cwd=ROOT,
        env=os.environ | environment,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    "command",
    ["", "chat", "telegram", "score", "evaluate", "attack", "bank check", "transcripts export"],
)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command.split(), "--help"])
    assert ended.value.code == 0
    assert "usage: simulacro" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [[], ["nope"], ["bank"], ["bank", "nope"], ["score", "--nope"]])
def test_wrong_use_ends_with_2(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2


def test_score_prints_a_card_that_quotes_the_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answer.txt"
    file.write_text(ANSWER, "utf-8")
    assert main(["score", "--question", "user-growth", str(file)]) == 0
    out = capsys.readouterr().out
    assert "/100" in out
    assert "de 200 a 900 altas" in out


def test_score_as_json_has_the_stable_fields() -> None:
    done = piped("score", "--question", "user-growth", "--json", data=ANSWER.encode())
    card = json.loads(done.stdout)
    assert set(card) == {"id", "score", "gate", "lang", "criteria"}
    for criterion in card["criteria"]:
        assert set(criterion) == {"id", "level", "points", "max", "evidence"}
        for found in criterion["evidence"]:
            assert ANSWER[found["start"] : found["end"]] == found["text"]


@pytest.mark.parametrize(
    "data", [b"", b"\x00\xff\xfe", "🙂".encode() * 50, b"a" * 100_000, "مرحبا".encode()]
)
def test_score_takes_any_bytes(data: bytes) -> None:
    done = piped("score", "--question", "retention", "--json", data=data)
    assert done.returncode == 0, done.stderr
    assert 0 <= json.loads(done.stdout)["score"] <= 20


def test_an_unknown_question_names_close_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "--question", "user-grwth"]) == 2
    assert "user-growth" in capsys.readouterr().err
    assert main(["chat", "--question", "user-grwth"]) == 2
    assert "user-growth" in capsys.readouterr().err


def test_a_batch_gives_one_line_an_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        {"id": 2**60, "question": "user-growth", "text": ANSWER},
        {"id": "b", "question": "retention", "text": "", "lang": "es"},
    ]
    file = tmp_path / "batch.jsonl"
    file.write_text("\n\n".join(json.dumps(line) for line in lines), "utf-8")
    assert main(["score", "--batch", str(file)]) == 0
    scored = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["id"] for one in scored] == [2**60, "b"]
    assert scored[1]["gate"] == "empty"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 1: is not JSON"),
        ("[" * 5000, "line 1: is not JSON"),
        ("[]", "expected an object"),
        ('{"question": "retention", "text": "x"}', "id is missing"),
        ('{"id": 1, "question": "nope", "text": "x"}', "expected the id of a question"),
        ('{"id": 1, "question": "retention", "text": 3}', "expected a text"),
    ],
)
def test_a_bad_line_is_named(
    line: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "batch.jsonl"
    file.write_text(line, "utf-8")
    assert main(["score", "--batch", str(file)]) == 1
    error = capsys.readouterr().err
    assert told in error
    assert "Traceback" not in error


def test_files_that_are_not_there_or_folders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(tmp_path / "nope.jsonl")]) == 1
    assert "nope.jsonl" in capsys.readouterr().err
    assert main(["score", "--question", "retention", str(tmp_path)]) == 2


def test_evaluate_prints_agreement_by_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(GRADED)]) == 0
    rows = capsys.readouterr().out.splitlines()
    overall = next(row for row in rows if row.startswith("all ")).split()
    assert overall[1] == "120"
    assert float(overall[2]) >= 0.80
    assert "false accepts: none" in rows
    assert any(row.startswith("wrong-confident ") for row in rows)
    bands = [row.split()[2:] for row in rows if row.startswith("panel ")]
    assert sum(int(count) for row in bands for count in row) == 120


def test_the_bank_is_sound_and_can_be_browsed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bank", "check"]) == 0
    assert main(["bank", "list"]) == 0
    assert "user-growth" in capsys.readouterr().out
    assert main(["bank", "show", "user-growth"]) == 0
    assert "Crecimiento de usuarios (user-growth)" in capsys.readouterr().out


def test_a_broken_bank_tells_all_its_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bank.toml").write_text("version = 3\nextra = 1\n", "utf-8")
    assert main(["bank", "check", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "bank.toml: version: is not known here, expected one of off" in out
    assert "bank.toml: extra:" in out


def test_a_piped_answer_runs_to_its_scorecard_and_is_found_again() -> None:
    done = piped("chat", "--question", "user-growth", data=f"{ANSWER}\n".encode())
    assert done.returncode == 0, done.stderr
    assert "/100" in done.stdout.decode()
    listed = piped("transcripts", "list").stdout.decode()
    [line] = listed.splitlines()
    session = line.split()[0]
    shown = piped("transcripts", "show", session).stdout.decode()
    assert ANSWER in shown
    page = piped("transcripts", "export", session, "--format", "html").stdout.decode()
    assert page.startswith("<!doctype html>")
    exported = json.loads(piped("transcripts", "export", session, "--format", "json").stdout)
    assert ANSWER in json.dumps(exported, ensure_ascii=False)


def test_an_unknown_session_says_where_to_look(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["transcripts", "show", "nope"]) == 1
    assert "transcripts list" in capsys.readouterr().err


def test_a_store_that_cannot_be_used_is_told_without_a_traceback(tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is no database" * 100)
    done = piped("chat", "--db", str(broken), data=b"hola\n")
    assert done.returncode == 1
    assert b"broken.db" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_setting_that_cannot_be_is_named() -> None:
    done = piped("chat", data=b"", SIMULACRO_TELEGRAM_RATE="fast")
    assert done.returncode == 2
    assert b"SIMULACRO_TELEGRAM_RATE" in done.stderr


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m bot bank show user-growth | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, cwd=ROOT, check=False)
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("SIMULACRO_LANG", "zz", "expected one of: en, es, zh"),
        ("SIMULACRO_LANG", "../../etc", "expected one of: en, es, zh"),
        ("SIMULACRO_DATABASE", "postgresql://u:secret@h/db", "expected the path of a file"),
        ("SIMULACRO_DATABASE", "/", "is a folder"),
        ("SIMULACRO_DATABASE", "~nobody-of-that-name/x.db", "no such user"),
    ],
)
def test_a_setting_that_cannot_work_is_wrong_use(
    setting: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(setting, value)
    done = piped("chat")
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert b"secret" not in done.stderr


def test_output_that_cannot_take_spanish_still_comes() -> None:
    done = piped("bank", "show", "user-growth", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    scored = piped(
        "score",
        "--question",
        "user-growth",
        "--json",
        data="Así pasamos de 10 a 20 años, ñandú.".encode(),
        PYTHONIOENCODING="ascii",
    )
    assert json.loads(scored.stdout)


def test_a_full_disk_is_told_and_fails() -> None:
    for arguments in (["--version"], ["bank", "list"]):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "bot", *arguments],
                stdout=full,
                stderr=subprocess.PIPE,
                cwd=ROOT,
                check=False,
            )
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr


def test_closed_streams_are_no_error() -> None:
    command = f"{sys.executable} -m bot bank list >&- 2>&- <&-"
    assert subprocess.run(command, shell=True, cwd=ROOT, check=False).returncode == 0


def test_json_lines_may_hold_what_other_tools_take_for_line_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "batch.jsonl"
    line = {"id": "a\u2028b\u0085", "question": "retention", "text": "hola\u2028adiós"}
    file.write_text("\ufeff" + json.dumps(line, ensure_ascii=False), "utf-8")
    assert main(["score", "--batch", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "a\u2028b\u0085"
    file.write_text('{"id": NaN, "question": "retention", "text": "x"}', "utf-8")
    assert main(["score", "--batch", str(file)]) == 1


def test_an_id_cannot_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "graded.jsonl"
    evil = {"id": "\x1b]0;PWN\x07", "question": "retention", "text": "", "panel": {"overall": 9}}
    file.write_text(json.dumps(evil), "utf-8")
    assert main(["evaluate", str(file)]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_a_page_far_away_is_wrong_use() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["transcripts", "list", "--page", "9" * 20])
    assert ended.value.code == 2


def test_score_at_a_terminal_marks_what_earned_points(tmp_path: Path) -> None:
    answer = tmp_path / "answer.txt"
    answer.write_text(str(json.loads(GRADED.read_text("utf-8").splitlines()[1])["text"]), "utf-8")
    command = [sys.executable, "-m", "bot", "score", "--question", "operating-plan", str(answer)]
    reader, writer = os.openpty()
    environment = {**os.environ, "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    with subprocess.Popen(command, stdout=writer, env=environment) as process:
        os.close(writer)
        shown = b""
        while chunk := _read_terminal(reader):
            shown += chunk
    os.close(reader)
    assert process.returncode == 0
    assert b"\x1b[1;3" in shown  # bold and coloured
    assert "●●●".encode() in shown


def _read_terminal(reader: int) -> bytes:
    """What there is to read; nothing once the other side is closed."""
    try:
        return os.read(reader, 65536)
    except OSError:
        return b""
