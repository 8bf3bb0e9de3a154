"""``python -m fazhi_tui``: the same as ``fazhi``, for where the script's place is not known."""

from __future__ import annotations

from fazhi_tui.cli import main

if __name__ == "__main__":
    main()
