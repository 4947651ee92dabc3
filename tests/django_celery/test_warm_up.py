import gc
from types import SimpleNamespace

import pytest

from applications import dossier
from django_celery.warm_up import warm_up_rendering


@pytest.fixture
def drawn(monkeypatch):
    """Grows with each page that is drawn."""
    pages = []
    monkeypatch.setattr(dossier, "warm_up", lambda: pages.append("a page"))
    yield pages
    gc.unfreeze()


def worker(*queues):
    consume_from = dict.fromkeys(queues)
    return SimpleNamespace(
        app=SimpleNamespace(amqp=SimpleNamespace(queues=SimpleNamespace(consume_from=consume_from)))
    )


def test_a_worker_that_renders_draws_a_page_and_shares_what_it_loaded(drawn):
    warm_up_rendering(sender=worker("render", "deliver"))

    assert drawn == ["a page"]
    assert gc.get_freeze_count() > 10_000


def test_other_workers_have_nothing_to_draw(drawn):
    warm_up_rendering(sender=worker("deliver"))

    assert drawn == []
    assert gc.get_freeze_count() == 0
