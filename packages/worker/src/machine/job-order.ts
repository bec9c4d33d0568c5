/** The order in which the jobs of one activation are told; within a rank, that of history. */
import type { Job } from '@reprise/workflow/runtime';

function rank(job: Job): number {
  switch (job.kind) {
    case 'initialize':
      return 0;
    case 'notifyHasPatch':
      return 1;
    case 'updateRandomSeed':
      return 2;
    case 'signal':
    case 'update':
      return 3;
    case 'resolveActivity':
      return job.isLocal ? 5 : 4;
    case 'query':
      return 6;
    default:
      return 4;
  }
}

export function sortJobs(jobs: Job[]): Job[] {
  return jobs.length < 2 ? jobs : jobs.sort((a, b) => rank(a) - rank(b));
}
