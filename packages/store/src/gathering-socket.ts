import { Socket } from 'node:net';

/**
 * A socket that sends what is written within one turn of the event loop at once. The driver writes statement by statement, and each write
 * is a system call that wakes the server, which on a full machine is most of what a short statement costs.
 */
export function gatheringSocket(): Socket {
  const socket = new Socket();
  let gathering = false;
  const gather = (): void => {
    if (gathering) return;
    gathering = true;
    socket.cork();
    process.nextTick(() => {
      gathering = false;
      socket.uncork();
    });
  };
  // Not before: connecting puts the class's own method in its place.
  socket.once('connect', () => {
    const { write } = socket;
    Object.assign(socket, {
      write(...chunk: Parameters<typeof write>): boolean {
        gather();
        return write.apply(socket, chunk);
      },
    });
  });
  return socket;
}
