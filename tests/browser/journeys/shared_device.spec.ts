import { inEveryCircumstance } from '../support/circumstances';
import { alone as test, expect } from '../support/test';

inEveryCircumstance('a shared device', ({ scripts, says }) => {
  test('H-04 is not remembered, and its session ends after ten quiet minutes', async ({ page, visitor, demo }) => {
    const code = await visitor.outbox.codeSentBy(async () => {
      await visitor.openSignIn();
      await visitor.hands.tick(page.locator('#shared'));
      await visitor.givePassword('budi');
      await visitor.expectToBeAt('/sign-in/code');
    });
    await expect(page.locator('#remember')).toHaveCount(0);
    await visitor.giveCode(code);
    await visitor.expectToBeAt('/dashboard');
    await expect(page.locator('.session')).toContainText(/\b10 (menit|minutes)\b/);

    if (scripts) {
      await page.clock.install();
      await page.reload();
      const question = page.locator('#session-dialog');
      await page.clock.fastForward('06:50');
      await expect(question).toBeHidden();
      await page.clock.runFor('00:15');
      await expect(question).toBeVisible();
      await expect(question).toContainText(says('session-question'));
      await expect(question.getByRole('button')).toBeFocused();
      await page.keyboard.press('Escape');
      await expect(question).toBeHidden();
    }

    demo.letPass(9);
    await page.goto('/balance');
    await visitor.expectToBeAt('/balance');
    demo.letPass(10.1);
    await page.goto('/balance');
    await visitor.expectToBeAt('/sign-in?next=%2Fbalance&reason=session-ended');
    await expect(page.getByRole('status').first()).toContainText(says('session-ended'));
  });

  test('S2 another member who signs in sees nothing of what the first one typed', async ({ page, visitor, demo }) => {
    await visitor.signInWithTheOnlyWay('budi');
    await page.goto('/security/ways');
    await page.locator('input[name="preferred"][value="email"]').check();
    demo.letPass(16);
    await visitor.sendForm();
    await visitor.expectToBeAt('/sign-in?next=%2Fsecurity%2Fways&reason=session-ended-kept');

    const siti = await visitor.outbox.codeSentBy(async () => {
      await visitor.givePassword('siti');
      await visitor.chooseWay('sms');
    });
    await visitor.giveCode(siti);
    await visitor.expectToBeAt('/security/ways');
    await expect(page.locator('main')).not.toContainText(says('kept-title'));
    await visitor.signOut();
  });
});

inEveryCircumstance('a lost session', ({ says }) => {
  test('gives back what was typed, to be checked and sent again', async ({ page, visitor, demo }) => {
    await visitor.signInWithTheOnlyWay('budi');
    await page.goto('/security/ways');
    await page.locator('input[name="preferred"][value="email"]').check();
    demo.letPass(16);
    await visitor.sendForm();
    await visitor.expectToBeAt('/sign-in?next=%2Fsecurity%2Fways&reason=session-ended-kept');
    const code = await visitor.outbox.codeSentBy(async () => {
      await visitor.givePassword('budi');
      await visitor.expectToBeAt('/sign-in/code');
    });
    await visitor.giveCode(code);
    await visitor.expectToBeAt('/security/ways');
    await expect(page.getByRole('status').first()).toContainText(says('kept-title'));
    await expect(page.locator('input[name="preferred"][value="email"]')).toBeChecked();
    await visitor.sendForm();
    await visitor.expectToBeAt('/security?done=ways');
  });
});
