"""How often does the checker agree with claims worked by hand, and whom does it accuse?

Checks published documents together, with an area's populations loaded, and holds the verdicts against a file of worked
claims: a confusion table, the worked claims that cannot be recomputed from these inputs, every disagreement, and every
accusation with its reason, so that each can be judged from outside. Run with `make claims-benchmark`.
"""

import argparse
import json
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wardmote.evidence import interface
from wardmote.evidence.claims.check import Checked, check_documents
from wardmote.evidence.claims.loaded import LoadedEvidence
from wardmote.evidence.claims.model import VERDICTS, Claim
from wardmote.evidence.claims.reading import read_document
from wardmote.evidence.targets.grammar import describe_target, list_understandings

PROJECT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("WARDMOTE_REALDATA", PROJECT.parent / "shared" / "data"))
GOLD = PROJECT / "tests" / "evidence" / "claims" / "gold" / "claims_gold_001_002_003.json"
#: The verdicts that are compared; "derived" and "target" are no judgement of a claim, "not_checkable" is the remainder.
COMPARED = ("ok", "imprecise", "wrong", "inconsistent", "contradicts", "unsupported")
#: Worked claims that need a fact which neither the documents nor the loaded tables hold.
MISSING_FACTS = {
    "F004-L21-1": "the police inspectorate's findings of 2017 and 2018 on how completely crime was recorded",
    "F004-L128-2": "the number of adults in Kent and Medway, or a published prevalence of severe dependency",
}


@dataclass(frozen=True)
class Outcome:
    """One worked claim with the verdict that the checker gave the same words, if it found them."""

    worked: dict[str, Any]
    claim: Claim | None

    @property
    def verdict(self) -> str:
        return self.claim.verdict if self.claim else "not found"

    @property
    def agrees(self) -> bool:
        return bool(self.verdict == self.worked["verdict"])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, default=DATA.parent / "seeds")
    parser.add_argument("--worked", type=Path, default=DATA / "medway" / "claims_worked_000_004.json")
    parser.add_argument("--held-out", type=Path, default=GOLD, help="claims worked by others, of other documents")
    parser.add_argument("--population", type=Path, default=DATA / "population")
    parser.add_argument("--out", type=Path, default=Path("build/claims-benchmark"))
    options = parser.parse_args(arguments)
    for needed in (options.documents, options.worked):
        if not needed.exists():
            sys.stderr.write(
                f"{needed}: not found. Name the documents and the worked claims: make claims-benchmark "
                'ARGS="--documents FOLDER --worked FILE --population FOLDER", or set WARDMOTE_REALDATA.\n'
            )
            return 3
    checked = check_all(options.documents, options.population)
    worked = json.loads(options.worked.read_text("utf-8"))
    held_out = json.loads(options.held_out.read_text("utf-8")) if options.held_out.exists() else []
    report = "\n".join([*write_report(checked, worked), *write_held_out(checked, held_out)]) + "\n"
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "report.md").write_text(report, "utf-8")
    targets = "\n".join(write_targets(checked)) + "\n"
    (options.out / "targets.md").write_text(targets, "utf-8")
    sys.stdout.write(f"{report}\n{targets}")
    return 0


def check_all(folder: Path, population: Path) -> Checked:
    """Check every document of a folder together, with the districts' populations loaded into a store of its own."""
    documents = [read_document(path) for path in sorted(folder.glob("*.txt"))]
    with tempfile.TemporaryDirectory() as scratch:
        store = interface.open_store(Path(scratch) / "store", create=True)
        files = sorted(population.glob("LAD*.xlsx"))
        if files:
            interface.load_files(store, "ons-population", files, now=datetime.now(UTC), by="benchmark")
        evidence = LoadedEvidence(interface.open_evidence(store)) if files else None
        return check_documents(documents, evidence=evidence)


def match(checked: Checked, worked: dict[str, Any]) -> Outcome:
    """Find the claim that judges the same words: same document and line, and the claimed value among its figures."""
    line = int(worked["locator"].partition(":L")[2])
    on_line = [c for c in checked.claims if c.place.file.startswith(worked["doc"]) and c.place.line == line]
    found = [claim for claim in on_line if _speaks_of(claim, worked)]
    found.sort(key=lambda claim: (claim.verdict != worked["verdict"], claim.rule == "plain"))
    judged = [claim for claim in found if claim.rule != "plain"]
    return Outcome(worked, next(iter(judged or found), None))


