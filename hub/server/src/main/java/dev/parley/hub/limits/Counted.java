package dev.parley.hub.limits;

import dev.parley.hub.config.QuotaUnit;
import java.util.Locale;

/** What a bucket counts. */
enum Counted {
  REQUESTS(1),
  TOKENS(1),
  /** In milliseconds, so that many short recordings count for what they are. */
  AUDIO_SECONDS(1_000),
  CHARACTERS(1),
  /** Millionths of the currency, within a day. */
  DAY_BUDGET(1),
  /** Millionths of the currency, within a month. */
  MONTH_BUDGET(1);

  private final long perUnit;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  Counted(long perUnit) {
    this.perUnit = perUnit;
  }

  /** How many tokens of the bucket one of the configuration's units is. */
  long perUnit() {
    return perUnit;
  }

  String wireName() {
    return wireName;
  }

  /** As callers know it. */
  String words() {
    return switch (this) {
      case REQUESTS, TOKENS, CHARACTERS -> wireName;
      case AUDIO_SECONDS -> "audio seconds";
      case DAY_BUDGET -> "the day's budget";
      case MONTH_BUDGET -> "the month's budget";
    };
  }

  boolean isMoney() {
    return this == DAY_BUDGET || this == MONTH_BUDGET;
  }

  /** What a call takes of it before it runs, when it is limited. */
  long estimate(Demand demand) {
    boolean silent = demand.tokens() > 0 && demand.characters() == 0;
    return switch (this) {
      case REQUESTS -> 0;
      case TOKENS -> demand.tokens();
      // Nobody knows how long a recording or an answer is: what is used up refuses it all the same.
      case AUDIO_SECONDS -> silent ? demand.audioMillis() : Math.max(1_000, demand.audioMillis());
      case CHARACTERS -> demand.characters();
      case DAY_BUDGET, MONTH_BUDGET -> Math.max(1, demand.costMicros());
    };
  }

  /** What a call took of it once it is over. */
  long used(Demand demand) {
    return switch (this) {
      case REQUESTS -> 0;
      case TOKENS -> demand.tokens();
      case AUDIO_SECONDS -> demand.audioMillis();
      case CHARACTERS -> demand.characters();
      case DAY_BUDGET, MONTH_BUDGET -> demand.costMicros();
    };
  }

  static Counted of(QuotaUnit unit) {
    return switch (unit) {
      case REQUESTS -> REQUESTS;
      case TOKENS -> TOKENS;
      case AUDIO_SECONDS -> AUDIO_SECONDS;
      case CHARACTERS -> CHARACTERS;
    };
  }
}
