import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** The worst evenings of the country, as section 3 of the interface has them. */
const bytesPerSecond = (400 * 1000) / 8;
const oneWay = 200;
const segment = 1_460;
const loss = 0.02;
/** What is lost comes again after so long, and everything behind it waits (TCP's first timeout). */
const again = 1_000;

/** A line of 400 kbit/s and 400 ms to and fro, on which every fiftieth piece has to be sent twice. */
export class BadLine {
  lost = 0;
  private carried = 0;

  private constructor(
    private readonly server: Server,
    private readonly port: number,
  ) {}

  static async to(service: string): Promise<BadLine> {
    const server = createServer();
    const line = new BadLine(server, Number(new URL(service).port));
    server.on('connection', (browser) => line.join(browser));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return line;
  }

  get address(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async hangUp(): Promise<void> {
    this.server.close();
    await once(this.server, 'close');
  }

  private join(browser: Socket): void {
    const service = connect(this.port, '127.0.0.1');
    // Before the first byte the two have to find each other: once to and fro.
    const open = Date.now() + 2 * oneWay;
    this.carry(browser, service, open);
    this.carry(service, browser, open);
    for (const end of [browser, service]) {
      end.on('error', () => {
        browser.destroy();
        service.destroy();
      });
    }
  }

  /** Piece by piece, each after the one before it. */
  private carry(from: Socket, to: Socket, open: number): void {
    let free = open;
    from.on('data', (data: Buffer) => {
      for (let start = 0; start < data.length; start += segment) {
        const piece = data.subarray(start, start + segment);
        free = Math.max(free, Date.now()) + (piece.length / bytesPerSecond) * 1000 + this.delay();
        setTimeout(() => to.destroyed || to.write(piece), free + oneWay - Date.now());
      }
    });
    from.on('end', () => {
      // Timers count whole milliseconds: a moment later than the last piece, or it is cut off.
      setTimeout(() => to.end(), Math.max(free, Date.now()) + oneWay - Date.now() + 2);
    });
  }

  /** No dice: the same piece is lost in every run. */
  private delay(): number {
    this.carried += 1;
    // The seventh is the first: a whole sign-in has fewer than fifty.
    if (this.carried % (1 / loss) !== 7) return 0;
    this.lost += 1;
    return again;
  }
}
