package dev.parley.hub.bench.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.hub.bench.load.Measured;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RowTest {

  @Test
  void everyContendersLineHasTheFieldsOfTheHead() {
    Measured seen = new Measured(2, 0, Duration.ofSeconds(1), new Histogram(3), 0, 0);
    int fields = Row.HEADER.split(",", -1).length;
    for (Contender.Kind kind : Contender.Kind.values()) {
      String line = new Row(1, Scenario.CALL_1, kind, 10, seen, 50).csv();
      // Outside of quotes.
      assertThat(line.replaceAll("\"[^\"]*\"", "").split(",", -1)).as(line).hasSize(fields);
    }
  }
}
