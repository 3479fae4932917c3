import type { CDPSession, Page } from '@playwright/test';

/** One request as it went over the wire. */
export interface Transfer {
  url: string;
  kind: string;
  /** Everything that came back, headers included. */
  bytes: number;
}

/** Listens to what a page really asks for: answers from the cache cost nothing and do not count. */
export class Wire {
  private transfers = new Map<string, Transfer>();
  private finished: Transfer[] = [];

  private constructor(readonly cdp: CDPSession) {}

  static async of(page: Page): Promise<Wire> {
    const cdp = await page.context().newCDPSession(page);
    const wire = new Wire(cdp);
    cdp.on('Network.requestWillBeSent', ({ requestId, request, type, redirectResponse }) => {
      const earlier = wire.transfers.get(requestId);
      if (redirectResponse && earlier) {
        wire.finished.push({ ...earlier, bytes: redirectResponse.encodedDataLength });
      }
      wire.transfers.set(requestId, { url: request.url, kind: type ?? 'Other', bytes: 0 });
    });
    cdp.on('Network.requestServedFromCache', ({ requestId }) => wire.transfers.delete(requestId));
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const transfer = wire.transfers.get(requestId);
      wire.transfers.delete(requestId);
      // The icon comes from the cache without an event that says so, and without a byte.
      if (transfer && encodedDataLength > 0) {
        wire.finished.push({ ...transfer, bytes: encodedDataLength });
      }
    });
    await cdp.send('Network.enable');
    return wire;
  }

  /** What has come since it was last asked. */
  take(): Transfer[] {
    return this.finished.splice(0);
  }
}
