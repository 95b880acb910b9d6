/** A plain form for any page; it needs no script, and the page's origin must be among the allowed ones. */
export function embedSnippet(origin: string, publicKey: string): string {
  return `<form method="post" action="${origin}/f/${publicKey}">
  <label>E-mail <input name="email" type="email" required></label>
  <label>First name <input name="first_name"></label>
  <label>Last name <input name="last_name"></label>
  <label>Company <input name="company"></label>
  <label>Phone <input name="phone" type="tel"></label>
  <label>Message <textarea name="message"></textarea></label>
  <button>Send</button>
</form>`;
}
