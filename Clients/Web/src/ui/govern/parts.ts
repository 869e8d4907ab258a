// Settings and roles share most of what they are made of, and come as one file.
export { RolesDialog } from "./Roles.js";
export { SettingsDialog } from "./Settings.js";
