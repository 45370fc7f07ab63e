/** Answers made small: which, how much, and how many bytes that saved. */
import zlib from 'node:zlib';
import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';

/** `level`: of gzip and deflate, 1–9; `brotliQuality`: 0–11, of which 11 takes a hundred times as long as 4. */
export type CompressionSettings = Readonly<{ level: number; brotliQuality: number }>;

export type Compression = ReturnType<typeof createCompression>;

/** What is no larger is sent as it is: a packet is not made smaller. */
const SMALLEST_BYTES = 501;
/** By the first that the client takes. No zstd: it saves less of texts than brotli at about the same cost. */
const ENCODINGS = ['br', 'gzip', 'deflate'] as const;
/** Texts. Pictures are small already; events must reach their reader one by one, and stay as they are. */
const COMPRESSIBLE = /^text\/(?!event-stream)|[/+](json|javascript|xml)(;|$)/u;

export function createCompression({ level, brotliQuality }: CompressionSettings) {
  const bytes = { in: 0, out: 0 };

  /** Zlib in one call, counted. */
  function counted<Options>(shrink: (data: Buffer, options: Options) => Buffer) {
    return (data: Buffer, options: Options): Buffer => {
      const small = shrink(data, options);
      bytes.in += data.byteLength;
      bytes.out += small.byteLength;
      return small;
    };
  }

  /** Zlib as a stream, counted: by what it pushes, because a listener to its data would make it flow. */
  function countedStream<Options, Stream extends zlib.Gzip | zlib.Deflate | zlib.BrotliCompress>(
    create: (options: Options) => Stream,
  ) {
    return (options: Options): Stream => {
      const stream = create(options);
      const push = stream.push.bind(stream);
      stream.push = (chunk: Buffer | null) => {
        if (chunk === null) bytes.in += stream.bytesWritten;
        else bytes.out += chunk.byteLength;
        return push(chunk);
      };
      return stream;
    };
  }

  const countedZlib = {
    brotliCompressSync: counted(zlib.brotliCompressSync),
    gzipSync: counted(zlib.gzipSync),
    deflateSync: counted(zlib.deflateSync),
    createBrotliCompress: countedStream(zlib.createBrotliCompress),
    createGzip: countedStream(zlib.createGzip),
    createDeflate: countedStream(zlib.createDeflate),
  };

  return {
    /** To be awaited before any route is added. */
    async addTo(app: FastifyInstance): Promise<void> {
      await app.register(compress, {
        encodings: [...ENCODINGS],
        threshold: SMALLEST_BYTES,
        customTypes: COMPRESSIBLE,
        brotliOptions: { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: brotliQuality } },
        zlibOptions: { level },
        zlib: countedZlib,
        // Nobody has a reason to send us compressed bodies, and a few of its bytes may be many of ours.
        globalDecompression: false,
      });
    },

    /** Bytes of answers that were made small, before and after. */
    statistics: () => ({ bytesIn: bytes.in, bytesOut: bytes.out }),
  };
}