def _speaks_of(claim: Claim, worked: dict[str, Any]) -> bool:
    claimed = worked["claimed"] or {}
    text = " ".join(str(claimed[key]) for key in ("text", "label") if key in claimed)
    if text:
        words = set(re.findall(r"[\w/]+", text.lower()))
        return len(words & set(re.findall(r"[\w/]+", claim.quote.lower()))) >= max(1, len(words) // 2)
    values = set(_list_values(claimed))
    figures = {round(abs(q.value), 6) for q in (*claim.claimed, *claim.recomputed)}
    return bool(values & figures)


def _list_values(claimed: dict[str, Any]) -> Iterator[float]:
    for value in claimed.values():
        for one in value if isinstance(value, list) else [value]:
            date = re.fullmatch(r"(\d{4})-(\d\d)", str(one))
            for number in [f"{date[1]}{date[2]}"] if date else re.findall(r"\d[\d,]*(?:\.\d+)?", str(one)):
                yield round(float(number.replace(",", "")), 6)


def write_report(checked: Checked, worked: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The whole answer as Markdown."""
    outcomes = [match(checked, entry) for entry in worked if entry["verdict"] in COMPARED]
    missing = [o for o in outcomes if o.worked["id"] in MISSING_FACTS]
    compared = [o for o in outcomes if o.worked["id"] not in MISSING_FACTS]
    agreed = sum(o.agrees for o in compared)
    yield "# Claims worked by hand, and whom the checker accuses\n"
    yield (
        f"{agreed} of {len(compared)} compared claims got the same verdict ({agreed / max(1, len(compared)):.1%}).\n"
    )
    yield "## Confusion\n"
    yield from _write_confusion(compared)
    yield "\n## Cannot be recomputed from these inputs\n"
    yield from (f"- {o.worked['id']} ({o.worked['verdict']}): needs {MISSING_FACTS[o.worked['id']]}" for o in missing)
    yield "\n## Disagreements\n"
    for outcome in compared:
        if not outcome.agrees:
            why = outcome.claim.why if outcome.claim else "no claim at that line with that value"
            yield f"- {outcome.worked['id']} worked {outcome.worked['verdict']}, found {outcome.verdict}: {why}"
    yield "\n## Every accusation\n"
    counts = Counter(claim.verdict for claim in checked.accusations())
    yield f"{len(checked.accusations())} in all: " + ", ".join(f"{n} {v}" for v, n in counts.items()) + ".\n"
    for claim in checked.accusations():
        yield (
            f"- **{claim.verdict}** {claim.place.file[:3]} {claim.place.title} `{claim.rule}`: “{claim.quote}” —"
            f" {claim.why}"
        )


def write_held_out(checked: Checked, worked: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The same comparison with claims of the other documents, worked apart from the rules."""
    outcomes = [match(checked, entry) for entry in worked if entry["verdict"] in COMPARED]
    yield "\n## Other documents, worked apart\n"
    yield f"{sum(o.agrees for o in outcomes)} of {len(outcomes)} got the same verdict.\n"
    yield from _write_confusion(outcomes)
    yield ""
    for outcome in outcomes:
        if not outcome.agrees:
            yield f"- {outcome.worked['id']} worked {outcome.worked['verdict']}, found {outcome.verdict}"


def write_targets(checked: Checked) -> Iterator[str]:
    """What the grammar makes of every target that the documents' tables print: understood, asked or refused."""
    cells = list(_list_target_cells(checked))
    listed = list(zip(cells, list_understandings((title, text) for _, title, text in cells), strict=True))
    counts = Counter(understood.outcome for _, understood in listed)
    yield "# Targets as the documents write them\n"
    yield (
        f"{len(listed)} texts: " + ", ".join(f"{number} {outcome}" for outcome, number in counts.most_common()) + ".\n"
    )
    yield "| where | target in words | outcome | read as | asked or refused |"
    yield "|---|---|---|---|---|"
    for (where, _, text), read in listed:
        said = describe_target(read.target) if read.target else ""
        asked = "; ".join(question.text for question in read.questions) or read.why
        yield "| " + " | ".join(part.replace("|", "/") for part in (where, text, read.outcome, said, asked)) + " |"


def _list_target_cells(checked: Checked) -> Iterator[tuple[str, str, str]]:
    """Place, indicator and target text of every row of a table with a column headed Target."""
    for document in checked.documents:
        for table in document.tables:
            columns = [c for c, name in enumerate(table.header) if name.strip().lower() in ("target", "targets")]
            for row in table.body if columns else ():
                cell = row[columns[0]]
                if cell.text and row[0].text:
                    yield f"{document.name[:3]} {cell.place.title}", row[0].text, cell.text


def _write_confusion(outcomes: Sequence[Outcome]) -> Iterator[str]:
    columns = [*VERDICTS, "not found"]
    counts = Counter((outcome.worked["verdict"], outcome.verdict) for outcome in outcomes)
    yield "| worked \\ found | " + " | ".join(columns) + " |"
    yield "|---|" + "---:|" * len(columns)
    for row in COMPARED:
        if any(counts[(row, column)] for column in columns):
            yield f"| {row} | " + " | ".join(str(counts[(row, column)] or "·") for column in columns) + " |"


if __name__ == "__main__":
    raise SystemExit(main())
