"""The forms of furniture: `LINES` match whole lines (in any case), `PARTS` stretches of lines (case counts).

A rule that a sentence of a real article could meet does not belong here: each asks for the set phrases of publishers.
"""

from __future__ import annotations

_CAPITAL = "(?-i:[A-Z])"
_NAME = rf"{_CAPITAL}[\w.’'-]*(?: {_CAPITAL}[\w.’'-]*){{1,3}}"
_AGENCY = (
    r"(?:AP|AFP|UPI|ANI|IANS|PTI|Reuters|Kyodo(?: News)?|Jiji(?: Press)?|Bloomberg|Xinhua|Yonhap|TASS|EFE|dpa"
    r"|CNN|CBSLA)"
)
_AGENCY_JA = (
    r"(?:共同(?:通信)?|時事(?:通信)?|ロイター(?:通信)?|ＡＦＰ|AFP|ＡＰ|AP|ＣＮＮ|CNN|新華社|聯合ニュース"
    r"|ブルームバーグ)"
)
_ANY_AGENCY = f"(?:{_AGENCY}|{_AGENCY_JA})"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.?"
_DATE = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH}|\d{{1,4}}[-/.年月:：])"
_OPEN, _CLOSE, _INSIDE = r"[\(（\[［【]", r"[\)）\]］】]", r"[^\(（\)）\[\]［］【】\n]"

_RIGHTS = (
    r"\W*(?:copyright\s*)?(?:©|\(c\) ?\d{4}|copyright\s*(?:\(c\)|\d{4}|:|by\b)).{0,300}",
    rf"copyright (?!law|act\b|infring|fight|case|suit|holder|owner|disput|claim){_CAPITAL}[^.\n]{{0,60}}\.?",
    r"(?:[^.!?。]|\b(?:co|inc|ltd|corp)\.){0,100}[.,]?\s*\ball rights reserved\b.{0,200}",
    r".{0,60}\b(?:reproduction|republication|redistribution)\b.{0,80}"
    r"\b(?:without (?:\w+ ){0,3}(?:permission|consent)|(?:is|are) (?:strictly )?(?:prohibited|forbidden))\b.{0,60}",
    r".{0,60}may not be (?:published|reproduced|copied|broadcast|rewritten|redistributed).{0,120}",
    r".{0,60}(?:無断(?:転載|複製|複写|使用|引用)[^。\n]{0,30}(?:禁|お断り|できません|ご遠慮)|無断転載|転載を禁).{0,30}",
)
_DOORS = (
    r".{0,20}この記事は、?(?:有料|会員|プレミアム|購読者).{0,40}",
    r".{0,30}会員限定(?:記事|コンテンツ)?(?:です)?。?",
    r".{0,30}残り[:：]?\s*[\d０-９,，]+\s*文字.{0,30}",
    r".{0,30}続き(?:を読む|は、?(?:会員|有料|ログイン|こちら)).{0,30}",
    r".{0,30}(?:無料会員登録|会員登録して|ログインして(?:続き|お読み|ご覧)).{0,30}",
    r"(?:please )?(?:subscribe|sign in|log in|register)\b (?:now |today )?(?:to|for)\b.{0,80}",
    r"(?:this (?:article|story|content) is )(?:for|only|available|exclusive|reserved)\b.{0,20}"
    r"\b(?:subscribers|members)\b.{0,60}",
    r"already (?:a |have )?(?:an )?(?:subscriber|member|account).{0,40}",
    r"(?:we|this (?:web ?)?site|our (?:partners|(?:web ?)?site)|by (?:using|continuing|browsing))\b.{0,80}"
    r"\bcookies\b.{0,200}",
    r"(?:cookie (?:policy|settings|notice|preferences)|(?:accept|reject) (?:all )?cookies)",
    r".{0,10}(?:当|本|この)(?:サイト|ウェブサイト|ページ|ホームページ).{0,40}(?:クッキー|Cookie|Ｃｏｏｋｉｅ).{0,80}",
)
_LINKS = (
    r"(?:share|tweet|e-?mail|print|save|facebook|twitter|line|whatsapp|copy link|reddit|linkedin|[\s|/,・]+"
    r"|\b(?:this|on|via|article|story|page)\b)+",
    r"(?:advertisement|sponsored(?: content)?|skip advertisement|story continues below.{0,40})",
    r"(?:follow|like|find|join) us (?:on|at)\b.{0,80}",
    r"(?:sign up (?:for|to)|subscribe to|get)\b.{0,60}\b(?:newsletters?|alerts|updates|inbox)\b.{0,60}",
    r"(?:read more|read also|also read|see also|related(?: (?:articles?|stories|coverage|links?|topics?|news))?"
    r"|more (?:from|on)\b.{0,30}|most (?:read|popular)|recommended|you may also like|trending|watch|in pictures)"
    r"\s*[:：>»|].{0,160}",
    r"(?:related (?:articles?|stories|coverage|links?|news)|most (?:read|popular)|read more|see also"
    r"|you may also like|recommended for you)",
    r"(?:click|tap) here\b.{0,80}",
    r"download (?:our|the) (?:free )?app\b.{0,60}",
    r"[\s【■◆●▼<＜\[［]*(?:関連(?:記事|ニュース|リンク|特集)|[あ合]わせて読みたい|おすすめ記事|人気記事|新着記事"
    r"|アクセスランキング|シェアする|ツイートする?|メールで送る|印刷する?|広告|スポンサーリンク)"
    r"[】>＞\]］]*(?:[:：].{0,80}|】.{1,80})?",
    r"[\[［【](?:PR|ＰＲ|AD|広告)[\]］】].{0,80}",
    r"[\[［【](?:写真|動画|画像|関連|もっと見る|フォト|ギャラリー|Photos?|Video|Gallery|Related)[\]］】]"
    r"[^。\n]{0,120}",
    r"(?:詳しくは|くわしくは|お申し込みは)、?こちら.{0,30}",
)
_PEOPLE_AND_DATES = (
    rf"(?:by|(?:written|story|text) by) {_NAME}(?:(?:,? and |, ){_NAME})*(?:[,/|–—-] ?[^.\n]{{0,60}})?",
    rf"(?:by )?{_NAME} ?[,/] ?(?:Staff|Senior|Sports|Contributing|Associated Press|Kyodo) ?"
    r"(?:Staff )?(?:Writers?|Correspondent|Reporter|Editor|News)?",
    rf"\(?(?:additional )?(?:reporting|writing|editing) by {_NAME}.{{0,160}}",
    rf"{_NAME}.{{0,60}}\bcontributed to this (?:report|story|article)\.?",
    r"\(?this (?:article|story) was (?:written|(?:originally|first) published|translated) (?:by|in|on)\b.{0,120}",
    rf"(?:(?:first |last )?(?:published|updated|posted|modified)|公開|更新|掲載|配信)(?: ?(?:on|at|日時?))?"
    rf"\s*[:：]?\s*\W{{0,2}}{_DATE}.{{0,40}}",
    r"[\(（【\[［]?(?:文|取材|構成|文責|聞き手|執筆|編集|翻訳|訳)[・／/＝=:：][^。\n]{2,40}[\)）】\]］]?",
    rf"{_OPEN}\s*{_ANY_AGENCY}(?:\s*[-/・、＝=]\s*\S{{1,20}})?\s*{_CLOSE}",
)
_PICTURES = (
    r"\W*file (?:photo|picture|image)\W*",
    r"\W*(?:photo|image|picture)s? ?(?:credits?|courtesy|by|illustration)?\s*[:：].{0,100}",
    r"(?:photo|image|picture)s? (?:by|courtesy of) [^.\n]{0,80}",
    r"\W*(?:写真|画像|提供|撮影)(?:提供|撮影)?\s*[＝=:：／/][^。\n]{1,60}",
)
LINES = (*_RIGHTS, *_DOORS, *_LINKS, *_PEOPLE_AND_DATES, *_PICTURES)

