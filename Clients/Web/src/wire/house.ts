import type { TableView } from "./games.js";

/** Somebody waved: come, or come to me in there; a buzz is a stronger one. */
export interface Wave {
  readonly by: string;
  readonly at: number;
  readonly room?: string;
  readonly buzz: boolean;
}

/**
 * Hours of each day in which one is told nothing: minutes of the day by one's own clock, 0 to 1439, from the first in
 * which it is quiet to the first in which it is not. `ahead` or `behind` is how far that clock is from UTC, in minutes.
 */
export interface Quiet {
  readonly from: number;
  readonly to: number;
  readonly ahead?: number;
  readonly behind?: number;
}

/** What holds for oneself in the house. */
export interface Self {
  readonly room?: string;
  /** Every room one enters is locked. */
  readonly private: boolean;
  /** Who is not told of one. */
  readonly ghosted: readonly string[];
  /** Of whom one is not told. */
  readonly muted: readonly string[];
  readonly sneaking: boolean;
  /** With whom one is on a call, or is called. */
  readonly call?: string;
  readonly quiet?: Quiet | undefined;
}

/** A friend who is in; one in a locked room is not among them. */
export interface FriendIn {
  readonly person: string;
  readonly where: "hall" | "room";
  readonly room?: string;
}

export interface Sitter {
  readonly person: string;
  /** No friend of one's own. */
  readonly stranger?: boolean;
  /** Whose friend a stranger is, who is inside or was. */
  readonly via?: string;
}

/** A room as it is seen from outside. A locked one says nothing of who is inside. */
export interface Card {
  readonly room: string;
  readonly name: string;
  readonly locked: boolean;
  readonly mine?: boolean;
  readonly full?: boolean;
  readonly occupants?: readonly Sitter[];
  /** The name of the game that is played in it. */
  readonly game?: string;
}

export interface House {
  readonly me: Self;
  readonly friends: readonly FriendIn[];
  readonly rooms: readonly Card[];
  readonly waves: readonly Wave[];
}

/** Somebody inside, and why they could come in: `way` is lit, friend, wave, admitted or guest. */
export interface Occupant {
  readonly person: string;
  readonly since: number;
  readonly way: string;
  readonly by?: string;
}

export interface Knock {
  readonly person: string;
  readonly at: number;
  readonly via?: string;
}

/**
 * A line of a room's talk. `what` is said, noted, lit, entered, left, expelled, locked or unlocked; `who` is for whom a
 * note is, who was put out, or through whom somebody came in.
 */
export interface Line {
  readonly version: number;
  readonly what: string;
  readonly by: string;
  readonly at: number;
  readonly who?: string;
  readonly way?: string;
  readonly text?: string;
}

/** A record is wished for in a conversation: who of those inside was asked and agreed; `lost`: there will be none. */
export interface Wish {
  readonly conversation: string;
  readonly asked: readonly string[];
  readonly agreed: readonly string[];
  readonly lost?: boolean;
}

/** What is kept of a party: who was in which room from when to when, and what was played. */
export interface Party {
  readonly name: string;
  readonly from: number;
  readonly until: number;
  readonly people: readonly { readonly person: string; readonly from: number; readonly until: number }[];
  readonly games: readonly {
    readonly game: string;
    readonly finished?: boolean;
    readonly scores: readonly { readonly person: string; readonly points: number }[];
  }[];
}

/** A room as it is seen by who is inside. */
export interface RoomView {
  readonly room: string;
  readonly version: number;
  readonly name: string;
  readonly capacity: number;
  /** Who has been inside longest, and may put somebody out. */
  readonly keeper?: string;
  readonly locked_by?: string;
  readonly occupants: readonly Occupant[];
  readonly knocks: readonly Knock[];
  readonly guests?: readonly string[];
  /** The oldest first, a hundred at most. */
  readonly talk: readonly Line[];
  /** The game that is played here, or was last; where something is told, only if it is otherwise than before. */
  readonly table?: TableView | null;
  /** Where one was asked whether there is to be a record. */
  readonly wish?: Wish;
}

/** What is told of the room one is in, or was in. */
export type RoomTold =
  | {
      readonly room: string;
      readonly version: number;
      /** The view's talk is what came after this version. */
      readonly since: number;
      readonly view: RoomView;
    }
  | { readonly room: string; readonly version: number; readonly gone: string };

/** What is told of the house and of rooms, and kept by nobody: any of it may be lost. */
export type HouseTold =
  | { readonly type: "card"; readonly card: Card }
  | { readonly type: "closed"; readonly room: string }
  | {
      readonly type: "friend";
      readonly person: string;
      readonly where: FriendIn["where"] | "away";
      readonly room?: string;
    }
  | (Wave & { readonly type: "wave" })
  /** Something is otherwise now: the house is to be asked for. */
  | { readonly type: "anew" }
  | { readonly type: "notice"; readonly people: readonly string[] }
  | { readonly type: "reaction"; readonly room: string; readonly by: string; readonly emoji: string }
  | {
      readonly type: "signal";
      readonly room: string;
      readonly by: string;
      readonly device: string;
      readonly data: string;
    }
  | { readonly type: "answered"; readonly room: string; readonly admitted: boolean };

/** What a room answers to who asks for it: how it is inside, or how it looks from outside. */
export interface RoomAnswer {
  readonly view?: RoomView;
  readonly card?: Card;
}

/** What a change of a room comes to. */
export interface RoomReceipt {
  readonly room?: string;
  readonly replayed: boolean;
}
