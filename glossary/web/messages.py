"""The words of the interface in English and Japanese, and which of the two a browser asks for."""

from __future__ import annotations

import re
from typing import Any

from glossary.web.column_words import COLUMN_WORDS
from glossary.web.problems import in_words

LANGUAGES = ("en", "ja")

# fmt: off
# ruff: noqa: E501
MESSAGES: dict[str, tuple[str, str]] = {
    # key: (English, Japanese); of English numbers "one|many"
    "glossary": ("Glossary", "用語集"),
    "japanese_english_glossary": ("Japanese–English glossary", "日英用語集"),
    "choose_glossary": ("Glossaries", "用語集の一覧"),
    "skip": ("Skip to content", "本文へ移動"),
    "search": ("Search", "検索"),
    "search_label": ("Search for a term: Japanese, kana, romaji or English", "用語を検索（漢字・かな・ローマ字・英語）"),
    "search_placeholder": ("日本語, かな, rōmaji, English", "日本語・かな・ローマ字・English"),
    "search_keys": ("Type to search; ↑ ↓ choose, Enter opens, / comes back here.", "入力すると検索します。↑ ↓ で選択、Enter で開き、/ で検索欄に戻ります。"),
    "results_for": ("Results for “{query}”", "「{query}」の検索結果"),
    "results": ("{n} result|{n} results", "{n} 件"),
    "more_results": ("The first {n} are shown; type more to narrow them down.", "先頭の {n} 件を表示しています。文字を足すと絞り込めます。"),
    "nothing_found": ("Nothing found for “{query}”.", "「{query}」は見つかりませんでした。"),
    "nothing_found_hint": ("Try fewer characters, kana, or a translation.", "文字数を減らすか、かな・訳語でお試しください。"),
    "in_sentences": ("Look for it in the sentences", "例文から検索"),
    "exact": ("exact", "完全一致"),
    "newest": ("New in the glossary", "新着の用語"),
    "review": ("Waiting for review", "確認待ち"),
    "review_count": ("{n} undecided concept|{n} undecided concepts", "未確認の用語 {n} 件"),
    "below_count": ("{n} pair below the threshold|{n} pairs below the threshold", "しきい値未満の対 {n} 件"),
    "unsure": ("Least certain of those shown", "表示中で確信度が最も低いもの"),
    "just_below": ("Just below the threshold of {threshold}", "しきい値 {threshold} をわずかに下回るもの"),
    "nothing_waits": ("Nothing waits for review.", "確認待ちはありません。"),
    "documents": ("Documents", "文書"),
    "newest_documents": ("Latest documents", "新しい文書"),
    "all_documents": ("All documents", "すべての文書"),
    "all_concepts": ("All concepts as a table", "すべての用語を表で見る"),
    "numbers": ("In numbers", "統計"),
    "by_kind": ("Concepts by kind", "種類別の用語数"),
    "by_publisher": ("Documents by publisher", "媒体別の文書数"),
    "by_month": ("Documents by month", "月別の文書数"),
    "by_status": ("Concepts by status", "状態別の用語数"),
    "tables": ("Tables and SQL", "表と SQL"),
    "menu": ("Menu", "メニュー"),
    "log_out": ("Log out", "ログアウト"),
    "readings": ("Readings", "ふりがな"),
    "empty_glossary": ("This glossary is empty.", "この用語集はまだ空です。"),
    "kind": ("Kind", "種類"),
    "status": ("Status", "状態"),
    "confidence": ("Confidence", "確信度"),
    "origin": ("Origin", "由来"),
    "subject": ("Subject", "分野"),
    "part_of_speech": ("Part of speech", "品詞"),
    "collection": ("Collection", "所属"),
    "first_seen": ("First seen", "初出"),
    "last_seen": ("Last seen", "最新の出現"),
    "modified": ("Last changed", "最終更新"),
    "by_whom": ("{date} by {who}", "{date}（{who}）"),
    "mentions": ("{n} mention|{n} mentions", "出現 {n} 回"),
    "in_documents": ("in {n} document|in {n} documents", "{n} 文書"),
    "no_term_ja": ("no Japanese term", "日本語の用語なし"),
    "no_term_en": ("no English term", "英語の用語なし"),
    "copy": ("Copy", "コピー"),
    "copy_term": ("Copy {term}", "「{term}」をコピー"),
    "copy_ja": ("Copy Japanese", "日本語をコピー"),
    "copy_en": ("Copy English", "英語をコピー"),
    "copy_pair": ("Copy both", "対でコピー"),
    "copied": ("Copied", "コピーしました"),
    "definition": ("Definition", "定義"),
    "usage_note": ("Usage note", "使い方の注記"),
    "variants": ("All terms", "すべての語形"),
    "count": ("Mentions", "出現"),
    "contexts": ("Contexts", "用例"),
    "around": ("Sentences before and after", "前後の文"),
    "no_counterpart": ("no linked sentence", "対応する文なし"),
    "more_contexts": ("More contexts", "用例をさらに表示"),
    "all_contexts": ("All contexts as a table", "すべての用例を表で見る"),
    "no_contexts": ("No document mentions it yet.", "まだどの文書にも出現していません。"),
    "evidence": ("Why this pair", "この対の根拠"),
    "evidence_in": ("{ja} = {en} in {document}", "{document} における {ja} = {en}"),
    "score": ("Sum (log-odds)", "合計（対数オッズ）"),
    "all_evidence": ("Evidence from all documents", "すべての文書の根拠"),
    "usage": ("Usage", "使用状況"),
    "over_time": ("Mentions by month", "月別の出現数"),
    "by_publisher_mentions": ("Mentions by publisher", "媒体別の出現数"),
    "competing": ("Competing translations", "競合する訳"),
    "related": ("Related concepts", "関連する用語"),
    "history": ("Decisions", "判断の履歴"),
    "json": ("JSON", "JSON"),
    "in_table": ("Row in the table", "表の行"),
    "publisher": ("Publisher", "媒体"),
    "show_terms": ("Terms", "用語"),
    "show_repairs": ("Repairs", "修復箇所"),
    "no_repairs": ("Nothing was repaired in this document.", "この文書に修復箇所はありません。"),
    "repaired_from": ("Repaired ({kind}); before: {before}", "修復（{kind}）。元の文字列：{before}"),
    "nothing": ("nothing", "なし"),
    "repeats": ("Repeats the text of", "次の文書と同文"),
    "aligned_by": ("Texts paired by {method}, confidence {confidence}", "文書の対応付け：{method}（確信度 {confidence}）"),
    "ja": ("Japanese", "日本語"),
    "en": ("English", "英語"),
    "hover_hint": ("Point at a sentence to see its counterpart; marked terms lead to their entries.", "文にカーソルを合わせると対応する文が強調されます。印の付いた用語から項目へ移動できます。"),
    "no_such_glossary": ("There is no glossary of this name here.", "この名前の用語集はありません。"),
    "no_such_concept": ("This glossary has no such concept. It may have been rejected, or lie below the threshold.", "この用語は用語集にありません。却下されたか、しきい値未満の可能性があります。"),
    "no_such_document": ("This glossary has no such document.", "この文書は用語集にありません。"),
    "method_not_allowed": ("This page can only be read.", "このページは閲覧専用です。"),
    "took_too_long": ("This took too long. Try a longer search, or ask for less.", "時間がかかりすぎたため中止しました。検索語を長くするなどしてお試しください。"),
    "to_home": ("To the start of the glossary", "用語集のトップへ"),
    # review
    "review_do": ("Review", "確認"),
    "review_queue": ("Review queue", "確認キュー"),
    "review_open": ("Review them", "確認を始める"),
    "review_more": ("more than {n} undecided concepts", "未確認の用語 {n} 件以上"),
    "review_none": ("Nothing waits that fits these filters.", "この条件に合う確認待ちはありません。"),
    "filter": ("Filter", "絞り込む"),
    "filters": ("Filters", "絞り込み"),
    "filter_document": ("Document", "文書"),
    "filter_low": ("Confidence from", "確信度の下限"),
    "filter_high": ("to", "上限"),
    "filter_since": ("New since", "追加日（以降）"),
    "filter_any": ("any", "すべて"),
    "filter_clear": ("Clear", "解除"),
    "order": ("Order", "並び順"),
    "order.unsure": ("least certain first", "確信度の低い順"),
    "order.sure": ("most certain first", "確信度の高い順"),
    "order.newest": ("newest first", "新しい順"),
    "next": ("Next", "次へ"),
    "previous": ("Previous", "前へ"),
    "next_page": ("Further concepts", "続きを表示"),
    "first_page": ("From the beginning", "最初から"),
    "choose": ("Choose {term}", "「{term}」を選択"),
    "with_chosen": ("With those chosen:", "選択したものを："),
    "decide_on": ("Decide", "判断"),
    "why": ("Reason (optional)", "理由（任意）"),
    "term": ("Term", "用語"),
    "new_spelling": ("Replace with", "置き換え後"),
    "other_concept": ("Another concept", "統合する用語"),
    "other_concept_id": ("or its term or ID", "または用語・ID"),
    "reading": ("Reading (kana)", "読み（かな）"),
    "language": ("Language", "言語"),
    "more_actions": ("Reading, definition, further term, split", "読み・定義・語形の追加・分割"),
    "further_term": ("Further term", "追加する語形"),
    "form": ("Form", "形"),
    "terms_that_leave": ("Terms that become a concept of their own", "別の用語として分ける語形"),
    "not_here": ("Not of this concept", "この用語の用例ではない"),
    "not_here_which": ("Not of this concept: {text}", "この用語の用例ではない：{text}"),
    "add_missed": ("Add a concept that was missed", "抜けている用語を追加"),
    "add_hint": ("Select a term in the text, on either side, and it stands here; or type it.", "本文で用語を選択すると、ここに入ります（日本語・英語のどちらも）。直接入力もできます。"),
    "ja_term": ("Japanese term", "日本語の用語"),
    "en_term": ("English term", "英語の用語"),
    "open_concept": ("Open the concept", "用語のページを開く"),
    "change": ("Change", "変更"),
    "review_no_other": ("No other concept has just this term or ID: {text}", "この用語または ID を持つ別の用語はありません：{text}"),
    "review_several": ("Several concepts match {text}: give an ID: {ids}", "「{text}」に一致する用語が複数あります。ID で指定してください：{ids}"),
    "latest_decisions": ("Latest decisions", "最近の判断"),
    "undo_this": ("Undo: {action}", "取り消す：{action}"),
    "keys_help": ("Keyboard", "キー操作"),
    "keys_on": ("Use these keys", "これらのキーを使う"),
    "close": ("Close", "閉じる"),
    "key_next": ("next, previous", "次・前"),
    "key_choose": ("choose for several at once", "まとめて処理するために選択"),
    "key_term": ("choose a term", "用語を選ぶ"),
    "key_leave": ("leave a field", "入力欄を出る"),
    "key_help": ("this help", "このヘルプ"),
    "key_search": ("search", "検索"),
    "look_again": ("Look again", "もう一度見る"),
    "changed_title": ("Changed meanwhile: nothing was decided", "変更されていたため、判断は保存されませんでした"),
    "review_changed": ("{pair}: changed meanwhile by {who} (UTC {at}): look again, then decide.", "「{pair}」は {who} が変更しました（UTC {at}）。内容を確かめてから、もう一度判断してください。"),
    "review_done": ("{done}: {pair}", "{done}：{pair}"),
    "review_done_several": ("{done}: {n} concept|{done}: {n} concepts", "{done}：{n} 件"),
    "review_edited": ("Edited; not yet approved: a approves it", "修正しました。まだ承認されていません（a で承認）"),
    "review_not_decided": ("Not decided: {reason}", "判断は保存されませんでした：{reason}"),
    "review_forbidden": ("You may not review this glossary. Sign in as somebody who may; a glossary that is read-only takes no decisions.", "この用語集を確認する権限がありません。権限のある利用者でサインインしてください。読み取り専用の用語集には判断を書き込めません。"),
    "review_other_site": ("This was sent by a page of another site. Nothing was decided.", "他のサイトから送信されたため、受け付けませんでした。"),
    "review_too_large": ("This is too large. Decide on fewer at once.", "送信内容が大きすぎます。件数を減らしてください。"),
    "review_media_type": ("Send a form (application/x-www-form-urlencoded) or JSON (application/json).", "フォーム（application/x-www-form-urlencoded）か JSON（application/json）で送信してください。"),
    "review_nonsense": ("This cannot be understood: {reason}", "送信内容を解釈できません：{reason}"),
    "review_none_chosen": ("Nothing is chosen: tick concepts first.", "選択されていません。先に用語にチェックを入れてください。"),
    "review_no_terms": ("To split, tick the terms that become a concept of their own.", "分割するには、別の用語にする語形にチェックを入れてください。"),
    "review_merge_two": ("To merge, name another concept, or tick two.", "統合するには、相手の用語を指定するか、二つにチェックを入れてください。"),
    "sign_in_used": ("This address was used before, or never was one to sign in by. Start `glossary serve` again for a new one.", "このサインイン用アドレスは使用済みか無効です。`glossary serve` を起動し直すと新しいアドレスが表示されます。"),
    "action.approve": ("Approve", "承認"),
    "action.reject": ("Reject", "却下"),
    "action.prefer": ("Prefer", "推奨"),
    "action.admit": ("Admit", "許容"),
    "action.deprecate": ("Deprecate", "非推奨"),
    "action.forbid": ("Forbid", "使用禁止"),
    "action.edit": ("Edit term", "用語を修正"),
    "action.add": ("Add", "追加"),
    "action.reading": ("Reading", "読み"),
    "action.kind": ("Change kind", "種類を変更"),
    "action.subject": ("Subject", "分野"),
    "action.part-of-speech": ("Part of speech", "品詞"),
    "action.collection": ("Collection", "所属"),
    "action.define": ("Define", "定義"),
    "action.note": ("Set note", "注記を記入"),
    "action.merge": ("Merge", "統合"),
    "action.split": ("Split", "分割"),
    "action.not-here": ("Not of this concept", "用例から除外"),
    "action.undo": ("Undo", "取り消す"),
    "done.approve": ("Approved", "承認しました"),
    "done.reject": ("Rejected", "却下しました"),
    "done.prefer": ("Preferred", "推奨にしました"),
    "done.admit": ("Admitted", "許容にしました"),
    "done.deprecate": ("Deprecated", "非推奨にしました"),
    "done.forbid": ("Forbidden", "使用禁止にしました"),
    "done.edit": ("Edited", "修正しました"),
    "done.add": ("Added", "追加しました"),
    "done.reading": ("Reading changed", "読みを変更しました"),
    "done.kind": ("Kind changed", "種類を変更しました"),
    "done.subject": ("Subject changed", "分野を変更しました"),
    "done.part-of-speech": ("Part of speech changed", "品詞を変更しました"),
    "done.collection": ("Collection changed", "所属を変更しました"),
    "done.define": ("Defined", "定義を保存しました"),
    "done.note": ("Note set", "注記を保存しました"),
    "done.merge": ("Merged", "統合しました"),
    "done.split": ("Split", "分割しました"),
    "done.not-here": ("Context taken out", "用例から除外しました"),
    "done.undo": ("Undone", "取り消しました"),
}
# fmt: on
MESSAGES |= COLUMN_WORDS

