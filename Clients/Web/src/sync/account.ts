import { isToken } from "../wire/subjects.js";

export interface Account {
  readonly person: string;
  readonly device: string;
  readonly token: string;
  /** Where browsers reach the server. */
  readonly websocket: string;
  /** Whether the development issuer gives a new token for the asking. */
  readonly development: boolean;
}

export interface Face {
  readonly person: string;
  readonly name: string;
  readonly about?: string;
}

export interface Config {
  readonly websocket: string;
  readonly development: boolean;
}

export const loadConfig = async (): Promise<Config> => (await getJson("/config.json")) as Config;

export const loadFaces = async (): Promise<readonly Face[]> => (await getJson("/dev/people")) as Face[];

async function getJson(path: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(path, { cache: "no-store", ...init });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return await response.json();
}

export async function developmentToken(person: string, device: string): Promise<string> {
  const answer = (await getJson("/dev/token", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ person, device }),
  })) as { token: string };
  return answer.token;
}

/** Who a token is for, as it says itself; whether that is so is for the server to say. */
export function readToken(token: string): { person: string; device: string } | null {
  try {
    const part = token.split(".")[1] ?? "";
    const bytes = Uint8Array.from(atob(part.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as { sub?: string; device?: string };
    const { sub, device } = claims;
    return sub && device && isToken(sub) && sub[0] !== "_" && isToken(device) ? { person: sub, device } : null;
  } catch {
    return null;
  }
}
