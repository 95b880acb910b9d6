/** What a site needs: the script, and the answer of its consent banner. */
export const visitSnippet = (origin: string, key: string): string =>
  `<script src="${origin}/visits/${key}.js" defer></script>
<script>
  // When your visitor has answered: true, or false to forget them.
  yourConsentBanner.onAnswer(function (agreed) {
    window.penstockVisits.consent(agreed);
  });
</script>`;
