/** The public specification of the Bot API, where a copy of it lies beside the repository; this one has none. */
import { existsSync, readFileSync } from 'node:fs';

const PATH = new URL('../../../shared/specs/telegram-bot-api.json', import.meta.url);

type Field = { name: string; types: string[]; required: boolean; description: string };
type Type = { name: string; fields?: Field[]; subtypes?: string[] };
export type Specification = {
  types: Record<string, Type>;
  methods: Record<string, { returns: string[] }>;
};

export function readSpecification(): Specification | undefined {
  if (!existsSync(PATH)) return undefined;
  // Its own shape is not in question here; a surprise in it fails the test that reads it.
  return JSON.parse(readFileSync(PATH, 'utf8')) as Specification;
}

/** What is wrong with a method's result: a missing required field, a wrong type. Unknown fields are no fault. */
export function problemsOfResult(specification: Specification, method: string, result: unknown): string[] {
  const returns = specification.methods[method]?.returns;
  if (!returns) return [`${method} is in no specification`];
  return problems(specification, returns, result, method);
}

function problems(spec: Specification, types: string[], value: unknown, path: string): string[] {
  const attempts = types.map((type) => problemsOfType(spec, type, value, path));
  return attempts.find((found) => found.length === 0) ?? attempts[0] ?? [];
}

function problemsOfType(spec: Specification, type: string, value: unknown, path: string): string[] {
  const element = /^Array of (.+)$/.exec(type)?.[1];
  if (element) {
    if (!Array.isArray(value)) return [`${path} is no array`];
    return value.flatMap((item, index) => problemsOfType(spec, element, item, `${path}[${index}]`));
  }
  const known = spec.types[type];
  if (known?.subtypes) return problems(spec, known.subtypes, value, path);
  if (known) return problemsOfObject(spec, known, value, path);
  return isPlain(type, value) ? [] : [`${path} is no ${type}`];
}

function problemsOfObject(spec: Specification, type: Type, value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [`${path} is no ${type.name}`];
  const entries = new Map<string, unknown>(Object.entries(value));
  return (type.fields ?? []).flatMap(({ name, types, required }) => {
    const field = entries.get(name);
    if (field !== undefined) return problems(spec, types, field, `${path}.${name}`);
    return required ? [`${path}.${name} is missing`] : [];
  });
}

function isPlain(type: string, value: unknown): boolean {
  switch (type) {
    case 'String':
      return typeof value === 'string';
    case 'Integer':
      return Number.isSafeInteger(value);
    case 'Float':
      return typeof value === 'number';
    case 'Boolean':
      return typeof value === 'boolean';
    default:
      throw new Error(`The specification has a type that is not read here: ${type}`);
  }
}
