export { interceptors } from '@reprise/interceptors-opentelemetry/lib/workflow-interceptors';
