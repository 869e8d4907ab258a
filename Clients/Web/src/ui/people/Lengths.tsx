import { lengthOf } from "../../app/permits.js";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

interface Props {
  of: readonly (number | null)[];
  value: number | null;
  /** What it is called that has no end. */
  endless: string;
  onPick: (length: number | null) => void;
}

/** For how long something is to be. */
export const Lengths = ({ of, value, endless, onPick }: Props) => (
  <fieldset class="lengths">
    <legend>For how long</legend>
    {of.map((one) => (
      <label key={one}>
        <input type="radio" name="length" checked={value === one} onChange={() => onPick(one)} />
        <span>{one === null ? endless : lengthOf(one)}</span>
      </label>
    ))}
  </fieldset>
);
