import type { Page } from '@playwright/test';
import { Device } from '../support/passkeys';
import { alone as test, expect, onBothEngines } from '../support/test';

test.use({ locale: 'en-GB' });

async function addPasskey(page: Page, name: string): Promise<void> {
  await page.goto('/security/passkeys/add');
  await page.locator('#name').fill(name);
  await page.getByRole('button', { name: 'Create the passkey' }).click();
}

const signInButton = (page: Page) => page.getByRole('button', { name: 'Sign in with a passkey' });
const useButton = (page: Page) => page.getByRole('button', { name: 'Use a passkey' });

test.describe('passkeys', onBothEngines, () => {
  test('D-05 a passkey is added, named, and signs in without a name', async ({ page, visitor }) => {
    await visitor.signIn('siti');
    const device = await Device.at(page);
    await addPasskey(page, 'My phone');
    await visitor.expectToBeAt('/security?done=passkey-added');
    await expect(page.getByText('Your passkey is added')).toBeVisible();
    await expect(page.getByText('My phone', { exact: true })).toBeVisible();
    expect(await device.passkeys()).toBe(1);

    await addPasskey(page, 'Again');
    await expect(page.getByText('This device is already registered')).toBeVisible();
    expect(await device.passkeys()).toBe(1);

    await device.answers(false);
    await visitor.signOut();
    await device.answers(true);
    await signInButton(page).click();
    await visitor.expectToBeAt('/dashboard');
    await page.goto('/security');
    await expect(page.getByText('last used')).toBeVisible();
  });

  test('the browser offers the passkey in the name field', async ({ page, visitor }) => {
    await visitor.signIn('agus');
    const device = await Device.at(page);
    await addPasskey(page, 'My phone');
    await visitor.expectToBeAt('/security?done=passkey-added');
    await device.answers(false);
    await visitor.signOut();
    // Picking the offer in the browser's own list is what the device stands in for here.
    await device.answers(true);
    await page.reload();
    await visitor.expectToBeAt('/dashboard');
  });

  test('D-03 a passkey that does not make sure who holds it is not enough', async ({
    page,
    visitor,
    outbox,
  }) => {
    const code = await outbox.codeSentBy(async () => {
      await visitor.openSignIn();
      await visitor.givePassword('budi');
      await visitor.expectToBeAt('/sign-in/code');
    });
    await visitor.giveCode(code);
    const device = await Device.at(page);
    await addPasskey(page, 'My phone');
    await visitor.expectToBeAt('/security?done=passkey-added');
    await device.answers(false);
    await visitor.signOut();
    await device.verifies(false);
    await device.answers(true);
    await signInButton(page).click();
    await expect(page.getByText(/was not used|did not make sure/).first()).toBeVisible();
    await expect(page).toHaveURL(/\/sign-in/);
  });

  test('H-09 a passkey is the second step after a password, and the proof before a protected act', async ({
    demo,
    page,
    visitor,
  }) => {
    await visitor.signIn('siti');
    const device = await Device.at(page);
    await addPasskey(page, 'My phone');
    await visitor.expectToBeAt('/security?done=passkey-added');
    await device.answers(false);
    await visitor.signOut();
    await visitor.givePassword('siti');
    await visitor.expectToBeAt('/sign-in/method');
    await device.answers(true);
    await useButton(page).click();
    await visitor.expectToBeAt('/dashboard');

    demo.letPass(11);
    await page.goto('/security/codes');
    await visitor.expectToBeAt('/confirm?next=%2Fsecurity%2Fcodes');
    await useButton(page).click();
    await visitor.expectToBeAt('/security/codes');
  });
});
