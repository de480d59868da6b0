// Frames as they stand on the wire between host and engine: header length and body length (bytes, uint32, little
// endian), a JSON header, a body. The engine's side is engine/internal/wire.

/** One message: its JSON header, and the bytes that belong to it. */
export interface Frame<Header> {
  readonly header: Header;
  readonly body: Uint8Array;
}

const prefixSize = 8;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The frame's bytes. */
export function encodeFrame({ header, body }: Frame<object>): Uint8Array<ArrayBuffer> {
  const encoded = encoder.encode(JSON.stringify(header));
  const bytes = new Uint8Array(prefixSize + encoded.length + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, encoded.length, true);
  view.setUint32(4, body.length, true);
  bytes.set(encoded, prefixSize);
  bytes.set(body, prefixSize + encoded.length);
  return bytes;
}

/** Cuts a stream of bytes, which arrives in pieces of any size, into frames. */
export class FrameReader<Header> {
  #pieces: Uint8Array[] = [];
  #length = 0;

  /** Takes the next piece, and gives the frames that are complete with it. */
  push(piece: Uint8Array): Frame<Header>[] {
    this.#pieces.push(piece);
    this.#length += piece.length;
    const frames: Frame<Header>[] = [];
    for (let size = this.#nextSize(); size !== undefined && size <= this.#length; size = this.#nextSize()) {
      frames.push(decodeFrame(this.#take(size)));
    }
    return frames;
  }

  #nextSize(): number | undefined {
    if (this.#length < prefixSize) return undefined;
    const first = this.#pieces[0];
    if (!first || first.length < prefixSize) this.#pieces = [joinBytes(this.#pieces)];
    const view = viewOf(this.#pieces[0] ?? new Uint8Array());
    return prefixSize + view.getUint32(0, true) + view.getUint32(4, true);
  }

  #take(size: number): Uint8Array {
    const all = joinBytes(this.#pieces);
    this.#pieces = size < all.length ? [all.subarray(size)] : [];
    this.#length -= size;
    return all.subarray(0, size);
  }
}

/** All pieces, one behind the other. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function decodeFrame<Header>(bytes: Uint8Array): Frame<Header> {
  const bodyAt = prefixSize + viewOf(bytes).getUint32(0, true);
  return { header: JSON.parse(decoder.decode(bytes.subarray(prefixSize, bodyAt))) as Header, body: bytes.subarray(bodyAt) };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
