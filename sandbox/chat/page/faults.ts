import type { FaultRule, FaultRules } from '../../faults.ts';
import type { ClientApi } from './client-api.ts';
import { button, h } from './dom.ts';
import { faultForm, SERVICE_NAMES, SERVICES } from './fault-form.ts';
import { icon } from './icons.ts';
import type { Texts } from './texts.ts';

/** The panel that makes the doubles of Telegram and OpenAI misbehave, and shows how they do now. */
export function createFaultPanel(deps: { panel: HTMLElement; client: ClientApi; failed(): void }) {
  let rules: FaultRules = { telegram: [], openai: [] };
  let texts: Texts | undefined;
  const active = h('div', { class: 'fault-rules', 'data-testid': 'fault-rules' });

  async function refresh(): Promise<void> {
    // A server that is away is told of by the page's header.
    const next = await deps.client.faults().catch(() => rules);
    // The same rules are left as they are drawn, for the sake of a button that has the focus.
    if (JSON.stringify(next) === JSON.stringify(rules)) return;
    rules = next;
    drawRules();
  }

  async function set(next: FaultRules): Promise<void> {
    try {
      await deps.client.setFaults(next);
    } catch {
      deps.failed();
    }
    await refresh();
  }

  function drawRules(): void {
    if (!texts) return;
    const { say } = texts;
    const rows = SERVICES.flatMap((service) =>
      rules[service].map((rule) =>
        h(
          'div',
          { class: 'fault-rule' },
          h(
            'span',
            {},
            `${SERVICE_NAMES[service]} ${rule.match} · ${describe(rule, say(`kind_${rule.kind}`))}`,
          ),
          button({ label: say('faultRemove'), icon: icon('close'), class: 'round small quiet' }, () => {
            void set({ ...rules, [service]: rules[service].filter((other) => other !== rule) });
          }),
        ),
      ),
    );
    const well = button({ label: say('faultWell'), class: 'wide quiet', testId: 'fault-none' }, () => {
      void set({ telegram: [], openai: [] });
    });
    active.replaceChildren(
      ...(rows.length === 0 ? [h('p', { class: 'hint' }, say('faultNone'))] : [...rows, well]),
    );
  }

  return {
    refresh,
    setTexts(next: Texts): void {
      if (texts?.language === next.language) return;
      texts = next;
      const form = faultForm(next, (service, rule) => {
        void set({ ...rules, [service]: [...rules[service], rule] });
      });
      deps.panel.replaceChildren(h('h2', {}, next.say('faultTitle')), active, form);
      drawRules();
    },
  };
}

function describe(rule: FaultRule, kind: string): string {
  const amount =
    rule.delayMs !== undefined
      ? ` ${rule.delayMs} ms`
      : rule.retryAfter !== undefined
        ? ` ${rule.retryAfter} s`
        : '';
  const times = rule.times === undefined ? '' : ` ×${rule.times}`;
  return `${kind}${amount}${times}`;
}
