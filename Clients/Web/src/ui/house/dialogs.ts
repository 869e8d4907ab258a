export { Light } from "./Light.js";
export { Presence } from "./Presence.js";
