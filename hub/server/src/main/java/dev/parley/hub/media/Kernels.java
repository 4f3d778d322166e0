package dev.parley.hub.media;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Shown;
import dev.parley.core.model.NearestName;
import dev.parley.gpu.denoise.DeepFilterNet3;
import dev.parley.gpu.denoise.Denoiser;
import dev.parley.gpu.denoise.DtlnDenoiser;
import dev.parley.gpu.denoise.GtcrnDenoiser;
import dev.parley.gpu.denoise.SpectralDenoiser;
import dev.parley.gpu.denoise.UlUnasDenoiser;
import dev.parley.gpu.device.FirstThatLoads;
import dev.parley.gpu.device.ModelRuntime;
import dev.parley.gpu.graph.GraphRuntime;
import dev.parley.gpu.vad.SpeechDetector;
import dev.parley.gpu.vad.SpeechDetectors;
import dev.parley.gpu.vad.StreamingDetector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The detectors and denoisers of this hub, each loaded when it is first asked for, if its model is
 * there. Thread-safe; loading takes up to seconds, so ask on a thread that may wait.
 */
public final class Kernels implements AutoCloseable {

  /** Where models' files are found. */
  public interface ModelFiles {

    /** Whether the files of a model lie in their place; a quick look, not a check. */
    boolean isThere(String model);

    /** The files of a model in their order; empty when one is missing or not what it should be. */
    Optional<List<byte[]>> read(String model);
  }

  /**
   * What computes networks.
   *
   * @param large for networks whose layers are worth a general library
   * @param small for networks of many tiny layers, each of which costs such a library more than it
   *     computes
   */
  private record Runtimes(ModelRuntime large, ModelRuntime small) {}

  /** Makes a kernel from its model's files. */
  private interface Making<K> {
    K make(Runtimes run, List<byte[]> files);
  }

  /** The live detector that needs no model. */
  static final String BUILT_IN = SpeechDetectors.BUILT_IN;

  private static final String DEEP_FILTER = "deepfilternet3";
  private static final String UL_UNAS = "ul-unas";
  private static final String GTCRN = "gtcrn";
  private static final String DTLN = "dtln";
  private static final String DENOISE_BUILT_IN = "denoise-builtin";

  private static final Map<String, Making<SpeechDetector>> DETECTORS = detectors();
  private static final Map<String, Making<Denoiser>> DENOISERS = denoisers();

  private final ModelRuntime networks;
  private final ModelRuntime graphs = new GraphRuntime();
  private final Runtimes runtimes;
  private final ModelFiles files;
  private final Map<String, SpeechDetector> detectors = new LinkedHashMap<>();
  private final Map<String, Denoiser> denoisers = new LinkedHashMap<>();

  /**
   * Loads nothing yet.
   *
   * @param networks belongs to the kernels from now on
   */
  public Kernels(ModelRuntime networks, ModelFiles files) {
    this.networks = networks;
    this.runtimes = new Runtimes(networks, new FirstThatLoads(graphs, networks));
    this.files = files;
  }

  private static Map<String, Making<SpeechDetector>> detectors() {
    Map<String, Making<SpeechDetector>> all = new LinkedHashMap<>();
    all.put(SpeechDetectors.SILERO, (run, f) -> SpeechDetectors.silero(run.large(), f.get(0)));
    all.put(SpeechDetectors.SILERO_V5, (run, f) -> SpeechDetectors.sileroV5(run.large(), f.get(0)));
    all.put(
        SpeechDetectors.FIRE_RED_STREAM,
        (run, f) -> SpeechDetectors.fireRedStream(run.small(), f.get(0), f.get(1)));
    all.put(
        SpeechDetectors.FIRE_RED,
        (run, f) -> SpeechDetectors.fireRed(run.large(), f.get(0), f.get(1)));
    all.put(
        SpeechDetectors.ACCURATE,
        (run, f) -> SpeechDetectors.accurate(run.large(), f.get(0), f.get(1), f.get(2)));
    all.put(SpeechDetectors.BUILT_IN, (_, _) -> SpeechDetectors.builtIn());
    return all;
  }

