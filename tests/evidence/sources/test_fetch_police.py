"""Fetching from the publisher, played by a local server with good and bad days."""

import gzip
import hashlib
import json
import math
import re
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.publisher import (
    Behaviour,
    Publisher,
    answer_plain,
    drop_after,
    make_archive,
    open_publisher,
    refuse,
    serve_cut,
    serve_other_edition,
    serve_whole,
    stream_without_end,
)
from wardmote.evidence.model.errors import UnreadableInputError, UsageError
from wardmote.evidence.model.periods import Month
from wardmote.evidence.sources.fetch_answers import MOST_REDIRECTS, open_answer
from wardmote.evidence.sources.fetch_files import ATTEMPTS, download_file
from wardmote.evidence.sources.fetch_police import (
    ARCHIVE_MONTHS,
    FIRST_MONTH,
    FetchReport,
    fetch_police,
    plan_archives,
)

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
HEADER = "Crime ID,Month,Reported by\n"
ARCHIVE = "/data/archive/2022-05.zip"


def month_files(month: str, *forces: str, kinds: tuple[str, ...] = ("street",)) -> dict[str, str]:
    """The publisher's layout: a folder a month, a file a force and kind."""
    return {f"{month}/{month}-{f}-{k}.csv": f"{HEADER},{month},{f} {k}\n" * 50 for f in forces for k in kinds}


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    """Data to 2022-05; the archive of that month holds 2022-03 to 2022-05, without Kent's April outcomes."""
    with open_publisher() as found:
        found.add_json("/api/forces", [{"id": "kent", "name": "Kent Police"}, {"id": "essex", "name": "Essex Police"}])
        found.add_json(
            "/api/crimes-street-dates", [{"date": "2022-04"}, {"date": "2022-05", "stop-and-search": ["kent"]}]
        )
        files = month_files("2022-03", "kent", "essex", kinds=("street", "outcomes"))
        files |= month_files("2022-04", "kent", "kent-old", "btp")
        files |= month_files("2022-05", "kent")
        found.files[ARCHIVE] = make_archive(files)
        yield found


