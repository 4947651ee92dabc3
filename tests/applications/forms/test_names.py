import pytest
from django.core.exceptions import ValidationError

from applications.forms.names import NameField

field = NameField(max_length=200)


@pytest.mark.parametrize(
    "name",
    [
        "Ada Lovelace",
        "O. de la Cruz",
        "St. John",
        "St.John Rivers",
        "J.R.R. Tolkien",
        "J.R.R.Tolkien",
        "J.de Vries",
        "Dr.Li Wei",
        "M.Sc. Anna Łuczak",
        "Martin Luther King Jr.",
        "Sheila O'Connor-Smith",
        "山田.太郎",
        "Иван И. Иванов",
        "Björk",
        "X Æ A-12",
    ],
)
def test_a_name_is_a_name(name):
    assert field.clean(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "http://evil.example",
        "Win! HTTPS://evil.example/x",
        "see www.evil",
        "WWW.EVIL Prize",
        "evil.example",
        "Evil.Com",
        "EVIL.COM",
        "t.com",
        "bit.ly/abc",
        "T.CO/abc",
        "sub.evil.example",
        "evil.рф",
        "ｅｖｉｌ．ｅｘａｍｐｌｅ",  # noqa: RUF001 - that is the point
        "evil\u3002example",
        "ada@example",
        "ftp://x",
    ],
)
def test_a_name_leads_nowhere(name):
    with pytest.raises(ValidationError, match="without an address of a site or a mailbox"):
        field.clean(name)
