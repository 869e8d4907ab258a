// Stands in for two files of the client of NATS, 1 kB as they travel: what a version of the server can do is asked by
// what the page does not use, and what an address of the net is by nothing but the list of servers.
export class Features {
  update() {}
}
export const parseSemVer = () => undefined;
export const isIP = (host) => /^\d+(\.\d+){3}$|:/.test(host);
