"""What can be done in the main screen: list, board, timeline and charts, facets and detail."""

from __future__ import annotations

from fazhi_tui.tui.actions.command import OTHER, Command, Situation, common, placed


def _loaded(now: Situation) -> str:
    return "" if now.ready else "台账还在读取"


def _on_measure(now: Situation) -> str:
    if now.broken_file:
        return f"{now.broken_file} 读不出来，先按问题提示改好文件"
    return "" if now.has_measure else "没有选中措施"


def _changeable(now: Situation) -> str:
    past = f"看的是 {now.past}，先用「回看」回到现在" if now.past else ""
    return now.read_only or past or now.git_refuses


def _unoccupied(now: Situation) -> str:
    if now.operation == "合并":
        return _changeable(now) or "合并还没有做完，先用「同步」接着选定，或放弃"
    return _changeable(now) or (f"仓库正在进行{now.operation}，先做完或放弃" if now.operation else "")


def _reportable(now: Situation) -> str:
    return _unoccupied(now) or _on_measure(now)


def _committable(now: Situation) -> str:
    return _unoccupied(now) or _loaded(now)


def _own_unit(now: Situation) -> str:
    return _loaded(now) or ("" if now.unit else "还没有设置本单位，先用「设置本人」设置")


def _on_board(now: Situation) -> str:
    return _reportable(now) or ("" if now.view == "as_board" else "只在看板里可以")


FIND, VIEW, READ, WRITE = "查找", "形式和窗格", "查看", "填报"

