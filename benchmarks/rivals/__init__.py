"""The same dossier, drawn by others: what stands in it, their own way of setting it.

Written as their manuals say, without tuning: the same words, links and photo on A4, a running line
and page numbers, Noto fonts. None of them is told what to do about Arabic, Han or emoji.
"""
