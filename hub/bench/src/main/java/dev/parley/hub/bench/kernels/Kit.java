package dev.parley.hub.bench.kernels;

import dev.parley.gpu.denoise.DeepFilterNet3;
import dev.parley.gpu.denoise.Denoiser;
import dev.parley.gpu.denoise.DtlnDenoiser;
import dev.parley.gpu.denoise.GtcrnDenoiser;
import dev.parley.gpu.denoise.SpectralDenoiser;
import dev.parley.gpu.denoise.UlUnasDenoiser;
import dev.parley.gpu.device.DeviceSettings;
import dev.parley.gpu.device.FirstThatLoads;
import dev.parley.gpu.device.ModelRuntime;
import dev.parley.gpu.graph.GraphRuntime;
import dev.parley.gpu.onnx.OnnxRuntime;
import dev.parley.gpu.vad.SpeechDetector;
import dev.parley.gpu.vad.SpeechDetectors;
import dev.parley.gpu.vad.StreamingDetector;
import dev.parley.hub.bench.process.BenchFailure;
import dev.parley.hub.bench.sheet.NotHere;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Detectors and denoisers over a folder of model files, on the processor; closes all it made. */
final class Kit implements AutoCloseable {

  private static final String SILERO_6 = "silero-vad/v6.2/silero_vad_op18_ifless.onnx";
  private static final String CMVN = "fireredvad/cmvn.ark";
  private static final String FIRE_RED = "fireredvad/fireredvad_vad.onnx";

  private final Path models;
  private final OnnxRuntime library =
      new OnnxRuntime(new DeviceSettings(DeviceSettings.Wish.CPU, 0, 0), _ -> {});
  private final GraphRuntime graphs = new GraphRuntime();
  private final ModelRuntime small = new FirstThatLoads(graphs, library);
  private final List<AutoCloseable> made = new ArrayList<>();

  Kit(Path models) {
    this.models = models;
  }

  /** Which executor runs small networks. */
  enum Executor {
    /** What the hub takes. */
    OURS,
    /** ONNX Runtime itself. */
    LIBRARY
  }

  /** The denoisers there are. */
  enum Taker {
    DEEP_FILTER,
    GTCRN,
    UL_UNAS,
    DTLN,
    BUILT_IN
  }

  StreamingDetector silero() {
    return kept(SpeechDetectors.silero(library, bytes(SILERO_6)));
  }

  StreamingDetector silero5() {
    return kept(SpeechDetectors.sileroV5(library, bytes("silero-vad/v5.1.2/silero_vad.onnx")));
  }

  StreamingDetector fireRedStream(Executor executor) {
    return kept(
        SpeechDetectors.fireRedStream(
            of(executor), bytes("fireredvad/fireredvad_stream_vad_with_cache.onnx"), bytes(CMVN)));
  }

  SpeechDetector fireRed() {
    return kept(SpeechDetectors.fireRed(library, bytes(FIRE_RED), bytes(CMVN)));
  }

  SpeechDetector accurate() {
    return kept(SpeechDetectors.accurate(library, bytes(SILERO_6), bytes(FIRE_RED), bytes(CMVN)));
  }

  StreamingDetector builtIn() {
    return kept(SpeechDetectors.builtIn());
  }

  Denoiser denoiser(Taker taker, Executor executor) {
    ModelRuntime runtime = of(executor);
    return kept(
        switch (taker) {
          case DEEP_FILTER ->
              DeepFilterNet3.load(
                  library,
                  bytes("deepfilternet3/batch/enc.onnx"),
                  bytes("deepfilternet3/batch/erb_dec.onnx"),
                  bytes("deepfilternet3/batch/df_dec.onnx"));
          case GTCRN -> GtcrnDenoiser.load(runtime, bytes("gtcrn/gtcrn_simple.onnx"));
          case UL_UNAS -> UlUnasDenoiser.load(runtime, bytes("ul-unas/ulunas_stream_simple.onnx"));
          case DTLN ->
              DtlnDenoiser.load(runtime, bytes("dtln/model_1.onnx"), bytes("dtln/model_2.onnx"));
          case BUILT_IN -> new SpectralDenoiser();
        });
  }

  /** The network that scores speech as listeners would. */
  Dnsmos dnsmos() {
    return kept(new Dnsmos(library.load("dnsmos", bytes("dnsmos/sig_bak_ovr.onnx"))));
  }

  private ModelRuntime of(Executor executor) {
    return switch (executor) {
      case OURS -> small;
      case LIBRARY -> library;
    };
  }

  private byte[] bytes(String name) {
    Path file = models.resolve(name);
    if (!Files.exists(file)) {
      throw new NotHere("needs " + file);
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new BenchFailure("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private <T extends AutoCloseable> T kept(T thing) {
    made.add(thing);
    return thing;
  }

  @Override
  public void close() {
    for (AutoCloseable thing : made.reversed()) {
      try {
        thing.close();
      } catch (Exception e) {
        throw new BenchFailure("cannot close: " + e.getMessage(), e);
      }
    }
    graphs.close();
    library.close();
  }
}
