"""Figures, missing reports, 通报, 督办单, board, timeline."""
