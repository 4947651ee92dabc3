from applications import countries


def test_a_country_is_known_by_its_code():
    assert countries.names()["NL"] == "Netherlands"
    assert all(len(code) == 2 and code.isupper() for code in countries.names())


def test_they_are_offered_by_name():
    names = [name for _code, name in countries.choices()]
    assert len(names) > 200
    assert names == sorted(names)
