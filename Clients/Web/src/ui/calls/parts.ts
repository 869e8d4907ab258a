// One file of all that is seen of calls of two: it comes with the first of them.
export { CallButtons } from "./CallButtons.js";
export { CalledLine } from "./CalledLine.js";
export { Calls } from "./Calls.js";
