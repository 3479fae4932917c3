import { confirmContacts, findMembership, giveDetails, newAddress } from '../activating';
import type { Visitor } from '../visitor';
import { type Audience, at, nobody, withNothingIn, wrongly } from './page';

/** A browser that has not begun: one that has goes on where it was. */
async function beginAnew({ page }: Visitor): Promise<void> {
  await page.context().clearCookies({ name: /browser|activation/ });
}

const noMembership = { nik: '0000000000000000', kpj: '00000000000', birth_date: '1990-07-14' };

/** Wayan's way to an account, up to the page that opens it: what follows happens once. */
export const whoActivates: Audience = {
  who: 'who activates',
  weight: 'step',
  arrive: nobody,
  pages: [
    {
      name: 'activation',
      weight: 'public',
      open: async (visitor) => {
        await beginAnew(visitor);
        await visitor.page.goto('/activate');
      },
    },
    at('activation that waited too long', '/activate?reason=old', 'public'),
    withNothingIn('activation', '/activate', 'public'),
    wrongly('activation of nobody', '/activate', (visitor) => giveDetails(visitor, noMembership), 'public'),
    at('link of an activation that ran out', '/activate/resume', 'public'),
    {
      name: 'tasks of an activation',
      open: async (visitor) => {
        await beginAnew(visitor);
        await findMembership(visitor, visitor.demo.wayan);
      },
    },
    at('contacts of an activation', '/activate/contact'),
    withNothingIn('contacts of an activation', '/activate/contact'),
    {
      name: 'code of an activation',
      open: async (visitor) => {
        await visitor.page.goto('/activate/contact');
        await visitor.page.locator('#email').fill(newAddress('wayan'));
        await visitor.sendForm();
        await visitor.expectToBeAt('/activate/code');
      },
    },
    withNothingIn('code of an activation', '/activate/code'),
    {
      name: 'way to sign in of an activation',
      open: async (visitor) => {
        await visitor.page.goto('/activate/contact');
        await confirmContacts(visitor, { email: newAddress('wayan') });
      },
    },
    withNothingIn('way to sign in of an activation', '/activate/password'),
  ],
};
