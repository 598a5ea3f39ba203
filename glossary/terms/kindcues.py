"""What the words of a term and around it say of its kind: heads (…省, … Ministry) and titles (…氏, Mr. …).

Tables of common nouns that head names, strong and weak ones. A head is looked up as whole tokens, so that 法 of
予防接種法 is a law and 方法 is not. Weights are votes, on the scale of the labellers' probabilities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ..languages.english import FUNCTION_WORDS
from ..languages.tokens import Token
from ..records import Language

Votes = dict[str, float]
"""kind → weight"""
TokenSpan = tuple[int, int]

_STRONG, _WEAK = 1.0, 0.5
_HONORIFIC, _TITLE, _QUOTED, _PLACE = 1.0, 0.8, 0.8, 0.4
_BARE = 0.5
"""What is left of a vote where the term is no name: "park" is no park."""
_LONGEST_HEAD = 3
"""Tokens."""

# fmt: off
_JA_STRONG = {
    "organization": (
        "省 庁 党 局 署 社 会社 協会 連盟 機構 機関 委員会 協議会 審議会 理事会 議会 国会 上院 下院 銀行 大学 高校 "
        "大 組合 連合 同盟 新聞 新聞社 放送 通信 軍 自衛隊 警察 政府 当局 内閣 裁判所 地裁 高裁 最高裁 地検 高検 "
        "財団 法人 弁護団 球団 酒造 電力 電機 航空 商事 証券 自治体 学会 労組 教委 規制委 研究所 製作所 団体 "
        "ホールディングス"
    ),
    "facility": (
        "駅 空港 病院 美術館 博物館 図書館 公館 会館 体育館 水族館 迎賓館 神社 大社 寺 大聖堂 城 スタジアム 球場 "
        "ドーム アリーナ 競技場 発電所 原発 原子力発電所 工場 製油所 連絡橋 大橋 橋 トンネル ダム タワー 劇場 ホール "
        "新幹線 官邸 庁舎 動物園 植物園 宇宙ステーション 駐屯地 演習場 宿舎 灯台 空母"
    ),
    "place": (
        "県 市 町 村 区 州 郡 島 諸島 列島 半島 海 湾 海峡 湖 地方 砂漠 平野 盆地 岬 共和国 王国 連邦 四島 山脈 三山 "
        "群島 大陸"
    ),
    "law": (
        "法案 法律 条約 協定 憲法 条例 議定書 基本法 特別措置法 刑法 民法 協約 規範 賞 大賞 勲章 賜杯 規制基準"
    ),
    "event": (
        "大会 五輪 オリンピック パラリンピック 選手権 杯 カップ 祭 祭り まつり 映画祭 音楽祭 フェスティバル サミット "
        "シリーズ 場所 大震災 震災 万博 博覧会 展覧会 総選挙 会合 首脳会議 首脳会談 世界大戦 モーターショー ショー "
        "マラソン"
    ),
    "role": (
        "大臣 相 外相 首相 担当相 知事 市長 町長 村長 区長 長官 社長 会長 議長 委員長 総裁 大統領 次官 議員 監督 "
        "コーチ 投手 捕手 野手 内野手 外野手 教授 弁護士 医師 裁判官 裁判長 判事 検事 報道官 大使 司令官 皇帝 天皇 "
        "皇后 国王 女王 書記長 官房長官 宮司 横綱 大関 関脇 小結 主将 責任者 エコノミスト アナリスト スポークスマン "
        "顧問 法王 教皇 校長 学長 所長 署長 部長 局長 長 頭取"
    ),
}
_JA_WEAK = {
    "organization": (
        "会 部 団 派 隊 チーム クラブ グループ 部屋 テレビ 連合会 大使館 領事館 センター 院 記者クラブ 市役所 役所"
    ),
    "facility": "館 園 場 線 ビル 公園 基地 ホテル 旅館 ステーション 寺院 教会 港 市役所 役所 処理工場",
    "place": "川 山 国 地区 道 温泉 街 国境 海岸 高原",
    "law": "法 規則 宣言 制度 規定 原則 覚書 計画 政令",
    "event": "会議 リーグ 選挙 地震 戦争 式典 式 展 博 台風 豪雨 ツアー コンサート 革命 会談 キャンペーン 総会 国会",
    "role": "官 手 士 選手 議員団 担当 記者 師 員",
}
_JA_WORKS = "映画 小説 アルバム ドラマ 曲 新曲 漫画 著書 絵本 番組 作品 詩集 歌"

_EN_STRONG = {
    "organization": (
        "ministry council committee commission government governments parliament congress senate police army navy "
        "authority authorities court board bureau institute laboratory laboratories foundation shimbun broadcasting "
        "assembly cabinet federation association company corporation agency holdings party university"
    ),
    "facility": (
        "airport station hospital museum stadium dome arena shrine temple cathedral castle courthouse library "
        "theater theatre aquarium zoo shinkansen lighthouse gymnasium bridge"
    ),
    "place": (
        "prefecture town village ward county province island islands peninsula mountains sea ocean bay strait "
        "straits gulf desert republic kingdom pradesh archipelago"
    ),
    "law": "act treaty constitution pact accord protocol ordinance award prize",
    "event": (
        "olympics paralympics championship championships tournament summit summits basho expo festival earthquake"
    ),
    "role": (
        "minister ministers secretary president governor mayor chairman chairperson chairwoman spokesman "
        "spokesperson spokeswoman ambassador coach captain pitcher catcher outfielder infielder baseman professor "
        "attorney economist analyst adviser advisor commissioner chancellor premier emperor empress priest senator "
        "yokozuna ozeki ceo cto cfo coo"
    ),
}
"""Whatever their case: those that common nouns share count only half where the term is in lower case."""
_EN_CAPITALS = {
    "organization": (
        "department bank corp inc ltd co group union press club team office force forces college school electric "
        "power motors airlines airways times news army mobility shuzo breweries industries cooperative"
    ),
    "facility": "center centre park tower building hall hotel tunnel dam line house plant base palace port",
    "place": "city state region district valley lake river mountain coast sea territories",
    "law": "law convention agreement code bill declaration partnership property",
    "event": (
        "games cup series conference meeting election elections war show open marathon league typhoon final finals"
    ),
    "role": "director officer general manager chief judge prince princess king queen pope commander",
}
_GENERA = {
    "product": (
        "system helicopter ship vessel car ev vehicle sedan aircraft rocket satellite missile laser app software "
        "drug vaccine sake beer snack camera システム 船 艦 車 機 自動車 ロケット 衛星 探査機 ミサイル アプリ ソフト "
        "薬 ワクチン 酒 大吟醸 菓子"
    ),
    "facility": "cinema plant stadium hotel 映画館 棟 拠点 店舗 ホテル 施設",
    "organization": "maker brewery nonprofit startup band group 紙 メディア 財団 メーカー 企業",
    "work": (
        "film movie novel song album series documentary book anime manga アニメーション 映画 小説 曲 アルバム 漫画 "
        "ドラマ"
    ),
    "person": "general officer director native curator leader member player リーダー メンバー",
    "place": "capital city town islets 首都 都市 集落",
}
_EN_TITLES = (
    "mr mr. mrs mrs. ms ms. dr dr. president minister governor mayor senator secretary pope queen king prince "
    "princess emperor professor chairman coach judge"
)
# fmt: on
_EN_SUFFIXES = {"prefecture": "place", "city": "place", "province": "place", "county": "place"}
_JA_SUFFIXES = {"県": "place", "市": "place", "町": "place", "村": "place", "州": "place"}
_HONORIFICS = frozenset("氏 さん 君 ちゃん 容疑者 被告 夫妻".split())


def _heads(*tables: tuple[Mapping[str, str], float]) -> dict[str, tuple[str, float]]:
    return {word: (kind, weight) for table, weight in tables for kind, words in table.items() for word in words.split()}


_JA_HEADS = _heads((_JA_WEAK, _WEAK), (_JA_STRONG, _STRONG))
_EN_HEADS = _heads((_EN_STRONG, _STRONG))
_EN_CAPITAL_HEADS = _heads((_EN_CAPITALS, _STRONG))
_TITLES = frozenset(_EN_TITLES.split())
_GENUS_KINDS = {word: kind for kind, words in _GENERA.items() for word in words.split()}
_WORKS = frozenset(_JA_WORKS.split())


def cues(ja: Sequence[Token], ja_span: TokenSpan, en: Sequence[Token], en_span: TokenSpan) -> Votes:
    """All votes for the kind of a pair: `ja`, `en` are the tokens of a bead, the spans count them."""
    votes: defaultdict[str, float] = defaultdict(float)
    name = is_name(en[slice(*en_span)])
    for kind, weight in (japanese_head(ja[slice(*ja_span)]), english_head(en[slice(*en_span)])):
        bare = not name and kind not in ("role", "organization", "law")
        votes[kind] += weight * _BARE if bare else weight
    if name:
        for kind, weight in _around(ja, ja_span, en, en_span):
            votes[kind] += weight
    return {kind: weight for kind, weight in votes.items() if weight}


def genus_kind(tokens: Sequence[Token], language: Language) -> str | None:
    """The kind of a name whose definition these tokens are: "a land-based missile defense system" tells of a product.

    None where the genus is in no table. Whoever has a role is a person.
    """
    if language == "ja":
        phrase, (kind, weight) = tokens, japanese_head(tokens)
    else:
        words = [token.surface.casefold() for token in tokens]
        ends = (k for k, word in enumerate(words) if k > 1 and (word in FUNCTION_WORDS or word in ("made", "with")))
        phrase = tokens[: next(ends, len(words))]
        kind, weight = english_head(phrase)
    genera = (_GENUS_KINDS[end] for end in _ends(phrase) if end in _GENUS_KINDS)
    kind = next(genera, kind if weight >= _STRONG else "concept")
    return {"role": "person", "concept": None}.get(kind, kind)


def _ends(tokens: Sequence[Token]) -> Iterator[str]:
    """What may head a term: its last tokens as one string, the longest first."""
    for first in range(max(0, len(tokens) - _LONGEST_HEAD), len(tokens)):
        yield "".join(token.surface for token in tokens[first:]).casefold()


def is_name(en: Sequence[Token]) -> bool:
    """True if all longer words of an English term begin with a capital or a digit."""
    words = [token.surface for token in en if len(token.surface) > 3 or token.surface[0].isupper()]
    return bool(words) and all(not word[0].islower() for word in words)


def japanese_head(tokens: Sequence[Token]) -> tuple[str, float]:
    """(kind, weight) that the longest head at the end of a Japanese term votes for; weight 0 if there is none."""
    for head in _ends(tokens):
        found = _JA_HEADS.get(head) or _EN_HEADS.get(head)
        if found:
            return found
    return "concept", 0.0


def english_head(tokens: Sequence[Token]) -> tuple[str, float]:
    """(kind, weight) that the head of an English term, its last word or the one before "of", votes for."""
    words = [token.surface for token in tokens]
    links = [k for k, word in enumerate(words) if word in ("of", "for", "on", "in") and k]
    head = words[links[0] - 1] if links else words[-1] if words else ""
    folded = head.casefold().rstrip(".")
    capital = head[:1].isupper()
    if folded in _EN_HEADS:
        kind, weight = _EN_HEADS[folded]
        return kind, weight if capital or kind == "role" else weight * _WEAK
    if capital and folded in _EN_CAPITAL_HEADS and len(words) > 1:
        return _EN_CAPITAL_HEADS[folded]
    return "concept", 0.0


def _around(
    ja: Sequence[Token], ja_span: TokenSpan, en: Sequence[Token], en_span: TokenSpan
) -> list[tuple[str, float]]:
    """What stands right before and after a name."""
    before_ja, after_ja = _neighbours(ja, ja_span)
    before_en, after_en = _neighbours(en, en_span)
    votes = []
    if after_ja in _HONORIFICS:
        votes.append(("person", _HONORIFIC))
    if before_en.casefold() in _TITLES:
        votes.append(("person", _TITLE))
    if after_ja in _JA_SUFFIXES or after_en.casefold() in _EN_SUFFIXES:
        votes.append(("place", _PLACE))
    if before_ja == "『" and after_ja == "』":
        votes.append(("work", _QUOTED))
    if before_ja in "「『" and ja_span[0] > 1 and ja[ja_span[0] - 2].surface in _WORKS:
        votes.append(("work", _QUOTED))
    return votes


def _neighbours(tokens: Sequence[Token], span: TokenSpan) -> tuple[str, str]:
    """The tokens that touch a span; "\\n" at the ends, which is in no table."""
    first, last = span
    before = tokens[first - 1].surface if first else "\n"
    return before, tokens[last].surface if last < len(tokens) else "\n"
