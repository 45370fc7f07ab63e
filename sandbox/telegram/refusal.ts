import type { ResponseParameters } from '@grammyjs/types';

/** What the Bot API answers instead of a result: the HTTP status, which is also `error_code`, and a description. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;
  readonly parameters: ResponseParameters | undefined;

  constructor(code: number, description: string, parameters?: ResponseParameters) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export function badRequest(reason: string): Refusal {
  return new Refusal(400, `Bad Request: ${reason}`);
}

/** A person did what a messenger would not let them do, such as tapping a message that is not there. */
export class NotPossible extends Error {
  override readonly name: string = 'NotPossible';
}

/** The file that was chosen as a photo is none that a messenger could show: it can be sent as a file. */
export class NotAPhoto extends NotPossible {
  override readonly name = 'NotAPhoto';

  constructor() {
    super('This file cannot be sent as a photo. Send it as a file');
  }
}
