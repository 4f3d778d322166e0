package dev.parley.hub.edge.speakers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.speakers.Diarization;
import dev.parley.core.speakers.SpeakerTurn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RttmTest {

  private static String written(String file, SpeakerTurn... turns) {
    var found = new Diarization(List.of(turns), OptionalDouble.empty());
    return new String(Rttm.write(found, file), StandardCharsets.UTF_8);
  }

  private static SpeakerTurn turn(String speaker, double start, double end) {
    return new SpeakerTurn(speaker, start, end, OptionalDouble.empty());
  }

  @Test
  void hasTenColumnsALine() {
    assertThat(written("talk", turn("SPEAKER_00", 0.5, 3.2004), turn("B", 3600, 3600.0006)))
        .isEqualTo(
            """
            SPEAKER talk 1 0.500 2.700 <NA> <NA> SPEAKER_00 <NA> <NA>
            SPEAKER talk 1 3600.000 0.001 <NA> <NA> B <NA> <NA>
            """);
    assertThat(written("talk")).isEmpty();
  }

  @Test
  void nothingInANameEndsItsColumn() {
    assertThat(written(" my talk\n", turn("Zoë \t von\u00a0Ende\r\n", 0, 1), turn(" ", 1, 2)))
        .isEqualTo(
            """
            SPEAKER my_talk 1 0.000 1.000 <NA> <NA> Zoë_von_Ende <NA> <NA>
            SPEAKER my_talk 1 1.000 1.000 <NA> <NA> <NA> <NA> <NA>
            """);
  }
}
