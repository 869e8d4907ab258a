/** What is known of a file of a message; sizes in bytes and pixels. */
export interface Attachment {
  readonly file: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  /** A time, or as text where it has come over HTTP. */
  readonly at: number | string;
  readonly width?: number;
  readonly height?: number;
}

/** Below the page's own address, for a while and for oneself alone. */
export interface Door {
  readonly path: string;
  readonly until: number;
}
