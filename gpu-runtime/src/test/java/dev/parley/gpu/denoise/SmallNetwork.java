package dev.parley.gpu.denoise;

import dev.parley.gpu.Shared;
import dev.parley.gpu.device.ModelRuntime;

/** The three small networks, with what their authors' files give for one recording. */
enum SmallNetwork {
  GTCRN("reference/p232_010_gtcrn.wav", 13.0) {
    @Override
    Denoiser load(ModelRuntime runtime) {
      return GtcrnDenoiser.load(runtime, Shared.model("gtcrn/gtcrn_simple.onnx"));
    }
  },
  UL_UNAS("reference/p232_010_ulunas.wav", 15.9) {
    @Override
    Denoiser load(ModelRuntime runtime) {
      return UlUnasDenoiser.load(runtime, Shared.model("ul-unas/ulunas_stream_simple.onnx"));
    }
  },
  DTLN("reference/p232_010_dtln.wav", 16.0) {
    @Override
    Denoiser load(ModelRuntime runtime) {
      return DtlnDenoiser.load(
          runtime, Shared.model("dtln/model_1.onnx"), Shared.model("dtln/model_2.onnx"));
    }
  };

  private final String reference;
  private final double siSdrDb;

  SmallNetwork(String reference, double siSdrDb) {
    this.reference = reference;
    this.siSdrDb = siSdrDb;
  }

  abstract Denoiser load(ModelRuntime runtime);

  /** What the network makes of {@code denoise/vbd16k/p232_010_noisy.wav}. */
  float[] reference() {
    return Shared.wav(reference).samples();
  }

  /** Mean SI-SDR over the pairs of {@code denoise/vbd16k} as measured with the authors' files. */
  double siSdrDb() {
    return siSdrDb;
  }
}
