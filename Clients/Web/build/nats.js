// Of the client of NATS only what the page uses: its own index brings measuring and more along, 4 kB as they travel.
export { AuthorizationError } from "../node_modules/@nats-io/nats-core/lib/errors.js";
export { tokenAuthenticator } from "../node_modules/@nats-io/nats-core/lib/authenticator.js";
export { wsconnect } from "../node_modules/@nats-io/nats-core/lib/ws_transport.js";
