/** What is known of a message that was handed to a chat. */
export type ChatOutcome =
  | { outcome: 'accepted' }
  /** Certainly not taken; trying again is safe, not before `retryAfterMs`. */
  | { outcome: 'not_accepted'; code: string; retryAfterMs: number | null }
  /** Refused for good: nobody is there, or may be written to. `connection` says that it is the token that is not taken. */
  | { outcome: 'refused'; code: string; connection: boolean }
  /** Nobody knows. Never sent again by itself. */
  | { outcome: 'unknown'; code: string };

export type ChatAnswer<Answer> = ({ ok: true } & Answer) | { ok: false; code: string };

/** A workspace's app in a chat, by its token. */
export type Chat = {
  post(channel: string, text: string): Promise<ChatOutcome>;
  /** Whose token it is. */
  check(): Promise<ChatAnswer<{ team: string }>>;
  /** The person with an address. */
  findByEmail(email: string): Promise<ChatAnswer<{ id: string }>>;
};

/** A channel of somebody's own, by a secret address; it can be written to and nothing else. */
export type ChatHook = { post(text: string): Promise<ChatOutcome> };

export type ChatRequest = { method: 'GET' | 'POST'; path: string; body?: unknown };
export type ChatReply = { status: number; headers: Readonly<Record<string, string>>; body: string };
/** What kept a reply from coming; `unsent` if the other side can't have acted. */
export type ChatSilence = { silence: 'unsent' | 'unknown'; code: string };
export type SendChat = (request: ChatRequest) => Promise<ChatReply | ChatSilence>;
