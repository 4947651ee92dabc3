"""``python -m benchmarks.distant``: a port from which the server behind it is far away."""

import argparse
import asyncio
from asyncio import Queue, StreamReader, StreamWriter
from functools import partial

from django_celery.local.ports import LOOPBACK

_CHUNK = 64 * 1024


async def serve(port: int, *, to: int, delay: float) -> None:
    """Pass on what comes, in both directions, each byte ``delay`` seconds later."""
    server = await asyncio.start_server(partial(_join, to=to, delay=delay), LOOPBACK, port)
    async with server:
        await server.serve_forever()


async def _join(reader: StreamReader, writer: StreamWriter, *, to: int, delay: float) -> None:
    try:
        await asyncio.sleep(2 * delay)  # what a connection takes to be made
        far_reader, far_writer = await asyncio.open_connection(LOOPBACK, to)
        await asyncio.gather(
            _carry(reader, far_writer, delay),
            _carry(far_reader, writer, delay),
            return_exceptions=True,
        )
    finally:
        writer.close()


async def _carry(reader: StreamReader, writer: StreamWriter, delay: float) -> None:
    under_way: Queue[tuple[float, bytes]] = Queue()
    now = asyncio.get_running_loop().time
    arriving = asyncio.create_task(_arrive(under_way, writer))
    try:
        while chunk := await reader.read(_CHUNK):
            under_way.put_nowait((now() + delay, chunk))
    finally:
        # However this end was closed, the other one is, too.
        under_way.put_nowait((now() + delay, b""))
        await arriving


async def _arrive(under_way: Queue[tuple[float, bytes]], writer: StreamWriter) -> None:
    now = asyncio.get_running_loop().time
    while True:
        due, chunk = await under_way.get()
        await asyncio.sleep(due - now())
        if not chunk:
            writer.close()
            return
        writer.write(chunk)
        await writer.drain()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.distant", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--to", type=int, required=True)
    parser.add_argument("--delay", type=float, required=True, help="one way, in seconds")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(serve(**vars(_arguments())))
