import pytest


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_proxys_limit_leads_to_our_page_which_says_what_to_do(client, method):
    response = getattr(client, method)("/too-large/")
    assert response.status_code == 413
    assert "Go back, choose smaller files and press Apply Now again" in response.text


def test_no_link_leads_to_an_empty_form(client):
    assert 'class="button"' not in client.get("/too-large/").text
