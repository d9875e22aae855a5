"""Draws SVG as PNG, with our own fonts only: the same picture on every machine."""

from __future__ import annotations

from functools import cache

from bot.resources import data_folder


class NotDrawn(Exception):
    """The picture could not be drawn; the message says why."""


def png(svg: str) -> bytes:
    """The picture as a PNG file, the same bytes every time.

    Takes about an eighth of a second, in which no other thread runs (resvg keeps the lock), so one
    of its own would help nobody.

    Raises `NotDrawn`.
    """
    try:
        from resvg_py import svg_to_bytes  # noqa: PLC0415 - few messages have a picture

        return bytes(svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=_fonts()))
    except Exception as error:
        raise NotDrawn(f"{type(error).__name__}: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust; it cannot be imported
            raise
        raise NotDrawn(str(error)) from error


@cache
def _fonts() -> list[str]:
    fonts = sorted((data_folder("prompts") / "pictures" / "fonts").glob("*.otf"))
    return [str(font) for font in fonts]
