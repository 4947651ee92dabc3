"""A stand-in for the module ``time``."""


class SleepingTime:
    """Passes only while somebody sleeps."""

    def __init__(self):
        self.now = 100.0

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds
