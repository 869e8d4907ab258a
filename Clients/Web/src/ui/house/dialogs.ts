export { Light } from "./Light.js";
export { Presence, PrivateMode } from "./Presence.js";
export { SeenItems } from "./SeenItems.js";
