"""Findings as text, JSON, SARIF 2.1.0 and JUnit XML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from .. import __version__
from ..uses.terminal import Style, filled, printable
from .check import CheckReport
from .findings import LEVELS, RULES, Finding, Severity

_SARIF_LEVELS = {"info": "note", "warning": "warning", "error": "error"}
_EXCERPT = 30
"""Characters of text to each side of what is shown."""


def text_report(reports: Sequence[CheckReport], style: Style, level: Severity) -> str:
    """A paragraph a finding at or above `level`, with what stands around it, and a line that counts them."""
    lines = [line for report in reports for line in _lines(report, style, level)]
    counts = {name: sum(f.severity == name for r in reports for f in r.findings) for name in reversed(LEVELS)}
    told = ", ".join(_counted(count, name, level) for name, count in counts.items())
    suppressed = sum(report.suppressed for report in reports)
    return "\n".join([*lines, told + (f"; {suppressed} suppressed" if suppressed else "")])


def _counted(count: int, name: Severity, level: Severity) -> str:
    """How many findings of a severity there are, and how to see them if they are below `level`."""
    told = f"{count} {name if name == 'info' or count == 1 else name + 's'}"
    hidden = count and LEVELS.index(name) < LEVELS.index(level)
    return told + (f" (not shown: --level {name})" if hidden else "")


def _lines(report: CheckReport, style: Style, level: Severity) -> Iterator[str]:
    for finding in report.at_least(level):
        place = _place(report, finding)
        yield f"{printable(place)}: {finding.severity}: {printable(_said(finding))} [{finding.rule}]"
        if finding.ja:
            yield from filled([_around(report.bitext.ja.text, *finding.ja)], style, indent="    ")
        if finding.en:
            yield from filled([_around(report.bitext.en.text, *finding.en)], style, indent="    ")
        yield ""


def _said(finding: Finding) -> str:
    """The message and, of several glossaries, which one says so."""
    return finding.message if finding.layer is None else f"{finding.message} ({finding.layer})"


def _place(report: CheckReport, finding: Finding) -> str:
    if finding.en_line is not None:
        return f"{report.bitext.en.path or report.bitext.name}:{finding.en_line}:{finding.en_column}"
    return f"{report.bitext.ja.path or report.bitext.name}:{finding.ja_line or 1}"


def _around(text: str, start: int, end: int) -> str:
    first, last = max(0, start - _EXCERPT), min(len(text), min(end, start + 2 * _EXCERPT) + _EXCERPT)
    shown = " ".join(text[first:last].split())
    return ("…" if first else "") + shown + ("…" if last < len(text) else "")


def json_report(reports: Sequence[CheckReport], level: Severity) -> list[dict[str, Any]]:
    """A dictionary a bitext; offsets are characters of the repaired texts, lines and columns count from 1."""
    return [
        {
            "document": report.bitext.name,
            "ja_path": report.bitext.ja.path or None,
            "en_path": report.bitext.en.path or None,
            "suppressed": report.suppressed,
            "findings": [finding_dict(finding) for finding in report.at_least(level)],
        }
        for report in reports
    ]


def finding_dict(finding: Finding) -> dict[str, Any]:
    """A finding as plain data."""
    names = ("rule", "severity", "message", "ja", "en", "ja_text", "en_text", "suggestion", "concept_id")
    names_of_layer = () if finding.layer is None else ("layer",)
    places = ("ja_line", "en_line", "en_column", "fingerprint")
    found = {name: getattr(finding, name) for name in (*names, *names_of_layer, *places)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}


def sarif_report(reports: Sequence[CheckReport], level: Severity) -> dict[str, Any]:
    """A SARIF 2.1.0 log (OASIS): one run; columns in Unicode code points."""
    rules = [{"id": name, "shortDescription": {"text": text}} for name, text in RULES.items()]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "glossary check", "version": __version__, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": [_sarif(report, finding) for report in reports for finding in report.at_least(level)],
            }
        ],
    }


def _sarif(report: CheckReport, finding: Finding) -> dict[str, Any]:
    document = report.bitext.en if finding.en else report.bitext.ja
    span = finding.en or finding.ja or (0, 0)
    region: dict[str, Any] = {"startLine": finding.en_line or finding.ja_line or 1}
    if finding.en_column is not None:
        region["startColumn"] = finding.en_column
    region["snippet"] = {"text": document.text[slice(*span)]}
    location = {"artifactLocation": {"uri": _uri(document.path or report.bitext.name)}, "region": region}
    return {
        "ruleId": finding.rule,
        "level": _SARIF_LEVELS[finding.severity],
        "message": {"text": _said(finding)},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"glossary/v1": finding.fingerprint},
    }


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path.replace("\\", "/"), safe="/:")


def junit_report(reports: Sequence[CheckReport], level: Severity) -> str:
    """JUnit XML as CI servers read it: a suite a bitext, a case a rule, which fails where the rule found something."""
    suites = [_suite(report, level) for report in reports]
    return '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n' + "\n".join(suites) + "\n</testsuites>"


def _suite(report: CheckReport, level: Severity) -> str:
    found = report.at_least(level)
    failed = {finding.rule for finding in found}
    name = _attribute(report.bitext.name)
    lines = [f'<testsuite name={name} tests="{len(RULES)}" failures="{len(failed)}" errors="0">']
    for rule in RULES:
        lines.append(f'<testcase classname={name} name="{rule}">')
        for finding in (finding for finding in found if finding.rule == rule):
            message = _attribute(f"{_place(report, finding)}: {_said(finding)}")
            lines.append(f'<failure type="{finding.severity}" message={message}/>')
        lines.append("</testcase>")
    return "\n".join([*lines, "</testsuite>"])


def _attribute(text: str) -> str:
    return quoteattr(
        "".join(c if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff" else " " for c in text)
    )
