import type { CDPSession, Page } from '@playwright/test';
import { authenticatorCode } from './support/authenticator';
import { expect, onBothEngines, test } from './support/test';

test.use({ locale: 'en-GB' });

/** A device with passkeys of its own, which touches itself. */
class Device {
  private constructor(
    private readonly session: CDPSession,
    private readonly id: string,
  ) {}

  static async at(page: Page, isVerifying = true): Promise<Device> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable', { enableUI: false });
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: isVerifying,
        automaticPresenceSimulation: true,
      },
    });
    return new Device(session, authenticatorId);
  }

  async passkeys(): Promise<number> {
    const { credentials } = await this.session.send('WebAuthn.getCredentials', {
      authenticatorId: this.id,
    });
    return credentials.length;
  }

  /** Whether it makes sure from now on that its owner holds it. */
  async verifies(isVerified: boolean): Promise<void> {
    await this.session.send('WebAuthn.setUserVerified', { authenticatorId: this.id, isUserVerified: isVerified });
  }

  /** Whether it answers from now on as soon as it is asked. */
  async answers(enabled: boolean): Promise<void> {
    await this.session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: this.id, enabled });
  }
}

async function addPasskey(page: Page, name: string): Promise<void> {
  await page.goto('/security/passkeys/add');
  await page.locator('#name').fill(name);
  await page.getByRole('button', { name: 'Create the passkey' }).click();
}

const signInButton = (page: Page) => page.getByRole('button', { name: 'Sign in with a passkey' });

test.describe('passkeys', onBothEngines, () => {
  test('a passkey is added, named, and signs in without a name', async ({ page, visitor }) => {
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
    await visitor.signIn('agus', 'email');
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

  test('a passkey that does not make sure who holds it is not enough', async ({
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

  test('an authenticator app is set up from the key on the page', async ({ page, visitor }) => {
    await visitor.signIn('siti');
    await page.goto('/security/app');
    await visitor.sendForm();
    await visitor.expectToBeAt('/security/app');
    await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible();
    const key = (await page.locator('.key').innerText()).replaceAll(' ', '');
    await page.locator('#code').fill(authenticatorCode(key));
    await page.locator('#name').fill('My phone');
    await visitor.sendForm();
    await visitor.expectToBeAt('/security?done=app-added');
  });
});
