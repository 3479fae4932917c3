import { expect, type Page } from '@playwright/test';
import type { Demo } from './demo';
import { type Hands, pointing } from './hands';
import type { Outbox } from './outbox';

export type Way = 'sms' | 'email' | 'totp';

/** Somebody with a browser, and what they do on the doors. */
export class Visitor {
  /** How they work the page; the mouse unless a test says otherwise. */
  hands: Hands = pointing;

  constructor(
    readonly page: Page,
    readonly demo: Demo,
    readonly outbox: Outbox,
  ) {}

  /** The same person at another browser, where scripts run or not. */
  async somewhereElse(javaScriptEnabled = true): Promise<Visitor> {
    const locale = await this.page.evaluate(() => navigator.language).catch(() => 'en-GB');
    const elsewhere = await this.page
      .context()
      .browser()!
      .newContext({ baseURL: this.demo.address, locale, javaScriptEnabled });
    return new Visitor(await elsewhere.newPage(), this.demo, this.outbox);
  }

  /** Signs in and reaches the dashboard. */
  async signIn(member: string, way: Way = 'sms'): Promise<void> {
    const code = await this.outbox.codeSentBy(async () => {
      await this.openSignIn();
      await this.givePassword(member);
      await this.chooseWay(way);
    });
    await this.giveCode(code);
    await this.expectToBeAt('/dashboard');
  }

  /** Signs in with the password alone, in a browser that is remembered: enough to read. */
  async signInRemembered(member: string, way: Way = 'sms'): Promise<void> {
    const code = await this.askForCode(member, way);
    await this.hands.tick(this.page.locator('#remember'));
    await this.giveCode(code);
    await this.expectToBeAt('/dashboard');
    await this.signOut();
    await this.openSignIn();
    await this.givePassword(member);
    await this.expectToBeAt('/dashboard');
  }

  /** Signs in where the account has one way only, so that nothing is to be chosen. */
  async signInWithTheOnlyWay(member: string): Promise<void> {
    const code = await this.outbox.codeSentBy(async () => {
      await this.openSignIn();
      await this.givePassword(member);
      await this.expectToBeAt('/sign-in/code');
    });
    await this.giveCode(code);
    await this.expectToBeAt('/dashboard');
  }

  /** Comes as far as the code page, and has the code. */
  async askForCode(member: string, way: Way = 'sms'): Promise<string> {
    return this.outbox.codeSentBy(async () => {
      await this.openSignIn();
      await this.givePassword(member);
      await this.chooseWay(way);
      await this.expectToBeAt('/sign-in/code');
    });
  }

  async openSignIn(): Promise<void> {
    await this.page.goto('/sign-in');
  }

  async givePassword(member: string, password = this.demo.password): Promise<void> {
    await this.hands.write(this.page.locator('#identifier'), member);
    await this.hands.write(this.page.locator('#password'), password);
    await this.sendForm();
  }

  async chooseWay(way: Way): Promise<void> {
    await this.expectToBeAt('/sign-in/method');
    await this.hands.tick(this.page.locator(`input[name="method"][value="${way}"]`));
    await this.sendForm();
  }

  async giveCode(code: string): Promise<void> {
    await this.expectToBeAt('/sign-in/code');
    await this.enterCode(code);
  }

  /** Types a code, on whichever page asks for one. */
  async enterCode(code: string): Promise<void> {
    await this.hands.write(this.page.locator('#code'), code);
    await this.sendForm();
  }

  /** Presses the one main button of the page. */
  async sendForm(): Promise<void> {
    await this.hands.press(this.mainButton);
  }

  async signOut(): Promise<void> {
    await this.page.goto('/sign-out');
    await this.sendForm();
    await this.expectToBeAt('/sign-in?reason=signed-out');
  }

  get mainButton() {
    return this.page.locator('#main-form button[data-busy]');
  }

  get heading() {
    return this.page.locator('h1');
  }

  get problems() {
    return this.page.locator('#error-summary');
  }

  async expectToBeAt(path: string): Promise<void> {
    await expect(this.page).toHaveURL(new URL(path, this.demo.address).href);
  }
}
