"""What the commands of the main screen do: one method for each id of the table of actions.

A window's module is imported when the window is first opened: the first picture needs none of them.
"""
