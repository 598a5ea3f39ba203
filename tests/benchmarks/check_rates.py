"""How often `glossary check` is wrong, and how many errors it finds. Usage: check_rates.py FOLDER [--gold FILE]

Cross-validated by document: the glossary that checks a document is built from the documents of the other folds.
False alarms: findings at the level in correct translations, per 1,000 English words; actual slips in the texts count
as false alarms, too. Found: of the errors that `planted_errors` puts into the same texts, at the same level, those
that a finding points at (it overlaps the error, or its Japanese is that of the error's bead). A finding that the text
has without the error does not count.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from planted_errors import TYPES, Planted, plant

from glossary.build import build
from glossary.checking.check import Checker, CheckReport
from glossary.checking.findings import DEFAULT_LEVEL, LEVELS, Finding, Severity
from glossary.documents.folder import read_paths
from glossary.records import Bitext, Span


def fold_glossary(bitexts: Sequence[Bitext], fold: int, folds: int, folder: Path) -> Path:
    """The glossary of all bitexts but those of the fold, built unless it is in `folder` already."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"fold-{fold}-of-{folds}.db"
    if not path.exists():
        others = [bitext for k, bitext in enumerate(bitexts) if k % folds != fold]
        build([document.path for bitext in others for document in (bitext.ja, bitext.en)], path)
    return path


def new_findings(before: CheckReport, after: CheckReport, level: Severity) -> list[Finding]:
    """What is found with the errors and not without."""
    known = {finding.fingerprint for finding in before.at_least(level)}
    return [finding for finding in after.at_least(level) if finding.fingerprint not in known]


def is_found(error: Planted, findings: Sequence[Finding], beads: Sequence[tuple[Span | None, Span | None]]) -> bool:
    """Whether a finding points at the error. `beads`: (Japanese, English) places."""
    return any(_points_at(finding, place, beads) for finding in findings for place in error.places)


def _points_at(finding: Finding, place: Span, beads: Sequence[tuple[Span | None, Span | None]]) -> bool:
    if finding.en is not None:
        return finding.en[0] < place[1] and place[0] < finding.en[1]
    return any(
        finding.ja and ja and en and ja[0] <= finding.ja[0] < ja[1] and en[0] <= place[0] < en[1] for ja, en in beads
    )


def main() -> None:
    """Print the rates; progress goes to standard error."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="bitexts, NAME.ja.txt and NAME.en.txt, translated correctly")
    parser.add_argument("--gold", type=Path, help="annotated pairs; default: gold.jsonl in or above the folder")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--errors", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--level", choices=LEVELS, default=DEFAULT_LEVEL)
    parser.add_argument("--keep", type=Path, help="keep the glossaries of the folds here, and use what is there")
    parser.add_argument("--list", action="store_true", help="print every false alarm and every error that is missed")
    options = parser.parse_args()
    places = [options.folder / "gold.jsonl", options.folder.parent / "gold.jsonl"]
    gold = options.gold or next(path for path in places if path.exists())
    bitexts = sorted(read_paths([options.folder]).bitexts, key=lambda bitext: bitext.name)
    changed, errors = plant(bitexts, gold, options.errors, options.seed)
    started = time.monotonic()
    alarms: list[tuple[str, Finding]] = []
    found, planted = Counter[str](), Counter(error.type for error in errors)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        for fold in range(options.folds):
            with Checker(fold_glossary(bitexts, fold, options.folds, folder)) as checker:
                for bitext, wrong in list(zip(bitexts, changed, strict=True))[fold :: options.folds]:
                    before, after = checker.check(bitext), checker.check(wrong)
                    alarms += [(bitext.name, finding) for finding in before.at_least(options.level)]
                    fresh = new_findings(before, after, options.level)
                    for error in (error for error in errors if error.document == bitext.name):
                        hit = is_found(error, fresh, after.beads)
                        found[error.type] += hit
                        if options.list and not hit:
                            print(f"missed {error}")
            print(f"{time.monotonic() - started:6.0f} s  fold {fold + 1} of {options.folds}", file=sys.stderr)
    if options.list:
        for name, finding in alarms:
            print(f"alarm {name} {finding.rule}: {finding.message}")
    words = sum(len(bitext.en.text.split()) for bitext in bitexts)
    rules = ", ".join(f"{rule} {count}" for rule, count in Counter(f.rule for _, f in alarms).most_common())
    print(f"{len(bitexts)} documents, {words:,} English words, {options.folds} folds, level {options.level}")
    print(f"false alarms: {len(alarms)}, {1000 * len(alarms) / words:.2f} per 1,000 words ({rules})")
    for kind in TYPES:
        print(f"{kind:<22} {found[kind]:>3} of {planted[kind]:>3} found")
    print(
        f"{'all':<22} {found.total():>3} of {planted.total():>3} found ({found.total() / max(1, planted.total()):.0%})"
    )


if __name__ == "__main__":
    main()
