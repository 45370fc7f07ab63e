import { crc32 } from 'node:zlib';

/**
 * The label of a picture that a model made, as IPTC defines it (DigitalSourceType). Google Merchant Center
 * demands it in every generated product picture and forbids its removal (its policy since February 2024).
 */
export const AI_LABEL_XMP = [
  '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
  '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
  '<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">',
  '<Iptc4xmpExt:DigitalSourceType>',
  'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
  '</Iptc4xmpExt:DigitalSourceType>',
  '</rdf:Description></rdf:RDF></x:xmpmeta>',
].join('');

/** Signature (8 bytes) and IHDR (25): the label follows them, so that readers find it before the pixels. */
const AFTER_IHDR = 33;

const LABEL_CHUNK = pngChunk('iTXt', Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${AI_LABEL_XMP}`));

/** A PNG chunk: length, name, data, checksum of name and data. */
function pngChunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** A copy of the PNG with the label, in memory of its own (so that it can be transferred to another thread). */
export function labelPng(png: Uint8Array): Uint8Array<ArrayBuffer> {
  const labelled = new Uint8Array(png.byteLength + LABEL_CHUNK.byteLength);
  labelled.set(png.subarray(0, AFTER_IHDR));
  labelled.set(LABEL_CHUNK, AFTER_IHDR);
  labelled.set(png.subarray(AFTER_IHDR), AFTER_IHDR + LABEL_CHUNK.byteLength);
  return labelled;
}
