import { render } from "preact";
import { room } from "../../../src/app/house/state.js";
import { isChoosingGame } from "../../../src/app/house/playing.js";
import { account, profiles } from "../../../src/app/state.js";
import { startKeys } from "../../../src/ui/keys.js";
import { Announcer } from "../../../src/ui/announce.js";
import { Room } from "../../../src/ui/room/Room.js";
import type { Account } from "../../../src/sync/account.js";
import type { Profile } from "../../../src/wire/types.js";

// A room of which a test tells how it is, without a host.
account.value = { person: "noor", device: "d", websocket: "", token: "", development: true } as unknown as Account;
profiles.value = new Map([["tomas", { name: "Tomás" } as Profile]]);
Object.assign(globalThis, {
  show: (view: typeof room.value) => void (room.value = view),
  choose: (isChoosing: boolean) => void (isChoosingGame.value = isChoosing),
});
startKeys();
render(
  <>
    <div class="shell at-room">
      <div class="panes">
        <main id="main" class="main" tabIndex={-1} aria-label="Room">
          <Room id="r1" />
        </main>
      </div>
    </div>
    <Announcer />
  </>,
  document.getElementById("app") as HTMLElement,
);
