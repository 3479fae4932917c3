import type { Page } from '@playwright/test';
import { authenticatorCode } from '../support/authenticator';
import { inEveryCircumstance } from '../support/circumstances';
import { alone as test, expect } from '../support/test';
import type { Visitor } from '../support/visitor';

const newPassword = 'kereta malam lewat sawah';

inEveryCircumstance('an authenticator app', ({ says }) => {
  test('C-05 C-03 is set up from the key on the page, signs in, and each code works once', async ({ page, visitor, demo }) => {
    await visitor.signInWithTheOnlyWay('budi');
    await page.goto('/security/app');
    await visitor.sendForm();
    await expect(page.getByRole('img', { name: says('app-qr') })).toBeVisible();
    const key = (await page.locator('.key').innerText()).replaceAll(' ', '');

    await page.locator('#code').fill('12');
    await page.locator('#name').fill('HP saya');
    await visitor.sendForm();
    await expect(visitor.problems).toContainText(says('code-short'));
    await expect(page.locator('#name')).toHaveValue('HP saya');

    const first = authenticatorCode(key);
    await page.locator('#code').fill(first);
    await visitor.sendForm();
    await visitor.expectToBeAt('/security?done=app-added');
    await expect(page.getByRole('status').first()).toContainText(says('done-app-added'));
    await expect(page.getByText('HP saya')).toBeVisible();

    await visitor.signOut();
    await visitor.openSignIn();
    await visitor.givePassword('budi');
    await visitor.chooseWay('totp');
    await visitor.giveCode(first);
    await expect(visitor.problems).toContainText(says('code-totp'));
    // As if a minute had passed since the app was set up.
    demo.database.run('update authenticator_apps set last_step = last_step - 2');
    await visitor.giveCode(authenticatorCode(key));
    await visitor.expectToBeAt('/dashboard');
    expect(demo.happened('factor-added')).toBe(1);
  });
});

inEveryCircumstance('recovery codes', ({ says }) => {
  test('G-08 are shown once, let in once each after the password, and are replaced', async ({ page, visitor }) => {
    await visitor.signInWithTheOnlyWay('budi');
    await page.goto('/security/codes');
    await visitor.sendForm();
    await expect(visitor.heading).toHaveText(says('codes-made-title'));
    const codes = await page.locator('.codes li').allInnerTexts();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);

    const file = page.waitForEvent('download');
    await page.getByRole('button', { name: says('codes-download-button') }).click();
    const text = await read(await (await file).createReadStream());
    for (const code of codes) expect(text).toContain(code);
    await page.goto('/security/codes');
    await expect(page.locator('.codes')).toHaveCount(0);

    await visitor.signOut();
    await takeRecoveryWay(visitor);
    // People write in small letters and without the hyphens.
    await enterRecoveryCode(page, visitor, codes[0]!.toLowerCase().replaceAll('-', ' '));
    await expect(visitor.heading).toHaveText(says('next-code-title'));
    const next = await page.locator('.key').innerText();
    expect(codes).not.toContain(next);
    await page.getByRole('link', { name: says('codes-done-link') }).click();
    await visitor.expectToBeAt('/dashboard');
    await page.goto('/security');
    await expect(page.locator('main')).toContainText(says('codes-left'));

    await visitor.signOut();
    await takeRecoveryWay(visitor);
    await enterRecoveryCode(page, visitor, codes[0]!);
    await expect(visitor.problems).toContainText(says('rec-wrong'));
    await enterRecoveryCode(page, visitor, next);
    await expect(visitor.heading).toHaveText(says('next-code-title'));
  });
});

inEveryCircumstance('a protected act', ({ says }) => {
  test('H-09 asks first, names the act, and goes on where it was', async ({ page, visitor, demo }) => {
    await visitor.signInWithTheOnlyWay('budi');
    await page.goto('/security/ways');
    await page.locator('input[name="preferred"][value="email"]').check();
    demo.letPass(11);
    await visitor.sendForm();
    await visitor.expectToBeAt('/confirm?next=%2Fsecurity%2Fways');
    await expect(visitor.heading).toHaveText(says('confirm-title'));
    await expect(page.locator('main')).toContainText(says('act-ways'));
    const code = await visitor.outbox.codeSentBy(() => visitor.sendForm());
    await visitor.giveCode(code);
    await visitor.expectToBeAt('/security/ways');
    await expect(page.getByRole('status').first()).toContainText(says('kept-title'));
    await expect(page.locator('input[name="preferred"][value="email"]')).toBeChecked();
    await visitor.sendForm();
    await visitor.expectToBeAt('/security?done=ways');
    expect(demo.happened('factor-preferred') + demo.happened('factor-added')).toBeLessThanOrEqual(1);
  });

  test('H-12 is looked at, but not done, by a browser that is only remembered', async ({ page, visitor }) => {
    await visitor.signInRemembered('siti', 'email');
    await page.goto('/security');
    await expect(visitor.heading).toHaveText(says('security-title'));
    for (const path of ['/security/codes', '/security/app']) {
      await page.goto(path);
      await visitor.expectToBeAt(`/confirm?next=${encodeURIComponent(path)}`);
    }
    // Any one way is enough for what keeps others out.
    await page.goto('/security/password');
    await visitor.expectToBeAt('/confirm?next=%2Fsecurity%2Fpassword&need=any');
  });
});

