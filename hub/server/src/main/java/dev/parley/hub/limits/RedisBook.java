package dev.parley.hub.limits;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Places in sorted sets: a member for each call, and as its score how long it holds. A set expires
 * when nobody gave word for twice as long.
 */
final class RedisBook implements RunningLeases.Book {

  private static final String PREFIX = "parley:limits:streams:";

  /** Keys are places; the lease, now, until and how many each place has. */
  private static final RedisScript TAKE =
      new RedisScript(
          ScriptOutputType.INTEGER,
          """
          for i, place in ipairs(KEYS) do
            redis.call('zremrangebyscore', place, '-inf', ARGV[2])
            if redis.call('zcard', place) >= tonumber(ARGV[3 + i]) then
              return i - 1
            end
          end
          for _, place in ipairs(KEYS) do
            redis.call('zadd', place, ARGV[3], ARGV[1])
            redis.call('expire', place, 60)
          end
          return -1
          """);

  /** One place, until, and leases. */
  private static final RedisScript RENEW =
      new RedisScript(
          ScriptOutputType.STATUS,
          """
          for i = 2, #ARGV do
            redis.call('zadd', KEYS[1], ARGV[1], ARGV[i])
          end
          redis.call('expire', KEYS[1], 60)
          """);

  private final Supplier<CompletableFuture<RedisAsyncCommands<String, byte[]>>> redis;

  RedisBook(Supplier<CompletableFuture<RedisAsyncCommands<String, byte[]>>> redis) {
    this.redis = redis;
  }

  @Override
  public CompletableFuture<Integer> take(List<Place> places, String lease, long now, long until) {
    byte[][] words = new byte[3 + places.size()][];
    words[0] = bytes(lease);
    words[1] = bytes(Long.toString(now));
    words[2] = bytes(Long.toString(until));
    for (int i = 0; i < places.size(); i++) {
      words[3 + i] = bytes(Integer.toString(places.get(i).most()));
    }
    String[] keys = places.stream().map(RedisBook::key).toArray(String[]::new);
    return redis.get().thenCompose(it -> TAKE.<Long>run(it, keys, words)).thenApply(Long::intValue);
  }

  @Override
  public CompletableFuture<?> renew(List<RunningLeases.Running> running, long until) {
    return redis
        .get()
        .thenCompose(it ->
            CompletableFuture.allOf(
                ByPlace.of(running).entrySet().stream()
                    .map(entry ->
                        RENEW.run(
                            it,
                            new String[] {PREFIX + entry.getKey()},
                            words(until, entry.getValue())))
                    .toArray(CompletableFuture[]::new)));
  }

  private static byte[][] words(long until, List<String> leases) {
    byte[][] words = new byte[1 + leases.size()][];
    words[0] = bytes(Long.toString(until));
    for (int i = 0; i < leases.size(); i++) {
      words[1 + i] = bytes(leases.get(i));
    }
    return words;
  }

  @Override
  public CompletableFuture<?> free(List<RunningLeases.Running> over) {
    return redis
        .get()
        .thenCompose(it ->
            CompletableFuture.allOf(
                ByPlace.of(over).entrySet().stream()
                    .map(entry ->
                        it.zrem(
                                PREFIX + entry.getKey(),
                                entry.getValue().stream()
                                    .map(RedisBook::bytes)
                                    .toArray(byte[][]::new))
                            .toCompletableFuture())
                    .toArray(CompletableFuture[]::new)));
  }

  private static String key(Place place) {
    return PREFIX + place.id();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
