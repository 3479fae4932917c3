import { expectFitForAll } from '../support/access';
import { newAddress } from '../support/activating';
import { typing } from '../support/hands';
import { askForRecovery, seeStatus } from '../support/recovering';
import { alone as test, expect, onBothEngines } from '../support/test';
import type { Visitor } from '../support/visitor';

const clock = /\d{1,2}:\d{2} [ap]m WIB/;
const stillOpen = 'We are waiting for 72 hours to pass, and for your proof.';

/** Siti's, as the demonstration tells her life. */
const birthDate = '1991-04-12';
const oldAddress = 'siti@peserta.example';

test.use({ locale: 'en-GB' });

test.describe('a recovery', onBothEngines, () => {
  for (const scripts of [true, false]) {
    test.describe(scripts ? 'with scripts' : 'with the keyboard alone and without scripts', () => {
      test.use({ javaScriptEnabled: scripts });

      test('J-03 J-04 is told to every old contact, and stopped from the letter', async ({ outbox, page, visitor }) => {
        test.slow();
        const owner = await visitor.somewhereElse(scripts);
        const kpj = await memberNumberOf(owner, 'siti');
        await owner.signOut();

        if (!scripts) visitor.hands = typing(page);
        const email = newAddress('baru');
        const news = await outbox.fromNowOn();
        const reference = await askForRecovery(visitor, { kpj, birth_date: birthDate, email });
        await expect(page.locator('main')).toContainText(clock);
        if (scripts) await expectFitForAll(page);
        await news.told(email, 'recovery-received');

        const { link } = await news.told(oldAddress, 'recovery-warning');
        await expect(async () => {
          const warnings = await warningsIn(outbox);
          expect(warnings.map(({ channel }) => channel).sort()).toEqual(['email', 'sms']);
          // Text messages carry no links: the number is enough there.
          const short = warnings.find(({ channel }) => channel === 'sms');
          expect(short).toMatchObject({ link: null, text: expect.stringContaining(reference) });
        }).toPass({ timeout: 15_000 });

        await seeStatus(visitor, reference, email);
        await expect(visitor.heading).toHaveText(`Recovery ${reference}`);
        await expect(page.locator('main .lead')).toHaveText(stillOpen);
        const until = page.locator('dl.summary > div', { hasText: 'Can be stopped until' });
        await expect(until.locator('dd')).toHaveText(clock);
        if (scripts) await expectFitForAll(page);

        // Looking at the link changes nothing, however often: programs that read mail look too.
        for (let looks = 0; looks < 2; looks += 1) {
          await owner.page.goto(link!);
          await owner.expectToBeAt('/recover/stop');
          await expect(owner.page.locator('main')).toContainText(reference);
          await expect(owner.mainButton).toHaveText('Stop this recovery');
        }
        if (scripts) await expectFitForAll(owner.page);
        await page.goto('/recover/status');
        await expect(page.locator('main .lead')).toHaveText(stillOpen);

        await owner.sendForm();
        await owner.expectToBeAt('/recover/stop?done=yes');
        await expect(owner.page.locator('main .lead')).toContainText('The recovery is stopped');
        await page.goto('/recover/status');
        await expect(page.locator('main .lead')).toContainText('stopped this recovery');
        await news.told(email, 'recovery-stopped');
        await news.told(oldAddress, 'recovery-stopped');

        await owner.page.goto(link!);
        await expect(owner.page.locator('main .lead')).toContainText('was stopped before');
        await expect(owner.mainButton).toHaveCount(0);
        await owner.page.context().close();
      });
    });
  }

  test('G-07 is stopped with its number alone, by who has a text message only', async ({ visitor }) => {
    const owner = await visitor.somewhereElse();
    const kpj = await memberNumberOf(owner, 'siti');
    await owner.signOut();
    const email = newAddress('baru');
    const reference = await askForRecovery(visitor, { kpj, birth_date: birthDate, email });

    await owner.page.goto('/recover/stop');
    await owner.page.getByLabel('Recovery number').fill('PLH-0000-0000');
    await owner.sendForm();
    await expect(owner.problems).toBeVisible();
    await owner.page.getByLabel('Recovery number').fill(reference.toLowerCase());
    await owner.sendForm();
    await owner.expectToBeAt('/recover/stop?done=yes');
    await seeStatus(visitor, reference, email);
    await expect(visitor.page.locator('main .lead')).toContainText('stopped this recovery');
    await owner.page.context().close();
  });

  test('L5 F-03 with nobody’s details is answered the same, and nobody is told', async ({
    outbox,
    page,
    visitor,
  }) => {
    const email = newAddress('baru');
    const details = { kpj: '00000000000', birth_date: birthDate, email };
    const news = await outbox.fromNowOn();
    const reference = await askForRecovery(visitor, details);
    await expect(page.locator('main')).toContainText(clock);
    await news.told(email, 'recovery-received');
    await seeStatus(visitor, reference, email);
    await expect(page.locator('main .lead')).toHaveText(stillOpen);
    expect(await warningsIn(outbox)).toEqual([]);

    await seeStatus(visitor, reference, newAddress('other'));
    await expect(visitor.problems).toContainText('no recovery with this number and this contact');
  });
});

test.describe('a recovery that nobody stops', () => {
  test.use({ javaScriptEnabled: false });

  test('G-07 G-05 is proved by two officers and ends with a new password, and the second step stays', async ({
    demo,
    outbox,
    page,
    visitor,
  }) => {
    test.slow();
    const owner = await visitor.somewhereElse(false);
    const kpj = await memberNumberOf(owner, 'siti');
    await owner.page.context().close();
    const email = newAddress('baru');
    const news = await outbox.fromNowOn();
    const reference = await askForRecovery(visitor, { kpj, birth_date: birthDate, email });
    // The 72 hours begin with the warning, which is sent a moment after the request.
    await news.told(oldAddress, 'recovery-warning');
    const seen = ['--way', 'branch', '--document', 'ktp', '--lost', 'phone,email'];
    for (const officer of ['eka', 'bayu']) {
      const why = ['--officer', officer, '--reason', 'KTP asli dilihat di loket'];
      expect(demo.command('member', 'recovery', 'prove', reference, ...why, ...seen)).toContain(reference);
    }
    demo.letPass(72 * 60 + 1);
    await page.goto(await news.link('/recover/password'));
    await visitor.expectToBeAt('/recover/password');
    const password = 'kuda tangga hujan sore';
    await page.locator('#new_password').fill(password);
    await visitor.sendForm();

    await visitor.openSignIn();
    const code = await outbox.sentBy(
      (message) => message.code !== null && message.to === email,
      () => visitor.givePassword(email, password),
    );
    await visitor.giveCode(code.code!);
    await visitor.expectToBeAt('/dashboard');
    expect(demo.happened('recovery-done')).toBe(1);
  });
});

async function memberNumberOf(visitor: Visitor, member: string): Promise<string> {
  await visitor.signIn(member);
  await visitor.page.goto('/personal-details');
  const line = visitor.page.locator('dl.summary > div', { hasText: 'Membership number (KPJ)' });
  return line.locator('.value').first().innerText();
}

async function warningsIn(outbox: Visitor['outbox']) {
  return (await outbox.messages()).filter(({ kind }) => kind === 'recovery-warning');
}
