import { expect } from '@playwright/test';

/** What the demo would have sent. */
export interface Message {
  id: string;
  channel: 'sms' | 'email';
  to: string;
  kind: string;
  text: string;
  code: string | null;
}

export class Outbox {
  constructor(private readonly address: string) {}

  /** Newest first. */
  async messages(): Promise<Message[]> {
    return (await (await fetch(this.address)).json()) as Message[];
  }

  /** The code that an act sends: to wait for any code would find an older one. */
  async codeSentBy(act: () => Promise<unknown>): Promise<string> {
    const known = new Set((await this.messages()).map((message) => message.id));
    await act();
    let code: string | null = null;
    await expect(async () => {
      const news = (await this.messages()).filter((message) => !known.has(message.id));
      code = news.find((message) => message.code)?.code ?? null;
      expect(code, 'a code in the outbox').toMatch(/^\d{6}$/);
    }).toPass({ intervals: [50, 100, 250], timeout: 15_000 });
    return code!;
  }
}
