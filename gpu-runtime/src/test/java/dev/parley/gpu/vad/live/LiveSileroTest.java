package dev.parley.gpu.vad.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.gpu.Shared;
import dev.parley.gpu.device.DeviceSettings;
import dev.parley.gpu.onnx.OnnxRuntime;
import dev.parley.gpu.vad.SpeechDetectors;
import dev.parley.gpu.vad.StreamingDetector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The real network in batches of changing size, beside the same network alone. */
class LiveSileroTest {

  /** Matrix products of another height add in another order. */
  private static final float TOLERANCE = 1e-5f;

  @Test
  void signalsInABatchAreHeardAsIfAlone() {
    float[] speech = Shared.wav("speech/en/jfk.wav").samples();
    try (OnnxRuntime runtime =
            new OnnxRuntime(new DeviceSettings(DeviceSettings.Wish.CPU, 0, 0), _ -> {});
        StreamingDetector silero =
            SpeechDetectors.silero(runtime, Shared.model("silero-vad/v6.2/silero_vad.onnx"));
        LiveDetection detection = new LiveDetection(silero, LiveSettings.DEFAULT, () -> 0)) {
      List<float[]> signals = new ArrayList<>();
      for (int i = 0; i < 37; i++) {
        signals.add(Arrays.copyOfRange(speech, 3000 * i, 3000 * i + 10_000 + 997 * i));
      }
      List<Heard> heard = offerInPieces(detection, signals);
      for (int i = 0; i < signals.size(); i++) {
        assertThat(heard.get(i).finished).isTrue();
        assertThat(heard.get(i).values())
            .containsExactly(silero.probabilities(signals.get(i)), within(TOLERANCE));
      }
    }
  }

  private static List<Heard> offerInPieces(LiveDetection detection, List<float[]> signals) {
    Random random = new Random(3);
    List<Heard> heard = new ArrayList<>();
    List<LiveStream> streams = new ArrayList<>();
    int[] at = new int[signals.size()];
    for (int i = 0; i < signals.size(); i++) {
      heard.add(new Heard());
      streams.add(detection.open(heard.get(i)));
    }
    for (int open = signals.size(); open > 0; detection.runOnce()) {
      int i = random.nextInt(signals.size());
      float[] signal = signals.get(i);
      if (at[i] < signal.length) {
        int piece = Math.min(signal.length - at[i], 1 + random.nextInt(3000));
        at[i] += streams.get(i).offer(signal, at[i], piece);
        if (at[i] == signal.length) {
          streams.get(i).finish();
          open--;
        }
      }
    }
    while (detection.runOnce() > 0) {
      assertThat(detection.status().failures()).isZero();
    }
    detection.runOnce();
    return heard;
  }
}
