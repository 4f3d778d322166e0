package dev.parley.gpu.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.gpu.Shared;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KaldiFilterBankTest {

  @Test
  void framesEqualTheReference() throws IOException {
    JsonNode vectors =
        new ObjectMapper()
            .readTree(Shared.bytes("audio/reference/vad.json"))
            .get("fireredvad-logmel");
    float[] samples = Shared.wav(vectors.get("file").asText()).samples();
    KaldiFilterBank bank = new KaldiFilterBank();
    float[] frame = new float[KaldiFilterBank.BANDS];
    for (Map.Entry<String, JsonNode> expected : vectors.get("frames").properties()) {
      int number = Integer.parseInt(expected.getKey());
      bank.frame(samples, number * KaldiFilterBank.HOP_SAMPLES, frame, 0);
      // The first frame is nearly digital silence, where the logarithm makes rounding large.
      float tolerance = number == 0 ? 5e-3f : 1e-3f;
      for (int band = 0; band < frame.length; band++) {
        assertThat(frame[band])
            .as("frame %d band %d", number, band)
            .isCloseTo((float) expected.getValue().get(band).asDouble(), within(tolerance));
      }
    }
  }

  @Test
  void silenceLiesOnTheFloor() {
    float[] frame = new float[KaldiFilterBank.BANDS];
    new KaldiFilterBank().frame(new float[400], 0, frame, 0);
    assertThat(frame).containsOnly((float) Math.log(1.1920929e-7f));
  }

  @Test
  void noFrameHangsOverTheEnd() {
    assertThat(KaldiFilterBank.frames(399)).isZero();
    assertThat(KaldiFilterBank.frames(400)).isOne();
    assertThat(KaldiFilterBank.frames(559)).isOne();
    assertThat(KaldiFilterBank.frames(560)).isEqualTo(2);
  }
}
