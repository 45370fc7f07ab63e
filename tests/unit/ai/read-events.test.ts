import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePicture } from '../../../src/ai/parse-picture.ts';
import { readEvents } from '../../../src/ai/read-events.ts';

const HEAD = new Headers({ 'x-request-id': 'req_1' });

async function* inPieces(bytes: Buffer, ...cuts: number[]) {
  let from = 0;
  for (const cut of [...cuts.toSorted((one, other) => one - other), bytes.length]) {
    yield bytes.subarray(from, cut);
    from = cut;
  }
}

const read = (text: string, ...cuts: number[]) =>
  Array.fromAsync(readEvents(inPieces(Buffer.from(text), ...cuts), HEAD));

const eventOf = (data: object) => `event: image_edit.completed\ndata: ${JSON.stringify(data)}\n\n`;

describe('events', () => {
  const events = [
    { type: 'partial', b64_json: 'UklGRg==' },
    { type: 'completed – “ё”', b64_json: '/9j+AA==' },
  ];
  const stream = `\uFEFF: hello\n\nid: 1\nretry: 10\n${events.map(eventOf).join(':\n\nevent: ping\n\n')}`;

  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('are the same at whichever byte a stream with %s is cut', async (_, end) => {
    const text = stream.replaceAll('\n', end);
    for (let cut = 0; cut <= Buffer.byteLength(text); cut++) expect(await read(text, cut)).toEqual(events);
  });

  test('are the same however a stream is cut, byte by byte too', async () => {
    const lines = fc.constantFrom('\n', '\r\n', '\r');
    const data = fc.record({ type: fc.string(), b64_json: fc.base64String(), note: fc.string() });
    await fc.assert(
      fc.asyncProperty(fc.array(data), lines, fc.array(fc.nat(600)), async (several, end, cuts) => {
        const text = several.map(eventOf).join('').replaceAll('\n', end);
        const bytes = Buffer.from(text);
        expect(await read(text, ...cuts.map((cut) => Math.min(cut, bytes.length)))).toEqual(several);
        expect(await read(text, ...bytes.keys())).toEqual(several);
      }),
    );
  });

  test('of several lines are one, and the last one needs no empty line behind it', async () => {
    expect(await read('data: {"type":\ndata: "completed"}')).toEqual([{ type: 'completed' }]);
  });

  test('end at the word for the end, whatever follows', async () => {
    expect(await read(`${eventOf({ type: 'a' })}data: [DONE]\n\ndata: nonsense\n\n`)).toEqual([
      { type: 'a' },
    ]);
  });

  test.each([
    [
      'called one',
      'event: error\ndata: {"error":{"code":"server_error","message":"Sorry"}}\n\n',
      'server_error',
    ],
    ['called one, without an envelope', 'event: error\ndata: {"code":"overloaded"}\n\n', 'overloaded'],
    ['that holds one', 'data: {"error":{"code":"rate_limit_exceeded"}}\n\n', 'rate_limit_exceeded'],
  ])('%s are an error with the headers of the answer', async (_, text, code) => {
    await expect(read(eventOf({ type: 'a' }) + text)).rejects.toMatchObject({ code, headers: HEAD });
  });

  test('that are no JSON are a bad answer', async () => {
    await expect(read('data: <html>\n\n')).rejects.toMatchObject({ name: 'BadAnswer', code: 'malformed' });
  });
});

describe('an answer with a picture', () => {
  const picture = fc.oneof(fc.base64String(), fc.constantFrom('', '…', 'a\\/b"c'), fc.string());
  const answer = fc.oneof(
    fc.record({ data: fc.array(fc.record({ b64_json: picture, url: picture })) }),
    fc.record({ text: fc.constantFrom('"b64_json":"', '{"b64_json": "AAAA"}'), b64_json: picture }),
    fc.record({ b64_json: fc.constant(null), other: fc.record({ b64_json: picture }) }),
    fc.jsonValue(),
  );

  test('is what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(answer, fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parsePicture(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('is a bad answer where it ends within the picture', () => {
    for (const text of ['{"b64_json":"AAAA', '{"b64_json":"AAAA"', '{"b64_json": AAAA}']) {
      expect(() => parsePicture(text)).toThrow(expect.objectContaining({ code: 'malformed' }));
    }
  });
});
