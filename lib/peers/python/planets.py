"""Where a planet stands in the sky, as both servers answer it."""

import json
import math

import ephem

PLANETS = {
    "mercury": ephem.Mercury,
    "venus": ephem.Venus,
    "mars": ephem.Mars,
    "jupiter": ephem.Jupiter,
    "saturn": ephem.Saturn,
    "uranus": ephem.Uranus,
    "neptune": ephem.Neptune,
}

# Greenwich: degrees east, degrees north, metres. What may be asked for lies between the bounds.
DEFAULTS = {"lon": 0.0, "lat": 51.4769, "elevation": 46.0}
BOUNDS = {"lon": (-180, 180), "lat": (-90, 90), "elevation": (-500, 100_000)}


class Refusal(Exception):
    """A status and a sentence."""

    def __init__(self, status, sentence):
        super().__init__(sentence)
        self.status = status
        self.body = json.dumps({"error": sentence})


def coordinates(query):
    """lon, lat and elevation of a query, with Greenwich's for those that are not given."""
    place = dict(DEFAULTS)
    for name, (low, high) in BOUNDS.items():
        if name in query:
            try:
                place[name] = float(query[name])
            except ValueError:
                place[name] = math.nan
            if not low <= place[name] <= high:
                raise Refusal(400, f"{name} must be a number from {low} to {high}")
    return place


def position(name, query):
    """The body of an answer: azimuth from north by east and altitude, in degrees, without air."""
    if name not in PLANETS:
        raise Refusal(404, f"there is no planet {name!r}; there are {', '.join(PLANETS)}")
    place = coordinates(query)
    observer = ephem.Observer()
    # Text is read as degrees, a number as radians.
    observer.lon, observer.lat = str(place["lon"]), str(place["lat"])
    observer.elevation = place["elevation"]
    observer.pressure = 0
    planet = PLANETS[name](observer)
    return json.dumps({"azimuth": math.degrees(planet.az), "altitude": math.degrees(planet.alt)})
