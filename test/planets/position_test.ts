/** The astronomy, held to two ephemerides that have nothing to do with the one in use. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { greenwich, type Place, planets, position } from "../../lib/planets/position.ts";
import { outputOf } from "../../lib/ground/command_output.ts";
import { needs, pathOf } from "../needs.ts";

const test = needs("ephem");

/** Degrees by which independent computations may differ: 36″, a fiftieth of the Moon's disc. */
const CLOSE = 0.01;

/**
 * The U.S. Naval Observatory's NOVAS on JPL's DE405, from its own site in Washington, as Skyfield's
 * test suite prints it (test_against_novas.py): Julian date of UT1, altitude and azimuth, airless.
 */
const USNO: Place = { lon: -77.0669, lat: 38.9215, elevation: 92 };
const NOVAS = [
  ["venus", 2440423.345833333, 11.152374, 287.003074],
  ["venus", 2448031.5, -34.134915, 313.648729],
  ["venus", 2451545.0, 23.228911, 142.11614],
  ["venus", 2456164.5, -24.359995, 327.640589],
  ["mars", 2440423.345833333, -3.540295, 118.348776],
  ["mars", 2448031.5, -54.108963, 338.011714],
  ["mars", 2451545.0, -36.905733, 76.123685],
  ["mars", 2456164.5, 22.094795, 231.638166],
  ["jupiter", 2440423.345833333, 49.406516, 156.070886],
] as const;

for (const [planet, julian, altitude, azimuth] of NOVAS) {
  Deno.test(`${planet} on Julian day ${julian.toFixed(1)} stands where NOVAS has it`, () => {
    const date = new Date((julian - 2440587.5) * 86_400_000);
    const here = position(planet, USNO, date);
    assertAlmostEquals(here.altitude, altitude, CLOSE);
    assertAlmostEquals(here.azimuth, azimuth, CLOSE);
  });
}

/** Every planet at three places and two times, by PyEphem, a port of XEphem's C. */
const question = `
import ephem, json, math, sys
rows = []
for planet, place, date in json.loads(sys.argv[1]):
    observer = ephem.Observer()
    observer.lon, observer.lat = str(place["lon"]), str(place["lat"])
    observer.elevation, observer.pressure, observer.date = place["elevation"], 0, date
    body = getattr(ephem, planet.capitalize())(observer)
    rows.append([math.degrees(body.az), math.degrees(body.alt)])
print(json.dumps(rows))
`;

test("every planet stands where PyEphem has it", async () => {
  const places = [greenwich, USNO, { lon: 151.2, lat: -33.9, elevation: 0 }];
  const dates = ["2018-09-01T12:00:00Z", "2026-11-21T03:30:00Z"];
  const asked = planets.flatMap((planet) =>
    places.flatMap((place) => dates.map((date) => ({ planet, place, date })))
  );
  const rows = asked.map(({ planet, place, date }) => [
    ...[planet, place, date.replaceAll("-", "/").replace("T", " ").replace("Z", "")],
  ]);
  const said = await outputOf(pathOf("ephem"), ["-c", question, JSON.stringify(rows)]);
  const theirs: [number, number][] = JSON.parse(said ?? "");
  assertEquals(theirs.length, asked.length);
  asked.forEach(({ planet, place, date }, i) => {
    const { azimuth, altitude } = position(planet, place, new Date(date));
    const across = Math.abs((azimuth - theirs[i][0] + 540) % 360 - 180);
    const text = `${planet}, ${date}: ${azimuth} ${altitude} and ${theirs[i]}`;
    // Near the zenith a small angle is a large azimuth.
    assert(across * Math.cos(altitude * Math.PI / 180) < 2 * CLOSE, text);
    assert(Math.abs(altitude - theirs[i][1]) < 2 * CLOSE, text);
  });
});
