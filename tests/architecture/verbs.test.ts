/** One order of what a verb is given (docs/decisions/016): the database or what holds it, what it is about, the moment. */
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';
import { readProductFiles } from './source-files.ts';

const RULES = /^src\/(photoshoots|billing|customers|support|statistics|owners|privacy)\//;

type Verb = { name: string; parameters: { name: string; type: string }[] };

/** The exported functions of a file, with the names and the written types of their parameters. */
function verbsOf(path: string, text: string): Verb[] {
  return parseSync(path, text).program.body.flatMap((statement) => {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : null;
    if (declared?.type !== 'FunctionDeclaration') return [];
    const parameters = declared.params.map((parameter) => {
      const pattern = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
      const annotation = 'typeAnnotation' in pattern ? pattern.typeAnnotation?.typeAnnotation : null;
      return {
        name: pattern.type === 'Identifier' ? pattern.name : '',
        type: annotation ? text.slice(annotation.start, annotation.end) : '',
      };
    });
    return [{ name: declared.id?.name ?? '', parameters }];
  });
}

const verbs = [...readProductFiles()]
  .filter(([path]) => RULES.test(path))
  .flatMap(([path, text]) => verbsOf(path, text));

test('a verb is given its database first, alone or with what else it works with', () => {
  const holdsDatabase = (type: string) => /^Database$|\bdb: Database\b/.test(type);
  const astray = verbs.filter(({ parameters }) =>
    parameters.slice(1).some(({ type }) => holdsDatabase(type)),
  );
  expect(astray.map((verb) => verb.name)).toEqual([]);
  expect(verbs.filter(({ parameters }) => holdsDatabase(parameters[0]?.type ?? '')).length).toBeGreaterThan(
    100,
  );
});

test('a verb that needs the moment is given it last, and calls it now', () => {
  const moments = verbs.filter(({ parameters }) => parameters.some(({ name }) => name === 'now'));
  expect(moments.length).toBeGreaterThan(20);
  expect(
    moments.filter(({ parameters }) => parameters.at(-1)?.name !== 'now').map((verb) => verb.name),
  ).toEqual([]);
});
