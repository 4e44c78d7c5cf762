from casemine.reproduction.table import compared


def test_values_are_compared_as_they_are_written() -> None:
    assert compared("p", "i", 5, "5", "unused") == ("p", "i", "5", "5", "same", "")
    assert compared("p", "i", "5", 6, "one more") == ("p", "i", "5", "6", "differs", "one more")
