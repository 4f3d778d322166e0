package dev.parley.hub.bench.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.hub.bench.sheet.Row.Measured;
import dev.parley.hub.bench.sheet.Row.Peer;
import dev.parley.hub.bench.sheet.Row.Skipped;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  private final Row fast =
      new Row(
          Goal.atLeast("speed", "resample", "x RT", 2000, 8700),
          new Measured(new Figures(List.of(3000.0, 3100.0, 2900.0))),
          List.of(Peer.of("swr", 12_000), Peer.notInstalled("soxr")));
  private final Row bad =
      new Row(
          Goal.atMost("quality", "alias", "dB", -120, -140),
          new Measured(Figures.of(-22.5)),
          List.of());
  private final Row absent =
      new Row(Goal.told("quality", "PESQ", ""), new Skipped("needs a Python"), List.of());

  @Test
  void columnsAreAlignedUnderTheirSections() {
    assertThat(Table.lines(List.of(fast, bad, absent)))
        .containsExactly(
            "            unit  ours                     must            stretch"
                + "         others in the same run",
            "",
            "speed",
            "  resample  x RT  3000 (2900..3100)        >= 2000 met     >= 8700 MISSED"
                + "  swr 12000; soxr not installed",
            "",
            "quality",
            "  alias     dB    -22.5                    <= -120 MISSED  <= -140 MISSED",
            "  PESQ            skipped: needs a Python");
  }

  @Test
  void theSummaryNamesWhatWasMissed() {
    assertThat(Table.summary(List.of(fast, bad, absent)))
        .containsExactly(
            "goals: 1 met, 1 missed; stretch goals met: 0; rows skipped: 1",
            "  MISSED quality, alias: -22.5, <= -120 dB");
  }
}
