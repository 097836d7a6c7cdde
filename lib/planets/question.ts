import { greenwich, type Place, type Planet, planets } from "./position.ts";

/** What a client asked for. */
export interface Question {
  readonly planet: Planet;
  readonly place: Place;
}

/** A question that cannot be answered: a status and a sentence. */
export interface Refusal {
  readonly status: 400 | 404 | 405;
  readonly error: string;
}

/** What may be asked for lies between these. */
const BOUNDS = { lon: [-180, 180], lat: [-90, 90], elevation: [-500, 100_000] } as const;

/** Reads `GET /planets/{name}?lon&lat&elevation`; coordinates not given are Greenwich's. */
export function readQuestion(method: string, url: string): Question | Refusal {
  if (method !== "GET") return { status: 405, error: `${method} is not answered; GET is` };
  const { pathname, searchParams } = new URL(url);
  const [, name] = /^\/planets\/([^/]*)$/.exec(pathname) ?? [];
  if (name === undefined) return { status: 404, error: "ask for /planets/{name}" };
  const planet = planets.find((each) => each === name);
  if (planet === undefined) {
    return { status: 404, error: `there is no planet '${name}'; there are ${planets.join(", ")}` };
  }
  const place: Record<keyof Place, number> = { ...greenwich };
  for (const coordinate of ["lon", "lat", "elevation"] as const) {
    const text = searchParams.get(coordinate);
    if (text === null) continue;
    const [low, high] = BOUNDS[coordinate];
    const value = text.trim() === "" ? NaN : Number(text);
    if (!(value >= low && value <= high)) {
      return { status: 400, error: `${coordinate} must be a number from ${low} to ${high}` };
    }
    place[coordinate] = value;
  }
  return { planet, place };
}
