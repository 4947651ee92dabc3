import json
import urllib.error
import urllib.request
from http.client import HTTPResponse

import pytest


@pytest.fixture
def received(inbox, connect, letter) -> str:
    """The path of a letter in the inbox."""
    connect().send_message(letter)
    return f"messages/{inbox.messages()[0]['id']}"


@pytest.fixture
def get(inbox):
    def fetch(path: str) -> tuple[HTTPResponse, str]:
        with urllib.request.urlopen(inbox.address + path) as answer:
            return answer, answer.read().decode()

    return fetch


def refusal(inbox, path: str, plan: bytes | None = None) -> tuple[int, str]:
    method = "GET" if plan is None else "PUT"
    request = urllib.request.Request(inbox.address + path, plan, method=method)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    with refused.value:
        return refused.value.code, refused.value.read().decode()


@pytest.mark.parametrize("view", ["", "?view=html", "?view=text", "?view=source"])
def test_nothing_of_a_letter_becomes_markup_of_the_page(received, get, view):
    answer, page = get(received + view)
    assert "<script>alert" not in page
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_list_shows_the_letter_and_its_enclosures(received, get):
    _answer, page = get("")
    assert "山田太郎 &amp; &lt;script&gt;" in page
    assert "hr@example.com, ana@example.com" in page
    assert '2 <span class="clip-word">enclosed</span>' in page


def test_the_letter_is_framed_in_a_sandbox(received, get):
    _answer, page = get(received)
    assert f'src="/{received}/html" sandbox="allow-popups ' in page
    answer, framed = get(f"{received}/html")
    assert framed.startswith('<base target="_blank"><p>Rich')
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox ")
    assert "allow-scripts" not in policy


def test_the_text_view_shows_the_plain_text(received, get):
    _answer, page = get(f"{received}?view=text")
    assert "Plain 日本" in page


def test_a_pdf_is_shown_and_markup_is_only_downloaded(inbox, received):
    with urllib.request.urlopen(f"{inbox.address}{received}/attachments/0/x.pdf") as pdf:
        assert pdf.read() == b"%PDF-1.7 \x00\xff"
        assert pdf.headers["Content-Type"] == "application/pdf"
        assert pdf.headers["Content-Disposition"] == (
            "inline; filename*=UTF-8''Dossier%20%C3%9Cn%C3%AF.pdf"
        )
    with urllib.request.urlopen(f"{inbox.address}{received}/attachments/1/x.html") as markup:
        assert markup.headers["Content-Type"] == "application/octet-stream"
        assert markup.headers["Content-Disposition"].startswith("attachment;")


def test_the_latest_id_tells_whether_there_is_news(inbox, received, get):
    _answer, latest = get("latest")
    assert received.endswith(latest)


@pytest.mark.parametrize(
    "path",
    ["messages/1-2", "messages/1-2/html", "nothing", "../smtp.py", "%2e%2e/smtp.py", "inbox.py"],
)
def test_what_is_not_there_is_not_found(inbox, path):
    assert refusal(inbox, path)[0] == 404


def test_an_attachment_that_is_not_there_is_not_found(inbox, received):
    assert refusal(inbox, f"{received}/attachments/9/x")[0] == 404


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        ({"tea": 1}, "There is no fault named tea."),
        ({"delay_seconds": "long"}, "not supported between instances"),
    ],
)
def test_a_wrong_plan_is_refused_in_words(inbox, plan, sentence):
    code, text = refusal(inbox, "faults", json.dumps(plan).encode())
    assert code == 400
    assert sentence in text


def test_style_and_script_are_served(get):
    style, _content = get("inbox.css")
    script, _content = get("inbox.js")
    assert style.headers["Content-Type"] == "text/css; charset=utf-8"
    assert script.headers["Content-Type"] == "text/javascript; charset=utf-8"
