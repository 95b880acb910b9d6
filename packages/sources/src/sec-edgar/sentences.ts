/** A sentence and where it starts in the text it was cut from (characters). */
export type Sentence = { text: string; start: number };

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
/** What never ends a sentence: `Mr.`, a middle initial, `U.S.`. */
const ABBREVIATED =
  /(?:^|[\s(“"])(?:Mr|Mrs|Ms|Dr|Prof|Jr|Sr|St|No|vs|Esq|Ph\.D|M\.D|U\.S|N\.A|L\.P|\p{Lu})\.\s*$/u;
/** What ends one only where the next words begin one. */
const LEGAL_FORM = /(?:Inc|Corp|Co|Ltd)\.\s*$/;
const BEGINS =
  /^(On|The|In|As|At|Effective|Also|Upon|Following|Pursuant|There|This|He|She|Mr|Ms|Mrs|Dr|A|An|It|Prior|Previously)\b/;

/** Cuts text into sentences; a line's end always ends one. */
export function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let lineStart = 0;
  for (const line of text.split('\n')) {
    let open: Sentence | null = null;
    for (const { segment, index } of segmenter.segment(line)) {
      if (open !== null && goesOn(open.text, segment)) open.text += segment;
      else {
        if (open !== null) sentences.push(trimmed(open));
        open = { text: segment, start: lineStart + index };
      }
    }
    if (open !== null) sentences.push(trimmed(open));
    lineStart += line.length + 1;
  }
  return sentences.filter((sentence) => sentence.text !== '');
}

const goesOn = (before: string, next: string): boolean =>
  ABBREVIATED.test(before) || (LEGAL_FORM.test(before) && !BEGINS.test(next));

function trimmed(sentence: Sentence): Sentence {
  const leading = /^\s*/.exec(sentence.text)?.[0].length ?? 0;
  return { text: sentence.text.trim(), start: sentence.start + leading };
}
