import { parseSync } from 'oxc-parser';

export type Source = {
  /** Everything that the file imports or re-exports, types as well. */
  imports: { specifier: string; lazy: boolean }[];
  readsEnvironment: boolean;
  /** Names a member `reserve`: the driver's way to hold a connection. */
  reservesConnection: boolean;
  strings: string[];
  /**
   * What the texts are asked for by `t(…)`, the name of that function everywhere, or `texts.in(…)(…)`: whole
   * ids, and the fixed beginnings of those that go on with a value.
   */
  textIds: string[];
  textIdStarts: string[];
};

type Node = { type: string } & Record<string, unknown>;

/** What the checks need to know of a TypeScript file. @throws Error for one that cannot be parsed */
export function readSource(path: string, text: string): Source {
  const { program, module, errors } = parseSync(path, text);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path} cannot be parsed: ${error.message}`);
  const source: Source = {
    imports: [
      ...module.staticImports.map((one) => one.moduleRequest.value),
      ...module.staticExports.flatMap((one) => one.entries.map((entry) => entry.moduleRequest?.value)),
    ]
      .filter((specifier) => specifier !== undefined)
      .map((specifier) => ({ specifier, lazy: false })),
    readsEnvironment: false,
    reservesConnection: false,
    strings: [],
    textIds: [],
    textIdStarts: [],
  };
  for (const node of nodesOf(program)) note(source, node);
  return source;
}

export function* nodesOf(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) yield value;
  for (const child of Object.values(value)) yield* nodesOf(child);
}

function isNode(value: object): value is Node {
  return 'type' in value && typeof value.type === 'string';
}

function note(source: Source, node: Node): void {
  switch (node.type) {
    case 'Literal':
      if (typeof node.value === 'string') source.strings.push(node.value);
      return;
    case 'TemplateLiteral': {
      const { start, isWhole } = readTemplate(node);
      if (isWhole) source.strings.push(start);
      return;
    }
    case 'ImportExpression':
    // `import('./types.ts').Config` within a type is an arrow like any other.
    case 'TSImportType': {
      const specifier = literal(node.source) ?? literal(node.argument);
      if (specifier !== null) source.imports.push({ specifier, lazy: node.type === 'ImportExpression' });
      return;
    }
    case 'CallExpression': {
      const [first] = Array.isArray(node.arguments) ? node.arguments : [];
      if (asksForText(node.callee)) noteTextId(source, first);
      return;
    }
    case 'MemberExpression': {
      const member = name(node.property) ?? literal(node.property);
      if (name(node.object) === 'process' && member === 'env') source.readsEnvironment = true;
      if (member === 'reserve') source.reservesConnection = true;
      return;
    }
    case 'ObjectPattern': {
      const properties = Array.isArray(node.properties) ? node.properties : [];
      if (properties.some((one) => name(one.key) === 'reserve')) source.reservesConnection = true;
      return;
    }
    case 'ImportDeclaration':
      if (literal(node.source) === 'node:process') source.readsEnvironment ||= importsEnvironment(node);
      return;
  }
}

/** `t`, `conversation.t` or `texts.in(language)`. */
function asksForText(callee: unknown): boolean {
  if (name(callee) === 't') return true;
  if (!isObjectNode(callee)) return false;
  if (callee.type === 'MemberExpression') return name(callee.property) === 't';
  return (
    callee.type === 'CallExpression' &&
    isObjectNode(callee.callee) &&
    callee.callee.type === 'MemberExpression' &&
    name(callee.callee.property) === 'in'
  );
}

function noteTextId(source: Source, argument: unknown): void {
  const id = literal(argument);
  if (id !== null) source.textIds.push(id);
  if (!isObjectNode(argument) || argument.type !== 'TemplateLiteral') return;
  const { start, isWhole } = readTemplate(argument);
  (isWhole ? source.textIds : source.textIdStarts).push(start);
}

/** The text of a template up to its first value. */
function readTemplate(node: Node): { start: string; isWhole: boolean } {
  const [first, ...more] = Array.isArray(node.quasis) ? node.quasis : [];
  const start: unknown = first?.value?.cooked;
  return { start: typeof start === 'string' ? start : '', isWhole: more.length === 0 };
}

function importsEnvironment(node: Node): boolean {
  const specifiers = Array.isArray(node.specifiers) ? node.specifiers : [];
  return specifiers.some((one) => name(one.imported) === 'env');
}

function name(value: unknown): string | null {
  return isObjectNode(value) && value.type === 'Identifier' && typeof value.name === 'string'
    ? value.name
    : null;
}

function literal(value: unknown): string | null {
  if (!isObjectNode(value)) return null;
  if (value.type === 'TSLiteralType') return literal(value.literal);
  return value.type === 'Literal' && typeof value.value === 'string' ? value.value : null;
}

function isObjectNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && isNode(value);
}
