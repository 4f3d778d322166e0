package dev.parley.hub.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class TimeTextTest {

  private static final DateTimeFormatter REFERENCE =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final TimeText text = new TimeText();

  @Property
  void spellsAsTheLibraryDoes(@ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long millis) {
    assertThat(text.at(millis)).isEqualTo(REFERENCE.format(Instant.ofEpochMilli(millis)));
    assertThat(text.at(millis + 1)).isEqualTo(REFERENCE.format(Instant.ofEpochMilli(millis + 1)));
  }
}
