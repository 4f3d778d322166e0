package dev.parley.gpu.vad;

import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.ModelRuntime;
import dev.parley.gpu.features.KaldiFilterBank;

/**
 * The detectors there are, made from a runtime and the bytes of their networks' files. Each loads
 * its own networks, and closes them.
 */
public final class SpeechDetectors {

  /** Silero 6.2: the default. */
  public static final String SILERO = "silero-vad";

  /** Silero 5.1. */
  public static final String SILERO_V5 = "silero-vad-v5";

  /** FireRedVAD, for live signals. */
  public static final String FIRE_RED_STREAM = "fireredvad-stream";

  /** FireRedVAD with a look ahead, for whole signals. */
  public static final String FIRE_RED = "fireredvad";

  /** Silero 6.2 and FireRedVAD together, for whole signals. */
  public static final String ACCURATE = "vad-accurate";

  /** Signal processing alone. */
  public static final String BUILT_IN = "vad-builtin";

  private SpeechDetectors() {}

  /** Silero 6.2, from {@code silero_vad.onnx} or one of its variants that know 16 kHz. */
  public static StreamingDetector silero(ModelRuntime runtime, byte[] onnx) {
    return new SileroDetector(SILERO, runtime.load(SILERO, onnx));
  }

  /** Silero 5.1. */
  public static StreamingDetector sileroV5(ModelRuntime runtime, byte[] onnx) {
    return new SileroDetector(SILERO_V5, runtime.load(SILERO_V5, onnx));
  }

  /**
   * FireRedVAD for live signals.
   *
   * @param cmvn means and deviations of its features, as Kaldi writes them
   * @throws IllegalArgumentException when {@code cmvn} is something else
   */
  public static StreamingDetector fireRedStream(ModelRuntime runtime, byte[] onnx, byte[] cmvn) {
    Normalization normalization = normalization(cmvn);
    return new FireRedStreamDetector(
        FIRE_RED_STREAM, runtime.load(FIRE_RED_STREAM, onnx), normalization);
  }

  /** FireRedVAD for whole signals; see {@link #fireRedStream}. */
  public static SpeechDetector fireRed(ModelRuntime runtime, byte[] onnx, byte[] cmvn) {
    Normalization normalization = normalization(cmvn);
    return new FireRedDetector(FIRE_RED, runtime.load(FIRE_RED, onnx), normalization);
  }

  /** The most accurate answer for whole signals, from two networks. */
  public static SpeechDetector accurate(
      ModelRuntime runtime, byte[] silero, byte[] fireRed, byte[] cmvn) {
    Normalization normalization = normalization(cmvn);
    Model first = runtime.load(ACCURATE + "/silero", silero);
    try {
      Model second = runtime.load(ACCURATE + "/fireredvad", fireRed);
      return new FusedDetector(
          ACCURATE,
          new SileroDetector(SILERO, first),
          new FireRedDetector(FIRE_RED, second, normalization));
    } catch (RuntimeException e) {
      first.close();
      throw e;
    }
  }

  /** A detector that needs no model. */
  public static StreamingDetector builtIn() {
    return new BuiltInDetector(BUILT_IN);
  }

  private static Normalization normalization(byte[] cmvn) {
    return Normalization.read(cmvn, KaldiFilterBank.BANDS);
  }
}
