import { inEveryCircumstance } from '../support/circumstances';
import { alone as test, expect } from '../support/test';

const password = 'kereta malam lewat sawah';

inEveryCircumstance('a forgotten password', ({ language, scripts, says }) => {
  test('G-05 is replaced with a link from a letter, and nobody is let in by it', async ({ page, visitor }) => {
    const elsewhere = await visitor.somewhereElse();
    await elsewhere.signIn('siti');

    const link = await visitor.outbox.linkSentBy('/reset-password', async () => {
      await visitor.openSignIn();
      await page.getByRole('link', { name: says('forgot-password-link') }).click();
      await visitor.hands.write(page.locator('#identifier'), 'siti@peserta.example');
      await visitor.sendForm();
      await expect(visitor.heading).toHaveText(says('forgot-sent-title'));
    });
    await page.goto(link);
    await visitor.expectToBeAt('/reset-password');
    await expect(visitor.heading).toHaveText(says('reset-title'));

    await page.locator('#new_password').fill('password1234');
    await visitor.sendForm();
    await expect(visitor.problems).toContainText(says('pw-common'));
    await expect(page.locator('#strength')).toContainText(says('strength-weak'));
    await expect(page.locator('#new_password')).toHaveValue('');

    await page.locator('#new_password').fill(password);
    // The meter is asked once the field is left.
    await page.locator('#new_password').blur();
    if (scripts) await expect(page.locator('#strength')).toContainText(says('strength-strong'));
    await visitor.sendForm();
    await visitor.expectToBeAt('/sign-in?reason=password-changed');
    await expect(page.getByRole('status').first()).toContainText(says('reset-done'));

    await elsewhere.page.reload();
    await expect(elsewhere.page).toHaveURL(/reason=session-ended/);

    await visitor.givePassword('siti');
    await expect(visitor.problems).toContainText(says('login-wrong'));
    const code = await visitor.outbox.codeSentBy(async () => {
      await visitor.givePassword('siti', password);
      await visitor.chooseWay('sms');
    });
    await visitor.giveCode(code);
    await visitor.expectToBeAt('/dashboard');

    await page.goto(link);
    await expect(visitor.heading).toHaveText(says('link-used-at'));
    const sent = await visitor.outbox.messages();
    const told = sent.filter(({ kind }) => kind === 'password-changed').map(({ channel }) => channel);
    expect(told.sort()).toEqual(['email', 'sms']);
    expect(language).toBe(await page.locator('html').getAttribute('lang'));
  });
});

inEveryCircumstance('a forgotten password, where there is no e-mail address', ({ says }) => {
  test('G-07 G-05 is replaced with a code and a recovery code, and the second step stays', async ({ page, visitor, demo }) => {
    demo.database.run("delete from identifiers where kind = 'email'");
    await visitor.signInWithTheOnlyWay('siti');
    await page.goto('/security/codes');
    await visitor.sendForm();
    await expect(visitor.heading).toHaveText(says('codes-made-title'));
    const codes = await page.locator('.codes li').allInnerTexts();
    await visitor.signOut();

    const message = await visitor.outbox.sentBy(
      ({ kind }) => kind === 'reset-code',
      async () => {
        await visitor.openSignIn();
        await page.getByRole('link', { name: says('forgot-password-link') }).click();
        await visitor.hands.write(page.locator('#identifier'), 'siti');
        await visitor.sendForm();
        await expect(visitor.heading).toHaveText(says('forgot-sent-title'));
      },
    );
    expect(message.channel).toBe('sms');
    expect(message.link).toBeNull();
    await page.getByRole('link', { name: says('forgot-by-code-link') }).click();
    await visitor.expectToBeAt('/reset-password/by-code');

    await visitor.hands.write(page.locator('#code'), message.code!);
    await visitor.sendForm();
    await expect(visitor.problems).toContainText(says('by-code-other-empty'));
    await visitor.hands.write(page.locator('#code'), message.code!);
    await visitor.hands.write(page.locator('#recovery_code'), '0123-4567-89AB-CDEF');
    await visitor.sendForm();
    await expect(visitor.problems).toContainText(says('by-code-wrong'));
    await visitor.hands.write(page.locator('#code'), message.code!);
    await visitor.hands.write(page.locator('#recovery_code'), codes[0]!.toLowerCase());
    await visitor.sendForm();
    await expect(visitor.heading).toHaveText(says('next-code-title'));
    expect(codes).not.toContain(await page.locator('.key').innerText());

    await page.getByRole('link', { name: says('by-code-next-button') }).click();
    await visitor.expectToBeAt('/reset-password');
    await page.locator('#new_password').fill(password);
    await visitor.sendForm();
    await visitor.expectToBeAt('/sign-in?reason=password-changed');
    const code = await visitor.outbox.codeSentBy(async () => {
      await visitor.givePassword('siti', password);
      await visitor.expectToBeAt('/sign-in/code');
    });
    await visitor.giveCode(code);
    await visitor.expectToBeAt('/dashboard');
  });
});
