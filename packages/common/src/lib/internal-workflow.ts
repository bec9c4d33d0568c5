export { deepMerge, filterNullAndUndefined, mergeObjects } from '../merge-objects.ts';
