from benchmarks.statements import kinds

LOG = """\
2026-03-02 09:30:00.000 UTC [7] LOG:  statement: BEGIN
2026-03-02 09:30:00.001 UTC [7] LOG:  statement: SELECT 1
2026-03-02 09:30:00.002 UTC [7] LOG:  statement: UPDATE "pipelines_steprun" SET "status" = 'x'
\tWHERE "pipelines_steprun"."id" = 1
2026-03-02 09:30:00.003 UTC [7] LOG:  statement: SELECT 1 AS "a" FROM "applications_letter" LIMIT 1
2026-03-02 09:30:00.004 UTC [7] LOG:  execute <unnamed>: DELETE FROM "applications_staged"
2026-03-02 09:30:00.005 UTC [7] LOG:  statement: SELECT "django_session"."expire_date"
2026-03-02 09:30:00.006 UTC [7] LOG:  statement: COMMIT
2026-03-02 09:30:00.007 UTC [7] LOG:  checkpoint starting: time
2026-03-02 09:30:00.008 UTC [7] ERROR:  statement: BEGIN
"""


def test_statements_are_told_apart_by_what_they_are_about():
    assert kinds(LOG.splitlines()) == {
        "transactions": 2,
        "health checks": 1,
        "ledger": 1,
        "applications": 2,
        "other": 1,
    }
