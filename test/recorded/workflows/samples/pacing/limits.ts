export const MAX_PAUSE_MS = 60_000;
export const MAX_LINES = 5;
