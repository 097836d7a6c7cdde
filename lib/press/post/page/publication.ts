/** What all posts of one place share. */
export interface Publication {
  readonly name: string;
  /** Address of the place the posts will be at, ending in a slash; null where it is not known. */
  readonly site: string | null;
}
