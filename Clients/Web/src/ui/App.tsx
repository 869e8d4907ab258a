import { account } from "../app/state.js";
import { Announcer } from "./announce.js";
import { Shell } from "./Shell.js";
import { SignIn } from "./SignIn.js";

export function App() {
  const who = account.value;
  return (
    <>
      {who === null ? <SignIn /> : who && <Shell />}
      <Announcer />
    </>
  );
}
