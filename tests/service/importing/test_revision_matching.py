"""A revised document finds its measures by what they say: no note is lost, none comes to stand elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from shutil import copytree
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.importer.corrections.review_decisions import correspond
from fazhi_tui.records.check.run import check
from fazhi_tui.records.loader import load
from fazhi_tui.service.importing.compare import Asked, Revision, lay_out
from fazhi_tui.service.importing.create import write_import
from fazhi_tui.service.importing.prepare import prepare_import
from fazhi_tui.service.importing.review import Review
from fazhi_tui.service.importing.revise import revise
from fazhi_tui.service.notes.file_report import file_report
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.plan.amend import Amendment, prepare_amendment
from fazhi_tui.service.plan.register import prepare_rename
from fazhi_tui.service.plan.settings import prepare_setting
from fazhi_tui.service.plan.structure import prepare_withdrawal
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.writer import Writer
from tests.conftest import git

TODAY = date(2025, 11, 20)
DAY = date(2025, 7, 1)
REASON = "示例：中期调整"
REVIEWERS = "（牵头单位：市司法局；参加单位：市公安局）"

SETUP = (
    "优化机构设置。健全部门协调机制，2023年底前完成权责清单调整。（牵头单位：市委编办；参加单位：市司法局）"
)
ENFORCING = (
    "规范执法行为。推行行政执法公示制度，每年开展一次案卷评查。（牵头单位：市司法局；参加单位：市公安局）"
)
REVIEW = "加强行政复议。2024年6月底前建成行政复议服务中心。（牵头单位：市司法局；参加单位：市财政局）"
OPENNESS = "推进政务公开。主动公开重大行政决策目录。（牵头单位：市政府办公室；参加单位：市大数据局）"
BUSINESS = (
    "优化营商环境。2025年6月底前实现高频事项一件事一次办。（牵头单位：市数据局；参加单位：市政府办公室）"
)
ALL = (SETUP, ENFORCING, REVIEW, OPENNESS)


def document(folder: Path, measures: Sequence[str], title: str = "") -> Path:
    lines = [f"{number}.{measure}" for number, measure in enumerate(measures, 1)]
    path = folder / "方案.txt"
    head = f"示例市法治政府建设实施方案（2022—2025年）{title}\n\n为推进示例，制定本方案。\n\n一、主要任务\n"
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def root(tmp_path: Path, own_world: Path) -> Path:
    git(own_world, "config", "--global", "user.name", "示例填报人")
    git(own_world, "config", "--global", "user.email", "example@example.org")
    into = tmp_path / "台账"
    write_import(prepare_import(document(tmp_path, ALL), into))
    git(into, "config", "fazhi.today", TODAY.isoformat())
    return into


def reader(root: Path) -> Reader:
    return Reader(root, TODAY)


def report(root: Path, measure: str, text: str, item: str | None = None) -> None:
    request = ReportRequest(measure, "市司法局", text, item=item)
    file_report(Writer(reader(root)), request, Identity("市司法局", "示例填报人", "example@example.org"))


def measures(root: Path) -> dict[str, Measure]:
    return {measure.id: measure for measure in load(root).measures}


def told_at(root: Path) -> dict[str, str | None]:
    """What was reported → the title of the measure that it stands at."""
    titles = {number: measure.title for number, measure in measures(root).items()}
    return {note.body.strip(): titles[note.measure] for note in load(root).notes}


def fates(revision: Revision) -> dict[str, str]:
    return {row.title: row.fate.value for row in revision.matched}


def revised(root: Path, source: Path, **asked: object) -> Revision:
    return revise(prepare_import(source, root), Asked(REASON, **asked)).revision  # type: ignore[arg-type]


def decide(root: Path, text: str) -> None:
    kept = root / "plan/source/corrections.yaml"
    kept.write_text(kept.read_text(encoding="utf-8") + text, encoding="utf-8")
    git(root, "commit", "-q", "-am", "示例：校订")


def sound(root: Path) -> None:
    assert [problem.message for problem in check(load(root)) if problem.severity == "错误"] == []
    assert git(root, "status", "--porcelain") == ""


# ------------------------------------------------------------------ inserted, moved, swapped, left out


class TestNumbersMove:
    def test_an_inserted_measure_takes_nobodys_place(self, root: Path, tmp_path: Path) -> None:
        report(root, "2", "示例：公示平台上线")
        report(root, "3", "示例：复议服务中心已选址")
        later = REVIEW.replace("6月", "12月")
        source = document(tmp_path, (SETUP, BUSINESS, ENFORCING, later, OPENNESS))
        revision = revised(root, source, since=DAY)
        assert fates(revision) == {
            "优化机构设置": "相同",
            "优化营商环境": "新增",
            "规范执法行为": "移号",
            "加强行政复议": "修改",
            "推进政务公开": "移号",
        }
        assert told_at(root) == {
            "示例：公示平台上线": "规范执法行为",
            "示例：复议服务中心已选址": "加强行政复议",
        }
        now = measures(root)
        assert {number: measure.title for number, measure in now.items()} == {
            "1": "优化机构设置",
            "2": "规范执法行为",
            "3": "加强行政复议",
            "4": "推进政务公开",
            "5": "优化营商环境",
        }
        assert (now["5"].added, now["5"].printed_id) == (DAY, "2")
        (item,) = now["3"].items
        assert (item.due, [entry.said["due"] for entry in item.history]) == (
            date(2024, 12, 31),
            [date(2024, 6, 30)],
        )
        sound(root)

    def test_the_measures_in_any_other_order_stay_what_they_are(self, root: Path, tmp_path: Path) -> None:
        report(root, "2", "示例：公示平台上线")
        before = {number: measure.title for number, measure in measures(root).items()}
        revised(root, document(tmp_path, ALL[::-1]))
        assert {number: measure.title for number, measure in measures(root).items()} == before
        assert told_at(root) == {"示例：公示平台上线": "规范执法行为"}
        assert measures(root)["2"].printed_id == "3"
        sound(root)

    def test_another_measure_under_an_old_number_is_a_new_one(self, root: Path, tmp_path: Path) -> None:
        report(root, "4", "示例：目录已公开")
        revision = revised(root, document(tmp_path, (SETUP, ENFORCING, REVIEW, BUSINESS)))
        assert fates(revision)["推进政务公开"] == "不见"
        assert told_at(root) == {"示例：目录已公开": "推进政务公开"}
        assert measures(root)["5"].title == "优化营商环境"
        sound(root)

    def test_a_revision_of_a_revision_knows_what_was_which(self, root: Path, tmp_path: Path) -> None:
        report(root, "2", "示例：公示平台上线")
        revised(root, document(tmp_path, (BUSINESS, *ALL)))
        again = lay_out(prepare_import(document(tmp_path, (BUSINESS, *ALL)), root))
        assert set(fates(again).values()) == {"相同"}
        assert [change for change in again.changes if change.data is not None] == []
        once_more = revised(root, document(tmp_path, (BUSINESS, SETUP, ENFORCING, OPENNESS)))
        assert fates(once_more) == {
            "优化营商环境": "相同",
            "优化机构设置": "相同",
            "规范执法行为": "相同",
            "推进政务公开": "移号",
            "加强行政复议": "不见",
        }
        assert told_at(root) == {"示例：公示平台上线": "规范执法行为"}
        sound(root)


class TestWhatIsGone:
    def test_it_is_kept_unless_it_is_to_be_withdrawn(self, root: Path, tmp_path: Path) -> None:
        report(root, "3", "示例：复议服务中心已选址")
        source = document(tmp_path, (SETUP, ENFORCING, OPENNESS))
        before = (root / "plan/03.yaml").read_bytes()
        revision = revised(root, source)
        assert fates(revision)["加强行政复议"] == "不见"
        assert (root / "plan/03.yaml").read_bytes() == before
        revised(
            root, document(tmp_path, (SETUP, ENFORCING, OPENNESS), "试行"), withdraw_missing=True, since=DAY
        )
        assert measures(root)["3"].withdrawn == DAY
        assert told_at(root) == {"示例：复议服务中心已选址": "加强行政复议"}
        sound(root)

    def test_the_number_of_what_was_withdrawn_is_not_free(self, root: Path, tmp_path: Path) -> None:
        revised(root, document(tmp_path, ALL[:3]), withdraw_missing=True, since=DAY)
        revised(root, document(tmp_path, (*ALL[:3], BUSINESS)))
        assert measures(root)["4"].title == "推进政务公开"
        assert measures(root)["5"].title == "优化营商环境"
        sound(root)

    def test_what_was_withdrawn_here_and_is_printed_still_stays_withdrawn(
        self, root: Path, tmp_path: Path
    ) -> None:
        Writer(reader(root)).commit(prepare_withdrawal(reader(root), "4", REASON, DAY))
        revision = revised(
            root, document(tmp_path, (SETUP, ENFORCING.replace("一次", "两次"), REVIEW, OPENNESS))
        )
        assert measures(root)["4"].withdrawn == DAY
        assert len(measures(root)) == 4
        assert any("已经废止" in row.told for row in revision.matched)

    def test_another_plan_altogether_is_refused(self, root: Path, tmp_path: Path) -> None:
        other = (
            "植树造林。春季植树一万株。（牵头单位：市林业局）",
            "疏浚河道。汛前清淤。（牵头单位：市水利局）",
        )
        head = git(root, "rev-parse", "HEAD")
        with pytest.raises(NotAllowedError, match="一条也对不上"):
            revised(root, document(tmp_path, other))
        assert git(root, "rev-parse", "HEAD") == head


# ------------------------------------------------------------------ doubt


#: Half of its words are those of 规范执法行为, half are others.
DOUBTFUL = "规范执法监督。推行行政执法公示制度，建立检查备案平台并公布频次。" + REVIEWERS


class TestDoubt:
    def test_nothing_is_written_and_it_says_how_to_settle_it(self, root: Path, tmp_path: Path) -> None:
        source = document(tmp_path, (SETUP, DOUBTFUL, REVIEW, OPENNESS))
        head = git(root, "rev-parse", "HEAD")
        with pytest.raises(NotAllowedError, match="原件第2条「规范执法监督」像台账的第2条") as caught:
            revised(root, source)
        assert "对应" in caught.value.hint
        assert git(root, "rev-parse", "HEAD") == head
        assert git(root, "status", "--porcelain") == ""

    @pytest.mark.parametrize(("tracker", "title"), [("2", "规范执法监督"), ("新增", "规范执法行为")])
    def test_the_corrections_settle_it(self, root: Path, tmp_path: Path, tracker: str, title: str) -> None:
        decide(root, f'\n对应:\n  - {{措施: "2", 台账: "{tracker}", 理由: 示例}}\n')
        revised(root, document(tmp_path, (SETUP, DOUBTFUL, REVIEW, OPENNESS)))
        assert measures(root)["2"].title == title
        assert len(measures(root)) == (4 if tracker == "2" else 5)
        sound(root)

    def test_a_decision_is_of_its_own_document_alone(self, root: Path, tmp_path: Path) -> None:
        decide(root, '\n对应:\n  - {措施: "2", 台账: 新增, 理由: 示例}\n')
        revised(root, document(tmp_path, (SETUP, DOUBTFUL, REVIEW, OPENNESS)))
        revision = revised(root, document(tmp_path, ALL))
        assert fates(revision)["规范执法行为"] == "移号" or fates(revision)["规范执法行为"] == "相同"
        assert fates(revision)["规范执法监督"] == "不见"
        sound(root)

    @pytest.mark.parametrize(
        ("entries", "match"),
        [
            ('{措施: "9", 台账: "2", 理由: 示例}', "原件里没有"),
            ('{措施: "2", 台账: "9", 理由: 示例}', "台账里没有"),
            ('{措施: "2", 台账: "2", 理由: 示例}, {措施: "2", 台账: "3", 理由: 示例}', "写了两次"),
            ('{措施: "2", 台账: "2", 理由: 示例}, {措施: "3", 台账: "2", 理由: 示例}', "都写作"),
            ('{措施: "2", 台账: 旧的, 理由: 示例}', "台账"),
        ],
    )
    def test_a_decision_that_cannot_be_is_told_with_its_line(
        self, root: Path, tmp_path: Path, entries: str, match: str
    ) -> None:
        decide(root, f"\n对应: [{entries}]\n")
        with pytest.raises(UsageError, match=match):
            revised(root, document(tmp_path, (SETUP, DOUBTFUL, REVIEW, OPENNESS)))


class TestReview:
    def test_it_begins_with_what_is_doubtful_and_settles_it(self, root: Path, tmp_path: Path) -> None:
        source = document(tmp_path, (SETUP, DOUBTFUL, REVIEW, OPENNESS))
        review = Review(source, root)
        doubt = review.doubts[0]
        assert doubt.message == "第2条分不清是台账的哪一条：可能是第2条，也可能是新增的。"
        assert source.read_text(encoding="utf-8")[doubt.at :].startswith("2.规范执法监督")
        review.decide(lambda _imported, _corrections: correspond("2", "新增"))
        assert all("分不清" not in each.message for each in review.doubts)
        row = review.now.row("2")
        assert row is not None
        assert (row.fate, row.number) == ("新增", "5")
        revise(prepare_import(source, root, review.save()), Asked(REASON))
        assert measures(root)["5"].title == "规范执法监督"
        sound(root)

    def test_a_measure_that_the_tracker_does_not_have_is_refused(self, root: Path, tmp_path: Path) -> None:
        review = Review(document(tmp_path, (SETUP, DOUBTFUL, REVIEW, OPENNESS)), root)
        with pytest.raises(UsageError, match="台账里没有"):
            review.decide(lambda _imported, _corrections: correspond("2", "9"))
        assert not review.changed


# ------------------------------------------------------------------ what the tracker knows stays


class TestAmendedMeanwhile:
    def test_a_later_document_takes_back_nothing_that_was_amended(self, root: Path, tmp_path: Path) -> None:
        amendment = Amendment(REASON, ["牵头单位=市财政局"], since=DAY)
        Writer(reader(root)).commit(prepare_amendment(reader(root), "3", amendment))
        revised(root, document(tmp_path, (SETUP, ENFORCING.replace("一次", "两次"), REVIEW, OPENNESS)))
        revision = revised(root, document(tmp_path, (SETUP, ENFORCING, REVIEW, OPENNESS)))
        assert measures(root)["3"].leads == ("市财政局",)
        assert fates(revision)["加强行政复议"] == "相同"
        sound(root)

    def test_what_both_changed_is_told_and_not_overwritten(self, root: Path, tmp_path: Path) -> None:
        amendment = Amendment(REASON, ["3.1.截止=2025-03-31"], since=DAY)
        Writer(reader(root)).commit(prepare_amendment(reader(root), "3", amendment))
        later = document(tmp_path, (SETUP, ENFORCING, REVIEW.replace("6月", "12月"), OPENNESS + "按季更新。"))
        for _ in range(2):
            (change,) = [each for each in lay_out(prepare_import(later, root)).changes if each.measure == "3"]
            assert (change.kind, "3.1.截止" in change.why) == ("不同", True)
            if _ == 0:
                revised(root, later)
        assert measures(root)["3"].items[0].due == date(2025, 3, 31)

    def test_the_document_changes_another_key_than_the_amendment(self, root: Path, tmp_path: Path) -> None:
        amendment = Amendment(REASON, ["牵头单位=市财政局"], since=DAY)
        Writer(reader(root)).commit(prepare_amendment(reader(root), "3", amendment))
        longer = REVIEW.replace("服务中心", "服务中心和调解室")
        revised(root, document(tmp_path, (SETUP, ENFORCING, longer, OPENNESS)))
        assert "调解室" in measures(root)["3"].text
        assert measures(root)["3"].leads == ("市财政局",)

    def test_settings_and_names_from_a_day_on_survive(self, root: Path, tmp_path: Path) -> None:
        Writer(reader(root)).commit(prepare_setting(reader(root), "报送周期", "每月25日", REASON, DAY))
        Writer(reader(root)).commit(prepare_rename(reader(root), "市大数据局", "市数据局", DAY, REASON))
        renamed = OPENNESS.replace("市大数据局", "市数据局")
        source = document(tmp_path, (SETUP, ENFORCING.replace("一次", "两次"), REVIEW, renamed))
        revision = revised(root, source)
        tracker = load(root)
        assert tracker.plan is not None
        assert tracker.plan.settings.rhythm == "每月25日"
        assert tracker.plan.settings.history
        assert [unit.name for unit in tracker.units if "数据" in unit.name] == ["市数据局"]
        # The same body under its new name is no change of the duty.
        assert fates(revision)["推进政务公开"] == "相同"
        assert measures(root)["4"].history == ()
        sound(root)

    def test_the_same_document_read_again_is_a_correction_without_a_day(
        self, root: Path, tmp_path: Path
    ) -> None:
        decide(
            root,
            '\n分工:\n  - {措施: "3", 牵头: [市财政局], 理由: 示例}\n',
        )
        source = document(tmp_path, ALL)
        with pytest.raises(UsageError, match="不分日期"):
            revised(root, source, since=DAY)
        revised(root, source)
        assert (measures(root)["3"].leads, measures(root)["3"].history) == (("市财政局",), ())


class TestItems:
    def test_an_item_is_never_made_another(self, root: Path, tmp_path: Path) -> None:
        report(root, "3", "示例：已选址", "3.1")
        other = REVIEW.replace(
            "2024年6月底前建成行政复议服务中心", "推行行政复议全流程网上办理，2025年9月底前配齐专职听证员"
        )
        decide(root, '\n对应:\n  - {措施: "3", 台账: "3", 理由: 示例}\n')
        revised(root, document(tmp_path, (SETUP, ENFORCING, other, OPENNESS)), since=DAY)
        old, new = measures(root)["3"].items
        assert (old.id, old.due, old.until) == ("3.1", date(2024, 6, 30), date(2025, 6, 30))
        assert (new.id, new.due, new.since) == ("3.2", date(2025, 9, 30), DAY)
        assert [note.item for note in load(root).notes] == ["3.1"]
        sound(root)

    def test_an_item_put_before_another_has_a_number_of_its_own(self, root: Path, tmp_path: Path) -> None:
        report(root, "3", "示例：已选址", "3.1")
        more = REVIEW.replace("2024年6月", "2023年9月底前出台示例办法，2024年6月")
        revised(root, document(tmp_path, (SETUP, ENFORCING, more, OPENNESS)), since=DAY)
        by_number = {item.id: item.due for item in measures(root)["3"].items}
        assert by_number == {"3.1": date(2024, 6, 30), "3.2": date(2023, 9, 30)}
        revised(root, document(tmp_path, (SETUP, ENFORCING, more.replace("6月", "8月"), OPENNESS)))
        by_number = {item.id: item.due for item in measures(root)["3"].items}
        assert by_number == {"3.1": date(2024, 8, 31), "3.2": date(2023, 9, 30)}
        sound(root)


# ------------------------------------------------------------------ one revision after another

POOL = (
    *ALL,
    BUSINESS,
    "健全普法机制。编制普法责任清单并向社会公布。（牵头单位：市司法局）",
    "完善基层治理。每个乡镇配备法律顾问。（牵头单位：市委政法委；参加单位：市民政局）",
)


STEP = st.tuples(st.permutations(range(len(POOL))), st.integers(3, 6), st.booleans())


@given(st.lists(STEP, min_size=2, max_size=2))
@settings(
    max_examples=6,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_notes_stay_where_they_were_filed_whatever_is_revised(
    root: Path, tmp_path: Path, steps: list[tuple[list[int], int, bool]]
) -> None:
    into = Path(mkdtemp(dir=tmp_path)) / "台账"
    copytree(root, into)
    for number, measure in measures(into).items():
        report(into, number, f"示例：{measure.title}")
    bore = {number: {measure.title} for number, measure in measures(into).items()}
    for month, (order, length, edited) in enumerate(steps, 5):
        texts = [POOL[at] + ("" if not edited else "示例补充。") for at in order[:length]]
        # A document that has nothing of the tracker, or nothing else, is refused.
        with suppress(NotAllowedError):
            source = document(tmp_path, texts)
            revised(into, source, withdraw_missing=edited, since=date(2025, month, 1))
        for number, measure in measures(into).items():
            bore.setdefault(number, set()).add(measure.title)
        assert told_at(into) == {told: told.removeprefix("示例：") for told in told_at(into)}
    assert all(len(titles) == 1 for titles in bore.values())
    sound(into)
