import { account } from "../app/state.js";
import { Announcer } from "./announce.js";
import { Shell } from "./Shell.js";
import { lazy } from "./lazy.js";

const SignIn = lazy(async () => (await import("./SignIn.js")).SignIn);

export function App() {
  const who = account.value;
  return (
    <>
      {who === null ? <SignIn /> : who && <Shell />}
      <Announcer />
    </>
  );
}
