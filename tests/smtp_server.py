"""A small SMTP server for tests: it says what it is told to say and keeps what it accepted."""

import socketserver
import threading
from contextlib import contextmanager
from queue import SimpleQueue


class SmtpServer(socketserver.ThreadingTCPServer):
    """Speaks enough of RFC 5321 for one client; ``replies`` overrides its answer to a command."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.replies = {}
        self.accepted = []
        self.unfinished = SimpleQueue()
        self.hangs_up_after_body = False
        self.hangs_up_within_body = False

    @property
    def port(self):
        return self.server_address[1]


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 mx.example.com ESMTP")
        while line := self.rfile.readline().decode().strip():
            command = line.split(maxsplit=1)[0].upper()
            if command == "DATA":
                if self.take_body():
                    return
            else:
                self.say(self.reply_to(command))

    def reply_to(self, command):
        """A list of replies is used up one by one."""
        reply = self.server.replies.get(command, "250 OK")
        return reply.pop(0) if isinstance(reply, list) else reply

    def take_body(self):
        """Returns whether the session is over; a body without its final dot is not accepted."""
        self.say("354 End data with a dot")
        lines = []
        while not self.server.hangs_up_within_body and (line := self.rfile.readline()):
            if line == b".\r\n":
                return self.end_body(b"".join(lines))
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.server.unfinished.put(b"".join(lines))
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
        self.wfile.write(f"{reply}\r\n".encode())


@contextmanager
def smtp_server():
    with SmtpServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
