"""The lint of value statements and needs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.customers.wording import feature_words, word_count

PRODUCTS = ("Rota", "Rota Plus", "Go!", "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hospitals fill shifts with their own people", ()),
        ("The route dashboard shows at-risk loads using AI alerts", ("dashboard", "AI", "alerts")),
        ("rota, Rotary and Rotas are no product; Rota is", ("Rota",)),
        ("With Rota  Plus and Rota", ("Rota Plus", "Rota")),
        ("Go! Go on", ("Go!",)),
        ("Reports, REPORT, report, reporting", ("Reports", "REPORT", "report")),
        ("apis, an ai, happy tools, toolbox, said", ("apis", "ai", "tools")),
        ("an AI-powered Screen’s button/widget", ("AI", "Screen", "button", "widget")),
        ("Apps exports modules features", ("Apps", "exports", "modules", "features")),
        ("", ()),
    ],
)  # fmt: skip
def test_words_that_name_products_and_features(text: str, found: tuple[str, ...]) -> None:
    assert feature_words(text, PRODUCTS) == found


def test_any_products_will_do() -> None:
    assert feature_words("Mehr Übersicht (C++)", iter(["Übersicht", "C++"])) == ("Übersicht", "C++")
    assert feature_words("a.b axb", ["a.b"]) == ("a.b",)
    assert feature_words("", []) == ()


@given(st.text(), st.lists(st.text(min_size=1, max_size=8), max_size=4))
def test_what_is_found_stands_in_the_text(text: str, products: list[str]) -> None:
    for one in feature_words(text, products):
        assert one in " ".join(text.split()) or one in text


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("one", 1), (" one – two\nthree's 4 ", 4), ("a-b / c", 2)]
)
def test_words_are_counted(text: str, count: int) -> None:
    assert word_count(text) == count
