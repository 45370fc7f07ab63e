import type { FaultKind, FaultRule, Service } from '../../faults.ts';
import { h } from './dom.ts';
import type { Texts } from './texts.ts';

export const SERVICES = ['telegram', 'openai'] as const satisfies readonly Service[];
export const SERVICE_NAMES: Record<Service, string> = { telegram: 'Telegram', openai: 'OpenAI' };
const COMMON_KINDS: readonly FaultKind[] = [
  'slow',
  '429',
  '5xx',
  'refusal',
  'hang',
  'hang-after',
  'reset',
  'reset-after',
  'truncate',
];
const SERVICE_KINDS: Record<Service, readonly FaultKind[]> = {
  telegram: COMMON_KINDS,
  openai: [
    ...COMMON_KINDS,
    'drip',
    'quota',
    'bad-key',
    'broken-json',
    'no-completed',
    'not-a-product',
    'different-products',
    'sees-trouble',
    'opaque',
    'api-error',
    'field-refused',
    'one-piece',
    'by-address',
    'no-picture',
    'recoloured',
    'misprinted',
  ],
};
const FIRST_DELAY_MS = 5000;
const FIRST_RETRY_AFTER_S = 5;

/** The fields of one rule. Which ones there are depends on the service and on the kind of trouble. */
export function faultForm(texts: Texts, add: (service: Service, rule: FaultRule) => void): HTMLFormElement {
  const { say } = texts;
  const service = select(
    'fault-service',
    SERVICES.map((name) => [name, SERVICE_NAMES[name]]),
  );
  const kind = select('fault-kind', []);
  const match = h('input', {
    value: '*',
    required: true,
    title: say('faultHint'),
    'data-testid': 'fault-match',
  });
  const number = (testId: string, attributes: object) =>
    h('input', { type: 'number', min: 1, step: 1, 'data-testid': testId, ...attributes });
  const times = number('fault-times', { placeholder: say('faultTimesHint') });
  const delay = number('fault-delay', { value: FIRST_DELAY_MS, required: true });
  const after = number('fault-after', { value: FIRST_RETRY_AFTER_S, required: true });
  const delayRow = labelled(say('faultDelay'), delay);
  const afterRow = labelled(say('faultAfter'), after);

  const chosenService = () => SERVICES.find((name) => name === service.value) ?? 'telegram';
  const chosenKind = () => SERVICE_KINDS[chosenService()].find((name) => name === kind.value) ?? 'slow';

  function fitKinds(): void {
    const kinds = SERVICE_KINDS[chosenService()];
    kind.replaceChildren(...kinds.map((name) => h('option', { value: name }, say(`kind_${name}`))));
    fitAmounts();
  }

  function fitAmounts(): void {
    delayRow.hidden = chosenKind() !== 'slow' && chosenKind() !== 'drip';
    afterRow.hidden = chosenKind() !== '429';
    // A hidden field must not keep the form from being sent.
    delay.disabled = delayRow.hidden;
    after.disabled = afterRow.hidden;
  }

  const form = h(
    'form',
    { class: 'fault-form', 'data-testid': 'fault-form' },
    labelled(say('faultService'), service),
    labelled(say('faultKind'), kind),
    labelled(say('faultMatch'), match),
    labelled(say('faultTimes'), times),
    delayRow,
    afterRow,
    h('button', { class: 'wide', 'data-testid': 'fault-add' }, say('faultAdd')),
  );
  service.addEventListener('change', fitKinds);
  kind.addEventListener('change', fitAmounts);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    add(chosenService(), {
      match: match.value.trim(),
      kind: chosenKind(),
      ...(times.value === '' ? {} : { times: times.valueAsNumber }),
      ...(delay.disabled ? {} : { delayMs: delay.valueAsNumber }),
      ...(after.disabled ? {} : { retryAfter: after.valueAsNumber }),
    });
  });
  fitKinds();
  return form;
}

function select(testId: string, options: readonly (readonly [string, string])[]): HTMLSelectElement {
  return h(
    'select',
    { 'data-testid': testId },
    ...options.map(([value, label]) => h('option', { value }, label)),
  );
}

function labelled(label: string, field: HTMLElement): HTMLLabelElement {
  return h('label', {}, h('span', {}, label), field);
}
