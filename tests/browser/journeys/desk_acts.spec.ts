import type { Browser, Page } from '@playwright/test';
import { expectFitForAll } from '../support/access';
import type { Demo } from '../support/demo';
import { type Hands, pointing, typing } from '../support/hands';
import { type Language, languages } from '../support/languages';
import { alone as test, expect, onBothEngines } from '../support/test';
import { words } from '../support/words';

const address = 'siti@peserta.example';

/** The whole story in both languages, once with the mouse and once with the keyboard alone. */
const ways: { language: Language; keyboard: boolean }[] = [
  { language: 'en', keyboard: false },
  { language: 'id', keyboard: true },
];

for (const { language, keyboard } of ways) {
  test.describe(`the support desk, ${language}${keyboard ? ', with the keyboard alone' : ''}`, onBothEngines, () => {
    test.use({ locale: languages[language].locale });

    test('lets a member in, and two officers do nothing against the member', async ({
      browser,
      demo,
      outbox,
      visitor,
    }) => {
      test.slow();
      const says = (key: string) => words(language, key);
      const siti = await visitor.somewhereElse();
      for (let misses = 1; misses <= 10; misses += 1) {
        await siti.openSignIn();
        await siti.givePassword('siti', `salah sekali ini ${misses}`);
        // The waits between the misses are over at once; the pause after the last one is long enough.
        if (misses < 10) demo.database.run('update throttles set paused_until = 0');
      }
      await siti.openSignIn();
      await siti.givePassword('siti');
      await expect(siti.page).not.toHaveURL(/\/sign-in\/method/);

      const lestari = await Officer.signedIn(browser, demo, 'lestari', { language, keyboard });
      const record = await lestari.looksUp(address);
      await lestari.seesTheOwnNameInPrint();
      await lestari.checks(record, 'call-back');
      await expect(lestari.main).toContainText(says('desk-method-call-back'));
      await expectFitForAll(lestari.page);
      await lestari.helps(record, 'unlock');
      await expect(lestari.heading).toHaveText(says('desk-help-done-title'));
      await siti.signIn('siti');

      const question = await outbox.linkSentBy('/desk-request', () => lestari.checks(record, 'inbox'));
      await expect(lestari.main).toContainText(says('desk-verify-waits'));
      const owner = await visitor.somewhereElse();
      await owner.page.goto(question);
      await expectFitForAll(owner.page);
      if (keyboard) owner.hands = typing(owner.page);
      await owner.sendForm();
      await expect(owner.heading).toHaveText(says('desk-request-checked-title'));

      const sent = await outbox.sentBy(
        (message) => message.code !== null,
        () => lestari.helps(record, 'replace-phone', '0800 0000 0909'),
      );
      await expect(lestari.page).toHaveURL(/\/acts\/[0-9a-f]{32}$/);
      await expect(lestari.main).toContainText(says('desk-act-page-own'));

      // Whoever holds the new number types the code; no officer hears it.
      await owner.page.goto('/desk-request/number');
      await expectFitForAll(owner.page);
      await owner.hands.write(owner.page.locator('#phone'), '0800 0000 0909');
      await owner.hands.write(owner.page.locator('#code'), sent.code!);
      await owner.sendForm();
      await expect(owner.heading).toHaveText(says('desk-number-done-title'));

      const bayu = await Officer.signedIn(browser, demo, 'bayu', { language, keyboard });
      const letter = await outbox.linkSentBy('/desk-request', () => bayu.approves());
      await owner.page.goto(letter);
      await expect(owner.heading).toHaveText(says('desk-request-cancel-title'));
      await expectFitForAll(owner.page);
      await owner.sendForm();
      await expect(owner.heading).toHaveText(says('desk-request-cancelled-title'));
      await bayu.page.goto('/acts');
      await expect(bayu.main).toContainText(says('desk-acts-empty'));

      await siti.page.goto('/activity');
      for (const line of [
        says('event-staff-unlocked'),
        says('event-staff-asked-phone'),
        says('event-staff-approved'),
        says('event-staff-act-ended'),
        says('activity-staff'),
        'lestari',
        'bayu',
      ]) {
        await expect(siti.page.locator('main')).toContainText(line);
      }
      await expectFitForAll(siti.page);
      for (const page of [siti.page, owner.page, lestari.page, bayu.page]) await page.context().close();
    });
  });
}

