import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.backup import BackupUnreadable, seal, unseal
from applications.backup.streams import PIECE

KEY = "correct horse"


def cut(content, size):
    return [content[start : start + size] for start in range(0, len(content), size)]


def sealed(content):
    return b"".join(seal([content], KEY))


@given(st.binary(max_size=3000), st.integers(min_value=1, max_value=999))
def test_what_is_sealed_comes_back_however_it_is_cut(content, size):
    whole = b"".join(seal(cut(content, size), KEY))
    assert b"".join(unseal(cut(whole, size), KEY)) == content


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_pieces_at_their_edges(length):
    content = bytes(length)
    assert b"".join(unseal([sealed(content)], KEY)) == content


def test_the_same_stream_is_never_sealed_the_same_way():
    assert sealed(b"content") != sealed(b"content")


def pieces_of(whole):
    head, rest = whole[:39], whole[39:]
    return [head, *cut(rest, PIECE + 16)]


@pytest.mark.parametrize(
    "tamper",
    [
        lambda head, one, two, three: [head, one, three, two],
        lambda head, one, two, three: [head, one, two],
        lambda head, one, two, three: [head, one, three],
        lambda head, one, two, three: [head, one, two, three, three],
        lambda head, one, two, three: [head, one, two, three[:-1]],
        lambda head, one, two, three: [head, one[:-1] + bytes([one[-1] ^ 1]), two, three],
        lambda head, one, two, three: [head],
        lambda head, one, two, three: [head[:20]],
    ],
)
def test_no_piece_is_moved_left_out_repeated_or_changed_unnoticed(tamper):
    whole = sealed(bytes(2 * PIECE + 5))
    with pytest.raises(BackupUnreadable, match="does not open"):
        list(unseal(tamper(*pieces_of(whole)), KEY))


def test_another_key_opens_nothing():
    with pytest.raises(BackupUnreadable, match="does not open"):
        list(unseal([sealed(b"content")], "another"))


@pytest.mark.parametrize("content", [b"", b"PGDMP", b"x" * 1000])
def test_what_was_never_sealed_is_told_as_such(content):
    with pytest.raises(BackupUnreadable, match="no sealed backup"):
        list(unseal([content], KEY))
