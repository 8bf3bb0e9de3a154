"""What every new tracker has besides its plan: schemas, how to write a note, what git must not touch."""

from __future__ import annotations

import json
from pathlib import Path

from fazhi_tui.records.schema import schemas

GITATTRIBUTES = """\
* text=auto eol=lf
*.png binary
*.pdf binary
*.docx binary
*.xlsx binary
# The source document is kept byte for byte as it came.
plan/source/* -text
plan/source/corrections.yaml text eol=lf
# Evidence is named by its hash: git must keep its bytes as they are.
status/*/evidence/** -text
"""


def template_files() -> dict[str, bytes]:
    """The files of an empty tracker by their paths; the same for every document."""
    files = {
        ".gitattributes": GITATTRIBUTES.encode(),
        "status/README.md": Path(__file__).with_name("status.md").read_bytes(),
    }
    for name, schema in schemas().items():
        files[f"plan/schema/{name}.schema.json"] = (
            json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        ).encode()
    return files
