package dev.parley.hub.usage;

import java.util.concurrent.TimeUnit;

/**
 * One call that ended. Text is bounded and free of control characters, as callers chose some of it.
 *
 * @param id made by the hub, never by a caller: writing the same row twice writes it once
 * @param atMillis when the call ended, since the Unix epoch
 * @param requestId names the call in logs and answers
 * @param key name of the caller's key, empty without one
 * @param owner whose key it is, empty when nobody said
 * @param firstByteMillis from the begin to the first output; -1 when none came
 * @param durationMillis from the begin to the end
 * @param outcome {@code ok}, {@code cancelled} or the reason of the error
 */
public record UsageRow(
    String id,
    long atMillis,
    String requestId,
    String key,
    String owner,
    Asked asked,
    Served served,
    Used used,
    long firstByteMillis,
    long durationMillis,
    String outcome,
    Cost cost) {

  private static final int NAME_CHARS_MAX = 128;
  private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

  /**
   * What was asked for.
   *
   * @param kind a word of a fixed set such as {@code chat}
   * @param model the name that the caller used; may be empty
   * @param stream whether the answer was wanted piece by piece
   */
  public record Asked(String kind, String model, boolean stream) {
    public Asked {
      kind = name(kind);
      model = name(model);
    }
  }

  /**
   * Who answered.
   *
   * @param backend its id; empty where no backend was asked
   * @param model as the backend calls it
   * @param attempts how many were made
   * @param cache what the cache of answers did; empty where there is none
   */
  public record Served(String backend, String model, int attempts, String cache) {

    /** The hub itself. */
    public static final Served NOBODY = new Served("", "", 0, "");

    public Served {
      backend = name(backend);
      model = name(model);
      cache = name(cache);
    }
  }

  /**
   * What it took; 0 where it took none of it or nobody counted.
   *
   * @param inputTokens all of them, the cached and those of sound included
   * @param outputTokens all of them, those of reasoning and of sound included
   * @param guessed whether nobody counted the tokens, and they are only thought to be so many
   * @param bytes of sound that the hub worked on itself
   */
  public record Used(
      long inputTokens,
      long outputTokens,
      long cachedTokens,
      long reasoningTokens,
      long audioInputTokens,
      long audioOutputTokens,
      boolean guessed,
      long audioMillis,
      long characters,
      long bytes) {

    /** Nothing but bytes. */
    public static Used ofBytes(long bytes) {
      return new Used(0, 0, 0, 0, 0, 0, false, 0, 0, bytes);
    }
  }

  /**
   * What it costs.
   *
   * @param micros millionths of the currency; -1 where nobody gave a price
   * @param currency its code; empty where nobody gave a price
   */
  public record Cost(long micros, String currency) {

    /** Nobody gave a price. */
    public static final Cost UNKNOWN = new Cost(-1, "");

    public boolean isKnown() {
      return micros >= 0;
    }
  }

  public UsageRow {
    requestId = name(requestId);
    key = name(key);
    owner = name(owner);
    outcome = name(outcome);
  }

  /** The day on which it ended, since the Unix epoch, UTC. */
  public long day() {
    return dayOf(atMillis);
  }

  /** The day of a moment, since the Unix epoch, UTC. */
  public static long dayOf(long epochMillis) {
    return Math.floorDiv(epochMillis, DAY_MILLIS);
  }

  /** Databases refuse NUL and half characters, and tables shall not grow with a caller's fancy. */
  private static String name(String text) {
    int length = Math.min(text.length(), NAME_CHARS_MAX);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
        return cleaned(text, length);
      }
    }
    return length == text.length() ? text : text.substring(0, length);
  }

  private static String cleaned(String text, int length) {
    StringBuilder clean = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < length
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        clean.append(c).append(text.charAt(++i));
      } else {
        clean.append(c < ' ' || c == 0x7f || Character.isSurrogate(c) ? '?' : c);
      }
    }
    return clean.toString();
  }
}
