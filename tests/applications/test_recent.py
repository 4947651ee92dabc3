from applications.recent import Recent


class Clock:
    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


def test_what_was_kept_is_found_by_its_hash():
    recent = Recent(room=10, lasting=60)
    recent.keep("a", b"first")
    assert recent.find("a") == b"first"
    assert recent.find("b") is None


def test_the_oldest_make_room():
    recent = Recent(room=10, lasting=60)
    for name in ("a", "b", "c"):
        recent.keep(name, b"1234")
    assert [recent.find(name) for name in ("a", "b", "c")] == [None, b"1234", b"1234"]


def test_what_is_kept_again_takes_its_room_once():
    recent = Recent(room=10, lasting=60)
    for name in ("a", "b", "b", "b"):
        recent.keep(name, b"1234")
    assert recent.find("a") == b"1234"


def test_what_has_no_room_at_all_is_not_kept():
    recent = Recent(room=10, lasting=60)
    recent.keep("a", b"more than ten")
    assert recent.find("a") is None
    recent.keep("b", b"ten bytes.")
    assert recent.find("b") == b"ten bytes."


def test_what_is_past_its_time_is_gone():
    clock = Clock()
    recent = Recent(room=10, lasting=60, clock=clock)
    recent.keep("a", b"1")
    clock.seconds = 30.0
    recent.keep("b", b"2")
    clock.seconds = 61.0
    assert (recent.find("a"), recent.find("b")) == (None, b"2")
