import asyncio
import contextlib
import time

from benchmarks import distant
from django_celery.local.ports import LOOPBACK, Ports, answers

DELAY = 0.05


async def echo(reader, writer):
    writer.write(await reader.readline())
    writer.close()


@contextlib.asynccontextmanager
async def far_away():
    """The port of a server that sends one line back, and one from which that is far away."""
    ports = Ports()
    near, far = ports.take(), ports.take()
    server = await asyncio.start_server(echo, LOOPBACK, near)
    passing = asyncio.create_task(distant.serve(far, to=near, delay=DELAY))
    while not answers(far):
        await asyncio.sleep(0.01)
    async with server:
        yield server, far
        passing.cancel()


async def ask(port, line):
    reader, writer = await asyncio.open_connection(LOOPBACK, port)
    writer.write(line)
    answer = await reader.read()
    writer.close()
    return answer


def test_every_byte_arrives_and_a_round_trip_takes_both_ways():
    async def exchange():
        async with far_away() as (_server, port):
            began = time.monotonic()
            return await ask(port, b"hello\n"), time.monotonic() - began

    answer, seconds = asyncio.run(exchange())

    assert answer == b"hello\n"
    # Two for the connection, one there, one back.
    assert seconds >= 4 * DELAY


def test_line_is_closed_when_nobody_is_at_its_other_end():
    async def exchange():
        async with far_away() as (server, port):
            server.close()
            await server.wait_closed()
            return await asyncio.wait_for(ask(port, b"hello\n"), 5)

    with contextlib.suppress(ConnectionError):
        assert asyncio.run(exchange()) == b""
