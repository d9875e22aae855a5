"""The command line: what there is to call, and how errors are told.

Exit codes: 0 well, 1 failed, 2 wrong use. Errors go to standard error and say what is wrong and
what to do; a traceback is shown with `--debug` only. What a command does not need is not
imported.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import importlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]

FAILED, WRONG_USE = 1, 2
STRICT = ("talk:chat", "talk:telegram", "judge:score")  # others read banks, and tell of errors


class WrongUse(Exception):
    """The command was called in a way that cannot work; the message says what to do."""


class Failed(Exception):
    """The command could not do its work; the message says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    _open_streams()
    debug = False
    try:
        options = _options(arguments)
        debug = options.debug
        code = _command(options.run)(options)
        sys.stdout.flush()  # a full disk or a closed pipe is to be told here, not at the exit
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return _quiet()
    except Exception as error:
        if debug:
            raise
        if isinstance(error, OSError) and error.errno == errno.EIO:
            return _quiet()  # the terminal is gone: there is nobody to tell
        code, text = _told(error)
        print(f"simulacro: {text}", file=sys.stderr)  # noqa: T201
        with contextlib.suppress(OSError, ValueError):
            _quiet()
        return code


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    try:
        return _parser().parse_args(arguments)
    except SystemExit:
        sys.stdout.flush()  # of --help and --version, likewise
        raise


def _open_streams() -> None:
    """Make sure there is something to read and write, and that no character stops the output."""
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    """The function `module:function` of `bot.commands`."""
    module, _, function = name.partition(":")
    found: Callable[[argparse.Namespace], int] = getattr(
        importlib.import_module(f"bot.commands.{module}"), function
    )
    return found


def _quiet() -> int:
    """Whoever read our output is gone: no more of it, also not when Python closes it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return 0


def _told(error: Exception) -> tuple[int, str]:
    """Exit code and text for an error; only kinds meant for people are shown as they are."""
    if isinstance(error, WrongUse):
        return WRONG_USE, str(error)
    if isinstance(error, Failed) or type(error).__name__ in ("StoreError", "BankError"):
        return FAILED, str(error)
    if isinstance(error, OSError):
        return FAILED, f"{error.filename or ''}: {error.strerror or error}".removeprefix(": ")
    return FAILED, (
        f"something unforeseen went wrong ({type(error).__name__}). "
        "Nothing that was acknowledged is lost. Run it again with --debug to see where."
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="simulacro", description="Practise job interviews; every point comes with a receipt."
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and leave")
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _talking(commands)
    _judging(commands)
    _browsing(commands)
    return parser


class _Version(argparse.Action):
    """Looks the version up only when asked: that import takes 40 ms."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        metadata = importlib.import_module("importlib.metadata")
        print(f"simulacro {metadata.version('simulacro')}")  # noqa: T201
        parser.exit()


def _add(commands: _Commands, name: str, run: str, about: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about, description=about.replace("%%", "%"))
    parser.set_defaults(run=run)
    if run in STRICT:
        parser.add_argument(
            "--strict", action="store_true", help="stop at an error in a bank of your own"
        )
    # The same option before and after the command: the later default must not undo the earlier.
    parser.add_argument(
        "--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS
    )
    return parser


def _talking(commands: _Commands) -> None:
    chat = _add(commands, "chat", "talk:chat", "practise here, in the terminal")
    chat.add_argument("--question", metavar="ID", help="begin with this question")
    chat.add_argument("--lang", metavar="LANG", help="language to speak, such as es")
    chat.add_argument(
        "--as", metavar="CODE", dest="code", help="go on with the chat where /link gave this code"
    )
    chat.add_argument("--db", metavar="FILE", help="database to use instead of the usual one")
    telegram = _add(commands, "telegram", "talk:telegram", "serve the Telegram bot (long polling)")
    telegram.add_argument("--db", metavar="FILE", help="database to use instead of the usual one")


