export const BATCH_PAUSE = '30 ms';
export const legName = (n: number): string => `leg-${n}`;
