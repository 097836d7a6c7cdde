import { Body, Equator, Horizon, Observer } from "astronomy-engine";

/** Planets by the names they are asked for. */
const BODIES = {
  mercury: Body.Mercury,
  venus: Body.Venus,
  mars: Body.Mars,
  jupiter: Body.Jupiter,
  saturn: Body.Saturn,
  uranus: Body.Uranus,
  neptune: Body.Neptune,
} as const;

export type Planet = keyof typeof BODIES;

/** Every planet that can be asked for. */
export const planets = Object.keys(BODIES) as Planet[];

/** A place on Earth. */
export interface Place {
  /** Degrees east. */
  readonly lon: number;
  /** Degrees north. */
  readonly lat: number;
  /** Metres above the sea. */
  readonly elevation: number;
}

/** The Royal Observatory. */
export const greenwich: Place = { lon: 0, lat: 51.4769, elevation: 46 };

/** Where something stands in the sky, degrees. */
export interface Position {
  /** From north by east, 0 to 360. */
  readonly azimuth: number;
  /** Above the horizon, −90 to 90; the air's refraction is left out. */
  readonly altitude: number;
}

/** Where a planet stands in the sky of a place: apparent, topocentric, of the equinox of date. */
export function position(planet: Planet, place: Place, date: Date): Position {
  const observer = new Observer(place.lat, place.lon, place.elevation);
  const { ra, dec } = Equator(BODIES[planet], date, observer, true, true);
  const { azimuth, altitude } = Horizon(date, observer, ra, dec);
  return { azimuth, altitude };
}
