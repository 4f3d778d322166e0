package dev.parley.gpu.vad.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.gpu.Shared;
import dev.parley.gpu.device.DeviceSettings;
import dev.parley.gpu.onnx.OnnxRuntime;
import dev.parley.gpu.vad.SpeechDetectors;
import dev.parley.gpu.vad.StreamingDetector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Segments beside those of Silero's own segmentation, which were written down for nine settings and
 * every recording at 16 kHz that has speech or must have none. Sample-exact.
 */
class SileroSegmentsTest {

  private static final JsonNode EXPECTED = expected();

  @Test
  void segmentsEqualTheReference() {
    try (OnnxRuntime runtime =
            new OnnxRuntime(new DeviceSettings(DeviceSettings.Wish.CPU, 0, 0), _ -> {});
        StreamingDetector silero =
            SpeechDetectors.silero(runtime, Shared.model("silero-vad/v6.2/silero_vad.onnx"))) {
      for (Map.Entry<String, JsonNode> file : EXPECTED.get("files").properties()) {
        float[] samples = Shared.wav(file.getKey()).samples();
        float[] probabilities = silero.probabilities(samples);
        for (Map.Entry<String, JsonNode> set : file.getValue().properties()) {
          SegmentationSettings settings = settings(EXPECTED.get("settings").get(set.getKey()));
          String name = file.getKey() + " " + set.getKey();
          assertThat(starts(Segments.of(probabilities, 512, samples.length, settings)))
              .as(name)
              .isEqualTo(numbers(set.getValue()));
          SegmentationSettings bare = settings.withPaddingMs(0, 0);
          long length = probabilities.length * 512L;
          assertThat(live(probabilities, length, bare))
              .as(name + ", live")
              .isEqualTo(starts(Segments.of(probabilities, 512, length, bare)));
        }
      }
    }
  }

  private static List<Long> live(
      float[] probabilities, long length, SegmentationSettings settings) {
    List<Long> found = new ArrayList<>();
    Segmenter segmenter = new Segmenter(settings, 512);
    for (float probability : probabilities) {
      segmenter.hear(probability, event -> found.add(event.sample()));
    }
    segmenter.finish(length, event -> found.add(event.sample()));
    return found;
  }

  private static List<Long> starts(List<SpeechSegment> segments) {
    List<Long> found = new ArrayList<>();
    for (SpeechSegment segment : segments) {
      found.add(segment.start());
      found.add(segment.end());
    }
    return found;
  }

  private static List<Long> numbers(JsonNode array) {
    List<Long> found = new ArrayList<>();
    array.forEach(number -> found.add(number.asLong()));
    return found;
  }

  private static SegmentationSettings settings(JsonNode set) {
    return new SegmentationSettings(
        set.get("threshold").asDouble(),
        set.get("exitThreshold").asDouble(),
        set.get("paddingMs").asInt(),
        set.get("silenceDurationMs").asInt(),
        set.get("minSpeechMs").asInt(),
        set.get("maxSpeechMs").asInt(),
        set.get("paddingMs").asInt(),
        98);
  }

  private static JsonNode expected() {
    try (InputStream in = SileroSegmentsTest.class.getResourceAsStream("silero-segments.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
