/** Every sentence a person reads, from Fluent files: one file a language in `locales/`. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { FALLBACK_LANGUAGE } from '../customers/languages.ts';

const LOCALES_FOLDER = join(import.meta.dirname, 'locales');

export type TextArguments = Record<string, string | number>;

/** A text in one language. @throws Error when no locale has it, or an argument is missing: both are defects */
export type Translate = (id: string, args?: TextArguments) => string;

export type Texts = {
  /** Language codes, each the name of a file. */
  languages: readonly string[];
  in(language: string): Translate;
  /** The language that fits a Telegram `language_code` such as `pt-br`. */
  match(languageCode: string | undefined): string;
};

/** Reads all locale files. @throws Error for a file that is not valid Fluent */
export function loadTexts(folder: string = LOCALES_FOLDER): Texts {
  const bundles = new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.ftl'))
      .sort()
      .map((file) => [basename(file, '.ftl'), loadBundle(basename(file, '.ftl'), join(folder, file))]),
  );
  const fallback = bundles.get(FALLBACK_LANGUAGE);
  if (fallback === undefined) throw new Error(`there is no ${FALLBACK_LANGUAGE}.ftl`);
  return {
    languages: [...bundles.keys()],
    in(language) {
      const bundle = bundles.get(language) ?? fallback;
      return (id, args) => format(bundle.hasMessage(id) ? bundle : fallback, id, args);
    },
    match(languageCode) {
      const base = languageCode?.toLowerCase().split('-')[0] ?? FALLBACK_LANGUAGE;
      return bundles.has(base) ? base : FALLBACK_LANGUAGE;
    },
  };
}

function loadBundle(language: string, path: string): FluentBundle {
  // Isolating marks are invisible characters around arguments; in buttons and file names they show as boxes.
  const bundle = new FluentBundle(language, { useIsolating: false });
  const text = readFileSync(path, 'utf8');
  const resource = new FluentResource(text);
  // The parser passes over an entry that it cannot read without a word.
  const read = new Set(resource.body.map((message) => message.id));
  const passedOver = [...text.matchAll(/^(-?[a-zA-Z][\w-]*) *=/gm)].find(
    ([, id]) => id !== undefined && !read.has(id),
  );
  if (passedOver !== undefined)
    throw new Error(`${basename(path)} is not valid: ${passedOver[1]} cannot be read`);
  const errors = bundle.addResource(resource);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${basename(path)} is not valid: ${error.message}`);
  return bundle;
}

function format(bundle: FluentBundle, id: string, args: TextArguments | undefined): string {
  const pattern = bundle.getMessage(id)?.value;
  if (pattern === null || pattern === undefined) throw new Error(`there is no text “${id}”`);
  const errors: Error[] = [];
  const text = bundle.formatPattern(pattern, args ?? null, errors);
  const [error] = errors;
  if (error !== undefined) throw new Error(`the text “${id}” cannot be written: ${error.message}`);
  return text;
}
