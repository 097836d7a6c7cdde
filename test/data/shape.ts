/** What a value may be, in the words of a JSON schema: a test for a leaf, or what it holds. */
export type Shape = ((value: unknown) => boolean) | { readonly [key: string]: Shape } | [Shape];

export const text: Shape = (value) => typeof value === "string" && value !== "";
export const url: Shape = (value) => typeof value === "string" && URL.canParse(value);
export const whole: Shape = (value) => Number.isSafeInteger(value);
export const flag: Shape = (value) => typeof value === "boolean";
export const orNull = (shape: (value: unknown) => boolean): Shape => (value) =>
  value === null || shape(value);

/** Says where a value is not of a shape, key by key; keys that the shape has not are wrong too. */
export function misfits(value: unknown, shape: Shape, path = ""): string[] {
  if (typeof shape === "function") {
    return shape(value) ? [] : [`${path} is ${JSON.stringify(value)}`];
  }
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return [`${path} is no array`];
    return value.flatMap((item, i) => misfits(item, shape[0], `${path}[${i}]`));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [`${path} is no object`];
  }
  const keys = new Set([...Object.keys(value), ...Object.keys(shape)]);
  return [...keys].flatMap((key) => {
    const inner = path === "" ? key : `${path}.${key}`;
    if (!(key in shape)) return [`${inner} is not documented`];
    if (!(key in value)) return [`${inner} is missing`];
    return misfits((value as Record<string, unknown>)[key], shape[key], inner);
  });
}
