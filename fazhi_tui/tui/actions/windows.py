"""What can be done in the other screens, by place: forms, previews, the record, pages, settling."""

from __future__ import annotations

from fazhi_tui.tui.actions.command import Command, Situation
from fazhi_tui.tui.actions.common import common

HERE = "这里"


def _there(now: Situation) -> str:
    return now.lacks


def _writes(now: Situation) -> str:
    return now.read_only or now.lacks


FORM: tuple[Command, ...] = (
    Command(
        "preview", "f2", "ctrl+s", "预览并提交",
        "预览将写的文件和提交；在预览里再按一次就提交。",
        HERE, "yu lan ti jiao", hint=True, place="form", priority=True,
    ),
    Command(
        "templates", "f6", "alt+t", "模板",
        "选一段常用的写法放进内容。",
        HERE, "mo ban", hint=True, place="form", priority=True,
    ),
    Command(
        "editor", "f7", "alt+o", "编辑器",
        "用 $EDITOR 写内容，存盘退出后回到表单。",
        HERE, "bian ji qi", hint=True, place="form", priority=True,
    ),
    Command(
        "choices", "f10", "alt+k", "类型状态",
        "光标到类型，再按到状态，再按回到内容；左右键选。",
        HERE, "lei xing zhuang tai", place="form", priority=True,
    ),
    Command(
        "blank", "f9", "alt+n", "下一空",
        "跳到模板里下一处要填的【】，输入就替换它。",
        HERE, "xia yi kong", place="form", priority=True,
    ),
    Command(
        "compare", "f5", "alt+c", "对照",
        "打开表单以后别人的填报，和自己写的并排看。",
        HERE, "dui zhao bie ren", place="form", priority=True,
    ),
    Command(
        "markdown", "f8", "alt+v", "排版",
        "内容按 Markdown 排出来看，再按一次回到填写。",
        HERE, "pai ban yu lan", hint=True, place="form", priority=True,
    ),
    Command(
        "add_evidence", "f3", "alt+e", "附佐证",
        "添加佐证材料。",
        HERE, "fu zuo zheng", hint=True, place="form", priority=True,
    ),
    Command(
        "drop_evidence", "f4", "alt+d", "去佐证",
        "去掉最后添加的一份佐证材料。",
        HERE, "qu diao zuo zheng", place="form", priority=True,
    ),
    Command(
        "leave", "escape", "alt+q", "离开",
        "离开；改过的内容先问存为草稿、丢弃还是继续。",
        HERE, "li kai", hint=True, place="form",
    ),
    *common("form", letters=False),
)  # fmt: skip

BATCH: tuple[Command, ...] = (
    Command(
        "preview", "f2", "ctrl+s", "预览",
        "逐条检查，预览全部提交。",
        HERE, "yu lan", hint=True, place="batch", priority=True,
    ),
    Command(
        "templates", "f6", "alt+t", "模板",
        "选一段常用的写法放进内容。",
        HERE, "mo ban", hint=True, place="batch", priority=True,
    ),
    Command(
        "editor", "f7", "alt+o", "编辑器",
        "用 $EDITOR 写内容，存盘退出后回到表单。",
        HERE, "bian ji qi", hint=True, place="batch", priority=True,
    ),
    Command(
        "choices", "f10", "alt+k", "类型状态",
        "光标到类型，再按到状态，再按回到内容；左右键选。",
        HERE, "lei xing zhuang tai", place="batch", priority=True,
    ),
    Command(
        "blank", "f9", "alt+n", "下一空",
        "跳到模板里下一处要填的【】，输入就替换它。",
        HERE, "xia yi kong", place="batch", priority=True,
    ),
    Command(
        "markdown", "f8", "alt+v", "排版",
        "内容按 Markdown 排出来看，再按一次回到填写。",
        HERE, "pai ban yu lan", hint=True, place="batch", priority=True,
    ),
    Command(
        "leave", "escape", "alt+q", "离开",
        "离开；改过的内容先问存为草稿、丢弃还是继续。",
        HERE, "li kai", hint=True, place="batch",
    ),
    *common("batch", letters=False),
)  # fmt: skip

