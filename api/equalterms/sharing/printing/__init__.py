"""Paper: posters of a day and cards for its tables, as SVG and as PDF.

`wording` says what stands on them, `sheets` where; `svg` and `pdf` draw it, the same words as the same bytes.
"""
