import gzip

import pytest

SCRIPT = "/static/django_htmx/htmx-2.min.js"
GZIP = {"Accept-Encoding": "gzip"}


def test_a_script_travels_compressed_also_from_a_plain_checkout(client):
    plain = client.get(SCRIPT)
    packed = client.get(SCRIPT, headers=GZIP)
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    content = packed.getvalue()
    assert gzip.decompress(content) == plain.getvalue()
    assert len(content) < 20_000
    assert "Content-Encoding" not in plain


def test_a_script_that_has_not_changed_is_not_sent_again(client):
    first = client.get(SCRIPT, headers=GZIP)
    assert first.getvalue()
    changed = first["Last-Modified"]
    again = client.get(SCRIPT, headers={**GZIP, "If-Modified-Since": changed})
    assert (again.status_code, again.getvalue()) == (304, b"")


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-9"}])
def test_what_is_no_text_or_no_whole_file_stays_as_it_is(client, headers):
    path = SCRIPT if headers else "/static/unfold/fonts/inter/Inter-Regular.woff2"
    response = client.get(path, headers={**GZIP, **headers})
    assert response.getvalue()
    assert response.status_code == (206 if "Range" in headers else 200)
    assert "Content-Encoding" not in response
