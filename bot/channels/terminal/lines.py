"""Lines from a file descriptor, whatever bytes come: a pipe, a file, a simple terminal."""

from __future__ import annotations

import asyncio
import codecs
import os
from collections.abc import AsyncIterator
from threading import Thread

CHUNK = 1 << 16
LONGEST = 200_000  # code points of a line that are kept; no answer may be nearly as long


async def lines(descriptor: int) -> AsyncIterator[str]:
    """The lines until the end of the input, without their line ends.

    Bytes that are no UTF-8 become U+FFFD; of an overlong line the rest is dropped, so that an
    endless one takes no memory.
    """
    decode = codecs.getincrementaldecoder("utf-8-sig")("replace").decode
    line = ""
    while chunk := await _chunk(descriptor):
        *ended, rest = (line + decode(chunk)).split("\n")
        for text in ended:
            yield text[:LONGEST].removesuffix("\r")
        line = rest[:LONGEST]
    line += decode(b"", True)
    if line:
        yield line.removesuffix("\r")


async def _chunk(descriptor: int) -> bytes:
    """The next bytes, empty at the end.

    Read in a daemon thread that holds no lock: waiting for input stops neither Ctrl-C nor the
    end of the process.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[bytes] = loop.create_future()

    def tell(chunk: bytes) -> None:
        if not done.done():
            done.set_result(chunk)

    def read() -> None:
        try:
            chunk = os.read(descriptor, CHUNK)
        except OSError:  # the terminal is gone
            chunk = b""
        if not loop.is_closed():
            loop.call_soon_threadsafe(tell, chunk)

    Thread(target=read, daemon=True).start()
    return await done
