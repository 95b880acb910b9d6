import { useMediaQuery } from '@mantine/hooks';

const PHONE = '(max-width: 767px)';

/** True on a screen where a list and a record don't fit beside each other. */
export function usePhone(): boolean {
  return useMediaQuery(PHONE, window.matchMedia(PHONE).matches, { getInitialValueInEffect: false });
}
