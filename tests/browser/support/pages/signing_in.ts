import { expect } from '@playwright/test';
import { type Audience, nobody } from './page';

/** Between password and code, with what can go wrong there. */
export const whoIsSigningIn: Audience = {
  who: 'who is signing in',
  weight: 'step',
  arrive: nobody,
  pages: [
    {
      name: 'choice of a way',
      open: async (visitor) => {
        await visitor.openSignIn();
        await visitor.givePassword('dewi');
        await visitor.expectToBeAt('/sign-in/method');
      },
    },
    {
      name: 'choice of a way, none ticked',
      open: async (visitor) => {
        // One is ticked before the member chooses; only a script of our own can take that away.
        await visitor.page.evaluate(() =>
          document.querySelectorAll<HTMLInputElement>('input[type=radio]').forEach((way) => {
            way.checked = false;
          }),
        );
        await visitor.sendForm();
        await expect(visitor.problems).toBeVisible();
      },
    },
    {
      name: 'code from an app',
      open: async (visitor) => {
        await visitor.page.goto('/sign-in/method');
        await visitor.chooseWay('totp');
        await visitor.expectToBeAt('/sign-in/code');
      },
    },
    {
      name: 'code from an app, too short',
      open: async (visitor) => {
        await visitor.giveCode('12');
        await expect(visitor.problems).toBeVisible();
      },
    },
    {
      name: 'code by text message',
      open: (visitor) => visitor.askForCode('siti'),
    },
    {
      name: 'code by text message, help unfolded',
      open: (visitor) => visitor.page.locator('summary').click(),
    },
    {
      name: 'code asked for again too soon',
      open: async (visitor) => {
        await visitor.page.locator('#send-again').click();
        await expect(visitor.problems).toBeVisible();
      },
    },
    {
      name: 'code by e-mail',
      open: (visitor) => visitor.askForCode('siti', 'email'),
    },
  ],
};
