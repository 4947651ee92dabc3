"""For how long the oldest step that is ready has waited for a worker."""

from datetime import timedelta

from django.db import connection

from pipelines import ledger, measures


def age(journey, at: float) -> float:
    return measures.backlog_age(now=journey.at(at)).total_seconds()


def test_without_a_step_nothing_waits(db, now):
    assert measures.backlog_age(now=now) == timedelta()


def test_a_message_waits_until_a_worker_has_begun(journey):
    assert age(journey, 10) == 10
    journey.start("pack", 10)
    assert age(journey, 11) == 0


def test_a_step_that_the_broker_does_not_take_waits_however_often_it_is_tried(journey):
    for seconds in (1, 6):
        journey.ring("pack", seconds)
        ledger.unsent(journey.run.pk, now=journey.at(seconds))
    assert age(journey, 10) == 10


def test_a_step_that_is_tried_again_waits_from_then_on(journey):
    journey.retry("pack", 1, 2, 7, "No tape.")
    assert age(journey, 6) == 0
    assert age(journey, 10) == 3
    journey.ring("pack", 8)
    assert age(journey, 10) == 2


def test_it_is_one_question_along_the_indexes_of_what_is_not_finished(
    journey, django_assert_num_queries
):
    with django_assert_num_queries(1) as asked:
        age(journey, 1)
    with connection.cursor() as cursor:
        is_sqlite = connection.vendor == "sqlite"
        if not is_sqlite:
            cursor.execute("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
        cursor.execute(f"{explain} {asked.captured_queries[0]['sql']}")
        plan = str(cursor.fetchall())
    assert [index for index in ("step_sent", "step_due") if index not in plan] == []
