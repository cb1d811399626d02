import pytest

from equalterms.lib.text import clean, cut, has_controls, html_to_text, slugify


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  hello \r\n there\r ", "hello \n there"),
        ("cafe\u0301", "caf\u00e9"),
        ("a\u202eb\u200bc\ufeff\u2066d", "abcd"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # noqa: RUF001
        ("👩\u200d⚕️", "👩\u200d⚕️"),
        ("\u200b \u2060", ""),
    ],
)
def test_text_is_cleaned_before_it_is_compared(written: str, kept: str) -> None:
    assert clean(written) == kept
    assert clean(kept) == kept


def test_control_characters_are_seen_and_line_ends_and_tabs_are_none() -> None:
    assert [has_controls(text) for text in ("a\x00", "\x1b[1m", "\x7f", "\x85")] == [True] * 4
    assert [has_controls(text) for text in ("a\tb\r\nc\rd\n", "é 👩\u200d⚕️")] == [False] * 2


@pytest.mark.parametrize(
    ("text", "short"),
    [("short", "short"), ("one two three", "one two…"), ("abcdefghijklm", "abcdefghi…")],
)
def test_a_cut_is_made_at_a_word_and_marked(text: str, short: str) -> None:
    assert cut(text, 10) == short


def test_a_slug_is_never_empty() -> None:
    assert (slugify("Leeds: a Día!"), slugify("日本"), slugify("x" * 99)) == ("leeds-a-dia", "day", "x" * 60)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain & simple, 1 < 2", "plain & simple, 1 < 2"),
        ("<p>One</p><p>Two<br>three</p>", "One\n\nTwo\nthree"),
        ("<ul><li>tea</li><li>soup</li></ul>", "- tea\n- soup"),
        ('<a href="https://example.org/x">here</a>', "here (https://example.org/x)"),
        ('<a href="javascript:alert(1)">here</a>', "here"),
        ("<script>alert(1)</script>safe<style>p{}</style>", "safe"),
        ("&lt;b&gt;not bold&lt;/b&gt;", "<b>not bold</b>"),
        ("a&#0;b&#x202e;c", "a\ufffdbc"),
    ],
)
def test_markup_becomes_plain_words(html: str, text: str) -> None:
    assert html_to_text(html) == text
