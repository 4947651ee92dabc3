"""A small SMTP server for tests: it says what it is told to say and keeps what it accepted."""

import socket
import socketserver
import struct
import threading
from contextlib import contextmanager, suppress
from queue import SimpleQueue


class SmtpServer(socketserver.ThreadingTCPServer):
    """Speaks enough of RFC 5321 for one client; ``replies`` overrides its answer to a command.

    With ``tls``, an SSLContext, it speaks STARTTLS, or only TLS if ``tls_at_once`` is set too.
    ``leaves_at`` is a line of the body after which it says its ``last_words`` and goes, ``gone``
    says that it has; with ``is_rude`` it resets the connection. It reads no line after
    ``stops_at``. Its replies that begin with ``drips`` come a byte now and then, of
    which ``has_dripped`` says the end.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.replies = {}
        self.accepted = []
        self.commands = []
        self.unfinished = SimpleQueue()
        self.hangs_up_after_body = False
        self.hangs_up_within_body = False
        self.tls = None
        self.tls_at_once = False
        self.leaves_at = None
        self.last_words = ""
        self.is_rude = False
        self.gone = threading.Event()
        self.stops_at = None
        self.drips = None
        self.has_dripped = threading.Event()
        self.may_go_on = threading.Event()

    def handle_error(self, _request, _client_address):
        """Clients leave early in many a test; what they made of it is told by them."""

    @property
    def port(self):
        return self.server_address[1]


class _Session(socketserver.StreamRequestHandler):
    def setup(self):
        if self.server.tls_at_once:
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def finish(self):
        with suppress(OSError):
            super().finish()
        # After TLS began it is another one than the server knows of.
        self.request.close()

    def handle(self):
        self.say("220 mx.example.com ESMTP")
        while line := self.rfile.readline().decode().strip():
            command = line.split(maxsplit=1)[0].upper()
            self.server.commands.append(command)
            if command == "DATA":
                if self.take_body():
                    return
            elif command == "STARTTLS":
                self.start_tls()
            else:
                self.say(self.reply_to(command))

    def start_tls(self):
        self.say("220 Go ahead")
        self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def reply_to(self, command):
        """A list of replies is used up one by one."""
        default = "250-mx.example.com\r\n250 STARTTLS" if command == "EHLO" else "250 OK"
        reply = self.server.replies.get(command, default)
        return reply.pop(0) if isinstance(reply, list) else reply

    def take_body(self):
        """Returns whether the session is over; a body without its final dot is not accepted."""
        self.say("354 End data with a dot")
        lines = []
        while not self.server.hangs_up_within_body and (line := self.rfile.readline()):
            if line == b".\r\n":
                return self.end_body(b"".join(lines))
            lines.append(line[1:] if line.startswith(b"..") else line)
            if line == self.server.leaves_at:
                return self.leave()
            if line == self.server.stops_at:
                self.server.may_go_on.wait(30)
        self.server.unfinished.put(b"".join(lines))
        return True

    def leave(self):
        if self.server.last_words:
            self.say(self.server.last_words)
        if self.server.is_rude:
            self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        for end in (self.rfile, self.wfile, self.request):
            end.close()
        self.server.gone.set()
        return True

    def end_body(self, body):
        reply = self.server.replies.get("DATA", "250 2.0.0 Queued as 4XyZ")
        if reply.startswith("2"):
            self.server.accepted.append(body)
        if self.server.hangs_up_after_body:
            return True
        self.say(reply)
        return False

    def say(self, reply):
        if self.server.drips and reply.startswith(self.server.drips):
            self.drip(f"{reply[:3]}-{'x' * 200}\r\n")
        self.wfile.write(f"{reply}\r\n".encode())

    def drip(self, line):
        for byte in line.encode():
            self.server.may_go_on.wait(0.02)
            self.wfile.write(bytes([byte]))
        self.server.has_dripped.set()


@contextmanager
def smtp_server():
    with SmtpServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
