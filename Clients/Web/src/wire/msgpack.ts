// MessagePack as the wire has it, in both directions. Times are milliseconds: they compare, sort and are stored as they
// are, and nothing here needs anything finer.

const text = new TextDecoder();
const letters = new TextEncoder();

/** Reads one value and nothing after it; throws on whatever is no such bytes. */
export function decode(bytes: Uint8Array): unknown {
  const reader = new Reader(bytes);
  const value = reader.value();
  if (reader.at !== bytes.length) throw new RangeError("bytes after the end");
  return value;
}

class Reader {
  at = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  value(): unknown {
    const head = this.uint(1);
    if (head < 0x80) return head;
    if (head < 0x90) return this.map(head & 15);
    if (head < 0xa0) return this.list(head & 15);
    if (head < 0xc0) return this.text(head & 31);
    if (head >= 0xe0) return head - 0x100;
    // 8, 16, 32 and 64 bits of each, one after the other.
    const size = (first: number): number => 1 << (head - first);
    if (head >= 0xdc) return head < 0xde ? this.list(this.uint(size(0xdb))) : this.map(this.uint(size(0xdd)));
    if (head >= 0xd9) return this.text(this.uint(size(0xd9)));
    if (head >= 0xd4) return this.extension(size(0xd4));
    if (head >= 0xd0) return this.int(size(0xd0));
    if (head >= 0xcc) return this.uint(size(0xcc));
    if (head === 0xcb) return this.view.getFloat64(this.past(8));
    if (head === 0xca) return this.view.getFloat32(this.past(4));
    if (head >= 0xc7) return this.extension(this.uint(size(0xc7)));
    if (head >= 0xc4) return this.taken(this.uint(size(0xc4)));
    if (head === 0xc1) throw new RangeError("no kind of value");
    return head === 0xc0 ? null : head === 0xc3;
  }

  // Goes on; gives where it was.
  private past(length: number): number {
    const { at } = this;
    if (length > this.bytes.length - at) throw new RangeError("cut short");
    this.at = at + length;
    return at;
  }

  private uint(size: number): number {
    const at = this.past(size);
    if (size === 1) return this.bytes[at] as number;
    if (size === 2) return this.view.getUint16(at);
    return size === 4 ? this.view.getUint32(at) : this.view.getUint32(at) * 2 ** 32 + this.view.getUint32(at + 4);
  }

  private int(size: number): number {
    const at = this.past(size);
    if (size === 1) return this.view.getInt8(at);
    if (size === 2) return this.view.getInt16(at);
    return size === 4 ? this.view.getInt32(at) : this.view.getInt32(at) * 2 ** 32 + this.view.getUint32(at + 4);
  }

  private taken(length: number): Uint8Array {
    const at = this.past(length);
    return this.bytes.subarray(at, at + length);
  }

  private text(length: number): string {
    const bytes = this.taken(length);
    // Most are short and plain: to ask the browser takes longer.
    let read = "";
    for (let n = 0; n < length; n++) {
      const byte = bytes[n] as number;
      if (byte >= 0x80 || n > 23) return text.decode(bytes);
      read += String.fromCharCode(byte);
    }
    return read;
  }

  // How many are announced is taken from no-one: what is not there ends it.
  private list(length: number): unknown[] {
    const list: unknown[] = [];
    for (let n = 0; n < length; n++) list.push(this.value());
    return list;
  }

  private map(length: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    for (let n = 0; n < length; n++) {
      const key = this.value();
      if (typeof key !== "string" || key === "__proto__") throw new TypeError("no key");
      map[key] = this.value();
    }
    return map;
  }

  private extension(length: number): number {
    if (this.int(1) !== -1) throw new TypeError("no time");
    if (length === 4) return this.uint(4) * 1000;
    const head = length === 8 || length === 12 ? this.uint(4) : Number.NaN;
    if (length === 12) return this.int(8) * 1000 + Math.floor(head / 1e6);
    if (length !== 8) throw new RangeError("no time");
    // 30 bits of nanoseconds, then 34 of seconds.
    return ((head & 3) * 2 ** 32 + this.uint(4)) * 1000 + Math.floor((head >>> 2) / 1e6);
  }
}

/** Fields that are undefined are left out. */
export function encode(value: object): Uint8Array {
  const bytes: number[] = [];
  write(bytes, value);
  return Uint8Array.from(bytes);
}

function put(bytes: number[], value: number, size: number): void {
  // Not by shifting: a length has up to 32 bits, a number up to 53, and one below zero all of them.
  for (let place = size - 1; place >= 0; place--) bytes.push(Math.floor(value / 256 ** place) & 255);
}

/** A length after its kind: `few` of them with their kind, in a byte. */
function head(bytes: number[], length: number, few: number, kind: number, long: number): void {
  if (length < few) bytes.push(kind | length);
  else {
    const place = length < 0x100 && few > 16 ? 0 : length < 0x1_0000 ? 1 : 2;
    bytes.push(long + place);
    put(bytes, length, 1 << place);
  }
}

function write(bytes: number[], value: unknown): void {
  if (value === null || value === undefined) bytes.push(0xc0);
  else if (typeof value === "boolean") bytes.push(value ? 0xc3 : 0xc2);
  else if (typeof value === "number") number(bytes, value);
  else if (typeof value === "string") {
    const written = letters.encode(value);
    head(bytes, written.length, 32, 0xa0, 0xd9);
    for (const byte of written) bytes.push(byte);
  } else if (Array.isArray(value)) {
    head(bytes, value.length, 16, 0x90, 0xdb);
    for (const one of value) write(bytes, one);
  } else if (value instanceof Date) {
    const seconds = Math.floor(value.getTime() / 1000);
    bytes.push(0xc7, 12, 0xff);
    put(bytes, (value.getTime() - seconds * 1000) * 1e6, 4);
    put(bytes, seconds, 8);
  } else {
    const fields = Object.entries(value).filter(([, one]) => one !== undefined);
    head(bytes, fields.length, 16, 0x80, 0xdd);
    for (const field of fields) for (const one of field) write(bytes, one);
  }
}

function number(bytes: number[], value: number): void {
  if (!Number.isSafeInteger(value)) {
    bytes.push(0xcb, ...new Uint8Array(new Float64Array([value]).buffer).reverse());
  } else if (value >= -32 && value < 128) bytes.push(value & 255);
  else {
    const bits = value < 0 ? -value - 1 : value;
    const half = value < 0 ? 2 : 1;
    const place = [8, 16, 32, 64].findIndex((width) => bits < 2 ** width / half);
    bytes.push((value < 0 ? 0xd0 : 0xcc) + place);
    put(bytes, value, 1 << place);
  }
}
