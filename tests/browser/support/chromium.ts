import { existsSync } from 'node:fs';

const executablePath = process.env.PAYUNG_CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(executablePath)) {
  throw new Error(`no browser at ${executablePath}: apt-get install chromium, or set PAYUNG_CHROMIUM`);
}

/** The machine's own Chromium, with nothing that speaks to anybody but the pages under test. */
export const chromium = {
  executablePath,
  args: [
    // Its sandbox refuses to run as root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