class Waits(list[float]):
    """Stands in for time.sleep and keeps what was asked of it."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def fetch(publisher: Publisher, out: Path, **changes: object) -> FetchReport:
    asked: dict[str, object] = {
        "force": "kent", "first": Month(2022, 3), "last": Month(2022, 5), "fetched_at": NOW,
        "base_url": publisher.url, "sleep": Waits(),
    }  # fmt: skip
    return fetch_police(out, **(asked | changes))  # type: ignore[arg-type]


def download(publisher: Publisher, folder: Path, path: str = ARCHIVE, *, sleep: Waits | None = None) -> bytes:
    """Bring one file and check that what is said of it is so."""
    with httpx.Client(timeout=5) as client:
        found = download_file(
            client, publisher.url + path, folder / "file.zip", sleep=Waits() if sleep is None else sleep
        )
    body = found.path.read_bytes()
    assert (found.size_bytes, found.sha256) == (len(body), hashlib.sha256(body).hexdigest())
    assert [p.name for p in folder.iterdir()] == ["file.zip"]
    return body


# -- which archives -----------------------------------------------------------------------------------------
def test_plan_for_one_year_takes_the_newest_archive_that_holds_it() -> None:
    (window,) = plan_archives(Month(2021, 4), Month(2022, 3), latest=Month(2026, 9))
    assert [str(n) for n in window.names] == ["2024-03", "2024-02", "2022-03"]
    assert (str(window.months[0]), str(window.months[-1])) == ("2021-04", "2022-03")


def test_plan_never_names_an_archive_after_the_latest_month() -> None:
    (window,) = plan_archives(Month(2026, 1), Month(2026, 12), latest=Month(2026, 9))
    assert [str(n) for n in window.names] == ["2026-09"]
    assert str(window.months[-1]) == "2026-09"


@given(st.integers(0, 200), st.integers(0, 120), st.integers(0, 240))
def test_plan_covers_every_published_month_once_with_the_fewest_archives(start: int, length: int, latest: int) -> None:
    first, newest = FIRST_MONTH + start, FIRST_MONTH + latest
    last = first + length
    windows = plan_archives(first, last, latest=newest)
    published = [n for n in range(first.ordinal, last.ordinal + 1) if n <= newest.ordinal]
    assert [m.ordinal for w in windows for m in w.months] == published
    assert len(windows) == math.ceil(len(published) / ARCHIVE_MONTHS)
    for window in windows:
        for name in window.names:
            assert name <= newest
            assert name - (ARCHIVE_MONTHS - 1) <= window.months[0] <= window.months[-1] <= name


# -- what a fetch brings ------------------------------------------------------------------------------------
def test_fetch_takes_only_the_forces_own_files(publisher: Publisher, tmp_path: Path) -> None:
    report = fetch(publisher, tmp_path)
    assert [f.path for f in report.files] == [f"2022-0{m}/2022-0{m}-kent-street.csv" for m in (3, 4, 5)]
    assert report.unavailable == ()
    on_disk = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file())
    assert on_disk == [*(f.path for f in report.files), "fetch-manifest.json"]
    assert report.paths_of("street")[0].read_text() == month_files("2022-03", "kent")["2022-03/2022-03-kent-street.csv"]


def test_fetch_reports_each_month_and_kind_that_is_not_to_be_had(publisher: Publisher, tmp_path: Path) -> None:
    report = fetch(publisher, tmp_path, last=Month(2022, 6), kinds=("street", "outcomes"))
    assert [(u.month, u.kind, u.why) for u in report.unavailable] == [
        ("2022-04", "outcomes", "the archive has no such file of kent"),
        ("2022-05", "outcomes", "the archive has no such file of kent"),
        ("2022-06", "street", "the publisher's latest month is 2022-05"),
        ("2022-06", "outcomes", "the publisher's latest month is 2022-05"),
    ]
    assert "outcomes is not available" in str(report.faults[0])


def test_fetch_before_the_publishers_first_month_says_so(publisher: Publisher, tmp_path: Path) -> None:
    report = fetch(publisher, tmp_path, first=Month(2010, 11), last=Month(2010, 11))
    assert [u.why for u in report.unavailable] == ["the publisher's data begins with 2010-12"]
    assert report.archives == ()


def test_fetch_falls_back_to_an_older_archive_where_the_newest_is_not_there(
    publisher: Publisher, tmp_path: Path
) -> None:
    publisher.files["/data/archive/2022-04.zip"] = publisher.files.pop(ARCHIVE)
    report = fetch(publisher, tmp_path, last=Month(2022, 4))
    assert [a.url for a in report.archives] == [publisher.url + "/data/archive/2022-04.zip"]
    assert len(report.files) == 2


def test_fetch_without_any_archive_names_every_month(publisher: Publisher, tmp_path: Path) -> None:
    del publisher.files[ARCHIVE]
    report = fetch(publisher, tmp_path)
    assert {u.why for u in report.unavailable} == {"the publisher offers no archive that holds this month"}
    assert [u.month for u in report.unavailable] == ["2022-03", "2022-04", "2022-05"]


def test_fetch_manifest_holds_address_size_and_checksums(publisher: Publisher, tmp_path: Path) -> None:
    fetch(publisher, tmp_path, first=Month(2022, 5))
    fetch(publisher, tmp_path, first=Month(2022, 3), last=Month(2022, 3))
    fetches = json.loads((tmp_path / "fetch-manifest.json").read_text())["fetches"]
    assert [f["first"] for f in fetches] == ["2022-05", "2022-03"]
    body = publisher.files[ARCHIVE]
    archive = fetches[0]["archives"][0]
    assert archive["url"] == publisher.url + ARCHIVE
    assert (archive["size_bytes"], archive["sha256"]) == (len(body), hashlib.sha256(body).hexdigest())
    entry = fetches[1]["files"][0]
    assert entry["sha256"] == hashlib.sha256((tmp_path / entry["path"]).read_bytes()).hexdigest()
    assert fetches[0]["fetched_at"] == "2026-01-15T12:00:00+00:00"


def test_fetch_tells_its_progress_to_the_end(publisher: Publisher, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    fetch(publisher, tmp_path, progress=lambda *step: told.append(step))
    size = len(publisher.files[ARCHIVE])
    assert told[-1] == ("2022-05.zip", size, size)


def test_fetch_follows_the_publisher_to_where_the_archive_lies(publisher: Publisher, tmp_path: Path) -> None:
    publisher.files["/elsewhere.zip"] = publisher.files[ARCHIVE]
    publisher.moods[ARCHIVE] = [refuse(302, Location="/elsewhere.zip")]
    assert len(fetch(publisher, tmp_path).files) == 3


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"force": "kernt"}, "one of essex, kent"),
        ({"force": "../kent"}, "is not a force"),
        ({"kinds": ("streets",)}, "some of street, outcomes, stop-and-search"),
        ({"kinds": ()}, "cannot be fetched"),
        ({"last": Month(2022, 2)}, "the earlier month first"),
        ({"base_url": "data.police.uk"}, "is not an address"),
    ],
)
def test_fetch_of_a_wrong_question_asks_for_nothing_large(
    publisher: Publisher, tmp_path: Path, change: dict[str, object], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        fetch(publisher, tmp_path, **change)
    assert publisher.asked(ARCHIVE) == []


def test_fetch_of_transport_police_needs_no_entry_in_the_list(publisher: Publisher, tmp_path: Path) -> None:
    report = fetch(publisher, tmp_path, force="btp", first=Month(2022, 4), last=Month(2022, 4))
    assert [f.path for f in report.files] == ["2022-04/2022-04-btp-street.csv"]


# -- bad days -----------------------------------------------------------------------------------------------
def test_download_goes_on_where_the_connection_broke(publisher: Publisher, tmp_path: Path) -> None:
    publisher.moods[ARCHIVE] = [drop_after(300), drop_after(200)]
    assert download(publisher, tmp_path) == publisher.files[ARCHIVE]
    asked = publisher.asked(ARCHIVE)
    assert [h.get("Range") for h in asked] == [None, "bytes=300-", "bytes=500-"]
    assert asked[1]["If-Range"].startswith('"')


def test_download_in_a_later_run_goes_on_where_the_earlier_gave_up(publisher: Publisher, tmp_path: Path) -> None:
    publisher.moods[ARCHIVE] = [drop_after(300), *[refuse(503)] * ATTEMPTS]
    with pytest.raises(UnreadableInputError, match="what was received is kept and continued"):
        download(publisher, tmp_path)
    assert (tmp_path / "file.zip.part").stat().st_size == 300
    publisher.requests.clear()
    publisher.moods.clear()
    assert download(publisher, tmp_path) == publisher.files[ARCHIVE]
    assert publisher.asked(ARCHIVE)[0]["Range"] == "bytes=300-"


def test_download_starts_anew_where_the_publisher_serves_no_parts(publisher: Publisher, tmp_path: Path) -> None:
    publisher.moods[ARCHIVE] = [drop_after(300), serve_whole]
    assert download(publisher, tmp_path) == publisher.files[ARCHIVE]


def test_download_starts_anew_when_the_file_was_replaced_meanwhile(publisher: Publisher, tmp_path: Path) -> None:
    publisher.moods[ARCHIVE] = [drop_after(300), *[refuse(503)] * ATTEMPTS]
    with pytest.raises(UnreadableInputError):
        download(publisher, tmp_path)
    publisher.moods.clear()
    publisher.files[ARCHIVE] = make_archive(month_files("2022-05", "kent", "essex"))
    assert download(publisher, tmp_path) == publisher.files[ARCHIVE]


def test_download_refuses_a_part_of_another_edition(publisher: Publisher, tmp_path: Path) -> None:
    publisher.moods[ARCHIVE] = [drop_after(300), serve_other_edition]
    assert download(publisher, tmp_path) == publisher.files[ARCHIVE]
    assert [h.get("Range") for h in publisher.asked(ARCHIVE)] == [None, "bytes=300-", None]


def test_download_without_a_note_of_the_edition_trusts_no_part(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "file.zip.part").write_bytes(b"left by something else")
    assert download(publisher, tmp_path) == publisher.files[ARCHIVE]
    assert "Range" not in publisher.asked(ARCHIVE)[0]


def test_download_of_a_part_that_is_whole_already_needs_no_byte(publisher: Publisher, tmp_path: Path) -> None:
    body = publisher.files[ARCHIVE]
    publisher.moods[ARCHIVE] = [drop_after(300), *[refuse(503)] * ATTEMPTS]
    with pytest.raises(UnreadableInputError):
        download(publisher, tmp_path)
    (tmp_path / "file.zip.part").write_bytes(body)
    publisher.moods.clear()
    assert download(publisher, tmp_path) == body


def test_download_waits_longer_each_time_while_the_publisher_is_down(publisher: Publisher, tmp_path: Path) -> None:
    waits = Waits()
    publisher.moods[ARCHIVE] = [refuse(503), refuse(500), refuse(504)]
    download(publisher, tmp_path, sleep=waits)
    assert waits == [1, 2, 4]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry_After": "7"}, 7),
        ({"Retry_After": "86400"}, 300),
        ({"Retry_After": "Fri, 01 Jan 2100 00:00:00 GMT"}, 300),
        ({"Retry_After": "Fri, 01 Jan 2010 00:00:00 GMT"}, 0),
        ({"Retry_After": "soon"}, 1),
    ],
)
def test_download_waits_as_long_as_the_publisher_asks(
    publisher: Publisher, tmp_path: Path, headers: dict[str, str], seconds: float
) -> None:
    waits = Waits()
    publisher.moods[ARCHIVE] = [refuse(429, **headers)]
    download(publisher, tmp_path, sleep=waits)
    assert waits == [seconds]


def test_download_gives_up_when_the_publisher_stays_down(publisher: Publisher, tmp_path: Path) -> None:
    publisher.moods[ARCHIVE] = [refuse(503)] * 50
    with pytest.raises(UnreadableInputError, match="status 503"):
        download(publisher, tmp_path)
    assert len(publisher.asked(ARCHIVE)) == ATTEMPTS


def test_download_that_is_refused_is_not_tried_again(publisher: Publisher, tmp_path: Path) -> None:
    publisher.moods[ARCHIVE] = [refuse(401)]
    with pytest.raises(UnreadableInputError, match="refused the request"):
        download(publisher, tmp_path)
    assert len(publisher.asked(ARCHIVE)) == 1


def test_download_that_stays_shorter_than_announced_is_an_error(publisher: Publisher, tmp_path: Path) -> None:
    # Each attempt brings nothing new: the publisher announces more than it has.
    publisher.moods[ARCHIVE] = [drop_after(300), *[drop_after(0)] * 20]
    with pytest.raises(UnreadableInputError, match="did not send the file"):
        download(publisher, tmp_path)
    assert not (tmp_path / "file.zip").exists()


def test_download_with_nobody_there_says_so(tmp_path: Path) -> None:
    with open_publisher() as gone:
        url = gone.url
    with httpx.Client(timeout=1) as client, pytest.raises(UnreadableInputError, match="Check the network"):
        download_file(client, url + ARCHIVE, tmp_path / "file.zip", sleep=Waits())


def test_fetch_brings_an_archive_of_the_wrong_length_a_second_time(publisher: Publisher, tmp_path: Path) -> None:
    publisher.moods[ARCHIVE] = [serve_cut]
    assert len(fetch(publisher, tmp_path).files) == 3
    assert len(publisher.asked(ARCHIVE)) == 2


def test_fetch_of_an_archive_that_stays_damaged_is_an_error_and_leaves_nothing(
    publisher: Publisher, tmp_path: Path
) -> None:
    publisher.moods[ARCHIVE] = [serve_cut, serve_cut]
    with pytest.raises(UnreadableInputError, match="arrived damaged twice"):
        fetch(publisher, tmp_path)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_fetch_finds_a_member_whose_checksum_is_wrong(publisher: Publisher, tmp_path: Path) -> None:
    body = bytearray(publisher.files[ARCHIVE])
    body[80] ^= 0xFF  # inside the first member's packed bytes
    publisher.files[ARCHIVE] = bytes(body)
    with pytest.raises(UnreadableInputError, match=r"2022-03-kent-street\.csv"):
        fetch(publisher, tmp_path)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_fetch_with_an_unreadable_list_of_months_says_where(publisher: Publisher, tmp_path: Path) -> None:
    publisher.add_json("/api/crimes-street-dates", {"error": "maintenance"})
    with pytest.raises(UnreadableInputError, match="crimes-street-dates"):
        fetch(publisher, tmp_path)


def test_fetch_from_an_address_without_the_services_says_so(publisher: Publisher, tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="no such service"):
        fetch(publisher, tmp_path, base_url=publisher.url + "/nowhere")


def test_fetch_into_a_folder_with_a_broken_record_asks_for_nothing(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "fetch-manifest.json").write_text("{")
    with pytest.raises(UnreadableInputError, match="record of earlier fetches"):
        fetch(publisher, tmp_path)
    assert publisher.requests == []


# -- answers that no publisher gives ------------------------------------------------------------------------
def check_stops_at_once(publisher: Publisher, path: str, found: str, tmp_path: Path) -> None:
    """One request, no waiting, and an error that says what came and what to do."""
    waits = Waits()
    with pytest.raises(UnreadableInputError, match=found) as caught:
        fetch(publisher, tmp_path, sleep=waits)
    assert waits == []
    assert len(publisher.asked(path)) == 1
    assert publisher.url in str(caught.value)
    assert "downloaded by hand" in str(caught.value)


@pytest.mark.parametrize("path", ["/api/forces", "/api/crimes-street-dates"])
@pytest.mark.parametrize(
    ("mood", "found"),
    [
        (stream_without_end, "the answer does not end"),
        (answer_plain(b"<html>Sign in</html>"), "not JSON .it begins with '<html>Sign in"),
        (answer_plain(b"[" * 100_000), "not JSON"),
        (answer_plain(b"\xff\xfe"), "not JSON"),
        (answer_plain(b"no gzip", Content_Encoding="gzip"), "not JSON"),
        (answer_plain(b"[]", Content_Length="two"), "cannot be understood"),
        (answer_plain(b"[]", Content_Length="-2"), "cannot be understood"),
        (refuse(302, Location="file:///etc/passwd"), "leads to another place .file:"),
        (refuse(302, Location="http://other.example/forces"), "leads to another place .http://other.example"),
        (refuse(301, Location="ftp://127.0.0.1/forces"), "leads to another place .ftp:"),
        (refuse(307, Location="http://[::bad/"), "cannot be understood"),
    ],
)
def test_fetch_stops_at_once_at_a_service_that_answers_nonsense(
    publisher: Publisher, tmp_path: Path, path: str, mood: Behaviour, found: str
) -> None:
    publisher.moods[path] = [mood]
    check_stops_at_once(publisher, path, found, tmp_path)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


@pytest.mark.parametrize(
    ("mood", "found"),
    [
        (answer_plain(b"", Content_Length="6000000000"), "the file is longer than 5.0 GB"),
        (answer_plain(b"PK", Content_Length="many"), "cannot be understood"),
        (refuse(302, Location="file:///etc/passwd"), "leads to another place"),
    ],
)
def test_fetch_stops_at_once_at_an_archive_that_cannot_be_one(
    publisher: Publisher, tmp_path: Path, mood: Behaviour, found: str
) -> None:
    publisher.moods[ARCHIVE] = [mood]
    check_stops_at_once(publisher, ARCHIVE, found, tmp_path)


def test_download_that_does_not_end_is_cut_off_and_not_kept(publisher: Publisher, tmp_path: Path) -> None:
    publisher.moods[ARCHIVE] = [stream_without_end]
    with httpx.Client(timeout=5) as client, pytest.raises(UnreadableInputError, match="the file is longer than"):
        download_file(
            client, publisher.url + ARCHIVE, tmp_path / "file.zip", sleep=Waits(), most_bytes=1_000_000
        )  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_download_follows_the_publisher_within_its_host(publisher: Publisher, tmp_path: Path) -> None:
    publisher.moods[ARCHIVE] = [refuse(302, Location="/storage/a.zip"), refuse(302, Location="/storage/a.zip")]
    publisher.files["/storage/a.zip"] = publisher.files[ARCHIVE]
    publisher.moods["/storage/a.zip"] = [drop_after(300)]
    assert download(publisher, tmp_path) == publisher.files[ARCHIVE]
    assert [h.get("Range") for h in publisher.asked("/storage/a.zip")] == [None, "bytes=300-"]


def test_download_that_is_led_in_a_circle_stops(publisher: Publisher, tmp_path: Path) -> None:
    publisher.moods[ARCHIVE] = [refuse(302, Location=ARCHIVE)] * 50
    with pytest.raises(UnreadableInputError, match="from address to address"):
        download(publisher, tmp_path)
    assert len(publisher.asked(ARCHIVE)) == MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    ("origin", "target", "is_followed"),
    [
        ("https://a.example/1", "https://a.example/2", True),
        ("https://a.example/1", "https://storage.example/2", True),
        ("http://a.example/1", "https://a.example/1", True),
        ("http://a.example:8000/1", "http://a.example:8001/1", True),
        ("https://a.example/1", "http://a.example/1", False),
        ("http://a.example/1", "http://b.example/1", False),
        ("https://a.example/1", "file://a.example/1", False),
    ],
)
def test_redirect_is_followed_where_it_is_known_who_answers(origin: str, target: str, *, is_followed: bool) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"Location": target}) if request.url == origin else httpx.Response(200)

    refused = pytest.raises(UnreadableInputError, match=re.escape(target))
    with (
        httpx.Client(transport=httpx.MockTransport(answer)) as client,
        nullcontext() if is_followed else refused,
        open_answer(client, origin, {}) as response,
    ):
        assert str(response.url) == target


def test_download_packed_on_its_way_arrives_unpacked(publisher: Publisher, tmp_path: Path) -> None:
    body = publisher.files[ARCHIVE]
    packed = gzip.compress(body)
    sent = {"Content_Encoding": "gzip", "ETag": '"packed"', "Content_Length": str(len(packed))}
    publisher.moods[ARCHIVE] = [answer_plain(packed[:200], **sent), answer_plain(packed, **sent)]
    assert download(publisher, tmp_path) == body
    assert [(h.get("Accept-Encoding"), h.get("Range")) for h in publisher.asked(ARCHIVE)] == [("identity", None)] * 2


def test_list_packed_on_its_way_is_read(publisher: Publisher, tmp_path: Path) -> None:
    packed = gzip.compress(publisher.files["/api/forces"])
    publisher.moods["/api/forces"] = [answer_plain(packed, Content_Encoding="gzip")]
    assert len(fetch(publisher, tmp_path).files) == 3
