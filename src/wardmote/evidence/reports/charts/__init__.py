"""Charts and maps: plain data in; a Vega-Lite specification and the same in words out.

Every function is pure and returns a `DrawnChart`: `.spec` is a `dict` that says in full what is drawn (no addresses,
no files; `render.render_svg` and `render.render_png` draw it), `.alt` says the main figures in words. All take
`unit` (written above the axis), `title` (drawn nowhere: it opens the words), `theme` and `size` (`frame.REPORT`,
640 px wide, or `frame.SMALL`, 310 px) by keyword. What is missing or suppressed is None and is hatched with a word on
it, never zero; no line joins across a gap or a break. Nothing to draw, or a value that is not finite: `UsageError`.

    trend.annual_trend(points: [TrendPoint], *, unit, breaks: [BreakMark])   years with intervals and breaks
    months.month_series(points: [MonthPoint], *, unit, breaks: [BreakMark])  bars, every month of the run
    months.month_profile(indexes: [12 values], counts: [12 values or none], *, first_month)
    control.control_chart(points: [MonthPoint], limits: XmrChart, *, unit, breaks: [BreakMark])
    bars.ranked_bars(rows: [BarRow], *, unit)                                 which are the largest
    bars.change_dots(rows: [ChangeRow], *, unit)                              what rose, fell, stayed
    peers.peer_rank(rows: [PeerRow], *, unit, reference: (name, value))      the area among its peers
    funnel.funnel(rows: [FunnelRow], limits: [FunnelLimit], *, average, unit, population_unit)
    maps.choropleth(areas: [MapArea], *, unit, breaks: "quantile" or [value], class_count, top, highlights: [code],
                    highlight_label, outline: WKB or shapely)                 small areas or wards
    lorenz.lorenz(counts: [value for every place, zeros too], *, places, events, comparison: ChanceComparison)
    deciles.decile_rates(rows: [DecileRow], *, unit, reference: (name, value))  by deprivation decile, 1 most deprived
"""
