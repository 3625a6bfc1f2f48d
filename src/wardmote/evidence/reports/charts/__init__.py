"""Charts and maps: plain data in, a Vega-Lite specification and an alternative text out.

Every function here is pure. It takes frozen rows of numbers and returns a `dict` that says in full what is drawn;
`render` turns that into SVG or PNG, `words` says the same in a sentence or two. A value that is missing or
suppressed is drawn as hatching with a word on it, never as zero; a line is never joined across a break.
"""
