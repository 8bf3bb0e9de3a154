"""Why nothing can be changed where a tracker was opened for looking alone."""

from __future__ import annotations

#: The words, and the way out.
READ_ONLY = "这是只读的，只能查看"
READ_ONLY_HINT = (
    "要填报，请不带 --read-only、--today 打开（也不设 FAZHI_READ_ONLY、FAZHI_TODAY）；"
    "浏览器里看的，由提供的人加 --write"
)
