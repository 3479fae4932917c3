import { readFile } from 'node:fs/promises';
import { expectFitForAll } from '../support/access';
import { alone as test, expect, onBothEngines } from '../support/test';

test.use({ locale: 'en-GB' });

test.describe('everything that moved', onBothEngines, () => {
  for (const scripts of [true, false]) {
    test.describe(scripts ? 'with scripts' : 'without scripts', () => {
      test.use({ javaScriptEnabled: scripts });

      test('agus does not recognise a payout: payouts are shut, and staff have the row', async ({
        outbox,
        page,
        visitor,
      }) => {
        await visitor.signIn('agus', 'email');
        await page.goto('/balance');
        await page.getByRole('link', { name: 'Transactions', exact: true }).click();
        await visitor.expectToBeAt('/transactions');
        await page.locator('#kind').selectOption('payout');
        await page.locator('#main-form button').click();
        await expect(page).toHaveURL(/\/transactions\?kind=payout/);
        const row = page.locator('tbody tr').first();
        await expect(row).toContainText('−Rp');
        await row.getByRole('link', { name: /I do not recognise this/ }).click();
        await expect(visitor.heading).toHaveText('I do not recognise this');
        if (scripts) await expectFitForAll(page);

        const news = await outbox.fromNowOn();
        await visitor.sendForm();
        const done = page.getByRole('status').filter({ hasText: 'We have your report' });
        await expect(done).toContainText(/LPR-\w{4}-\w{4}/);
        if (scripts) await expectFitForAll(page);
        await news.told('agus@peserta.example', 'transaction-reported');
        await news.told('agus@peserta.example', 'payouts-closed');
        await page.goto('/security/payouts');
        await expect(page.getByText('Payouts have been closed since')).toBeVisible();
        await page.goto('/transactions?kind=payout');
        await expect(page.getByRole('link', { name: /^Reported/ })).toHaveCount(1);
      });

      test('budi takes everything along', async ({ page, visitor }) => {
        await visitor.signInWithTheOnlyWay('budi');
        await page.goto('/export');
        await expect(visitor.heading).toHaveText('Everything of yours');
        if (scripts) await expectFitForAll(page);
        const file = page.waitForEvent('download');
        await page.getByRole('button', { name: 'Download everything (JSON)' }).click();
        const download = await file;
        expect(download.suggestedFilename()).toMatch(/^payung-\d{4}-\d{2}-\d{2}\.json$/);
        const everything = JSON.parse(await readFile(await download.path(), 'utf8'));
        expect(everything).toMatchObject({ format: 'payung-export', version: 1 });
        expect(everything.memberships).toHaveLength(1);
        expect(everything.contributions.length).toBeGreaterThan(0);
      });
    });
  }
});
