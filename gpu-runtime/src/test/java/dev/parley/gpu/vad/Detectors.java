package dev.parley.gpu.vad;

import dev.parley.gpu.Shared;
import dev.parley.gpu.device.DeviceSettings;
import dev.parley.gpu.onnx.OnnxRuntime;
import java.util.ArrayList;
import java.util.List;

/** Detectors over the models beside the project; closed together with their runtime. */
final class Detectors implements AutoCloseable {

  private final OnnxRuntime runtime =
      new OnnxRuntime(new DeviceSettings(DeviceSettings.Wish.CPU, 0, 0), _ -> {});
  private final List<SpeechDetector> opened = new ArrayList<>();

  StreamingDetector silero() {
    return kept(SpeechDetectors.silero(runtime, Shared.model("silero-vad/v6.2/silero_vad.onnx")));
  }

  StreamingDetector sileroV5() {
    return kept(
        SpeechDetectors.sileroV5(runtime, Shared.model("silero-vad/v5.1.2/silero_vad.onnx")));
  }

  StreamingDetector fireRedStream() {
    return kept(
        SpeechDetectors.fireRedStream(
            runtime,
            Shared.model("fireredvad/fireredvad_stream_vad_with_cache.onnx"),
            Shared.model("fireredvad/cmvn.ark")));
  }

  SpeechDetector fireRed() {
    return kept(
        SpeechDetectors.fireRed(
            runtime,
            Shared.model("fireredvad/fireredvad_vad.onnx"),
            Shared.model("fireredvad/cmvn.ark")));
  }

  /** FireRed that looks ahead, in windows of so many frames. */
  SpeechDetector fireRed(int window) {
    return kept(
        new FireRedDetector(
            "windows",
            runtime.load("windows", Shared.model("fireredvad/fireredvad_vad.onnx")),
            Normalization.read(Shared.model("fireredvad/cmvn.ark"), 80),
            window));
  }

  SpeechDetector accurate() {
    return kept(
        SpeechDetectors.accurate(
            runtime,
            Shared.model("silero-vad/v6.2/silero_vad.onnx"),
            Shared.model("fireredvad/fireredvad_vad.onnx"),
            Shared.model("fireredvad/cmvn.ark")));
  }

  private <T extends SpeechDetector> T kept(T detector) {
    opened.add(detector);
    return detector;
  }

  @Override
  public void close() {
    opened.forEach(SpeechDetector::close);
    runtime.close();
  }
}
