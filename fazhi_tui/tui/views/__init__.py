"""The views of the filtered measures: list, board, timeline, charts; and saved views."""
