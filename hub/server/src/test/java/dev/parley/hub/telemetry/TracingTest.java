package dev.parley.hub.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingTest {

  private static final String CALLERS = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private static Tracing tracing(double share) {
    return new Tracing(new SplittableRandom(7), share);
  }

  @Test
  void joinsTheCallersTraceAndDoesAsItDecided() {
    Tracing.Place wanted = tracing(0).of(CALLERS);
    assertThat(wanted.own().traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(wanted.own().spanId()).hasSize(16).isNotEqualTo("b7ad6b7169203331");
    assertThat(wanted.own().sampled()).isTrue();
    assertThat(wanted.parent()).map(TraceContext::spanId).contains("b7ad6b7169203331");
    String unwanted = CALLERS.substring(0, 53) + "00";
    assertThat(tracing(1).of(unwanted).own().sampled()).isFalse();
  }

  @Test
  void beginsATraceWhereTheCallerHasNone() {
    Tracing.Place place = tracing(1).of(null);
    assertThat(place.parent()).isEmpty();
    assertThat(place.own().header()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    assertThat(TraceContext.parse(place.own().header())).contains(place.own());
  }

  @Test
  void samplesAboutTheShareThatWasAsked() {
    Tracing tenth = tracing(0.1);
    int sampled = 0;
    for (int i = 0; i < 10_000; i++) {
      sampled += tenth.of(null).own().sampled() ? 1 : 0;
    }
    assertThat(sampled).isBetween(850, 1_150);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01"
      })
  void takesNothingElseForATrace(String header) {
    assertThat(TraceContext.parse(header)).isEqualTo(Optional.empty());
    assertThat(tracing(1).of(header).parent()).isEmpty();
  }

  @Test
  void readsLaterVersionsAsFarAsTheyAreKnown() {
    assertThat(TraceContext.parse("01" + CALLERS.substring(2) + "-more")).isPresent();
  }
}
