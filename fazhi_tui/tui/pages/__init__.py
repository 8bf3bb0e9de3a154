"""Pages of lines: 统计, 我的单位, problems."""
