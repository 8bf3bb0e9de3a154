"""A person's own settings, the same for every tracker: theme and keys, in a file that they can edit.

Lies in the user's configuration folder (``FAZHI_SETTINGS`` names another file).  What is wrong in it is told
with its line and left out; the rest holds.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fazhi_tui.domain.model.errors import FazhiError, RepositoryError
from fazhi_tui.domain.model.keyed import keyed
from fazhi_tui.domain.model.problem import Problem
from fazhi_tui.domain.system_errors import system_words
from fazhi_tui.records import json_store
from fazhi_tui.records.fields import to_json
from fazhi_tui.records.files import write_atomic
from fazhi_tui.records.reader import read_plain, read_yaml
from fazhi_tui.records.yaml.editor import edit

VARIABLE = "FAZHI_SETTINGS"
NAME = "settings.yaml"
_HEAD = """\
# fazhi 的个人设置：只影响你自己，对各个台账都一样。键名和写法见 docs/manual.md 的“个人设置”。
"""


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One action with other keys than the program's own."""

    action: str = keyed("操作", "操作的名称，如 填报；几处同名的写明是哪一处，如 预览/返回。", minLength=1)
    keys: str = keyed("键", "一个或几个键，空格隔开，如 F2 或 Ctrl+L 或 /。", minLength=1)


@dataclass(frozen=True, slots=True)
class Preferences:
    """The whole of the settings file."""

    theme: str | None = keyed("主题", "界面的主题，如 fazhi-dark。", default=None)
    keys: tuple[KeyChange, ...] = keyed("按键", "改掉的按键。", default=())


@dataclass(frozen=True)
class LoadedPreferences:
    """The settings, the file that they are in (which need not exist), and what is wrong in it."""

    values: Preferences
    path: str
    problems: tuple[Problem, ...] = ()
    exists: bool = False


def preferences_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the settings lie."""
    if named := environ.get(VARIABLE):
        return Path(named).expanduser()
    import platformdirs

    return platformdirs.user_config_path("fazhi") / NAME


def load_preferences(environ: Mapping[str, str] = os.environ) -> LoadedPreferences:
    """The person's settings; the defaults where there is no file or too little of it can be read."""
    path = preferences_path(environ)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return LoadedPreferences(Preferences(), str(path))
    except OSError as error:
        problem = Problem.of_file(str(path), "unreadable", f"读不了：{system_words(error)}", "检查读权限")
        return LoadedPreferences(Preferences(), str(path), (problem,), exists=True)
    values, problems = read_yaml(Preferences, data, str(path))
    return LoadedPreferences(values or Preferences(), str(path), problems, exists=True)


def save_theme(name: str, environ: Mapping[str, str] = os.environ) -> None:
    """Remember a theme; everything else in the file stays as it is, comments too.

    Raises :class:`RepositoryError` where the file cannot be written, or has mistakes to be mended first.
    """
    path = preferences_path(environ)
    try:
        text = path.read_text("utf-8") if path.exists() else ""
        if text.strip():
            try:
                text = edit(text, {("主题",): name})
            except FazhiError as error:
                raise RepositoryError(
                    f"{path} 里有错，没有记住主题：{error.message}", "先改好这个文件"
                ) from error
        else:
            text = f"{_HEAD}主题: {name}\n"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, text)
    except (OSError, ValueError) as error:
        words = system_words(error) if isinstance(error, OSError) else str(error)
        raise RepositoryError(
            f"写不了 {path}：{words}", "检查写权限，或用 FAZHI_SETTINGS 另指一个文件"
        ) from error


# ------------------------------------------------------------------ what the screen remembers by itself


@dataclass(frozen=True)
class ScreenState:
    """What the screen keeps from one start to the next: columns, sizes of panes, the tour."""

    columns: tuple[str, ...] = keyed("columns", "列表的列。", default=())
    facets: int = keyed("facets", "分类栏的宽度。", default=0, minimum=0, maximum=1000)
    beside: int = keyed("beside", "详情在旁边时的宽度。", default=0, minimum=0, maximum=1000)
    below: int = keyed("below", "详情在下面时的高度。", default=0, minimum=0, maximum=1000)
    tour_seen: bool = keyed("tour_seen", "看过导览。", default=False)


def load_screen_state() -> ScreenState:
    """As it was left; the defaults where nothing is kept or it is damaged."""
    state, _ = read_plain(ScreenState, json_store.load(_state_folder(), "screen") or {}, "screen")
    return state or ScreenState()


def save_screen_state(state: ScreenState) -> None:
    """Keep it; best effort, since it is no record."""
    with suppress(OSError, RepositoryError):
        json_store.save(_state_folder(), "screen", to_json(state))


def _state_folder() -> Path:
    import platformdirs

    return platformdirs.user_state_path("fazhi")
