import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** When a request is lost: before the service hears of it, or with the answer on its way back. */
export type Cut = 'before' | 'after';

/** A line to the service that can lose any one request, as in a lift. */
export class Line {
  /** Everything that was asked for since the last `listen`: `POST /sign-in`. */
  asked: string[] = [];
  private cut: { index: number; when: Cut } | null = null;

  private constructor(
    private readonly server: Server,
    private readonly service: URL,
  ) {}

  static async to(service: string): Promise<Line> {
    const server = createServer();
    const line = new Line(server, new URL(service));
    server.on('request', (request, response) => {
      line.carry(request, response).catch((error: unknown) => {
        // A browser that goes elsewhere hangs up on what it still waits for.
        if (!request.socket.destroyed && !request.errored) throw error;
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return line;
  }

  /** Where the service is found at this end: the same host, so the same cookies. */
  get address(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** Counts from now on, and loses one request: the so manyth that is no file of the site. */
  listen(cut: { index: number; when: Cut } | null = null): void {
    this.asked = [];
    this.cut = cut;
  }

  async hangUp(): Promise<void> {
    this.server.closeAllConnections();
    await once(this.server.close(), 'close');
  }

  private async carry(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url!;
    const isFile = path.startsWith('/assets/');
    const isLost = !isFile && this.cut?.index === this.asked.length;
    const when = isLost ? this.cut!.when : null;
    if (!isFile) this.asked.push(`${request.method} ${path.split('?')[0]}`);
    const body: Buffer[] = [];
    for await (const piece of request) body.push(piece as Buffer);
    if (when === 'before') return void request.socket.destroy();
    const answer = await this.passOn(request, Buffer.concat(body));
    if (when === 'after') return void request.socket.destroy();
    // One request a connection: on one that was used before, browsers try again by themselves.
    response.writeHead(answer.status, { ...answer.headers, connection: 'close' });
    response.end(answer.body);
  }

  private async passOn(request: IncomingMessage, body: Buffer) {
    const onward = ask({
      host: '127.0.0.1',
      port: this.service.port,
      method: request.method,
      path: request.url,
      headers: { ...request.headers, connection: 'close' },
    });
    onward.end(body);
    const [answer] = (await once(onward, 'response')) as [IncomingMessage];
    const pieces: Buffer[] = [];
    for await (const piece of answer) pieces.push(piece as Buffer);
    const { 'transfer-encoding': _, connection: __, ...headers } = answer.headers;
    return { status: answer.statusCode!, headers, body: Buffer.concat(pieces) };
  }
}
