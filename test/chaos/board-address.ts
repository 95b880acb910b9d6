import { boardNameOf, boardVendorOf } from '@penstock/sandbox/simulators/job-boards/board-book';
import type { World, WorldCompany } from '@penstock/sandbox/world/world';

const PAGES = {
  greenhouse: (board: string) => `https://boards.greenhouse.io/${board}`,
  lever: (board: string) => `https://jobs.lever.co/${board}`,
  ashby: (board: string) => `https://jobs.ashbyhq.com/${board}`,
  smartrecruiters: (board: string) => `https://careers.smartrecruiters.com/${board}`,
  workable: (board: string) => `https://apply.workable.com/${board}/`,
  recruitee: (board: string) => `https://${board}.recruitee.com/`,
} as const;

/** Where an invented company shows its openings to people. */
export const boardAddress = (world: Pick<World, 'companies'>, company: WorldCompany): string =>
  PAGES[boardVendorOf(world, company)](boardNameOf(company));
