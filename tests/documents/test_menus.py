"""Lists of nothing but links: menus of pages that do not say which part of them is what."""

import pytest

from glossary.documents.formats.html import read_html

ARTICLE = "<h1>港の橋</h1>" + "<p>市は港の橋を直した。工事には三年かかり、費用は五億円だった。橋は春に開く。</p>" * 4


def text(part: str) -> str:
    page = f"<html lang='ja'><meta charset='utf-8'><title>港の橋</title><body>{part}{ARTICLE}</body></html>"
    return read_html(page.encode(), "bridge.html").text


@pytest.mark.parametrize("tag", ["ul", "ol"])
def test_a_menu_is_no_part_of_the_article(tag: str) -> None:
    menu = f"<{tag}><li><a href='/a'>政治</a></li><li><a href='/b'>経済</a></li></{tag}>"
    assert text(menu) == text("")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("<ul><li>橋の長さ</li><li>橋の高さ</li></ul>", "橋の長さ"),
        ("<ul><li><a href='/a'>市役所</a>の話</li><li><a href='/b'>県庁</a></li></ul>", "市役所の話"),
        ("<ul><li><a href='#one'>橋の歴史</a></li><li><a href='#two'>橋の今</a></li></ul>", "橋の歴史"),
        ("<ul><li><a href='/a'>市役所</a></li></ul>", "市役所"),
    ],
    ids=["no links", "words beside links", "contents of the page itself", "a single link"],
)
def test_other_lists_stay(part: str, said: str) -> None:
    assert said in text(part)
