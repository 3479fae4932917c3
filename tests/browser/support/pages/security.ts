import { expect } from '@playwright/test';
import { type Audience, at, withNothingIn, wrongly } from './page';

/** What protects an account, and what happened on it. */
export const whoLooksAfterTheAccount: Audience = {
  who: 'who looks after the account',
  weight: 'member',
  // By letter alone she would be asked for more before a protected page (J-02).
  arrive: (visitor) => visitor.signIn('siti'),
  pages: [
    at('security', '/security'),
    at('security, app added', '/security?done=app-added'),
    at('ways', '/security/ways'),
    at('password', '/security/password'),
    at('password, changed', '/security/password?reason=done'),
    withNothingIn('password', '/security/password'),
    wrongly('password, too short', '/security/password', async (visitor) => {
      await visitor.page.locator('#password').fill('payung-demo-2026');
      await visitor.page.locator('#new_password').fill('short');
      await visitor.sendForm();
    }),
    at('app', '/security/app'),
    {
      name: 'app, to be scanned',
      open: async (visitor) => {
        await visitor.page.goto('/security/app');
        if (await visitor.page.locator('#code').isHidden()) await visitor.sendForm();
        await expect(visitor.page.locator('.qr')).toBeVisible();
      },
    },
    {
      name: 'app, code too short',
      open: async (visitor) => {
        await visitor.page.locator('#code').fill('12');
        await visitor.sendForm();
        await expect(visitor.problems).toBeVisible();
      },
    },
    at('passkey to be added', '/security/passkeys/add'),
    at('recovery codes', '/security/codes'),
    {
      name: 'recovery codes, new',
      open: async (visitor) => {
        await visitor.page.goto('/security/codes');
        await visitor.sendForm();
        await expect(visitor.page.locator('.codes')).toBeVisible();
      },
    },
    at('devices', '/security/devices'),
    at('devices, some signed out', '/security/devices?ended=2'),
    at('payout lock', '/security/payouts'),
    at('question before payouts open', '/security/payouts/open'),
    at('activity', '/activity'),
    at('activity, nothing of a kind', '/activity?kind=data'),
    at('inbox', '/inbox'),
    at('choice of news', '/inbox/notices'),
    at('choice of news, saved', '/inbox/notices?done=yes'),
    at('not me, signed in', '/not-me'),
  ],
};

/** Let in by a browser that is remembered, so that protected acts ask first. */
export const whoIsRemembered: Audience = {
  who: 'who is remembered',
  weight: 'member',
  arrive: (visitor) => visitor.signInRemembered('agus', 'email'),
  pages: [
    at('confirm', '/confirm?next=/security/password'),
    {
      name: 'confirm, another way',
      open: async (visitor) => {
        await visitor.page.goto('/confirm?next=/security/app');
        await visitor.page.locator('input[name="method"]').last().check();
      },
    },
  ],
};