PREVIEW: tuple[Command, ...] = (
    Command(
        "commit", "enter", "f2", "提交",
        "照这里写的提交一次。",
        HERE, "ti jiao", hint=True, place="preview", more=("ctrl+s",), priority=True,
    ),
    Command(
        "back", "q", "escape", "返回",
        "返回，不提交；几条一起提交时，做完手上这一次就停下。",
        HERE, "fan hui", hint=True, place="preview",
    ),
    *common("preview"),
)  # fmt: skip

RECORD: tuple[Command, ...] = (
    Command(
        "ask", "slash", "f3", "查找",
        "按单位、编号、by: kind: field: since: until: 和起止日期查找。",
        HERE, "cha zhao", hint=True, place="record",
    ),
    Command(
        "open", "o", "enter", "改了什么",
        "这一次提交改了什么：先逐字段、逐句说，再是 git 的差异。",
        HERE, "gai le shen me", _there, hint=True, place="record",
    ),
    Command(
        "go", "g", "ctrl+g", "转到措施",
        "回到主界面，光标放在这次提交的措施上。",
        HERE, "zhuan dao cuo shi", _there, hint=True, place="record",
    ),
    Command(
        "undo", "z", "f8", "撤销这一次",
        "撤销这次填报：先看要撤什么，确认后以一次新的提交撤销。",
        HERE, "che xiao", _writes, hint=True, place="record",
    ),
    Command(
        "back", "q", "escape", "返回",
        "从查找框回到列表，从列表回到主界面。",
        HERE, "fan hui", hint=True, place="record",
    ),
    *common("record"),
)  # fmt: skip

COMMIT: tuple[Command, ...] = (
    Command(
        "close", "q", "escape", "返回",
        "回到全部记录。",
        HERE, "fan hui", hint=True, place="commit", more=("left",),
    ),
    *common("commit"),
)  # fmt: skip

PAGES: tuple[Command, ...] = (
    Command(
        "open", "o", "enter", "转到",
        "转到这一行的措施，或按这一行筛选。",
        HERE, "zhuan dao", _there, hint=True, place="pages",
    ),
    Command(
        "turn_on", "right_square_bracket", "right", "下一页",
        "换到下一页。",
        HERE, "xia yi ye", place="pages", more=("tab",),
    ),
    Command(
        "turn_back", "left_square_bracket", "left", "上一页",
        "换到上一页。",
        HERE, "shang yi ye", place="pages", more=("shift+tab",),
    ),
    Command(
        "urge", "e", "ctrl+e", "催办这些",
        "催办这一行的措施。",
        HERE, "cui ban", _writes, hint=True, place="pages",
    ),
    Command(
        "close", "q", "escape", "返回",
        "回到主界面。",
        HERE, "fan hui", hint=True, place="pages",
    ),
    *common("pages"),
)  # fmt: skip

SETTLE: tuple[Command, ...] = (
    Command(
        "take_ours", "1", "f5", "我方",
        "这一处取我方的，到下一处没有选的。",
        HERE, "wo fang", _there, hint=True, place="settle",
    ),
    Command(
        "take_theirs", "2", "f6", "对方",
        "这一处取对方的，到下一处没有选的。",
        HERE, "dui fang", _there, hint=True, place="settle",
    ),
    Command(
        "take_base", "3", "f7", "原来",
        "这一处取两边改动以前的，到下一处没有选的。",
        HERE, "yuan lai", _there, hint=True, place="settle",
    ),
    Command(
        "turn_on", "right_square_bracket", "right", "换一方",
        "这一处换成下一方的，光标不动。",
        HERE, "huan yi fang", _there, place="settle",
    ),
    Command(
        "turn_back", "left_square_bracket", "left", "换回一方",
        "这一处换成上一方的，光标不动。",
        HERE, "huan hui", _there, place="settle",
    ),
    Command(
        "finish", "w", "f2", "提交合并",
        "全部选定以后，写好各个文件，提交合并。",
        HERE, "ti jiao he bing", hint=True, place="settle", more=("ctrl+s",), priority=True,
    ),
    Command(
        "give_up", "x", "f8", "放弃合并",
        "回到合并以前；两边的提交都还在。",
        HERE, "fang qi he bing", hint=True, place="settle",
    ),
    Command(
        "leave", "q", "escape", "以后再说",
        "离开，合并留着没有做完，下次接着选定。",
        HERE, "yi hou zai shuo", hint=True, place="settle",
    ),
    *common("settle"),
)  # fmt: skip
