import { expect } from '@playwright/test';

/** What the demo would have sent. */
export interface Message {
  id: string;
  channel: 'sms' | 'email';
  to: string;
  kind: string;
  subject: string | null;
  text: string;
  code: string | null;
  link: string | null;
}

export class Outbox {
  constructor(private readonly address: string) {}

  /** Newest first. */
  async messages(): Promise<Message[]> {
    return (await (await fetch(this.address)).json()) as Message[];
  }

  /** The code that an act sends: to wait for any code would find an older one. */
  async codeSentBy(act: () => Promise<unknown>): Promise<string> {
    const { code } = await this.sentBy((message) => message.code !== null, act);
    expect(code).toMatch(/^\d{6}$/);
    return code!;
  }

  /** The link to a page of ours that an act sends. */
  async linkSentBy(path: string, act: () => Promise<unknown>): Promise<string> {
    const { link } = await this.sentBy((message) => leadsTo(message, path), act);
    return link!;
  }

  /** The message of a kind that an act sends. */
  async sentBy(isIt: (message: Message) => boolean, act: () => Promise<unknown>): Promise<Message> {
    const news = await this.fromNowOn();
    await act();
    return news.first(isIt);
  }

  /** What is sent from now on. */
  async fromNowOn(): Promise<News> {
    const known = new Set((await this.messages()).map((message) => message.id));
    return new News(async () => (await this.messages()).filter(({ id }) => !known.has(id)));
  }
}

/** Messages since a moment, newest first. */
export class News {
  constructor(private readonly read: () => Promise<Message[]>) {}

  /** The newest of a kind, as soon as there is one. */
  async first(isIt: (message: Message) => boolean): Promise<Message> {
    let found: Message | undefined;
    await expect(async () => {
      const news = await this.read();
      found = news.find(isIt);
      expect(found, `among ${news.map((message) => message.kind).join(', ')}`).toBeDefined();
    }).toPass({ intervals: [50, 100, 250], timeout: 15_000 });
    return found!;
  }

  async code(): Promise<string> {
    return (await this.first(({ code }) => code !== null)).code!;
  }

  async link(path: string): Promise<string> {
    return (await this.first((message) => leadsTo(message, path))).link!;
  }

  /** What somebody is told. */
  async told(address: string, kind: string): Promise<Message> {
    return this.first((message) => message.to === address && message.kind === kind);
  }
}

const leadsTo = ({ link }: Message, path: string): boolean =>
  link !== null && new URL(link).pathname === path;
