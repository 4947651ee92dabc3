import socket
import threading

import pytest

from applications import scanning
from applications.scanning import ScanFailed, ScannerAway, ScannerBusy
from applications.scanning import clamd as client
from pipelines.definition import Outage
from tests.clamd import EICAR


def test_without_an_address_there_is_no_scanner(settings):
    settings.CLAMAV_URL = ""
    assert not scanning.is_on()
    settings.CLAMAV_URL = "tcp://clamav"
    assert scanning.is_on()


def test_a_clean_file_is_sent_whole_and_found_clean(scanner):
    content = bytes(range(256)) * 1024
    assert scanning.find_virus(content) == ""
    assert scanner.scanned == [content]


def test_a_virus_is_named(scanner):
    assert scanning.find_virus(b"%PDF-1.7 " + EICAR) == "Eicar-Test-Signature"


def test_an_empty_stream_is_clean(scanner):
    assert scanning.find_virus(b"") == ""


def test_beyond_the_scanner_s_own_limit_a_person_must_look(scanner):
    with pytest.raises(ScanFailed, match="StreamMaxLength"):
        scanning.find_virus(bytes(4 * 1024 * 1024))


@pytest.mark.parametrize("reply", ["", "Can't allocate memory ERROR", "stream: OKAY", "UNKNOWN"])
def test_what_is_no_verdict_is_never_taken_for_clean(scanner, reply):
    scanner.reply = reply
    with pytest.raises(ScannerBusy) as raised:
        scanning.find_virus(b"x")
    assert not isinstance(raised.value, Outage)


def test_no_verdict_in_time_says_nothing_of_other_files(scanner, settings, monkeypatch):
    monkeypatch.setattr(client, "_REPLY_TIMEOUT", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.CLAMAV_URL = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ScannerBusy, match="in time") as raised:
            scanning.find_virus(b"x")
    assert not isinstance(raised.value, Outage)


def test_a_scanner_that_is_away_is_an_outage(settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.CLAMAV_URL = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
    with pytest.raises(ScannerAway, match="does not answer"):
        scanning.find_virus(b"x")


def test_a_scanner_on_a_socket_of_this_machine(settings, tmp_path):
    path = tmp_path / "clamd.ctl"
    settings.CLAMAV_URL = f"unix://{path}"
    with pytest.raises(ScannerAway):
        scanning.find_virus(b"x")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        thread = threading.Thread(target=answer_clean, args=(server,))
        thread.start()
        assert scanning.find_virus(b"x") == ""
        thread.join()


def answer_clean(server):
    connection, _address = server.accept()
    with connection, connection.makefile("rb") as sent:
        assert sent.read(10 + 4 + 1 + 4) == b"zINSTREAM\0\0\0\0\x01x\0\0\0\0"
        connection.sendall(b"stream: OK\0")
