"""A small clamd for tests: it speaks INSTREAM on a real socket and says what it is told to."""

import socketserver
import threading
from contextlib import contextmanager

# What every scanner knows for its test, in parts: whole, it would be found in this repository.
# https://www.eicar.org/download-anti-malware-testfile/
EICAR = (
    r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS" + r"-TEST-FILE!$H+H*"
).encode()


class Clamd(socketserver.ThreadingTCPServer):
    """Finds EICAR in what it is sent. ``reply`` is said instead, if it is set; "" hangs up."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.reply = None
        self.max_length = 1024 * 1024
        self.scanned = []

    @property
    def url(self):
        return f"tcp://127.0.0.1:{self.server_address[1]}"


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(length)
            if len(content) > self.server.max_length:
                return self.say("INSTREAM size limit exceeded. ERROR")
        self.server.scanned.append(content)
        if self.server.reply is None:
            found = "Eicar-Test-Signature FOUND" if EICAR in content else "OK"
            return self.say(f"stream: {found}")
        return self.say(self.server.reply)

    def say(self, reply):
        if reply:
            self.wfile.write(reply.encode() + b"\0")


@contextmanager
def clamd():
    with Clamd() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
