"""The usual year drawn: an index says that it is one."""

from wardmote.web.observatory.evidence.drawings import draw_profile


def test_bars_are_labelled_as_an_index_of_the_average_month() -> None:
    drawing = str(draw_profile([100.0] * 5 + [114.0] + [98.0] * 6))
    assert ">Index, average month = 100 (dashed line)</text>" in drawing
    assert ">114</text>" in drawing
