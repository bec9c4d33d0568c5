/** How many histories may be fetched at a time. */
export const CONCURRENCY = { low: 1, high: 100 };