inEveryCircumstance('a password', ({ says }) => {
  test('A-11 is changed from the inside, and other devices go or stay as chosen', async ({ page, visitor }) => {
    await visitor.signInWithTheOnlyWay('budi');
    const elsewhere = await visitor.somewhereElse();
    await elsewhere.signInWithTheOnlyWay('budi');
    await page.goto('/security/password');
    await page.locator('#password').fill('not the right one');
    await page.locator('#new_password').fill(newPassword);
    await visitor.sendForm();
    await expect(visitor.problems).toContainText(says('change-wrong'));
    await expect(page.locator('#password')).toHaveValue('');
    await page.locator('#password').fill(visitor.demo.password);
    await page.locator('#new_password').fill(newPassword);
    await visitor.sendForm();
    await visitor.expectToBeAt('/security/password?reason=done');
    await expect(page.getByRole('status').first()).toContainText(says('change-done'));
    await elsewhere.page.reload();
    await expect(elsewhere.page).toHaveURL(/reason=session-ended/);
    await page.goto('/dashboard');
    await visitor.expectToBeAt('/dashboard');
  });
});

inEveryCircumstance('devices', ({ says }) => {
  test('H-08 are listed, this one marked, and signed out one by one or all at once', async ({ page, visitor }) => {
    await visitor.signInWithTheOnlyWay('budi');
    const others = [await visitor.somewhereElse(), await visitor.somewhereElse(), await visitor.somewhereElse()];
    for (const other of others) await other.signInWithTheOnlyWay('budi');
    await page.goto('/security/devices');
    await expect(page.locator('.letters-list > li')).toHaveCount(4);
    await expect(page.locator('.letters-list > li').first()).toContainText(says('devices-this'));
    await page.getByRole('button', { name: says('devices-end') }).first().click();
    await visitor.expectToBeAt('/security/devices?ended=1');
    await expect(page.locator('.letters-list > li')).toHaveCount(3);
    await page.getByRole('button', { name: says('devices-end-others') }).click();
    await visitor.expectToBeAt('/security/devices?ended=2');
    await expect(page.locator('.letters-list > li')).toHaveCount(1);
    for (const other of others) {
      await other.page.goto('/dashboard');
      await expect(other.page).toHaveURL(/reason=session-ended/);
    }
  });
});

inEveryCircumstance('activity', ({ language, says }) => {
  test('M-07 is filtered in the address and taken along as a file', async ({ page, visitor }) => {
    await visitor.signInWithTheOnlyWay('budi');
    await page.goto('/security/codes');
    await visitor.sendForm();
    await page.goto('/activity');
    const rows = page.locator('tbody tr');
    await expect(rows.first()).toBeVisible();
    await expect(page.locator('tbody')).toContainText(says('event-recovery-codes-made'));
    await expect(page.locator('tbody')).toContainText(says('event-signed-in'));
    await page.locator('select[name="kind"]').selectOption('security');
    await visitor.page.locator('#main-form button').click();
    await expect(page).toHaveURL(/[?&]kind=security/);
    await expect(page.locator('tbody')).toContainText(says('event-recovery-codes-made'));
    await expect(page.locator('tbody th').filter({ hasText: says('event-new-device') })).toHaveCount(0);

    const file = page.waitForEvent('download');
    await page.getByRole('button', { name: says('activity-download') }).click();
    const download = await file;
    const text = await read(await download.createReadStream());
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    expect(text.charCodeAt(0)).toBe(0xfeff);
    expect(text.split('\n')[0]).toContain(language === 'id' ? ';' : ',');
    expect(text).toMatch(says('event-recovery-codes-made'));
  });
});

async function takeRecoveryWay(visitor: Visitor): Promise<void> {
  await visitor.openSignIn();
  await visitor.givePassword('budi');
  await visitor.page.goto('/sign-in/method');
  await visitor.page.locator('input[name="method"][value="recovery-code"]').check();
  await visitor.sendForm();
  await visitor.expectToBeAt('/sign-in/recovery-code');
}

async function enterRecoveryCode(page: Page, visitor: Visitor, code: string): Promise<void> {
  await page.locator('#code').fill(code);
  await visitor.sendForm();
}

async function read(stream: NodeJS.ReadableStream): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
