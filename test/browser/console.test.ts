import { afterAll, beforeAll, describe } from 'vitest';
import type { Browser } from 'playwright-core';

import { chromiumPath, launchChromium } from './chromium.ts';
import { instanceUnderTest, type UnderTest } from './instance-under-test.ts';
import { demoPeople, type People } from './people.ts';
import { theClaims } from './the-claims.ts';
import { theFiling } from './the-filing.ts';
import { theKeyboard } from './the-keyboard.ts';
import { theLooks } from './the-looks.ts';
import { thePages } from './the-pages.ts';
import { theSpeed } from './the-speed.ts';
import { theTroubles } from './the-troubles.ts';
import { theWaterfall } from './the-waterfall.ts';
import { theWalk } from './the-walk.ts';
import { theWatchRules } from './the-watch-rules.ts';

export type Stage = { url: string; browser: Browser; people: People };

const path = chromiumPath();
const START_MS = 240_000;

// One instance for all: starting it takes longer than most tests.
describe.skipIf(path === undefined)(
  `the console${path ? '' : ' (no Chromium found; name one in PENSTOCK_CHROMIUM)'}`,
  () => {
    let instance: UnderTest | undefined;
    let stage: Stage | undefined;
    beforeAll(async () => {
      instance = await instanceUnderTest();
      const browser = await launchChromium(path ?? '');
      stage = { url: instance.url, browser, people: await demoPeople(browser, instance.url) };
    }, START_MS);
    afterAll(async () => {
      await stage?.browser.close();
      await instance?.[Symbol.asyncDispose]();
    }, START_MS);
    const on = (): Stage => {
      if (!stage) throw new Error('The instance did not start');
      return stage;
    };

    theWalk(on);
    theFiling(on);
    theWatchRules(on);
    thePages(on);
    theKeyboard(on);
    theWaterfall(on);
    theClaims(on);
    theTroubles(on);
    theSpeed(on);
    theLooks(on);
  },
);
