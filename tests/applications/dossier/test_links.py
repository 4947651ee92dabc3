import pytest

from applications.dossier import links


def test_mail_link_escapes_what_a_url_cannot_carry():
    assert links.mail("o'hara+jobs&x@example.com") == "mailto:o%27hara%2Bjobs%26x@example.com"


@pytest.mark.parametrize(
    ("number", "link"),
    [
        ("+49 (0)40 555 01 77", "tel:+49405550177"),
        ("+44 20 7946 0018", "tel:+442079460018"),
        ("(030) 555-0177", "tel:0305550177"),
        ("555.01–77", "tel:5550177"),  # noqa: RUF001 - people do type the longer dash
    ],
)
def test_phone_link_holds_what_is_dialled(number, link):
    assert links.phone(number) == link


@pytest.mark.parametrize("number", ["", "-", "030 555 ext. 7", "ask for Ada", "javascript:1"])
def test_what_cannot_be_dialled_as_it_stands_is_no_link(number):
    assert links.phone(number) == ""
