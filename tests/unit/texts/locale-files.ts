import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FluentResource } from '@fluent/bundle';

const FOLDER = join(import.meta.dirname, '../../../src/texts/locales');

/** The arguments of a text, those of them that choose between branches (`counts`), and the branches' names. */
export type TextShape = { args: string[]; counts: string[]; branches: string[] };

/** The shape of every text of every locale: language → id → shape. */
export function readLocales(): Map<string, Map<string, TextShape>> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.ftl'));
  return new Map(
    files.map((file) => {
      const { body } = new FluentResource(readFileSync(join(FOLDER, file), 'utf8'));
      return [basename(file, '.ftl'), new Map(body.map(({ id, value }) => [id, shapeOf(value)]))];
    }),
  );
}

/** The ids as they stand in a file: the parser passes over an entry that it cannot read without a word. */
export function readIds(language: string): string[] {
  const text = readFileSync(join(FOLDER, `${language}.ftl`), 'utf8');
  return [...text.matchAll(/^([a-z][a-z0-9_-]*) *=/gm)].map(([, id = '']) => id);
}

function shapeOf(pattern: unknown): TextShape {
  const args = new Set<string>();
  const counts = new Set<string>();
  const branches = new Set<string>();
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    const name = variableName(value);
    if (name !== null) args.add(name);
    if ('selector' in value) {
      const count = variableName(value.selector);
      if (count !== null) counts.add(count);
    }
    if ('key' in value) branches.add(branchName(value.key));
    for (const child of Object.values(value)) visit(child);
  };
  visit(pattern);
  return { args: [...args].sort(), counts: [...counts].sort(), branches: [...branches] };
}

function variableName(value: unknown): string | null {
  return typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'var' &&
    'name' in value &&
    typeof value.name === 'string'
    ? value.name
    : null;
}

/** A branch's key is a plural form or a number. */
function branchName(key: unknown): string {
  return typeof key === 'object' && key !== null && 'value' in key ? String(key.value) : String(key);
}
