/** Titles come word by word: `Northmill raises $ 30 million , hires 1 , 200 people` is put together again. */
export function joinTitle(title: string): string {
  return title
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(\p{L}) ?['’] s\b/gu, '$1’s')
    .replaceAll(/([$€£]) (?=\d)/g, '$1')
    .replaceAll(/(\d) ([,.]) (?=\d)/g, '$1$2')
    .replaceAll(/(\d) %/g, '$1%')
    .replaceAll(/ ([,.;:!?%)’])/g, '$1')
    .replaceAll(/([(“]) /g, '$1')
    .replaceAll(/(\p{L}) - (?=\p{L})/gu, '$1-')
    .trim();
}