def _judging(commands: _Commands) -> None:
    score = _add(commands, "score", "judge:score", "score one answer, or a file of many")
    score.add_argument("--question", metavar="ID", help="the question the answer is to")
    score.add_argument(
        "--lang", metavar="LANG", dest="expected", default="es", help="language expected (es)"
    )
    score.add_argument("--json", action="store_true", help="the scorecard as JSON")
    score.add_argument(
        "--batch",
        metavar="FILE.jsonl",
        help='score lines {"id","question","text"[,"lang"]}, one JSON object a line out',
    )
    score.add_argument("file", nargs="?", metavar="FILE", help="the answer (standard input)")
    about = "compare the scores with those of a panel: lines with panel.overall, 0 to 10"
    evaluate = _add(commands, "evaluate", "measure:evaluate", about)
    evaluate.add_argument("file", metavar="FILE.jsonl", help="the graded answers")
    evaluate.add_argument(
        "--ablate", action="store_true", help="also without each part of the scorer in turn"
    )
    about = "try tricks made from the bank's own texts: at most 2 %% of each may reach 50"
    attack = _add(commands, "attack", "measure:attack", about)
    attack.add_argument("--lang", metavar="LANG", dest="only", help="this language only")
    attack.add_argument("--seed", type=int, default=1, metavar="N", help="other tricks (1)")
    attack.add_argument("--show", metavar="KIND", help="print the tricks of a kind that pass")


def _browsing(commands: _Commands) -> None:
    bank = _add(commands, "bank", "check:check", "the question bank")
    actions = bank.add_subparsers(required=True, metavar="ACTION")
    check = _add(actions, "check", "check:check", "find every error; score all samples")
    check.add_argument("--lang", metavar="LANG", dest="only", help="this language only")
    check.add_argument("--json", action="store_true", help="problems and coverage as JSON")
    check.add_argument("--notes", action="store_true", help="also what may be right as it is")
    check.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="an own bank")
    listed = _add(actions, "list", "browse:bank_list", "all questions, one a line")
    show = _add(actions, "show", "browse:bank_show", "one question with its rubric")
    show.add_argument("id", metavar="ID")
    _authoring(actions)
    for parser in (listed, show):
        parser.add_argument(
            "--lang", metavar="LANG", dest="shown", default="es", help="language (es)"
        )
    _transcripts(commands)


def _authoring(actions: _Commands) -> None:
    schema = _add(actions, "schema", "author:schema", "JSON Schemas, for editors")
    schema.add_argument("folder", type=Path, metavar="FOLDER", help="where to write them")
    new = _add(actions, "new", "author:new", "lay out the files of a question of your own")
    new.add_argument("id", metavar="ID", help="small letters, digits, hyphens")
    new.add_argument("--topic", default="career", metavar="TOPIC", help="its folder (career)")
    new.add_argument("--kind", default="operations", metavar="KIND", help="(operations)")
    new.add_argument(
        "--lang",
        action="append",
        dest="langs",
        metavar="LANG",
        help="once for each language (es)",
    )
    new.add_argument("--bank", type=Path, metavar="FOLDER", help="your bank (SIMULACRO_BANK)")
    tried = _add(actions, "try", "author:try_", "paste answers, see why they score as they do")
    tried.add_argument("id", metavar="ID")
    tried.add_argument(
        "--lang", metavar="LANG", dest="expected", default="es", help="language (es)"
    )


def _page(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text[:7]) < 1_000_000:
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is no page, expected 1, 2, 3 ...")
    return int(text[:7])


def _transcripts(commands: _Commands) -> None:
    transcripts = _add(commands, "transcripts", "browse:transcripts_list", "past sessions")
    actions = transcripts.add_subparsers(required=True, metavar="ACTION")
    listed = _add(actions, "list", "browse:transcripts_list", "past sessions, newest first")
    listed.add_argument("--page", type=_page, default=1, metavar="N", help="page, from 1")
    show = _add(actions, "show", "browse:transcripts_show", "one session, scores and quotes")
    export = _add(actions, "export", "browse:transcripts_export", "one session as a file")
    export.add_argument("--format", choices=("html", "json"), default="html")
    for parser in (show, export):
        parser.add_argument("id", metavar="ID", help="as `transcripts list` shows it")
    for parser in (listed, show, export):
        parser.add_argument("--db", metavar="FILE", help="database to read")
