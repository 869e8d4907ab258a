// The house is one file with its windows in the street: it comes while the connection is made.
export { House } from "./House.js";
export { StreetWindows } from "./StreetWindows.js";
