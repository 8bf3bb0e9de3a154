"""Where every key of every file stands, for problems that are found after reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fazhi_tui.records.yaml.parser import Node


class Lines(Mapping[tuple[str, str], int]):
    """(path, key path such as ``"事项.0.截止"``) → line, looked up in the trees when asked for."""

    def __init__(self, trees: Mapping[str, Node]) -> None:
        self.trees = trees

    def find(self, path: str, keys: str) -> tuple[Node, Node] | None:
        """The nodes of a key and its value (an element: twice), or None where it is not written."""
        node = self.trees.get(path)
        found: tuple[Node, Node] | None = None
        for part in keys.split("."):
            found = node.get(int(part) if node.kind == "seq" and part.isdecimal() else part) if node else None
            if found is None:
                return None
            node = found[1]
        return found

    def place(self, path: str, keys: str) -> tuple[int, int]:
        """Line and column of a key, or of the nearest one above it that is written; else (0, 0)."""
        while keys:
            found = self.find(path, keys)
            if found is not None:
                return (found[0].line, found[0].column)
            keys = keys.rpartition(".")[0]
        return (0, 0)

    def text_place(self, path: str, key: str, index: int) -> tuple[int, int]:
        """Line and column of the line ``index`` (from 0) of a text: inside it where it is a literal block."""
        found = self.find(path, key)
        if found is not None and found[1].style == "|":
            return (found[1].line + 1 + index, 0)
        return self.place(path, key)

    def __getitem__(self, where: tuple[str, str]) -> int:
        found = self.find(*where)
        if found is None:
            raise KeyError(where)
        return found[0].line

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for path, root in self.trees.items():
            for keys in _key_paths(root, ""):
                yield (path, keys)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _key_paths(node: Node, prefix: str) -> Iterator[str]:
    if node.kind == "map":
        named = [(key.value, value) for key, value in node.value if key.kind == "scalar"]
    elif node.kind == "seq":
        named = [(str(index), value) for index, value in enumerate(node.value)]
    else:
        return
    for name, value in named:
        yield f"{prefix}{name}"
        yield from _key_paths(value, f"{prefix}{name}.")
