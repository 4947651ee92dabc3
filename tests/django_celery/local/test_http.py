import socketserver
import threading

import pytest

from django_celery.local.http import authorization, fetch, request


@pytest.mark.parametrize("url", ["http://example.com/", "file:///etc/passwd", "http://127.0.0.1/"])
def test_only_parts_of_this_machine_are_asked(url):
    with pytest.raises(ValueError, match="is not on this machine"):
        request(url)


def test_a_login_travels_as_basic_authentication():
    assert authorization("Aladdin:open sesame") == {
        "Authorization": "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    }


class DyingServer(socketserver.StreamRequestHandler):
    """Its process ends in the middle of an answer, or before the first word of it."""

    said = b""

    def handle(self):
        self.rfile.readline()
        self.wfile.write(self.said)


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", b"no HTTP\r\n"]
)
def test_an_answer_that_breaks_off_is_none(said):
    handler = type("Handler", (DyingServer,), {"said": said})
    with socketserver.TCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.handle_request).start()
        with pytest.raises(OSError):
            fetch(request(f"http://127.0.0.1:{server.server_address[1]}/"))
