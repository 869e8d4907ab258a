import { inbox, me, unreadTotal } from "../app/state.js";
import { greeting } from "../app/times.js";
import { counted, nameOf } from "../app/words.js";
import { dialog } from "./dialogs.js";
import { Face } from "./Face.js";

/** Rooms come here: lit where friends are in, curtains drawn where it is locked. Until there are any, it is quiet. */
export function House() {
  const talks = inbox.value.length;
  return (
    <section class="house" aria-label="House">
      <header>
        <h1>
          {greeting()}, {nameOf(me.value)}
        </h1>
        <p>
          {talks === 0
            ? "It is quiet here."
            : unreadTotal.value > 0
              ? `${counted(unreadTotal.value, "new message", "new messages")} for you.`
              : "You have read everything."}
        </p>
      </header>
      <div class="building">
        <Roof />
        <div class="floor">
          {["Kitchen", "Study", "Balcony", "Workshop", "Attic", "Spare room"].map((name, index) => (
            <div key={name} class="room">
              <DarkWindow lamp={index} />
            </div>
          ))}
          <p class="quiet-rooms">
            <b>No rooms yet</b>
            <span>When a friend lights one, you will see the window from here.</span>
          </p>
        </div>
        <div class="hall">
          <Door />
          <h2>In the hall</h2>
          <span class="stander">
            <Face person={me.value} size={84} />
            <span class="tag">You</span>
          </span>
          <button type="button" class="button lamp" onClick={() => (dialog.value = "new")}>
            Talk to somebody
          </button>
        </div>
        <Garden />
      </div>
    </section>
  );
}

const Roof = () => (
  <svg class="roof" viewBox="0 0 868 60" preserveAspectRatio="none" aria-hidden="true">
    <path class="roof-tiles" d="M80 12Q88 4 100 4h668q12 0 20 8l80 40H0z" />
    <path class="roof-edge" d="M0 52h868v8H0z" />
  </svg>
);

const DarkWindow = ({ lamp }: { lamp: number }) => (
  <svg class="dark-window" viewBox="0 0 252 140" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
    <rect class="night" width="252" height="140" />
    <path class="ray" d="M40 0h40L10 140h-60zM150 0h26l-70 140H64z" />
    {(lamp === 0 || lamp === 5) && <path class="thing" d="M124 0h3v30h-3zM106 44q2-16 19.5-16T145 44z" />}
    {(lamp === 1 || lamp === 3) && <path class="thing" d="M14 24h70v70H14zM18 30h62v14H18zM18 50h62v14H18z" />}
    {(lamp === 2 || lamp === 4) && <path class="thing" d="M0 92l44-34 38 30 30-22 60 50H0z" />}
    <rect class="thing" x="180" y="78" width="60" height="36" rx="8" />
    <rect class="boards" y="114" width="252" height="26" />
  </svg>
);

const Door = () => (
  <svg class="door" viewBox="0 0 90 116" aria-hidden="true">
    <path class="door-frame" d="M0 116V45a45 45 0 0 1 90 0v71z" />
    <path class="door-light" d="M8 116V46a37 37 0 0 1 74 0v70z" />
    <path class="door-leaf" d="M8 116V46A37 37 0 0 1 30 13v103z" />
    <circle cx="25" cy="72" r="2.5" class="door-knob" />
  </svg>
);

const Garden = () => (
  <svg class="garden" viewBox="0 0 900 46" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
    <rect class="lawn" y="14" width="900" height="32" />
    <path class="path" d="M70 14h86l38 32H38z" />
    <g class="hedge">
      <ellipse cx="14" cy="22" rx="60" ry="18" />
      <ellipse cx="270" cy="24" rx="56" ry="11" />
      <ellipse cx="560" cy="24" rx="70" ry="9" />
      <ellipse cx="880" cy="22" rx="62" ry="18" />
    </g>
    <g class="blossom">
      <circle cx="24" cy="14" r="3" />
      <circle cx="46" cy="20" r="3" />
      <circle cx="284" cy="20" r="3" />
      <circle cx="862" cy="14" r="3" />
    </g>
  </svg>
);
