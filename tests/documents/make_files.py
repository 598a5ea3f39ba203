# ruff: noqa: E501
"""Makes the files in tests/documents/files/ with the programs that people make such files with.

Run by hand: python tests/documents/make_files.py. It needs pandoc, LibreOffice (writer, calc, impress), Chromium,
gettext, translate-toolkit (po2xliff, po2tmx) and a Japanese font (for example fonts-ipafont-gothic); a program that
is missing leaves its files as they are. The texts are our own.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

FILES = Path(__file__).parent / "files"

ARTICLE_JA = """# 協議会、埠頭の再建を承認

港湾協議会は火曜日、北埠頭のフェリー乗り場を再建する計画を賛成多数で承認した。工事は来年五月に始まり、費用は四千万円を見込む。[^1]

田辺市長は記者会見で「漁業者の皆さんとの約束を守りながら、安全な乗り場を造りたい」と述べた。協議会は来月もう一度集まり、工事を請け負う会社を選ぶ。

| 項目 | 予定 |
|------|------|
| 着工 | 五月 |
| 完成 | 翌年三月 |

[^1]: 費用には防波堤の補修が含まれる。
"""  # fmt: skip

ARTICLE_EN = """# Council approves ferry pier

The harbor council approved a plan to rebuild the northern ferry pier on Tuesday by a large majority. The work will begin in May and is expected to cost forty million yen.[^1]

Mayor Tanabe told reporters that she wanted a safe pier while keeping the promise that was made to the fishermen. The council will meet again next month to choose a builder.

| Step  | Planned for |
|-------|-------------|
| Start | May         |
| End   | March       |

[^1]: The cost includes repairs to the breakwater.
"""  # fmt: skip

TABLE = [
    ("日本語", "English", "Note"),
    ("協議会は計画を承認した。", "The council approved the plan.", "1"),
    ("工事は五月に始まる。", "The work begins in May.", "2"),
    ("市長は漁業者と話した。", "The mayor talked with the fishermen.", "3"),
]

PAGE = """<!DOCTYPE html>
<html lang="ja"><head><meta charset="utf-8"><title>協議会、埠頭の再建を承認 | 港新聞</title>
<style>p {{ line-height: 1.8 }} body {{ font-size: 12pt }}</style></head><body>
<h1>協議会、埠頭の再建を承認</h1>
<p><ruby>港湾<rp>（</rp><rt>こうわん</rt><rp>）</rp></ruby>協議会は火曜日、北埠頭のフェリー乗り場を再建する計画を賛成多数で承認した。工事は来年五月に始まり、費用は四千万円を見込む。</p>
<p>田辺市長は記者会見で「漁業者の皆さんとの約束を守りながら、安全な乗り場を造りたい」と述べた。協議会は来月もう一度集まり、工事を請け負う会社を選ぶ。</p>
{more}</body></html>
"""

PAGE_EN = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Council approves ferry pier</title>
<style>p {{ line-height: 1.6; text-align: justify }} body {{ font: 12pt serif }}</style></head><body>
<h1>Council approves ferry pier</h1>
<p>The harbor council approved a plan to rebuild the northern ferry pier on Tuesday by a large majority. The work will begin in May and is expected to cost forty million yen.</p>
<p>Mayor Tanabe told reporters that she wanted a safe pier while keeping the promise that was made to the fishermen. The council will meet again next month to choose a builder.</p>
{more}</body></html>
"""

CODE = """#include <libintl.h>
int main(void) {
  puts(gettext("The council approved the plan."));
  puts(gettext("The work begins in May."));
  printf(ngettext("%d boat", "%d boats", 2), 2);
  puts(gettext("Nobody has translated this sentence."));
}
"""


def main() -> None:
    FILES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for maker in (by_pandoc, by_libreoffice, by_chromium, by_gettext, by_translate_toolkit):
            try:
                maker(folder)
            except FileNotFoundError as error:
                print(f"{maker.__name__}: {error.filename} is not installed")


def run(*command: str | Path) -> None:
    """The program, in the folder of the files, whose own path they are not to hold."""
    subprocess.run(command, check=True, capture_output=True, timeout=300, cwd=FILES)


def by_pandoc(folder: Path) -> None:
    for language, text in (("ja", ARTICLE_JA), ("en", ARTICLE_EN)):
        (folder / "pier.md").write_text(text, encoding="utf-8")
        for ending in ("docx", "epub", "html", "pptx"):
            meta = ("--metadata", "title=港の便り" if language == "ja" else "title=Harbor news", "--wrap=preserve")
            run("pandoc", "-s", *meta, folder / "pier.md", "-o", FILES / f"pandoc.{language}.{ending}")


