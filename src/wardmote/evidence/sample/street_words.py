"""Which words stand in the columns of the police files?"""

STREET_HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
OUTCOMES_HEADER = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type"
STOP_SEARCH_HEADER = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,"
    "Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
    "Outcome linked to object of search,Removal of more than just outer clothing"
)

CHARGED = "Suspect charged"
UNDER_INVESTIGATION = "Under investigation"
AWAITING_COURT = "Awaiting court outcome"
COURT_UNKNOWN = "Court result unavailable"

# Outcome of a crime and its weight in each of five kinds of crime: acquisitive, seen by staff, violence, found by
# police, other. Rough shares of a territorial force's own files in 2022.
OUTCOME_WEIGHTS: dict[str, tuple[int, int, int, int, int]] = {
    "Investigation complete; no suspect identified": (700, 440, 120, 40, 420),
    "Unable to prosecute suspect": (190, 190, 680, 300, 420),
    CHARGED: (50, 260, 70, 230, 70),
    "Action to be taken by another organisation": (6, 3, 60, 20, 20),
    "Further investigation is not in the public interest": (25, 30, 20, 90, 30),
    "Further action is not in the public interest": (3, 5, 6, 15, 6),
    "Formal action is not in the public interest": (2, 2, 2, 15, 4),
    "Local resolution": (12, 50, 20, 190, 20),
    "Offender given a caution": (4, 18, 20, 70, 10),
    "Offender given a drugs possession warning": (0, 0, 0, 30, 0),
    "Offender given penalty notice": (0, 2, 2, 0, 0),
}
OUTCOMES = tuple(OUTCOME_WEIGHTS)

# Crime type (in the order of CRIME_TYPES): kind of outcome above, pull of deprivation, pull of the town centre.
TYPE_TRAITS: tuple[tuple[int, float, float], ...] = (
    (4, 0.55, 1.5),
    (0, 0.15, 2.6),
    (0, 0.30, 0.9),
    (4, 0.50, 1.0),
    (3, 0.55, 1.6),
    (4, 0.40, 0.9),
    (0, 0.20, 1.6),
    (3, 0.55, 1.5),
    (4, 0.45, 1.6),
    (0, 0.50, 2.2),
    (1, 0.10, 3.6),
    (0, 0.10, 3.8),
    (0, 0.25, 0.5),
    (2, 0.55, 1.0),
)

# Within a small area the publisher's rows run by crime type, with "Other crime" last.
TYPE_ORDER = (0, 1, 2, 3, 4, 13, 6, 7, 8, 9, 10, 11, 12, 5)

SPOTS = (
    "Parking Area",
    "Supermarket",
    "Shopping Area",
    "Petrol Station",
    "Park/Open Space",
    "Sports/Recreation Area",
    "Pedestrian Subway",
    "Nightclub",
)
STREETS = ("Street", "Road", "Lane", "Avenue", "Close", "Drive", "Way", "Crescent", "Gardens", "Place")
