import { CorpusError } from '../corpus/corpus-problem.ts';
import type { ReplayVerdict } from '../replay/verdict.ts';
import type { SentProblem, SentVerdict } from './host-messages.ts';

export function sentProblem({ code, file, message }: CorpusError): SentProblem {
  return { code, file, problem: file === undefined ? message : message.slice(file.length + 2) };
}

export function receivedProblem({ code, file, problem }: SentProblem): CorpusError {
  return new CorpusError(code, problem, { file });
}

export function sentVerdict({ problem, ...verdict }: ReplayVerdict): SentVerdict {
  return problem === undefined ? verdict : { ...verdict, problem: sentProblem(problem) };
}

export function receivedVerdict({ problem, ...verdict }: SentVerdict): ReplayVerdict {
  return problem === undefined ? verdict : { ...verdict, problem: receivedProblem(problem) };
}
