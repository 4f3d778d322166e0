package dev.parley.hub.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the hub computes itself, and on what.
 *
 * @param device where networks run
 * @param gpu which GPU, as its driver counts
 * @param gpuMemoryMax most that networks take of its memory, in bytes; 0: no limit
 * @param models the folder of model files; empty: {@code models} in the data folder
 * @param workers threads for work on sound; empty: one fewer than the processor has cores
 * @param callsMax calls on local sound that are under way at one time; more are refused
 * @param liveMax live streams at one time; more are refused
 * @param speakingMax streams of speech that are put together at one time; more are refused
 * @param speech what the speech engines of this machine are there for
 */
public record LocalConfig(
    Device device,
    int gpu,
    long gpuMemoryMax,
    Optional<String> models,
    OptionalInt workers,
    int callsMax,
    int liveMax,
    int speakingMax,
    Speech speech) {

  /** Where networks run. */
  public enum Device {
    /** A GPU where one works, else the CPU. */
    AUTO,
    CPU,
    /** A GPU; one line says so when none works. */
    CUDA;

    /** How the file spells it. */
    public String wireName() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    static Optional<Device> byName(String name) {
      return List.of(values()).stream().filter(device -> device.wireName().equals(name)).findAny();
    }
  }

  /** What the speech engines of this machine are there for. */
  public enum Speech {
    /** They can be named, and speak where no other backend can. */
    LAST_RESORT,
    /** They speak only where they are named. */
    LISTED,
    /** They are not there, unless a backend is configured for one. */
    OFF;

    /** How the file spells it. */
    public String wireName() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    static Optional<Speech> byName(String name) {
      return List.of(values()).stream().filter(speech -> speech.wireName().equals(name)).findAny();
    }
  }

  /** The types of backends that are engines on this machine, which have no address. */
  public static final List<String> SPEECH_ENGINES = List.of("freetts", "espeak-ng");

  public static final WholeRange GPU_RANGE = new WholeRange(0, 63);
  public static final WholeRange MEMORY_RANGE = new WholeRange(0, 1L << 40);
  public static final WholeRange WORKERS_RANGE = new WholeRange(1, 256);
  public static final WholeRange CALLS_RANGE = new WholeRange(1, 10_000);
  public static final WholeRange LIVE_RANGE = new WholeRange(1, 100_000);

  public static final WholeRange SPEAKING_RANGE = new WholeRange(1, 100_000);

  public static final LocalConfig DEFAULT =
      new LocalConfig(
          Device.AUTO,
          0,
          0,
          Optional.empty(),
          OptionalInt.empty(),
          64,
          1_000,
          1_000,
          Speech.LAST_RESORT);

  public LocalConfig {
    GPU_RANGE.require("gpu", gpu);
    MEMORY_RANGE.require("gpuMemoryMax", gpuMemoryMax);
    workers.ifPresent(count -> WORKERS_RANGE.require("workers", count));
    CALLS_RANGE.require("callsMax", callsMax);
    LIVE_RANGE.require("liveMax", liveMax);
    SPEAKING_RANGE.require("speakingMax", speakingMax);
  }
}
