export { Light } from "./Light.js";
export { Presence, PrivateMode } from "./Presence.js";
export { SeenItems } from "./SeenItems.js";
export { QuietHours, Sounds } from "./Quiet.js";
