"""Street-level files of a month, as small as a test needs them."""

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\n"
)


def write_month(month: str, rows: int = 3, *, force: str = "kent", unlocated: int = 0) -> bytes:
    """A street-level file of a month with so many burglaries, the last of them without a place."""
    lines = []
    for number in range(rows):
        has_place = number < rows - unlocated
        place = "0.5,51.3,On or near High Street,E01016001,Medway 001A" if has_place else ",,No Location,,"
        lines.append(f"{number:064x},{month},Kent Police,Kent Police,{place},Burglary,Under investigation,\n")
    return (HEADER + "".join(lines)).encode()
