"""What is served, where, and to whom."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Serving:
    """``command`` is run for each visitor, with ``environment`` over the server's own variables.

    ``port`` 0 lets the system choose.  ``token`` is the key without which nobody is let in; ``sessions`` how
    many may look at once.  ``public_url`` is the address that people use, where a reverse proxy stands
    before this; ``writable`` only changes what the page says and asks: it is the command that refuses.
    """

    command: tuple[str, ...]
    token: str
    host: str = "127.0.0.1"
    port: int = 0
    sessions: int = 8
    public_url: str = ""
    writable: bool = False
    environment: dict[str, str] = field(default_factory=dict)
