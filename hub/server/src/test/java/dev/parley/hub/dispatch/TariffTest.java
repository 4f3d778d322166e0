package dev.parley.hub.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.model.TokenUsage;
import dev.parley.hub.config.PriceConfig;
import dev.parley.hub.limits.Demand;
import java.math.BigInteger;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TariffTest {

  private static final OptionalLong NONE = OptionalLong.empty();
  private static final long PRICE_MAX = 1_000_000_000_000_000L;
  private static final long AMOUNT_MAX = 1_000_000_000_000_000L;

  private static PriceConfig tokens(long input, long output) {
    return new PriceConfig(OptionalLong.of(input), OptionalLong.of(output), NONE, NONE);
  }

  private static Demand took(long input, long output) {
    return new Demand("m", input, output, 0, 0, 0);
  }

  private static long micros(PriceConfig price, Demand used) {
    return Tariff.micros(price, used, null, true);
  }

  @Test
  void chargesAMillionWhatTheOperatorSaid() {
    assertThat(micros(tokens(150_000, 600_000), took(1_000_000, 0))).isEqualTo(150_000);
    assertThat(micros(tokens(150_000, 600_000), took(0, 1_000_000))).isEqualTo(600_000);
    PriceConfig sound = new PriceConfig(NONE, NONE, OptionalLong.of(6_000), OptionalLong.of(15));
    assertThat(micros(sound, new Demand("m", 0, 0, 90_000, 0, 0))).isEqualTo(9_000);
    assertThat(micros(sound, new Demand("m", 0, 0, 0, 2_000_000, 0))).isEqualTo(30);
  }

  @Test
  void roundsTheWholeOnceToTheNearestHalfUp() {
    // 0.3 and 0.4 of a millionth: each alone is nothing, together they are one.
    assertThat(micros(tokens(300_000, 400_000), took(1, 0))).isZero();
    assertThat(micros(tokens(300_000, 400_000), took(0, 1))).isZero();
    assertThat(micros(tokens(300_000, 400_000), took(1, 1))).isEqualTo(1);
    assertThat(micros(tokens(500_000, 0), took(1, 0))).isEqualTo(1);
    assertThat(micros(tokens(499_999, 0), took(1, 0))).isZero();
  }

  @Test
  void chargesApartWhatHasAPriceOfItsOwn() {
    PriceConfig price =
        new PriceConfig(
            OptionalLong.of(1_000_000),
            OptionalLong.of(2_000_000),
            OptionalLong.of(100_000),
            OptionalLong.of(10_000_000),
            OptionalLong.of(20_000_000),
            NONE,
            NONE,
            OptionalLong.of(7));
    TokenUsage counted = new TokenUsage(100, 50, 150, 40, 0, 10, 5);
    // 50 plain, 40 cached and 10 of sound in; 45 plain and 5 of sound out; and the call itself.
    assertThat(Tariff.micros(price, took(100, 50), counted, true))
        .isEqualTo(50 + 4 + 100 + 90 + 100 + 7);
    assertThat(Tariff.micros(price, took(0, 0), null, false)).isZero();
  }

  @Test
  void neverChargesMorePartsThanTheWhole() {
    PriceConfig price =
        new PriceConfig(
            OptionalLong.of(1_000_000),
            NONE,
            OptionalLong.of(1_000_000),
            OptionalLong.of(1_000_000),
            NONE,
            NONE,
            NONE,
            NONE);
    TokenUsage odd = new TokenUsage(100, 0, 100, 90, -1, 90, -1);
    assertThat(Tariff.micros(price, took(100, 0), odd, true)).isEqualTo(100);
  }

  @Test
  void staysAtTheEndOfWhatALongHolds() {
    assertThat(micros(tokens(PRICE_MAX, PRICE_MAX), took(Long.MAX_VALUE, Long.MAX_VALUE)))
        .isEqualTo(Long.MAX_VALUE);
  }

  @Property
  void isWhatExactArithmeticSays(
      @ForAll @LongRange(min = 0, max = PRICE_MAX) long price,
      @ForAll @LongRange(min = 0, max = AMOUNT_MAX) long tokens,
      @ForAll @LongRange(min = 0, max = PRICE_MAX) long minute,
      @ForAll @LongRange(min = 0, max = AMOUNT_MAX) long millis) {
    PriceConfig both = new PriceConfig(OptionalLong.of(price), NONE, OptionalLong.of(minute), NONE);
    BigInteger parts =
        big(price)
            .multiply(big(tokens))
            .multiply(big(3))
            .add(big(minute).multiply(big(millis)).multiply(big(50)));
    BigInteger rounded = parts.add(big(1_500_000)).divide(big(3_000_000));
    long expected = rounded.min(big(Long.MAX_VALUE)).longValueExact();
    assertThat(micros(both, new Demand("m", tokens, 0, millis, 0, 0))).isEqualTo(expected);
  }

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  @Property
  void costsTogetherWhatTheCallsCostButForRounding(
      @ForAll @LongRange(min = 0, max = 1_000_000_000) long price,
      @ForAll @LongRange(min = 0, max = 1_000_000_000) long one,
      @ForAll @LongRange(min = 0, max = 1_000_000_000) long other) {
    PriceConfig prices = tokens(price, 0);
    long apart = micros(prices, took(one, 0)) + micros(prices, took(other, 0));
    assertThat(micros(prices, took(one + other, 0))).isBetween(apart - 1, apart + 1);
  }

  @Property
  void neverCostsLessForMore(
      @ForAll @LongRange(min = 0, max = PRICE_MAX) long price,
      @ForAll @LongRange(min = 0, max = AMOUNT_MAX) long amount,
      @ForAll @LongRange(min = 0, max = AMOUNT_MAX) long more) {
    PriceConfig prices = tokens(price, price);
    assertThat(micros(prices, took(amount, more)))
        .isGreaterThanOrEqualTo(micros(prices, took(amount, 0)));
    assertThat(micros(prices, took(amount + more, 0)))
        .isGreaterThanOrEqualTo(micros(prices, took(amount, 0)));
  }
}
