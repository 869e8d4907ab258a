import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../../..");
const host = join(root, "Host/bin/Debug/net10.0/Chat.Host.dll");
const page = join(root, "Clients/Web/dist");

/** `./chat up`, with a folder and ports of its own. */
export class Up {
  private process: ChildProcess | null = null;
  private said = "";

  private constructor(
    private readonly folder: string,
    private readonly ports: readonly number[],
    private readonly more: readonly string[],
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.ports[3]}`;
  }

  static async start(...more: string[]): Promise<Up> {
    const folder = await mkdtemp(join(tmpdir(), "chat-page-"));
    // PostgreSQL runs as another user under root, and has to come through.
    await chmod(folder, 0o711);
    const up = new Up(folder, await freePorts(4), more);
    await up.again();
    return up;
  }

  /** Starts it on what is there. */
  async again(): Promise<void> {
    const [nats, webSocket, postgres, http] = this.ports.map(String) as [string, string, string, string];
    const ports = ["--nats-port", nats, "--ws-port", webSocket, "--postgres-port", postgres, "--http-port", http];
    const own = this.more.includes("--page") ? [] : ["--page", page];
    const up = ["dotnet", host, "up", "--rates", "1000", "--data", this.folder, ...own, ...ports, ...this.more];
    // Should the tests themselves be killed, the host must not stay behind.
    const guard = existsSync("/usr/bin/setpriv") ? ["/usr/bin/setpriv", "--pdeathsig", "KILL", "--"] : [];
    const [program = "", ...rest] = [...guard, ...up];
    this.said = "";
    const started = spawn(program, rest, { cwd: root });
    this.process = started;
    const hear = (data: Buffer): void => void (this.said += data.toString());
    started.stdout.on("data", hear);
    started.stderr.on("data", hear);
    for (const since = Date.now(); !this.said.includes("Chat is up."); await pause(50))
      if (started.exitCode !== null || Date.now() - since > 90_000) throw new Error(`It is not up:\n${this.said}`);
  }

  /** kill -9. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  async stop(): Promise<void> {
    await this.end("SIGTERM");
    await rm(this.folder, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const ending = this.process;
    if (!ending || ending.exitCode !== null) return;
    const gone = new Promise((resolve) => ending.once("exit", resolve));
    ending.kill(signal);
    await gone;
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map((server) => new Promise<void>((done) => server.listen(0, "127.0.0.1", done))));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
