import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from django_celery.local import conditions, redis
from django_celery.local.ports import Ports
from django_celery.local.process import Part, Process
from tests.django_celery.local.waiting import wait_for


class BehindLogin(BaseHTTPRequestHandler):
    def do_GET(self):
        well = self.headers["Authorization"] == "Basic YTpi"
        self.send_response(200 if well else 401)
        self.end_headers()

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def process(tmp_path) -> Process:
    part = Part(name="x", command=(sys.executable, "-V"), is_ready=conditions.prints("Python 3"))
    return Process(part, folder=tmp_path)


@pytest.fixture
def site() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), BehindLogin) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_server_is_up_when_it_answers_with_success(process, site):
    assert conditions.answers(site, login="a:b")(process)
    assert not conditions.answers(site, login="a:c")(process)
    assert not conditions.answers(site)(process)
    assert not conditions.answers(f"http://127.0.0.1:{Ports().take()}/")(process)


def test_a_process_is_up_when_it_has_said_so(process):
    process.start()
    wait_for(lambda: not process.alive)
    process.stop()
    assert conditions.prints("Python 3")(process)
    assert not conditions.prints("Perl")(process)


def test_a_worker_is_not_up_while_its_broker_is_away(process):
    broker = f"redis://127.0.0.1:{Ports().take()}/0"
    assert not conditions.pongs("render", broker=broker)(process)


def test_a_worker_is_not_up_when_its_broker_dies_while_it_is_asked(process, running, tmp_path):
    port = Ports().take()
    broker = running(redis.part(port, folder=tmp_path / "redis"))
    condition = conditions.pongs("render", broker=redis.url(port))
    death = threading.Timer(0.3, broker.kill)
    death.start()
    assert not condition(process)
    death.join()
    assert not condition(process)
