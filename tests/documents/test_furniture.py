"""What belongs to the site is marked, the article is not."""

import pytest

from glossary.documents.furniture import find_furniture, is_furniture_line
from glossary.documents.teasers import publisher

STORY = """The harbor council of Minato approved a plan to rebuild the northern ferry pier on Tuesday.
Mayor Aiko Tanabe said the work would begin in May and cost 40 million yen.
Fishermen had asked for a delay, because the squid season ends in June.
The council will meet again next month to choose a builder."""


def marked(text: str) -> list[str]:
    return [text[start:end] for start, end in find_furniture(text)]


@pytest.mark.parametrize(
    "line",
    [
        "Copyright © The Daily Lantern. All rights reserved.",
        "© 2020 Lantern News Co.",
        "(c) 2019 Lantern News",
        "Copyright 2018 The Lantern Company",
        "Copyright The Lantern Company",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "無断転載・複製を禁じます",
        "本サイトの記事の無断転載を禁じます。",
        "この記事は有料会員限定です。",
        "残り1,234文字",
        "続きを読む",
        "Subscribe to continue reading",
        "This article is for subscribers only.",
        "Share on Facebook",
        "Related articles",
        "Read more: What the pier means to the town",
        "Sign up for our daily newsletter",
        "Follow us on Twitter @lantern",
        "【関連記事】港の再開発、五月に着工",
        "[PR] 夏のセール開催中",
        "We use cookies to improve your experience.",
        "当サイトではCookieを使用しています。",
        "By Hanako Sato",
        "By HANAKO SATO and Kenji Ito, Staff Writers",
        "HANAKO SATO/ Staff Writer",
        "(Reporting by Hanako Sato; Editing by John Smith)",
        "(Kyodo)",
        "[Reuters]",
        "（共同）",
        "【AFP＝時事】",
        "File photo",
        "Photo: Hanako Sato",
        "写真＝佐藤花子",
        "Published: 2020-07-25 10:30",
        "公開日時：2020年7月25日",
    ],
)
def test_whole_lines(line: str) -> None:
    assert is_furniture_line(line)
    assert marked(f"{STORY}\n{line}") == [line]


@pytest.mark.parametrize(
    ("paragraph", "part"),
    [
        ("Mayor Aiko Tanabe speaks in Minato on Monday. (Pool)", "(Pool)"),
        ("The old pier in May (File photo)", "(File photo)"),
        ("The old pier. (AP Photo/Hanako Sato)", "(AP Photo/Hanako Sato)"),
        ("会見する市長（写真：ロイター）", "（写真：ロイター）"),
        ("会見する市長＝港区で、佐藤花子撮影", "＝港区で、佐藤花子撮影"),
        ("会見する市長（佐藤花子撮影）", "（佐藤花子撮影）"),
        ("市長は計画を発表した。（佐藤花子記者）", "（佐藤花子記者）"),
        ("市長は計画を発表した。（共同）", "（共同）"),
        ("The plan was approved on Tuesday. (Kyodo)", "(Kyodo)"),
        ("TOKYO -- The council approved a plan.", "TOKYO -- "),
        ("NEW DELHI (AP) - The council approved a plan.", "NEW DELHI (AP) - "),
        ("TOKYO, March 21 (Kyodo) -- The council approved a plan.", "TOKYO, March 21 (Kyodo) -- "),
        ("【ワシントン＝佐藤花子】大統領は計画を発表した。", "【ワシントン＝佐藤花子】"),
        ("【北京共同】政府は計画を発表した。", "【北京共同】"),
        ("［東京　２１日　ロイター］ - 政府は計画を発表した。", "［東京　２１日　ロイター］ - "),
        (
            "The plan was approved. © 2020 Lantern News. All rights reserved.",
            "© 2020 Lantern News. All rights reserved.",
        ),
    ],
)
def test_parts_of_lines(paragraph: str, part: str) -> None:
    assert marked(f"{paragraph}\n{STORY}") == [part]


@pytest.mark.parametrize(
    "line",
    [
        "Copyright law was changed in 2018, and the reproduction of paintings became a matter of dispute.",
        "Google uses cookies to follow its users across the web, the commission said.",
        "他社の画像を無断使用したとして、作家が出版社を提訴した。",
        "By early morning the fire was out.",
        "The page, torn from a diary, was found in the library.",
        "This page of history has been turned, the mayor said.",
        "NATO — the alliance of thirty countries — said it would wait.",
        "Share prices fell in Tokyo on Monday.",
        "Photosynthesis (Photosystem II) needs light.",
        "Meals (provided by the city) were cold.",
        "撮影は来月から始まる。",
        "写真を見た市民から、記者に連絡があった。",
        "（敬称略）",
        "【詰め将棋】七月の問題",
        "映画（2019年公開）は大ヒットした。",
        "Updated rules take effect on Monday.",
    ],
)
def test_articles_stay(line: str) -> None:
    assert marked(f"{STORY}\n{line}\n") == []


TEASERS = [
    "This page looks at the tea bowl, a vessel whose glazes have delighted collectors on four continents.",
    "The site features films of garden birds. You can turn each picture around with your finger.",
    "The Daily Lantern has filmed the whole of an old sugar mill before its closure, and presents many cakes.",
]


def test_promotion_behind_the_story() -> None:
    rights = "Copyright © The Daily Lantern Company. All rights reserved."
    assert marked("\n".join([STORY, *TEASERS, rights])) == [*TEASERS, rights]


def test_promotion_needs_its_signs_and_its_place() -> None:
    assert marked(f"{STORY}\n{TEASERS[2]}") == []  # nobody says that the Daily Lantern is the publisher
    assert marked(f"{TEASERS[0]}\n{STORY}") == []
    own = "This page gives the council's plan for the northern ferry pier of Minato, with Mayor Tanabe's answers."
    assert marked(f"{STORY}\n{own}") == []


def test_japanese_promotion() -> None:
    story = "港湾協議会は火曜日、埠頭の再建計画を承認した。\n市長は五月に着工すると述べた。\n漁業者は延期を求めていた。"
    teaser = "このページでは、茶碗の歴史を動画でご覧いただけます。"
    lantern = "灯火新聞は、製糖工場の全景を記録しました。"
    rights = "©灯火新聞社 無断転載を禁じます"
    assert marked("\n".join([story, teaser, lantern, rights])) == [teaser, lantern, rights]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Copyright © The Daily Lantern Company. All rights reserved.", "The Daily Lantern Company"),
        ("© 2020 Lantern News Co.", "Lantern News Co"),
        ("Copyright 2020 Lantern News", "Lantern News"),
        ("(c) 2020 Lantern News. All rights reserved", "Lantern News"),
        ("©灯火新聞社 無断転載を禁じます", "灯火新聞社"),
        ("著作権は灯火新聞社に帰属します。", "灯火新聞社"),
        ("Copyright law was changed in 2018.", None),
        ("The points are (a) cost, (b) time and (c) Tokyo.", None),
    ],
)
def test_publisher(line: str, name: str | None) -> None:
    assert publisher(f"{STORY}\n{line}") == name
