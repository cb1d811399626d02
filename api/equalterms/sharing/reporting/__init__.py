"""The report of a day, for its organisers to hand on: how many were helped, with what, and what was answered.

`rules` counts; `tables` and `prose` spell it as CSV and as Markdown. Nothing in it is about one who asked.
"""
