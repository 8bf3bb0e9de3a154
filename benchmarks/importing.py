"""Importing, beside its floor: a 30-page .docx against what python-docx needs to read it, and growth.

Each round is a process of its own; told are medians: seconds of both, their ratio, and the peak of memory.
Growth is one text of 10 KB to 10 MB converted in one process: seconds for each, and per MB.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

PYTHON = sys.executable
FAZHI = str(Path(PYTHON).parent / "fazhi")
#: A page of a Chinese document in size 3 print (三号) holds 22 lines of 28 characters.
PAGE = 22 * 28
READ = "import sys, docx; [p.text for p in docx.Document(sys.argv[1]).paragraphs]"
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)


def plan_lines(characters: int) -> list[str]:
    """A plan (示例) of about so many characters, in paragraphs as documents print them."""
    lines = ["示例市法治建设实施方案（2023—2026年）", "为了示例，制定本方案。", "一、主要任务"]
    length = sum(map(len, lines))
    number = 0
    while length < characters:
        number += 1
        if number % 20 == 1:
            lines.append(f"（{_numeral(number // 20 + 1)}）健全示例体系")
        lines.append(
            f"{number}.优化示例工作{number}。统筹推进示例事项，健全示例制度，完善示例机制。"
            "2024年年底前，示例覆盖率达到95%以上。每年至少公布一次示例清单，强化示例监督，提升示例能力。"
            f"（牵头单位：市示例{_numeral(number % 40 + 1)}局；参加单位：市样本局、市政府各委办局）"
        )
        length += len(lines[-1])
    return lines


def _numeral(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number % 100, 10)
    return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (
        digits[ones] if ones else ""
    ) or "百"


def timed(words: list[str], environ: dict[str, str]) -> tuple[float, float]:
    """Seconds and MB at its highest of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(words, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        assert process.stderr is not None
        raise SystemExit(f"{words}: {process.stderr.read().decode()}")
    # Linux counts in KB, macOS in bytes.
    return seconds, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def docx_figures(folder: Path, rounds: int) -> dict[str, object]:
    import docx

    document = docx.Document()
    for line in plan_lines(30 * PAGE):
        document.add_paragraph(line)
    source = folder / "方案.docx"
    document.save(str(source))
    environ = {**os.environ, "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    environ |= {f"GIT_{who}_{what}": f"bench@{what.lower()}.invalid" for who in ("AUTHOR", "COMMITTER")
                for what in ("NAME", "EMAIL")}  # fmt: skip
    ours: list[tuple[float, float]] = []
    floor: list[tuple[float, float]] = []
    for number in range(rounds + 1):
        read = timed([PYTHON, "-c", READ, str(source)], environ)
        made = timed([FAZHI, "import", str(source), "--into", str(folder / "new")], environ)
        shutil.rmtree(folder / "new")
        if number:
            floor.append(read)
            ours.append(made)
    seconds, floor_seconds = (statistics.median(s for s, _ in each) for each in (ours, floor))
    return {
        "name": "fazhi import, 30 pages of .docx, to a committed tracker",
        "against": "python-docx reads it",
        "ms": round(seconds * 1000, 1),
        "floor_ms": round(floor_seconds * 1000, 1),
        "ratio": round(seconds / floor_seconds, 2),
        "mb": round(max(m for _, m in ours), 1),
        "floor_mb": round(max(m for _, m in floor), 1),
    }


def growth(largest: int) -> list[dict[str, object]]:
    from fazhi_tui.importer.corrections.model import Corrections
    from fazhi_tui.importer.pipeline import convert

    # What is loaded with the first text is no part of the growth.
    convert("\n".join(plan_lines(1000)).encode(), Corrections(), "示例.txt")
    figures: list[dict[str, object]] = []
    for size in SIZES:
        if size > largest:
            break
        # A character is three bytes.
        source = "\n".join(plan_lines(size // 3)).encode()
        start = time.perf_counter()
        convert(source, Corrections(), "示例.txt")
        seconds = time.perf_counter() - start
        figures.append(
            {"name": f"convert {len(source) / 1e6:.2f} MB of text", "ms": round(seconds * 1000, 1),
             "ms_per_mb": round(seconds * 1e9 / len(source), 1)}
        )  # fmt: skip
    return figures


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5, help="rounds of each, after one to warm up")
    options.add_argument("--largest", type=int, default=SIZES[-1], help="the largest text, in bytes")
    options.add_argument("--json", action="store_true", help="print the figures as JSON")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        results = [docx_figures(Path(folder), chosen.rounds), *growth(chosen.largest)]
    if chosen.json:
        print(json.dumps(results, ensure_ascii=False, indent=2))
        return
    for result in results:
        print("  ".join(f"{key}: {value}" for key, value in result.items()))


if __name__ == "__main__":
    main()
