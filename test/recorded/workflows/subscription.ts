export { subscription, weeklyReminder } from '../../../examples/subscription/src/workflows.ts';
