"""Running one command line so that nothing but a sentence and an exit code ever comes out."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import typer
from typer.main import get_command

from fazhi_tui import __version__
from fazhi_tui.cli.command_table import MAKING, Commands
from fazhi_tui.cli.options import Place, flag, wants_read_only
from fazhi_tui.cli.output import err, out, say_error
from fazhi_tui.cli.read_context import AT, REPO, TODAY, VIEW, ReadContext
from fazhi_tui.cli.typer_internals import in_chinese
from fazhi_tui.domain.model.errors import FazhiError, NotAllowedError
from fazhi_tui.domain.text.visible import visible

#: Exit codes of a process ended by Ctrl+C and by a closed pipe, as shells count them (128 + signal).
INTERRUPTED, PIPE_CLOSED = 130, 141
#: A fault of the program itself (EX_SOFTWARE of sysexits.h): none of the codes that mean something.
FAULT = 70

app = typer.Typer(
    name="fazhi",
    cls=Commands,
    invoke_without_command=True,
    add_completion=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def fazhi(
    context: typer.Context,
    repo: str | None = REPO,
    today: str | None = TODAY,
    at: str | None = AT,
    read_only: bool = flag("--read-only", help="只看不改：一切填报、提交、同步都会被拒绝。"),
    view: str | None = VIEW,
    version: bool = flag("--version", help="显示版本。"),
) -> None:
    """法治政府建设实施方案的台账：浏览、筛选、填报，每次填报是一个 git 提交。

    不带命令时打开界面；后面写的不是命令，就作为筛选条件。

    例：
      fazhi
      fazhi 28
      fazhi --view 红灯
      fazhi list 'lead:sfj'
      fazhi report 28 --unit 市司法局 --status 推进中 --message '已印发实施方案'
    """
    context.obj = Place(repo, today, at, wants_read_only(read_only), view)
    if version:
        out(f"fazhi {__version__}")
        raise typer.Exit
    if context.obj.read_only and context.invoked_subcommand in MAKING:
        raise NotAllowedError(
            f"只读时不能 fazhi {context.invoked_subcommand}", "去掉 --read-only（或 FAZHI_READ_ONLY）再运行"
        )
    if context.invoked_subcommand is None:
        from fazhi_tui.cli.commands.screen import open_screen

        open_screen(ReadContext(context.obj))


def run_guarded(arguments: Sequence[str]) -> int:
    """Run one command line; gives its exit code.  Whatever goes wrong is told in Chinese."""
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001 - the last resort: a sentence, not a traceback
        return code_after(error)
    return code


def code_after(error: BaseException) -> int:
    """Tell what ended a run, in Chinese; gives the exit code."""
    if isinstance(error, FazhiError):
        say_error(error)
        return error.exit_code
    if isinstance(error, KeyboardInterrupt):
        err("\n已中断。")
        return INTERRUPTED
    if isinstance(error, BrokenPipeError):
        _forget_output()
        return PIPE_CLOSED
    if isinstance(error, OSError):
        return _report_refusal(error)
    if isinstance(error, RecursionError):
        say_error(FazhiError("数据嵌套过深，无法处理", "运行 fazhi check 找出有问题的文件"))
        return FazhiError.exit_code
    if isinstance(error, Exception):
        return _report_fault(error)
    raise error


def _run(arguments: Sequence[str]) -> int:
    from fazhi_tui.cli.completion import completer

    group = get_command(app)
    if completer.asked():
        return completer.answer(group)
    try:
        given = group.main(
            list(arguments), prog_name="fazhi", standalone_mode=False, windows_expand_args=False
        )
    except typer.TyperException as error:
        raise in_chinese(error) from error
    except typer.Abort:
        raise KeyboardInterrupt from None
    if given == INTERRUPTED:
        # Typer has turned Ctrl+C into this code; the person is told as well.
        raise KeyboardInterrupt
    return given if isinstance(given, int) else 0


def _report_refusal(error: OSError) -> int:
    from fazhi_tui.domain.system_errors import system_words

    where = f"{error.filename}：" if error.filename else ""
    say_error(FazhiError(f"系统拒绝了操作：{where}{system_words(error)}", "看看磁盘空间和读写权限"))
    return FazhiError.exit_code


def _report_fault(error: Exception) -> int:
    if os.environ.get("FAZHI_DEBUG"):
        import traceback

        err(traceback.format_exc())
    message = visible(f"{type(error).__name__}: {error}")
    say_error(FazhiError(f"程序出了意外：{message}", "设置 FAZHI_DEBUG=1 再运行一次，把输出附在问题报告里"))
    return FAULT


def _forget_output() -> None:
    """Point standard output away from the closed pipe, or Python complains once more when it exits."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        # No real file behind it (a test's buffer): nothing will complain then.
        return
