/** A fixed number of shards share all watches; adding a watch never makes a workflow. */
export function watchSourcesId(shard: number): string {
  return `watch-sources/${shard}`;
}