  private static Map<String, Making<Denoiser>> denoisers() {
    Map<String, Making<Denoiser>> all = new LinkedHashMap<>();
    all.put(
        DEEP_FILTER, (run, f) -> DeepFilterNet3.load(run.large(), f.get(0), f.get(1), f.get(2)));
    all.put(UL_UNAS, (run, f) -> UlUnasDenoiser.load(run.small(), f.get(0)));
    all.put(GTCRN, (run, f) -> GtcrnDenoiser.load(run.small(), f.get(0)));
    all.put(DTLN, (run, f) -> DtlnDenoiser.load(run.small(), f.get(0), f.get(1)));
    all.put(DENOISE_BUILT_IN, (_, _) -> new SpectralDenoiser());
    return all;
  }

  /**
   * A detector for whole sounds.
   *
   * @param name empty: the best one whose model is there
   * @throws HubException when there is none of that name, or its model is not there
   */
  public SpeechDetector detector(String name) {
    String chosen = name.isEmpty() ? usual(SpeechDetectors.SILERO, SpeechDetectors.BUILT_IN) : name;
    synchronized (detectors) {
      return kernel(chosen, detectors, DETECTORS, SpeechDetectors.BUILT_IN);
    }
  }

  /** A detector for live sound; see {@link #detector}. */
  public StreamingDetector liveDetector(String name) {
    SpeechDetector detector = detector(name);
    if (detector instanceof StreamingDetector streaming) {
      return streaming;
    }
    throw new HubException(
        new HubError.CapabilityMissing(
            detector.name(),
            "it hears a sound only when it is whole",
            "take silero-vad, silero-vad-v5, fireredvad-stream or vad-builtin for live sound"));
  }

  /**
   * A denoiser.
   *
   * @param name empty: the best one whose model is there
   * @throws HubException when there is none of that name, or its model is not there
   */
  public Denoiser denoiser(String name) {
    String chosen = name.isEmpty() ? usual(DEEP_FILTER, DENOISE_BUILT_IN) : name;
    synchronized (denoisers) {
      return kernel(chosen, denoisers, DENOISERS, DENOISE_BUILT_IN);
    }
  }

  /** The first of the two whose model is there; the last one needs none. */
  private String usual(String best, String otherwise) {
    return files.isThere(best) ? best : otherwise;
  }

  private <K> K kernel(
      String name, Map<String, K> loaded, Map<String, Making<K>> known, String needsNoModel) {
    K there = loaded.get(name);
    if (there != null) {
      return there;
    }
    Making<K> making = known.get(name);
    if (making == null) {
      throw new HubException(
          new HubError.NotFound(
              HubError.NotFound.Kind.MODEL,
              Shown.text(name),
              NearestName.of(name, known.keySet())));
    }
    List<byte[]> bytes =
        name.equals(needsNoModel)
            ? List.of()
            : files.read(name).orElseThrow(() -> notThere(name, needsNoModel));
    K kernel = making.make(runtimes, bytes);
    loaded.put(name, kernel);
    return kernel;
  }

  private static HubException notThere(String name, String otherwise) {
    return new HubException(
        new HubError.CapabilityMissing(
            name,
            "its model is not on this hub",
            "its operator gets it with 'parley models fetch "
                + name
                + "', and "
                + otherwise
                + " needs none"));
  }

  /** What runs where. */
  public KernelStatus status() {
    synchronized (detectors) {
      synchronized (denoisers) {
        return KernelStatus.of(
            networks.status(), List.copyOf(detectors.keySet()), List.copyOf(denoisers.keySet()));
      }
    }
  }

  @Override
  public void close() {
    synchronized (detectors) {
      detectors.values().forEach(SpeechDetector::close);
      detectors.clear();
    }
    synchronized (denoisers) {
      denoisers.values().forEach(Denoiser::close);
      denoisers.clear();
    }
    graphs.close();
    networks.close();
  }
}