COMMANDS: tuple[Command, ...] = (
    *placed("main", FIND,
        Command("filter", "slash", "f3", "筛选", "shai xuan",
            "编辑筛选条件，边输入边出结果；Enter 保留，Esc 退回原来的条件。", _loaded, hint=True),
        Command("units", "u", "f4", "单位", "dan wei",
            "单位列表及各自的措施数；输入汉字、拼音或首字母缩小范围，Tab 换角色，Enter 筛选。",
            _loaded, hint=True),
        Command("deadlines", "d", "f6", "时限", "shi xian",
            "按时限筛选：逾期、30 天内、90 天内、某年、某季度或自己写的起止日期。", _loaded, hint=True),
        Command("mine", "m", "ctrl+u", "本单位", "ben dan wei",
            "只看本单位牵头、参加或负责的措施；再按一次取消。", _own_unit),
        Command("clear", "c", "ctrl+l", "清除筛选", "qing chu shai xuan",
            "去掉全部筛选条件，显示所有措施。", lambda now: "" if now.has_query else "现在没有筛选条件"),
        Command("goto", "g", "ctrl+g", "转到编号", "zhuan dao bian hao",
            "按编号转到一条措施；在列表里直接输入数字也可以。", _loaded),
        Command("facets", "f", "ctrl+f", "分类", "fen lei",
            "到左侧分类栏（窗口宽 100 列以上）；Enter 按该类筛选，再按一次取消。", _loaded),
        Command("sort", "S", "f12", "排序", "pai xu",
            "按编号、标题、牵头单位、状态、时限、灯、更新或进度排列；再选同一列就倒过来。", _loaded),
        Command("columns", "C", "alt+c", "选列", "xuan lie",
            "列表显示哪些列：空格选上或去掉，回到默认；自己记住。", _loaded),
        Command("views", "V", "alt+v", "视图", "shi tu bao cun",
            "保存的视图，一个一键；把现在的筛选、形式、排序存成视图，自己用或提交给大家用。",
            _loaded, hint=True),
        Command("back", "less_than_sign", "alt+left", "后退", "hou tui",
            "回到刚才的筛选、形式和措施，像浏览器那样。",
            lambda now: "" if now.has_back else "前面没有别处了"),
        Command("forward", "greater_than_sign", "alt+right", "前进", "qian jin",
            "后退以后，再往前。", lambda now: "" if now.has_forward else "后面没有别处了"),
        Command("home", "w", "ctrl+w", "我的单位", "wo de dan wei",
            "本单位的红灯、被退回、催办、近期到期和待填报；统筹单位另有待审核、延期、分歧和漏报。",
            _own_unit),
    ),
    *placed("main", VIEW,
        Command("as_list", "L", "alt+l", "列表", "lie biao",
            "把筛选出来的措施排成列表。", _loaded),
        Command("as_board", "K", "alt+k", "看板", "kan ban",
            "把筛选出来的措施按状态排成看板；左右换列，上下换条，逗号和句点把卡片移到前后的状态。", _loaded),
        Command("as_timeline", "T", "alt+t", "时间线", "shi jian xian",
            "把筛选出来的措施按时限排在方案的年份上，标出今天；加号减号缩放，左右移动。", _loaded),
        Command("as_charts", "a", "ctrl+r", "汇总", "hui zong tong ji",
            "筛选出来的措施的图表：各灯、各状态、各节、各单位、各季到期、每月填报；Enter 按那一行筛选。",
            _loaded, hint=True),
        Command("zoom", "plus", "alt+z", "放大", "fang da",
            "让光标所在的一格占满，再按一次还原。", _loaded),
        Command("grow", "equals_sign", "ctrl+right", "加宽", "jia kuan",
            "加宽（上下排列时加高）光标所在的一格，也可以用鼠标拖格与格之间的缝。", _loaded),
        Command("shrink", "minus", "ctrl+left", "收窄", "shou zhai",
            "收窄（上下排列时压低）光标所在的一格。", _loaded),
    ),
    *placed("main", READ,
        Command("missing", "n", "ctrl+n", "漏报", "lou bao",
            "上一期哪些单位、哪些措施没有填报；按 e 催办。", _loaded),
        Command("time", "t", "ctrl+k", "回看", "hui kan guo qu",
            "回看某一天、某个标签或提交时的情形，直接从 git 读取，只供查看；再按 t 可回到现在。", _loaded),
        Command("open", "o", "enter", "详情", "xiang qing",
            "打开选中措施的详情；小窗口里详情占满整屏，Esc 返回列表。", _loaded, hint=True),
        Command("next_tab", "right_square_bracket", "right", "下一页签", "xia yi ye qian",
            "详情换到下一个页签：原文、进展、历史、变更。"),
        Command("previous_tab", "left_square_bracket", "left", "上一页签", "shang yi ye qian",
            "详情换到上一个页签。"),
        Command("next", "j", "ctrl+down", "下一条", "xia yi tiao",
            "选中下一条措施，看详情时也可以。", _loaded),
        Command("previous", "k", "ctrl+up", "上一条", "shang yi tiao",
            "选中上一条措施，看详情时也可以。", _loaded),
        Command("history", "h", "f7", "历史", "li shi",
            "选中措施的历史，一行一次提交；Enter 看那一次改了什么。", _on_measure),
        Command("record", "l", "ctrl+d", "全部记录", "quan bu ji lu",
            "全部提交，可按单位、类型、改动的项和日期查找；Enter 看改了什么，g 转到措施，z 撤销那一次。",
            lambda now: now.git_refuses or _loaded(now)),
        Command("changes", "y", "ctrl+s", "变动", "bian dong",
            "标出某时以来有变动的措施（左边标 +）：上次打开、几天前、某日或某个标签以来；也可只看这些。",
            _loaded),
        Command("problems", "x", "f9", "问题", "wen ti jian cha",
            "检查全部文件，列出问题、位置和改法。", _loaded),
    ),
    *placed("main", WRITE,
        Command("report", "s", "f2", "填报", "tian bao jin zhan",
            "填报选中措施的进展：先填写，再预览文件和提交，最后提交一次。", _reportable, hint=True),
        Command("drafts", "D", "alt+d", "草稿", "cao gao",
            "没有提交成的填报，接着填、看看内容或丢弃；措施已不在的也在这里。", _loaded),
        Command("card_back", "comma", "shift+left", "卡片左移", "ka pian zuo yi",
            "看板里把卡片移到前一个走得通的状态：打开填报表单，状态已经选好，写明内容后提交。", _on_board),
        Command("card_on", "full_stop", "shift+right", "卡片右移", "ka pian you yi",
            "看板里把卡片移到后一个走得通的状态：打开填报表单，状态已经选好，写明内容后提交。", _on_board),
        Command("mark", "v", "ctrl+x", "标记", "biao ji",
            "标记选中的措施，或去掉标记，空格也可以；有标记时，填报和催办对全部有标记的措施。", _on_measure),
        Command("mark_all", "asterisk", "ctrl+a", "标记全部", "biao ji quan bu",
            "标记列出的全部措施；都已标记时，去掉全部标记。", _loaded),
        Command("urge", "e", "ctrl+e", "催办", "cui ban",
            "催办选中的或有标记的措施：写明要求，预览，一条一次提交或合为一次；只有统筹单位能催办。",
            _committable),
        Command("undo", "z", "f8", "撤销", "che xiao",
            "撤销自己最近一次填报：先看要撤什么，确认后以一次新的提交撤销。", _committable, hint=True),
        Command("sync", "p", "f10", "同步", "tong bu",
            "与服务器同步：取回、合并、推送，可随时停下；两边改了同一处时逐处选定。合并没做完时接着做。",
            lambda now: _changeable(now) or _loaded(now), hint=True),
        Command("submit", "P", "ctrl+v", "提交审核", "ti jiao shen he",
            "把自己的提交推送为一个分支并发起合并请求；先按审核规则查一遍。", _committable),
        Command("identity", "i", "ctrl+o", "设置本人", "she zhi ben ren dan wei xing ming",
            "设置本单位、姓名和邮箱，存于本仓库的 git 配置。", _committable),
    ),
    *placed("main", OTHER,
        Command("members", "M", "ctrl+y", "集合计入成员", "ji he ji ru cheng yuan",
            "集合（如 市政府各委办局）所担的措施是否也算作成员单位的；成员见 plan/units.yaml。", _loaded),
        Command("refresh", "r", "f5", "刷新", "shua xin",
            "重新读取文件和 git 状态；别的程序改动的文件两秒内也会自动读入。"),
        Command("theme", "b", "ctrl+t", "明暗", "ming an zhu ti",
            "在深色与浅色之间切换。"),
        Command("themes", "B", "alt+b", "主题", "zhu ti yan se",
            "选一个主题：自带深色、浅色和两个高对比度的，还有 Textual 的；自己记住。"),
        Command("settings", "O", "alt+o", "个人设置", "ge ren she zhi an jian",
            "个人设置文件在哪里、里面有什么、按键有没有冲突。"),
        Command("tour", "W", "alt+w", "导览", "dao lan",
            "在界面里一步一步走一遍，随时可以停下。", _loaded),
    ),
    *common("main"),
    *placed("main", OTHER,
        Command("quit", "q", "ctrl+q", "退出", "tui chu",
            "退出程序；没有提交的填报留作草稿。", hint=True),
    ),
)  # fmt: skip
