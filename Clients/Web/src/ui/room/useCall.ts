import { useEffect } from "preact/hooks";
import { room } from "../../app/house/state.js";
import type { RoomView } from "../../wire/house.js";

const load = () => import("../../call/call.js");

/** The call of the room one looks into; its code comes with the first. */
export function useCall({ room: id }: RoomView) {
  const call = async () => {
    const { callOf } = await load();
    return room.value?.room === id ? callOf(id) : null;
  };
  useEffect(() => void call(), [id]);
  return {
    mic: async () => (await call())?.toggle("mic"),
    cam: async () => (await call())?.toggle("cam"),
  };
}
