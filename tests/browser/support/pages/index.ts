import { whoActivates } from './activating';
import { everybody } from './doors';
import type { Audience } from './page';
import { whoReads } from './records';
import { whoAsksForARecovery, whoNeedsHelp } from './recovering';
import { whoIsRemembered, whoLooksAfterTheAccount } from './security';
import { whoIsSigningIn } from './signing_in';

export type { Audience, PageInUse, Weight } from './page';

/**
 * Everybody, with every page they can come to see. To add pages: a file with an audience beside
 * this one, and its name here; axe, the widths and the budgets take it from there.
 */
export const audiences: Audience[] = [
  everybody,
  whoIsSigningIn,
  whoActivates,
  whoNeedsHelp,
  whoAsksForARecovery,
  whoLooksAfterTheAccount,
  whoIsRemembered,
  ...whoReads,
];
