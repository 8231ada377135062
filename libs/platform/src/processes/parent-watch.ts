/**
 * For a program that `ringfence start` runs as a child: asks it to end (as SIGTERM would) when the channel to the
 * parent closes, so that a parent killed with `kill -9` leaves nothing behind. Does nothing when started by itself.
 * Bounded: a program that has not ended `endMsMax` later is ended.
 */
export function endWithParent(): void {
  if (process.send === undefined) return;
  // The parent may have gone while this program was still being loaded.
  if (!process.connected) process.exit(1);
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), endMsMax).unref();
    // With nobody listening for SIGTERM the signal ends the process at once, which is what is wanted too.
    process.kill(process.pid, 'SIGTERM');
  });
  // The channel alone must not keep a program alive that has finished.
  process.channel?.unref();
}

export const endMsMax = 10_000;
