import { z } from 'zod';

/** Orders to a model, and addresses: a label that was read as an instruction shows up as these. */
const INJECTED =
  /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|prompt|rule|above|previous|system)|\b(?:system|developer) (?:prompt|message)|https?:|www\.|\bt\.me\b|(?:игнорир|забуд|не обращай).{0,40}(?:инструкц|правил|указани|промпт)/iu;
/** Markup and what cannot be seen, but for the joiners, which Persian and emoji need. */
const UNPRINTABLE = /(?!\u200c|\u200d)[\p{Cc}\p{Cf}\p{Co}\p{Cs}<>{}`]/u;

/** A model's words for people's eyes: so many characters, visible, and no orders of a label's. */
export const cleanText = (shortest: number, longest: number) =>
  z
    .string()
    .trim()
    .min(shortest)
    .max(longest)
    .refine((text) => !INJECTED.test(text) && !UNPRINTABLE.test(text));
