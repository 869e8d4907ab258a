// The house is one file with its windows in the street: it comes while the connection is made.
export { House } from "./House.js";
export { StreetWindows } from "./StreetWindows.js";
// The room and its call both look at this, and both load this file: so it is none of its own.
import "../../call/state.js";
