"""The manual's pages as they lie in the package: Markdown, one page a file, in the order of their names."""

from __future__ import annotations

from importlib import resources

from fazhi_tui.domain.model.errors import UsageError


def manual_pages() -> dict[str, str]:
    """Every page by its name (``list``, ``form`` …), in the manual's order, as Markdown."""
    folder = resources.files("fazhi_tui") / "manual"
    files = sorted(
        (page for page in folder.iterdir() if page.name.endswith(".md")), key=lambda page: page.name
    )
    return {page.name[3:-3]: page.read_text("utf-8") for page in files}


def manual_page(name: str) -> str:
    """One page as Markdown.  Raises :class:`UsageError` where there is none of that name."""
    pages = manual_pages()
    if name not in pages:
        raise UsageError(f"手册里没有「{name}」这一节", f"有：{'、'.join(pages)}")
    return pages[name]
