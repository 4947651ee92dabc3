"""The company's brand, as it is now or as this process last saw it."""

from applications.models import Brand


class _Memory:
    brand: Brand | None = None


_memory = _Memory()


def current() -> Brand:
    """The brand, without its logo's bytes: one query. Raises what the database raises."""
    _memory.brand = Brand.objects.defer("logo").first() or Brand()
    return _memory.brand


def remembered() -> Brand:
    """The brand without asking the database, for what must be shown while that is away."""
    return _memory.brand or Brand()
