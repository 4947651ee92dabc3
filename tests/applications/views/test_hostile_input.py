"""Whatever is sent: 303, or 422 with the form; never a 500, never a part of an application."""

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
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
# No file system holds a name of more than 255 characters; Django answers 400 to the longest.
STEM = HOSTILE.map(lambda text: text[:200])
FILE = st.one_of(HOSTILE, st.tuples(STEM, st.sampled_from(["", ".pdf", ".docx", ".png"]), CONTENT))
fuzzed = settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])


def as_part(name, stem, ending, content):
    """A file as a part of the form, under the very name: Django's client would clean it first."""
    head = f'Content-Disposition: form-data; name="{name}"; filename="{stem}{ending}"'
    return f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + content + b"\r\n"


def rows():
    return [
        model.objects.count() for model in (Application, Answer, Document, StagedContent, KeptFile)
    ]


@given(data=st.data())
@fuzzed
def test_whatever_is_sent_is_accepted_whole_or_refused_whole(client, filled_in, data):
    fields, files = filled_in(), b""
    for name in data.draw(st.sets(st.sampled_from([*fields, "photo", "photo-drop", "unknown"]))):
        hostile = data.draw(FILE if name in {"resume", "photo"} else HOSTILE, label=name)
        if isinstance(hostile, str):
            fields[name] = hostile
        else:
            fields.pop(name, None)
            files += as_part(name, *hostile)
    Application.objects.all().delete()
    body = files + encode_multipart(BOUNDARY, fields)
    response = client.generic("POST", "/jobs/backend-engineer/apply/", body, MULTIPART_CONTENT)
    assert response.status_code in {303, 422}
    applications, answers, documents, staged, _kept = rows()
    accepted = int(response.status_code == 303)
    assert (applications, answers) == (accepted, 9 * accepted)
    assert documents == staged
    assert bool(documents) == bool(accepted)


@given(body=st.binary(max_size=2_000))
@fuzzed
def test_whatever_bytes_are_sent_there_is_an_answer(client, job, body):
    response = client.post(
        "/jobs/backend-engineer/apply/",
        b'--x\r\nContent-Disposition: form-data; name="' + body,
        content_type="multipart/form-data; boundary=x",
    )
    assert response.status_code in {400, 422}