_CREDITS = (
    r"[\(（\[［](?:Pool|Handout|File(?: photo| picture)?|Photo(?:s|graph)?)[\)）\]］]",
    rf"[\(（\[［](?:Photos? (?:by|courtesy|from)\b|Photos?[:/]){_INSIDE}{{0,60}}[\)）\]］]",
    rf"[\(（\[［]{_INSIDE}{{0,40}}\b(?:[Ff]ile photo|[Pp]hoto credit|Getty Images|via (?:AP|Reuters|Getty))\b"
    rf"{_INSIDE}{{0,40}}[\)）\]］]",
    rf"[\(（\[［](?:AP|AFP|Reuters|Kyodo|EPA)(?: File)? ?/? ?Photo{_INSIDE}{{0,40}}[\)）\]］]",
    rf"[\(（\[［](?:[Cc]ourtesy of|Provided by|Image by) {_INSIDE}{{1,50}}[\)）\]］](?=\s*$)",
    rf"[\(（](?:写真|画像|撮影|資料写真|代表撮影|ファイル写真|イメージ写真)(?:[＝=:：／/は]{_INSIDE}{{0,40}})?[\)）]",
    rf"[\(（＝](?:(?![。、＝=]){_INSIDE}){{2,30}}(?:撮影|提供写真|写真提供)[\)）]",
    r"＝[^。＝\n]{1,40}(?:撮影|写す|提供)$",
)
_SIGNATURES = (
    rf"{_OPEN}{_ANY_AGENCY}{_CLOSE}(?=\s*$)",
    rf"(?<=[。」）]){_OPEN}{_INSIDE}{{0,20}}(?:記者|特派員|編集委員|論説委員){_INSIDE}{{0,20}}{_CLOSE}(?=\s*$)",
    r"(?:©|\bCopyright (?:©|\(c\)|\d{4})|\(c\) \d{4})(?:[^.\n]|\.(?! [A-Z])){0,80}(?:\. ?(?:All|No)\b[^\n]{0,120})?$",
)
_DATELINES = (
    r"^【[^】＝=\n]{1,20}[＝=][^】\n]{1,30}】",
    rf"^[【［\[\(（][^】］\]\)）\n]{{0,20}}{_AGENCY_JA}[】］\]\)）](?: ?[-–—－―−]{{1,2}} )?",
    rf"^[ァ-ー一-龥]{{1,20}}[（\(]{_ANY_AGENCY}[）\)][ \t]*[-–—－―−]{{1,2}}[ \t]*",
    rf"^[A-Z][A-Z.’' -]{{2,40}}(?:, ?[A-Z][\w.’' ]{{0,20}})?(?:, {_MONTH} \d{{1,2}})?[ \t]*(?:\({_AGENCY}\)[ \t]*)?"
    r"(?:--|[—–―]|-(?=[ \t]))[ \t]*(?=[\"“‘'(]?[A-Z0-9])",
)
PARTS = (*_CREDITS, *_SIGNATURES, *_DATELINES)
