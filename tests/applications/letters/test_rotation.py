"""The lines of a log that is rotated: all of them and in their order, or none."""

import bz2
import gzip
import lzma
import os
from datetime import timedelta

import pytest

from applications.letters import rotation
from applications.letters.errors import EvidenceAway

UNREADABLE = {
    "mail.log.1.gz": b"no archive",
    "mail.log.2.gz": gzip.compress(b"a line\n" * 100)[:-20],
    "mail.log-20260302.gz": gzip.compress(b"")[:10] + b"\xff" * 20,
    "mail.log.1.bz2": b"no archive",
    "mail.log.1.xz": b"no archive",
    "mail.log.1.zst": b"packed as nobody here can read it",
}


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "mail.log"
    path.write_text("newest\n")
    return path


def write(file, content, written_at):
    file.write_bytes(content)
    os.utime(file, (written_at.timestamp(), written_at.timestamp()))


def read(log, since):
    return "".join(rotation.lines(log, since=since)).split()


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("mail.log.1", bytes),
        ("mail.log-20260302", bytes),
        ("mail.log-2026-03-02", bytes),
        ("mail.log.2.gz", gzip.compress),
        ("mail.log.20260302-093000.bz2", bz2.compress),
        ("mail.log-20260302.xz", lzma.compress),
    ],
)
def test_what_was_rotated_since_then_comes_first(log, now, name, pack):
    write(log.with_name(name), pack(b"older\n"), now)
    assert read(log, now) == ["older", "newest"]


def test_what_was_rotated_before_is_left_unread(log, now):
    write(log.with_name("mail.log.1.gz"), b"no archive", now - timedelta(seconds=1))
    assert read(log, now) == ["newest"]


def test_rotated_logs_come_by_their_time_and_not_by_their_names(log, now):
    names = ("mail.log.2", "mail.log.10", "mail.log-20250101", "mail.log.1")
    for number, name in enumerate(names):
        write(log.with_name(name), f"{name}\n".encode(), now + timedelta(seconds=number))
    assert read(log, now) == [*names, "newest"]


@pytest.mark.parametrize("name", UNREADABLE)
def test_one_that_cannot_be_read_is_not_passed_over(log, now, name):
    """Nor one that is being packed this very moment."""
    write(log.with_name(name), UNREADABLE[name], now)
    with pytest.raises((EvidenceAway, OSError, *rotation.UNREADABLE)):
        read(log, now)


def test_other_files_beside_it_are_none_of_it(log, now):
    for name in ("mail.log.pos", "mail.log.offset", "mail.logs.1", "mail.err.1", "old-mail.log.1"):
        write(log.with_name(name), b"another\n", now)
    log.with_name("mail.log.d").mkdir()
    assert read(log, now) == ["newest"]


def test_it_may_be_named_by_a_link(log, now, tmp_path):
    write(log.with_name("mail.log.1"), b"older\n", now)
    link = tmp_path / "elsewhere" / "mail.log"
    link.parent.mkdir()
    link.symlink_to(log)
    assert read(link, now) == ["older", "newest"]


@pytest.mark.parametrize("is_copied", [False, True])
def test_one_that_is_rotated_while_it_is_read_tells_so(log, now, is_copied):
    """By a new name, or by a copy before it is emptied."""
    lines = rotation.lines(log, since=now)
    next(lines)
    rotated = log.with_name("mail.log.1")
    if is_copied:
        rotated.write_text(log.read_text())
    else:
        log.rename(rotated)
    log.write_text("")
    with pytest.raises(EvidenceAway, match="rotated while it was read"):
        list(lines)
    assert read(log, now) == ["newest"]


def test_one_that_grows_while_it_is_read_was_not_rotated(log, now):
    lines = rotation.lines(log, since=now)
    next(lines)
    with log.open("a") as file:
        file.write("newer\n")
    assert list(lines) in ([], ["newer\n"])