def by_libreoffice(folder: Path) -> None:
    """A bilingual sheet and document, and PDFs of the articles as Writer and Impress print them."""
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row[:2]) + "</tr>" for row in TABLE)
    (folder / "bilingual.html").write_text(
        f"<html><meta charset='utf-8'><body><p>用語の対訳</p><table>{rows}</table></body></html>", encoding="utf-8"
    )
    (folder / "bilingual.csv").write_text("\n".join(",".join(row) for row in TABLE), encoding="utf-8")
    shutil.move(_convert(folder, folder / "bilingual.csv", "xlsx", "CSV:44,34,76,1"), FILES / "calc.xlsx")
    table = _convert(folder, folder / "bilingual.html", "docx:MS Word 2007 XML", "HTML (StarWriter)")
    shutil.move(table, FILES / "writer.docx")
    for language in ("ja", "en"):
        shutil.move(_convert(folder, f"pandoc.{language}.docx", "pdf"), FILES / f"writer.{language}.pdf")
        shutil.move(_convert(folder, f"pandoc.{language}.docx", "docx"), FILES / f"writer.{language}.docx")
        shutil.move(_convert(folder, f"pandoc.{language}.pptx", "pptx"), FILES / f"impress.{language}.pptx")


def _convert(folder: Path, source: Path | str, target: str, infilter: str = "") -> Path:
    """The file that LibreOffice makes of `source`."""
    options = (f"--infilter={infilter}",) if infilter else ()
    results = folder / "converted"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    run("soffice", "--headless", profile, *options, "--convert-to", target, "--outdir", results, source)
    path = results / f"{Path(source).stem}.{target.partition(':')[0]}"
    return Path(shutil.move(path, folder / f"made{path.suffix}"))


def by_chromium(folder: Path) -> None:
    for language, page in (("ja", PAGE), ("en", PAGE_EN)):
        path = folder / f"chromium.{language}.html"
        path.write_text(page.format(more=""), encoding="utf-8")
        run(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--print-to-pdf={FILES / path.with_suffix('.pdf').name}",
            path,
        )
    vertical = PAGE.format(more="").replace("<body>", '<body style="writing-mode: vertical-rl; height: 500px">')
    (folder / "vertical.html").write_text(vertical, encoding="utf-8")
    target = f"--print-to-pdf={FILES / 'chromium.vertical.pdf'}"
    run("chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer", target, folder / "vertical.html")
    run("chromium", "--headless", "--no-sandbox", f"--screenshot={folder / 'scan.png'}", folder / "chromium.ja.html")
    (folder / "scan.html").write_text('<img src="scan.png">', encoding="utf-8")
    scan = f"--print-to-pdf={FILES / 'scan.pdf'}"
    run("chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer", scan, folder / "scan.html")
    (folder / "saved.html").write_text(
        PAGE.format(more="<script>document.body.append('終わり。')</script>"), encoding="utf-8"
    )
    saved = subprocess.run(
        ("chromium", "--headless", "--no-sandbox", "--dump-dom", folder / "saved.html"),
        check=True,
        capture_output=True,
        timeout=300,
    )
    (FILES / "chromium.ja.html").write_bytes(saved.stdout)


def by_gettext(folder: Path) -> None:
    (folder / "pier.c").write_text(CODE, encoding="utf-8")
    template, catalogue = folder / "pier.pot", FILES / "gettext.po"
    run(
        "xgettext",
        "--keyword=gettext",
        "--keyword=ngettext:1,2",
        "--from-code=UTF-8",
        "-o",
        template,
        folder / "pier.c",
    )
    run("msginit", "--no-translator", "-l", "ja_JP.UTF-8", "-i", template, "-o", catalogue)
    text = catalogue.read_text(encoding="utf-8")
    text = text.replace("charset=ASCII", "charset=UTF-8").replace(f"{folder}/", "")
    for source, translation in [(row[1], row[0]) for row in TABLE[1:3]]:
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{translation}"')
    text = text.replace('msgstr[0] ""', 'msgstr[0] "船が%d隻"')
    catalogue.write_text(text, encoding="utf-8")
    run("msgfmt", "-c", "-o", "/dev/null", catalogue)


def by_translate_toolkit(folder: Path) -> None:
    run("po2xliff", "gettext.po", "translate-toolkit.xlf")
    run("po2tmx", "-l", "ja", "gettext.po", "translate-toolkit.tmx")


if __name__ == "__main__":
    main()
