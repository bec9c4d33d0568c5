import { ResourceUsage, type ResourceTargets } from './resource-usage.ts';

/**
 * Looks after memory and CPU for the slots of several workers: what one of them uses is not there for the others.
 *
 * @example
 * const controller = ResourceBasedController.create({ targetMemoryUsage: 0.8, targetCpuUsage: 0.9 });
 * const workers = await Promise.all(queues.map((taskQueue) => Worker.create({ taskQueue, tuner: { controller } })));
 */
export class ResourceBasedController {
  readonly usage: ResourceUsage;

  private constructor(usage: ResourceUsage) {
    this.usage = usage;
  }

  static create(options: ResourceTargets): ResourceBasedController {
    return new ResourceBasedController(new ResourceUsage(options));
  }
}
