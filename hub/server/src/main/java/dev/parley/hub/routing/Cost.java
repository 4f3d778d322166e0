package dev.parley.hub.routing;

import dev.parley.core.model.Amounts;
import dev.parley.core.model.Traits;
import dev.parley.hub.config.PriceConfig;
import dev.parley.hub.registry.ServedModel.ServedTarget;
import java.util.OptionalLong;

/**
 * What a call is expected to cost at a target, in millionths of a millionth of the currency, so
 * that single tokens do not round to nothing. Sums too large for a long stay at its end.
 */
final class Cost {

  /** Of a target that nobody priced and that is not the operator's own. */
  static final long UNKNOWN = Long.MAX_VALUE;

  private static final long KNOWN_MAX = UNKNOWN - 1;
  private static final long INPUT_TOKENS_USUAL = 1_000;
  private static final long OUTPUT_TOKENS_USUAL = 500;
  private static final long AUDIO_MILLIS_USUAL = 60_000;
  private static final long CHARACTERS_USUAL = 500;

  private Cost() {}

  static long of(Traits traits, ServedTarget served) {
    PriceConfig price = served.price();
    Amounts amounts = traits.amounts();
    long cost =
        switch (traits.capability()) {
          case CHAT, COMPLETION ->
              sum(
                  priced(price.inputTokens(), amounts.inputTokens(), INPUT_TOKENS_USUAL),
                  priced(price.outputTokens(), amounts.outputTokens(), OUTPUT_TOKENS_USUAL));
          case EMBEDDING -> priced(price.inputTokens(), amounts.inputTokens(), INPUT_TOKENS_USUAL);
          case STT, DIARIZATION, SPEAKER_VERIFICATION, DENOISE, VAD, REALTIME ->
              audio(price.audioMinute(), amounts.audioMillis());
          case TTS, VOICE_CLONE ->
              priced(price.characters(), amounts.characters(), CHARACTERS_USUAL);
        };
    if (cost == UNKNOWN && served.backend().config().local()) {
      return 0;
    }
    return cost;
  }

  /** The price of a million times the amount; {@link #UNKNOWN} without a price. */
  private static long priced(OptionalLong price, long amount, long usual) {
    return price.isEmpty()
        ? UNKNOWN
        : product(Math.max(0, price.getAsLong()), amount < 0 ? usual : amount);
  }

  /**
   * A minute is 60 000 ms, and the unit is a millionth of the price's: 1 000 000 / 60 000 = 50/3.
   */
  private static long audio(OptionalLong price, long millis) {
    long product = priced(price, millis, AUDIO_MILLIS_USUAL);
    return product >= KNOWN_MAX ? product : product(product, 50) / 3;
  }

  /** A part without a price counts nothing as long as the other has one. */
  private static long sum(long input, long output) {
    if (input == UNKNOWN || output == UNKNOWN) {
      return Math.min(input, output);
    }
    return input > KNOWN_MAX - output ? KNOWN_MAX : input + output;
  }

  /** Of two numbers that are not negative. */
  private static long product(long a, long b) {
    long product = a * b;
    return Math.multiplyHigh(a, b) != 0 || product < 0 ? KNOWN_MAX : Math.min(product, KNOWN_MAX);
  }
}
