"""What the screen says of what has changed over time: duties, measures that came and went, units' names."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import git
from tests.tui.helpers import listed, opened, paste, press, shown


def change(root: Path, path: str, old: str, new: str) -> None:
    file = root / "plan" / path
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")
    git(root, "commit", "-qam", "示例")


async def test_the_detail_says_since_when_a_duty_holds_and_whose_it_was(tracker: Path) -> None:
    former = "沿革:\n  - 至: 2022-12-31\n    牵头单位:\n      - 市公安局\n    依据: 示例：划转\n正文: |"
    change(tracker, "28.yaml", "正文: |", former)
    child = (tracker / "plan" / "28.yaml").read_text("utf-8").replace("28", "54").replace(former, "正文: |")
    origin = '增设: 2023-01-10\n来自:\n  - "28"\n正文: |'
    (tracker / "plan" / "54.yaml").write_text(child.replace("正文: |", origin), "utf-8")
    async with opened(tracker, "编号:28", size=(140, 40)) as (app, _):
        text = shown(app)
        assert "市司法局（自 2023-01-01 起）" in text
        assert "沿革" in text
        assert "至 2022-12-31  牵头单位 市公安局" in text
        assert "自 2023-01-10  分出第 54 条" in text


async def test_a_number_of_a_withdrawn_measure_is_told_as_such(tracker: Path) -> None:
    change(tracker, "25.yaml", "正文: |", "废止: 2023-01-20\n正文: |")
    async with opened(tracker, size=(140, 40)) as (app, pilot):
        await press(pilot, "g", *"25")
        assert "25   （2023-01-20 废止）" in shown(app)
        await press(pilot, "enter")
        assert "第 25 条自 2023-01-20 起已废止" in shown(app)
        assert "废止  自 2023-01-20 起已废止" in shown(app)
        assert "未启动（废止以前）" in shown(app)
        assert "第 25 条" in shown(app)
        await press(pilot, "down", *"25")
        assert "第 25 条自 2023-01-20 起已废止" in shown(app)
        assert len(listed(app)) == 47


async def test_the_list_of_units_has_their_earlier_names_and_their_end(tracker: Path) -> None:
    entry = "  - 名称: 市金融办\n"
    history = "    沿革:\n      - 至: 2022-12-31\n        名称: 市金融工作办\n"
    change(tracker, "units.yaml", entry, entry + history)
    change(tracker, "units.yaml", "  - 名称: 市林业局\n", "  - 名称: 市林业局\n    撤销: 2023-02-01\n")
    async with opened(tracker) as (app, pilot):
        await press(pilot, "u")
        await paste(pilot, "金融")
        assert "市金融办  市金融工作办 至 2022-12-31" in shown(app)
    async with opened(tracker) as (app, pilot):
        await press(pilot, "u")
        await paste(pilot, "林业")
        assert "市林业局  已撤销（2023-02-01）" in shown(app)
