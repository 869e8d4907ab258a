const every = 120;
const loud = 0.02;
const holds = 500;

/** Tells when somebody speaks into a microphone and when they stop; ends with what it gives. */
export function listen(track: MediaStreamTrack, tell: (isSpeaking: boolean) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let isSpeaking = false;
  let last = 0;
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const loudness = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
    if (loudness > loud) last = Date.now();
    const now = Date.now() - last < holds;
    if (now !== isSpeaking) tell((isSpeaking = now));
  }, every);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
