/** What decides whether a request that failed is made again. */
export interface Again {
  /** To be called for each request. */
  begin(): void;
  /**
   * ms to wait before a request is made again whose attempt of this number failed.
   * @throws {unknown} the failure, where it is not made again
   */
  wait(error: unknown, attempt: number): number;
}

/** Nothing is. */
export const NEVER: Again = {
  begin() {},
  wait(error) {
    throw error;
  },
};