_PREFERENCE = re.compile(r"\s*([A-Za-z*]+)(?:-[\w-]+)?\s*(?:;\s*q=([0-9.]+))?\s*$")


class Messages:
    """The interface in one language: `t("search")`, `t("results", n=3)`, `t.value("kind", "person")`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._column = LANGUAGES.index(language)

    def __call__(self, key: str, **values: Any) -> str:
        """The message; a number `n` is written with commas and chooses between one and many."""
        text = MESSAGES[key][self._column]
        if "n" in values:
            one, _, many = text.partition("|")
            text = one if values["n"] == 1 or not many else many
            values["n"] = f"{values['n']:,}"
        if isinstance(values.get("reason"), Exception):
            values["reason"] = self.problem(values["reason"])
        return text.format(**values) if values else text

    def value(self, group: str, value: str | None) -> str:
        """The word for a value of a column; one that is not known stands as it is."""
        key = f"{group}.{value}"
        return MESSAGES[key][self._column] if key in MESSAGES else (value or "")

    def problem(self, error: Exception) -> str:
        """Why something cannot be decided."""
        return in_words(error, self.language, lambda action: self.value("action", action))

    def joined(self, group: str, values: str) -> str:
        """The words for several values of a column that are joined by +."""
        return "+".join(self.value(group, value) for value in values.split("+"))


def preferred_language(request: Any) -> str:
    """Which of LANGUAGES the browser asks for first (RFC 9110, Accept-Language); English where it asks for neither."""
    return negotiate(request.headers.get("accept-language", "") if request is not None else "")


def negotiate(header: str) -> str:
    """The language of an Accept-Language header; of equal weights the first."""
    best, best_weight = LANGUAGES[0], 0.0
    for part in header[:1000].split(","):
        match = _PREFERENCE.match(part)
        if match is None or match[1].lower() not in LANGUAGES:
            continue
        weight = _weight(match[2])
        if weight > best_weight:
            best, best_weight = match[1].lower(), weight
    return best


def _weight(text: str | None) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
