"""Whatever is sent: 303, or 422 with the form; never a 500, never a part of an application."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications.models import Answer, Application, Document, KeptFile, StagedContent
from tests.applications.uploads import samples

pytestmark = pytest.mark.django_db

HOSTILE = st.one_of(
    st.text(),
    st.text(alphabet="\0\r\n\t\u202e\u200d\ufeff\u2028\x1b aZ0@.+-", max_size=40),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "file:///etc/passwd",
            "http://169.254.169.254/",
            "{{ settings.SECRET_KEY }}{% load x %}",
            "%s%d%(a)s{0}",
            "' OR 1=1 --",
            "a" * 10_000,
            "a@b." + "c" * 300,
            "9" * 400,
            "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
        ]
    ),
)
CONTENT = st.one_of(
    st.binary(max_size=200),
    st.sampled_from([samples.pdf(), samples.docx(), samples.OLD_WORD, samples.picture("PNG")]),
)
FILE = st.one_of(
    HOSTILE, st.tuples(HOSTILE, st.sampled_from(["", ".pdf", ".docx", ".png"]), CONTENT)
)
ANY_NUMBER_OF_EXAMPLES = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
}


def as_sent(value):
    if isinstance(value, str):
        return value
    stem, ending, content = value
    return SimpleUploadedFile(f"{stem}{ending}" or "x", content)


def rows():
    return [
        model.objects.count() for model in (Application, Answer, Document, StagedContent, KeptFile)
    ]


@given(data=st.data())
@settings(max_examples=50, **ANY_NUMBER_OF_EXAMPLES)
def test_whatever_is_sent_is_accepted_whole_or_refused_whole(client, filled_in, data):
    fields = filled_in()
    for name in data.draw(st.sets(st.sampled_from([*fields, "photo", "photo-drop", "unknown"]))):
        strategy = FILE if name in {"resume", "photo"} else HOSTILE
        fields[name] = as_sent(data.draw(strategy, label=name))
    Application.objects.all().delete()
    response = client.post("/jobs/backend-engineer/apply/", fields)
    assert response.status_code in {303, 422}
    applications, answers, documents, staged, _kept = rows()
    accepted = int(response.status_code == 303)
    assert (applications, answers) == (accepted, 9 * accepted)
    assert documents == staged
    assert bool(documents) == bool(accepted)


@given(body=st.binary(max_size=2_000))
@settings(max_examples=50, **ANY_NUMBER_OF_EXAMPLES)
def test_whatever_bytes_are_sent_there_is_an_answer(client, job, body):
    response = client.post(
        "/jobs/backend-engineer/apply/",
        b'--x\r\nContent-Disposition: form-data; name="' + body,
        content_type="multipart/form-data; boundary=x",
    )
    assert response.status_code in {400, 422}
