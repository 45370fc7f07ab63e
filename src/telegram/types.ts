import type { ApiMethods, Opts } from '@grammyjs/types';

/** A file to upload: its bytes, the name people see, and its MIME type. */
export type InputFile = Readonly<{ bytes: Uint8Array; filename: string; contentType: string }>;

type Api = ApiMethods<InputFile>;

/** A method of the Bot API (10.x), by its official name. */
export type Method = keyof Api;

/** What a method takes: an InputFile may stand wherever the Bot API accepts a new file. */
export type Params<M extends Method> = Opts<InputFile>[M];

/** What a method answers when it succeeds. */
export type MethodResult<M extends Method> = ReturnType<Api[M]>;

/** A chat's number, or the public name of a channel or group (`@name`). */
export type ChatId = number | string;