/** How somebody reads and works a page. */
interface Manner {
  language: Language;
  keyboard: boolean;
}

/** Somebody who works at the desk, in a browser of their own. */
class Officer {
  private constructor(
    readonly page: Page,
    private readonly hands: Hands,
    private readonly language: Language,
  ) {}

  static async signedIn(browser: Browser, demo: Demo, name: string, manner: Manner): Promise<Officer> {
    const { language, keyboard } = manner;
    const locale = languages[language].locale;
    const context = await browser.newContext({ baseURL: demo.desk, locale });
    const page = await context.newPage();
    const officer = new Officer(page, keyboard ? typing(page) : pointing, language);
    await page.goto('/sign-in');
    await officer.hands.press(page.locator(`button[name="officer"][value="${name}"]`));
    await expect(officer.heading).toHaveText(words(language, 'desk-look-up-title'));
    return officer;
  }

  get heading() {
    return this.page.locator('h1');
  }

  get main() {
    return this.page.locator('main');
  }

  /** Looks somebody up; answers where the record is. */
  async looksUp(email: string): Promise<string> {
    await this.choose('why', 'call');
    await this.hands.write(this.page.locator('#reason'), 'calls, and cannot sign in');
    await this.choose('kind', 'email');
    await this.hands.write(this.page.locator('#query'), email);
    await this.send();
    await expect(this.page).toHaveURL(/\/records\/[0-9a-f]{32}$/);
    return new URL(this.page.url()).pathname;
  }

  /** Whoever prints a record is named on the sheet. */
  async seesTheOwnNameInPrint(): Promise<void> {
    const watermark = this.page.locator('.watermark');
    await expect(watermark).toBeHidden();
    await this.page.emulateMedia({ media: 'print' });
    await expect(watermark).toBeVisible();
    await expect(watermark).toHaveText(words(this.language, 'desk-printed-by'));
    await expect(watermark).toContainText('lestari');
    await this.page.emulateMedia({ media: null });
  }

  async checks(record: string, method: string): Promise<void> {
    await this.page.goto(`${record}/verify`);
    await this.choose('method', method);
    await this.send();
    await expect(this.page.locator('#error-summary')).toHaveCount(0);
  }

  async helps(record: string, kind: string, contact?: string): Promise<void> {
    await this.page.goto(`${record}/help`);
    await this.choose('kind', kind);
    if (contact) {
      await this.hands.write(this.page.locator('#contact'), contact);
      await this.hands.tick(this.page.locator('#called'));
    }
    await this.hands.write(this.page.locator('#reason'), 'called back, and answered');
    await this.send();
  }

  async approves(): Promise<void> {
    await this.page.goto('/acts');
    const act = words(this.language, 'desk-kind-replace-phone');
    await this.hands.press(this.page.getByRole('link', { name: act }));
    await expect(this.heading).toHaveText(words(this.language, 'desk-act-page-title'));
    await expect(this.heading).toContainText('lestari');
    await expectFitForAll(this.page);
    await this.hands.write(this.page.locator('#reason'), 'compared the checks');
    await this.hands.press(this.page.locator('button[name="act"][value="approve"]'));
    await expect(this.page).toHaveURL(/\/acts$/);
  }

  private async choose(name: string, value: string): Promise<void> {
    await this.hands.tick(this.page.locator(`input[name="${name}"][value="${value}"]`));
  }

  private async send(): Promise<void> {
    await this.hands.press(this.page.locator('#main-form button[data-busy]'));
  }
}
