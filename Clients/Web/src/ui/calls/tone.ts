import { isSounding } from "../../app/house/sounds.js";

/** When each tone of a ring begins, in seconds, and how high it is, in hertz. */
const tunes = {
  rings: [
    [0, 659],
    [0.18, 784],
    [0.36, 988],
  ],
  calls: [[0, 440]],
} as const;

const every = 3000;
const loudest = 0.06;

/** Rings gently until it is ended by what it gives; a page that nobody has touched makes no sound. */
export function ringTone(which: keyof typeof tunes): () => void {
  if (!isSounding.value || !navigator.userActivation?.hasBeenActive) return () => undefined;
  const context = new AudioContext();
  const ring = (): void => {
    for (const [at, pitch] of tunes[which]) tone(context, context.currentTime + at, pitch);
  };
  ring();
  const timer = setInterval(ring, every);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

function tone(context: AudioContext, begin: number, pitch: number): void {
  const [sine, gain] = [context.createOscillator(), context.createGain()];
  sine.frequency.value = pitch;
  gain.gain.setValueAtTime(0, begin);
  gain.gain.linearRampToValueAtTime(loudest, begin + 0.03);
  gain.gain.exponentialRampToValueAtTime(0.0001, begin + 0.9);
  sine.connect(gain).connect(context.destination);
  sine.start(begin);
  sine.stop(begin + 0.9);
}
