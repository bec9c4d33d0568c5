import { expect, it } from 'vitest';
import { extractWorkflowType, extractWorkflowTypeAndConfig } from './workflow-type.ts';

const typeInfo = { inputTypes: [{ payloadConverterHint: { converter: 'json' } }] };
const declaring = (staticOptions: unknown) => Object.assign(async function order() {}, { staticOptions });

it('takes the types of a named workflow from the caller, and of a function from its definition', () => {
  expect(extractWorkflowTypeAndConfig('order', typeInfo)).toStrictEqual({ type: 'order', typeInfo });
  expect(extractWorkflowTypeAndConfig('order')).toStrictEqual({ type: 'order', typeInfo: undefined });
  expect(extractWorkflowTypeAndConfig(declaring({ typeInfo }))).toStrictEqual({ type: 'order', typeInfo });
  expect(extractWorkflowTypeAndConfig(declaring(undefined))).toStrictEqual({ type: 'order', typeInfo: undefined });
  expect(extractWorkflowType(declaring({ typeInfo }))).toBe('order');
});

it('refuses types of the caller for a function, and functions without a name', () => {
  expect(() => extractWorkflowTypeAndConfig(declaring({}), typeInfo)).toThrow(
    'Workflow type information cannot be supplied at the call site together with the workflow function order',
  );
  expect(() => extractWorkflowType(async () => {})).toThrow('the workflow function is anonymous');
  expect(() => extractWorkflowType(7 as never)).toThrow("expected either a string or a function, got 'number'");
});
