import pytest

FORM = "/jobs/baker/apply/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_proxys_limit_leads_to_our_page_and_back_to_the_form(client, method):
    response = getattr(client, method)(
        "/too-large/", headers={"referer": f"http://testserver{FORM}"}
    )
    assert response.status_code == 413
    assert f'href="{FORM}"' in response.text


@pytest.mark.parametrize("referer", ["", "https://evil.example/jobs/baker/apply/", "http://["])
def test_the_way_back_never_leads_elsewhere(client, referer):
    assert 'class="button" href="/"' in client.get("/too-large/", headers={"referer": referer}).text
