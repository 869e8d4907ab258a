/** How a call ended. */
export type How = "hung_up" | "declined" | "cancelled" | "missed" | "busy";

/** A call of two: it rings until it is taken or over. Times are milliseconds since 1970. */
export interface Call {
  /** 1, 2, 3 … of the same two. */
  readonly number: number;
  readonly caller: string;
  readonly callee: string;
  /** The caller's device. */
  readonly from: string;
  readonly video: boolean;
  readonly at: number;
  readonly answered_at?: number;
  /** The device on which it was taken. */
  readonly on?: string;
  readonly how?: How;
  readonly ended_at?: number;
}

/** Something that the other's device passes on. */
export interface CallSignal {
  readonly type: "call_signal";
  readonly number: number;
  readonly by: string;
  readonly device: string;
  readonly data: string;
}

/** Where devices find each other where no straight way leads. */
export interface Relays {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
  readonly until?: number;
}
