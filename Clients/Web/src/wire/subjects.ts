/** The id where nothing is addressed. */
export const nothing = "-";

const token = /^[A-Za-z0-9_-]{1,64}$/;

/** Whether text can stand for somebody or something in a subject. */
export const isToken = (text: string): boolean => token.test(text) && text !== nothing;

export const request = (person: string, device: string, area: string, id: string, verb: string): string =>
  `chat.v1.req.${person}.${device}.${area}.${id}.${verb}`;

export const events = (person: string): string => `chat.v1.evt.${person}.>`;

export const ephemerals = (person: string): string => `chat.v1.eph.${person}.>`;

export const inbox = (person: string, device: string): string => `chat.v1.inbox.${person}.${device}`;
