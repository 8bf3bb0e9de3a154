"""``fazhi import``: a document to a new tracker."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fazhi_tui.cli.output import err, out
from fazhi_tui.service import Import, prepare_import, write_import
from fazhi_tui.visible import one_line

app = typer.Typer()


@app.command("import")
def import_document(
    source: Annotated[str, typer.Argument(metavar="原件", help="方案的原件，纯文本。")],
    into: Annotated[str, typer.Option("--into", metavar="目录", help="新台账的目录；可以尚不存在。")],
    corrections: Annotated[
        str | None,
        typer.Option("--corrections", metavar="文件", help="校订文件；不写则取原件旁边的 corrections.yaml。"),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="只比较目录与导入结果是否相同，不写入。")] = False,
) -> int:
    """由方案原件和校订文件生成台账的 plan/ 各文件；从不覆盖已有的不同文件。

    例：
      fazhi import plan/source/document.txt --into . --check
      fazhi import 方案.txt --into 新台账 --corrections 校订.yaml
    """
    prepared = prepare_import(
        Path(source).expanduser(),
        Path(into).expanduser(),
        Path(corrections).expanduser() if corrections else None,
    )
    if check:
        return _compare(prepared)
    written = write_import(prepared)
    for path in written:
        out(one_line(str(prepared.into / path)))
    err(
        f"{prepared.measures} 条措施、{prepared.gaps} 条缺失、{prepared.units} 个单位；"
        + (f"写了 {len(written)} 个文件。" if written else "文件都已在，没有改动。")
    )
    if prepared.doubts:
        err(f"有 {len(prepared.doubts)} 处存疑：")
        err("\n".join(f"  {one_line(doubt)}" for doubt in prepared.doubts))
    return 0


def _compare(prepared: Import) -> int:
    for word, paths in (("缺少", prepared.missing), ("不同", prepared.differing), ("多出", prepared.extra)):
        for path in paths:
            out(f"{word}  {one_line(path)}")
    err("与导入结果相同。" if prepared.equal else "与导入结果不同。")
    return 0 if prepared.equal else 1
