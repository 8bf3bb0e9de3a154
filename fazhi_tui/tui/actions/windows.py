"""What can be done in the other screens, by place: forms, previews, the record, pages, settling."""

from __future__ import annotations

from collections.abc import Mapping

from fazhi_tui.tui.actions.command import Command, Situation, common, lacking, placed

HERE = "这里"


def _writes(now: Situation) -> str:
    return now.read_only or now.lacks


def _there(place: str, *commands: Command, letters: bool = True) -> tuple[Command, ...]:
    return (*placed(place, HERE, *commands), *common(place, letters=letters))


#: What the forms for one report and for several have in common.
_TEXT = (
    Command("templates", "f6", "alt+t", "模板", "mo ban",
        "选一段常用的写法放进内容。", hint=True, priority=True),
    Command("editor", "f7", "alt+o", "编辑器", "bian ji qi",
        "用 $EDITOR 写内容，存盘退出后回到表单。", hint=True, priority=True),
    Command("choices", "f10", "alt+k", "类型状态", "lei xing zhuang tai",
        "光标到类型，再按到状态，再按回到内容；左右键选。", priority=True),
    Command("blank", "f9", "alt+n", "下一空", "xia yi kong",
        "跳到模板里下一处要填的【】，输入就替换它。", priority=True),
)  # fmt: skip
_MARKDOWN = Command("markdown", "f8", "alt+v", "排版", "pai ban yu lan",
    "内容按 Markdown 排出来看，再按一次回到填写。", hint=True, priority=True)  # fmt: skip
_LEAVE = Command("leave", "escape", "alt+q", "离开", "li kai",
    "离开；改过的内容先问存为草稿、丢弃还是继续。", hint=True)  # fmt: skip

#: Place → what can be done there.
WINDOWS: Mapping[str, tuple[Command, ...]] = {
    "form": _there("form",
        Command("preview", "f2", "ctrl+s", "预览并提交", "yu lan ti jiao",
            "预览将写的文件和提交；在预览里再按一次就提交。", hint=True, priority=True),
        *_TEXT,
        Command("compare", "f5", "alt+c", "对照", "dui zhao bie ren",
            "打开表单以后别人的填报，和自己写的并排看。", priority=True),
        _MARKDOWN,
        Command("add_evidence", "f3", "alt+e", "附佐证", "fu zuo zheng",
            "添加佐证材料。", hint=True, priority=True),
        Command("drop_evidence", "f4", "alt+d", "去佐证", "qu diao zuo zheng",
            "去掉最后添加的一份佐证材料。", priority=True),
        _LEAVE,
        letters=False,
    ),
    "batch": _there("batch",
        Command("preview", "f2", "ctrl+s", "预览", "yu lan",
            "逐条检查，预览全部提交。", hint=True, priority=True),
        *_TEXT,
        _MARKDOWN,
        _LEAVE,
        letters=False,
    ),
    "preview": _there("preview",
        Command("commit", "enter", "f2", "提交", "ti jiao",
            "照这里写的提交一次。", hint=True, more=("ctrl+s",), priority=True),
        Command("back", "q", "escape", "返回", "fan hui",
            "返回，不提交；几条一起提交时，做完手上这一次就停下。", hint=True),
    ),
    "record": _there("record",
        Command("ask", "slash", "f3", "查找", "cha zhao",
            "按单位、编号、by: kind: field: since: until: 和起止日期查找。", hint=True),
        Command("open", "o", "enter", "改了什么", "gai le shen me",
            "这一次提交改了什么：先逐字段、逐句说，再是 git 的差异。", lacking, hint=True),
        Command("go", "g", "ctrl+g", "转到措施", "zhuan dao cuo shi",
            "回到主界面，光标放在这次提交的措施上。", lacking, hint=True),
        Command("undo", "z", "f8", "撤销这一次", "che xiao",
            "撤销这次填报：先看要撤什么，确认后以一次新的提交撤销。", _writes, hint=True),
        Command("back", "q", "escape", "返回", "fan hui",
            "从查找框回到列表，从列表回到主界面。", hint=True),
    ),
    "commit": _there("commit",
        Command("close", "q", "escape", "返回", "fan hui",
            "回到全部记录。", hint=True, more=("left",)),
    ),
    "pages": _there("pages",
        Command("open", "o", "enter", "转到", "zhuan dao",
            "转到这一行的措施，或按这一行筛选。", lacking, hint=True),
        Command("turn_on", "right_square_bracket", "right", "下一页", "xia yi ye",
            "换到下一页。", more=("tab",)),
        Command("turn_back", "left_square_bracket", "left", "上一页", "shang yi ye",
            "换到上一页。", more=("shift+tab",)),
        Command("urge", "e", "ctrl+e", "催办这些", "cui ban",
            "催办这一行的措施。", _writes, hint=True),
        Command("close", "q", "escape", "返回", "fan hui",
            "回到主界面。", hint=True),
    ),
    "settle": _there("settle",
        Command("take_ours", "1", "f5", "我方", "wo fang",
            "这一处取我方的，到下一处没有选的。", lacking, hint=True),
        Command("take_theirs", "2", "f6", "对方", "dui fang",
            "这一处取对方的，到下一处没有选的。", lacking, hint=True),
        Command("take_base", "3", "f7", "原来", "yuan lai",
            "这一处取两边改动以前的，到下一处没有选的。", lacking, hint=True),
        Command("turn_on", "right_square_bracket", "right", "换一方", "huan yi fang",
            "这一处换成下一方的，光标不动。", lacking),
        Command("turn_back", "left_square_bracket", "left", "换回一方", "huan hui",
            "这一处换成上一方的，光标不动。", lacking),
        Command("finish", "w", "f2", "提交合并", "ti jiao he bing",
            "全部选定以后，写好各个文件，提交合并。", hint=True, more=("ctrl+s",), priority=True),
        Command("give_up", "x", "f8", "放弃合并", "fang qi he bing",
            "回到合并以前；两边的提交都还在。", hint=True),
        Command("leave", "q", "escape", "以后再说", "yi hou zai shuo",
            "离开，合并留着没有做完，下次接着选定。", hint=True),
    ),
}  # fmt: skip
