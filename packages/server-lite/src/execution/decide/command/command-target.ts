/** The namespace that a command which reaches for another execution means. */
import { namespaceNotFound } from '../../../errors.ts';
import type { TaskProblem } from '../../task-problem.ts';
import type { CommandContext } from './command-context.ts';

export interface CommandTarget {
  /** As the command gives it. */
  readonly namespace: string;
  readonly namespaceId: string;
  /** Commands do not cross namespaces: told once the attributes are known to be there. */
  requireSame(bad: (detail: string) => TaskProblem): void;
}

/** @throws ServiceError NOT_FOUND for an unknown namespace, which is no fault of the task's other commands */
export function commandTarget({ t, lookups }: CommandContext, given: string | null | undefined): CommandTarget {
  const own = t.execution.run;
  const namespaceId = given && given !== own.namespace ? lookups.namespaceId(given) : own.namespaceId;
  if (namespaceId === undefined) throw namespaceNotFound(given ?? '');
  return {
    namespace: given ?? '',
    namespaceId,
    requireSame(bad) {
      if (namespaceId !== own.namespaceId) throw bad('cross namespace commands are not allowed');
    },
  };
}
