// The games are one file, that comes with the first that is offered or chosen.
export { Game } from "./Game.js";
export { SeatMark } from "./SeatMark.js";
