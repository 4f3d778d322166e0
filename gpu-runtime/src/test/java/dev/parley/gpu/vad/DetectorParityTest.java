package dev.parley.gpu.vad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.gpu.Shared;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Probabilities beside those of the reference, computed by ONNX Runtime from other front ends. */
class DetectorParityTest {

  /** Goal of every network on a CPU. */
  private static final float TOLERANCE = 1e-4f;

  private final Detectors detectors = new Detectors();

  @AfterEach
  void close() {
    detectors.close();
  }

  @Test
  void silero6EqualsTheReference() throws IOException {
    equalsTheReference("silero-vad-6.2", detectors.silero());
  }

  @Test
  void silero5EqualsTheReference() throws IOException {
    equalsTheReference("silero-vad-5.1.2", detectors.sileroV5());
  }

  @Test
  void fireRedForStreamsEqualsTheReference() throws IOException {
    equalsTheReference("fireredvad-stream", detectors.fireRedStream());
  }

  @Test
  void fireRedForWholeSignalsEqualsTheReference() throws IOException {
    equalsTheReference("fireredvad-offline", detectors.fireRed());
  }

  @Test
  void windowsOfALongSignalGiveWhatOneWindowGives() {
    float[] samples = Shared.wav("speech/en/jfk.wav").samples();
    float[] whole = detectors.fireRed().probabilities(samples);
    assertThat(detectors.fireRed(450).probabilities(samples)).containsExactly(whole, within(1e-5f));
    assertThat(detectors.fireRed(1000).probabilities(samples))
        .containsExactly(whole, within(1e-5f));
  }

  @Test
  void anySplitGivesTheSameProbabilities() {
    float[] samples = Arrays.copyOf(Shared.wav("speech/en/jfk.wav").samples(), 30_123);
    for (StreamingDetector detector :
        new StreamingDetector[] {
          detectors.silero(), detectors.fireRedStream(), SpeechDetectors.builtIn()
        }) {
      float[] whole = inPieces(detector, samples, samples.length);
      assertThat(whole).hasSize(detector.chunks(samples.length));
      assertThat(inPieces(detector, samples, 1200)).containsExactly(whole);
      assertThat(inPieces(detector, samples, 50)).containsExactly(whole);
      assertThat(detector.probabilities(samples)).containsExactly(whole, within(1e-5f));
    }
  }

  @Test
  void aSignalShorterThanAFrameIsSilence() {
    for (SpeechDetector detector :
        new SpeechDetector[] {
          detectors.silero(),
          detectors.fireRedStream(),
          detectors.fireRed(),
          detectors.accurate(),
          SpeechDetectors.builtIn()
        }) {
      assertThat(detector.probabilities(new float[0])).isEmpty();
      float[] found = detector.probabilities(new float[399]);
      assertThat(found).hasSize(detector.chunks(399));
      for (float probability : found) {
        assertThat(probability).isBetween(0f, 0.3f);
      }
    }
  }

  @Test
  void aSignalRecoversFromWhatIsNoNumber() {
    float[] samples = Shared.wav("speech/en/jfk.wav").samples().clone();
    samples[5000] = Float.NaN;
    for (SpeechDetector detector :
        new SpeechDetector[] {
          detectors.silero(),
          detectors.fireRedStream(),
          detectors.fireRed(),
          detectors.accurate(),
          SpeechDetectors.builtIn()
        }) {
      float[] found = detector.probabilities(samples);
      float surest = 0;
      for (float probability : found) {
        assertThat(probability).isBetween(0f, 1f);
        surest = Math.max(surest, probability);
      }
      assertThat(surest).as(detector.name()).isGreaterThan(0.9f);
    }
  }

  @Test
  void refusesStatisticsOfSomethingElse() {
    assertThatThrownBy(() -> Normalization.read(new byte[] {1, 2, 3}, 80))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: what Kaldi writes");
    byte[] cmvn = Shared.model("fireredvad/cmvn.ark");
    assertThatThrownBy(() -> Normalization.read(cmvn, 40))
        .hasMessageContaining("2 x 81 (expected: 2 x 41)");
    assertThatThrownBy(() -> Normalization.read(Arrays.copyOf(cmvn, 200), 80))
        .hasMessageContaining("ends too early");
  }

  private static float[] inPieces(StreamingDetector detector, float[] samples, int most) {
    Random random = new Random(7);
    float[] found = new float[detector.chunks(samples.length)];
    int written = 0;
    try (DetectorStream stream = detector.open()) {
      for (int at = 0; at < samples.length; ) {
        int piece = Math.min(samples.length - at, 1 + random.nextInt(most));
        int room = stream.outputMax(piece);
        int now = stream.process(samples, at, piece, found, written);
        assertThat(now).isBetween(0, room);
        written += now;
        at += piece;
      }
      int room = stream.finishMax();
      int now = stream.finish(found, written);
      assertThat(now).isBetween(0, room);
      assertThat(written + now).isEqualTo(found.length);
    }
    return found;
  }

  private static void equalsTheReference(String name, SpeechDetector detector) throws IOException {
    JsonNode vectors =
        new ObjectMapper().readTree(Shared.bytes("audio/reference/vad.json")).get(name);
    for (Map.Entry<String, JsonNode> file : vectors.properties()) {
      float[] found = detector.probabilities(Shared.wav(file.getKey()).samples());
      JsonNode expected = file.getValue();
      assertThat(found.length - expected.size()).as(file.getKey()).isBetween(0, 3);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(found[i])
            .as("%s at %d", file.getKey(), i)
            .isCloseTo((float) expected.get(i).asDouble(), within(TOLERANCE));
      }
    }
  }
}
