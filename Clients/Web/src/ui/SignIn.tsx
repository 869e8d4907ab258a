import { useEffect, useRef, useState } from "preact/hooks";
import { presence, presenceKey } from "../app/house/state.js";
import { parting } from "../app/state.js";
import { kept, signIn } from "../app/start.js";
import { developmentToken, loadConfig, loadFaces, readToken, type Config, type Face as One } from "../sync/account.js";
import { isToken } from "../wire/subjects.js";
import { Face } from "./Face.js";
import { Logo } from "./Logo.js";

const deviceName = (): string => (matchMedia("(pointer: coarse)").matches ? "phone" : "laptop");

export function SignIn() {
  const [config, setConfig] = useState<Config | null>(null);
  const [faces, setFaces] = useState<readonly One[]>([]);
  const [device, setDevice] = useState(deviceName);
  const [trouble, setTrouble] = useState(parting.value);
  const [attempt, setAttempt] = useState(0);
  const [isSneaking, setIsSneaking] = useState(false);

  useEffect(() => {
    loadConfig()
      .then(async (found) => {
        const people = found.development ? await loadFaces() : [];
        setFaces(people);
        setConfig(found);
      })
      .catch(() => setTrouble("The house can't be reached just now."));
  }, [attempt]);

  const enter = async (person: string): Promise<void> => {
    if (!config) return;
    try {
      if (!isToken(device)) return setTrouble("A device's name has letters, digits, - and _, and no spaces.");
      const token = await developmentToken(person, device);
      presence.value = isSneaking ? "sneak" : "in";
      kept.set(presenceKey, presence.value);
      await signIn({ person, device, token, ...config });
    } catch {
      setTrouble("That did not go through. Try again in a moment.");
    }
  };

  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <header>
          <Logo size={44} />
          <h1>Who are you tonight?</h1>
          {config?.development && <p>For trying things out: choose somebody, and you are in.</p>}
        </header>
        {trouble && (
          <div class="trouble" role="alert">
            <span>{trouble}</span>
            {!config && (
              <button type="button" class="button quiet" onClick={() => setAttempt(attempt + 1)}>
                Try again
              </button>
            )}
          </div>
        )}
        {faces.length > 0 && (
          <>
            <Cast faces={faces} onChoose={(person) => void enter(person)} />
            <Sneaking isSneaking={isSneaking} onChange={setIsSneaking} />
            <label class="field device">
              <span>This device is called</span>
              <input value={device} maxLength={64} onInput={(event) => setDevice(event.currentTarget.value)} />
            </label>
          </>
        )}
        {config && <ByToken config={config} isFolded={config.development} onTrouble={setTrouble} />}
      </div>
    </main>
  );
}

const Sneaking = ({ isSneaking, onChange }: { isSneaking: boolean; onChange: (sneaks: boolean) => void }) => (
  <label class="switch">
    <input type="checkbox" checked={isSneaking} onChange={(event) => onChange(event.currentTarget.checked)} />
    Sneak in: nobody is told
  </label>
);

function Cast({ faces, onChoose }: { faces: readonly One[]; onChoose: (person: string) => void }) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <ul class="cast">
      {faces.map((face, index) => (
        <li key={face.person}>
          <button type="button" ref={index === 0 ? first : null} onClick={() => onChoose(face.person)}>
            <Face person={face.person} size={72} />
            <b>{face.name}</b>
            {face.about && <small>{face.about}</small>}
          </button>
        </li>
      ))}
    </ul>
  );
}

interface ByTokenProps {
  config: Config;
  isFolded: boolean;
  onTrouble: (text: string) => void;
}

function ByToken({ config, isFolded, onTrouble }: ByTokenProps) {
  const [token, setToken] = useState("");
  const enter = (event: Event): void => {
    event.preventDefault();
    const who = readToken(token.trim());
    if (who) void signIn({ ...who, token: token.trim(), websocket: config.websocket, development: false });
    else onTrouble("That is no token of this house. Ask whoever gave it to you for another.");
  };
  return (
    <details class="by-token" open={!isFolded}>
      <summary>I have a token</summary>
      <form onSubmit={enter}>
        <label class="field">
          <span>Token</span>
          <input value={token} autocomplete="off" onInput={(event) => setToken(event.currentTarget.value)} />
        </label>
        <button type="submit" class="button action">
          Come in
        </button>
      </form>
    </details>
  );
}
