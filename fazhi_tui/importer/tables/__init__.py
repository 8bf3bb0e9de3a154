"""Task tables (任务分解表, 台账): measures, their units, deadlines and progress out of rows."""
