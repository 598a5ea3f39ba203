"""What cannot be decided, in the words of the interface: the lines of `glossary.errors` by their templates.

A template that is not here stays English; tests/web/test_web_problems.py goes over all that a decision can raise.
"""

from __future__ import annotations

from collections.abc import Callable

from glossary.errors import Worded

# fmt: off
# ruff: noqa: E501
IN_JAPANESE = {
    # the engine
    "{action}: {problem}": "{action}：{problem}",
    "{problem}; nothing was decided": "{problem}（判断は保存されていません）",
    "{text}: no such action: one of {known}": "「{text}」という操作はありません（{known} のいずれか）",
    "{id}: no such concept: look it up with `glossary lookup TERM`": "{id}：この用語はありません。検索して確かめてください",
    "{id}: changed by {who} at {at}, after you saw it; nothing was decided: look again, then decide": "{id}：表示した後に {who} が変更しました（{at}）。判断は保存されていません。内容を確かめてから、もう一度判断してください",
    "--actor: a decision needs the name of the person who made it": "判断には、判断した人の名前が必要です",
    # arguments
    "{action} takes no {names}: usage: decide {usage}": "{action} では {names} を指定できません",
    "the id is missing: usage: decide {usage}": "対象の用語が指定されていません",
    "{names} missing: usage: decide {usage}": "{names} を入力してください",
    # what is there does not fit
    "{id}: no such decision: see `glossary decisions list`": "{id}：この判断はありません",
    "{id}: undone already: to bring it into force again, undo what undid it": "{id}：すでに取り消されています。元に戻すには、取り消しのほうを取り消してください",
    "add --term: say to which concept: usage: decide add CONCEPT_ID --term TERM": "語形を追加する先の用語を指定してください",
    "add: give --ja and --en of the concept, or CONCEPT_ID and --term": "日本語の用語か英語の用語を入力してください",
    "{id}: {ja} = {en} is there already, and approved": "「{ja} = {en}」は承認済みの用語としてすでにあります（{id}）",
    "{id}: has no pair {ja} = {en}": "{id}：「{ja} = {en}」という対はありません",
    "{document}: {id} is in no document of this name: see the view contexts": "{document}：この名前の文書に {id} は出現していません",
    "edit: {term} is the term already": "すでに「{term}」となっています。別の表記を入力してください",
    "add: with CONCEPT_ID give --term; for a new concept give --ja and --en alone": "既存の用語には語形を、新しい用語には日本語と英語を入力してください",
    "{id}: has no Japanese term to give a reading": "{id}：読みを付ける日本語の用語がありません",
    "{text}: a reading is written in kana alone": "「{text}」：読みは、かなだけで入力してください",
    "{text}: no such kind: one of {known}": "「{text}」という種類はありません（{known} のいずれか）",
    "{id}: a concept cannot be merged with itself": "{id}：同じ用語どうしは統合できません",
    "{id}: these are all its terms: leave it at least one": "{id}：すべての語形を分けることはできません。一つ以上残してください",
    "{text}: {id} has no such context: give the id of a row of the view contexts": "{text}：{id} にこの用例はありません",
    "{text}: several terms are written so: say which with --language or its exact spelling": "「{text}」と書く語形が複数あります。正確な表記で指定してください",
    "{text}: not a term of the concept (it has {terms}): `add` it first": "「{text}」はこの用語の語形ではありません（語形：{terms}）。先に追加してください",
    # values
    "{name} is empty or no text": "{name}が空です",
    "{name} is longer than {n} characters": "{name}が長すぎます（{n} 文字まで）",
    "{name} has characters that no text has (NUL or half a surrogate pair)": "{name}に使えない文字（NUL や不完全なサロゲートペア）があります",
    "{name} is {value}, not one of {known}": "{name}の値 {value} は使えません（{known} のいずれか）",
    "{name} is {value}, not a date (YYYY-MM-DD)": "{name}の値 {value} は日付（YYYY-MM-DD）ではありません",
    "{action} needs {name}": "{action}：{name}を入力してください",
    "split needs a term": "分ける語形を選択してください",
    "add takes either ja and en, or term": "日本語と英語か、語形か、どちらか一方を入力してください",
    "add needs the language of the term": "語形の言語を指定してください",
    # what was sent
    "not JSON ({reason})": "JSON として読めません（{reason}）",
    "not a form ({reason})": "フォームとして読めません（{reason}）",
    "a JSON object is needed": "JSON オブジェクトが必要です",
    "unknown: {names}": "不明な項目：{names}",
    "targets is a list of objects, arguments an object": "targets はオブジェクトの配列、arguments はオブジェクトです",
    "each target is an object of {names}, with `modified` as you saw it": "target はそれぞれ {names} のオブジェクトです（`modified` は表示されたときの値）",
    "action: one of {known}": "操作は {known} のいずれかです",
    "at most {n} targets at once": "一度に処理できるのは {n} 件までです",
    "{action} takes no {name}": "{action}：{name}は指定できません",
    # the file
    "{path}: the journal of decisions cannot be written ({reason}); nothing was decided: make room, or see that you may write there": "{path}：判断の記録ファイルに書き込めません（{reason}）。判断は保存されていません。空き容量と書き込み権限を確かめてください",
    "{path}: another program is writing to it: try again when it has finished": "{path}：別のプログラムが書き込み中です。終わってから、もう一度お試しください",
    "{path}: cannot be written: check that its folder exists and that you may write there": "{path}：書き込めません。フォルダーの有無と書き込み権限を確かめてください",
    "{path}: the disk is full: make room and run the command again": "{path}：ディスクに空きがありません。空きを作ってから、もう一度お試しください",
    "{path}: the disk refuses ({text}): make room or see if it is sound, and try again": "{path}：ディスクに書き込めません（{text}）。空き容量とディスクの状態を確かめてから、もう一度お試しください",
    "{path}: damaged ({text}): restore a backup, or run `glossary doctor --repair --db {path}`": "{path}：ファイルが壊れています（{text}）。バックアップから戻すか、`glossary doctor --repair --db {path}` を実行してください",
    "{path}: SQLite says: {text}": "{path}：SQLite のエラー（{text}）",
}
# fmt: on

_NAMES = {
    "value": "値", "--note": "理由", "note": "理由", "--actor": "名前", "ja": "日本語の用語", "en": "英語の用語",
    "reading": "読み", "romaji": "ローマ字", "term": "用語", "terms": "語形", "kind": "種類", "form": "形",
    "language": "言語", "definition": "定義", "source": "出典", "subject": "分野", "part_of_speech": "品詞",
    "collection": "所属", "usage_note": "注記", "target": "対象", "valid_from": "開始日", "valid_to": "終了日",
    "new": "置き換え後の用語", "VALUE": "値", "--term": "用語", "--language": "言語",
}  # fmt: skip


def in_words(problem: BaseException, language: str, action_word: Callable[[str], str] = str) -> str:
    """What is wrong, in the `language` of the interface ("en", "ja"); `action_word` names an action in it."""
    if language != "ja" or not isinstance(problem, Worded) or problem.template not in IN_JAPANESE:
        return str(problem)
    values = {
        name: in_words(value, language, action_word)
        if isinstance(value, BaseException)
        else _word(name, value, action_word)
        for name, value in problem.values.items()
    }
    return IN_JAPANESE[problem.template].format(**values)


def _word(name: str, value: object, action_word: Callable[[str], str]) -> object:
    if name == "action":
        return action_word(str(value))
    if name == "name":
        return _NAMES.get(str(value), value)
    if name == "names":
        return "、".join(_NAMES.get(one, one) for one in str(value).split(", "))
    return value
