// What is loaded once somebody is signed in: the wire and all that keeps the views right.
export { connect } from "../sync/nats.js";
export { Session } from "../sync/session.js";
