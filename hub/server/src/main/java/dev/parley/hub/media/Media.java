package dev.parley.hub.media;

import dev.parley.core.audio.AudioFormat;
import dev.parley.core.time.Clock;
import dev.parley.gpu.device.DeviceSettings;
import dev.parley.gpu.onnx.OnnxRuntime;
import dev.parley.hub.config.LocalConfig;
import dev.parley.hub.config.MediaConfig;
import dev.parley.hub.config.OwnConfig;
import dev.parley.hub.media.store.MediaLimits;
import dev.parley.hub.media.store.MediaStatus;
import dev.parley.hub.media.store.MediaStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Everything that the hub does with sound by itself, put together. Thread-safe. */
public final class Media implements AutoCloseable {

  private static final int UPLOADS_MAX = 64;

  private final MediaDesk desk;
  private final Workers workers;
  private final Kernels kernels;
  private final LocalSound sounds;
  private final LiveSpeech live;

  private Media(
      MediaStore store, Workers workers, Kernels kernels, LocalConfig local, Clock clock) {
    this.desk = new MediaDesk(store, workers);
    this.workers = workers;
    this.kernels = kernels;
    this.sounds = new LocalSound(workers, kernels);
    this.live = new LiveSpeech(kernels, workers, local.liveMax(), liveThreads(), clock);
  }

  /**
   * Opens the store; loads no model and no native code.
   *
   * @param data folder of everything that the hub keeps
   * @param files where models are found
   * @param notice takes a line for the operator
   * @throws IOException when the folder cannot be made or written
   */
  public static Media open(
      OwnConfig config, Path data, Kernels.ModelFiles files, Clock clock, Consumer<String> notice)
      throws IOException {
    MediaConfig media = config.media();
    LocalConfig local = config.local();
    MediaStore store =
        MediaStore.open(
            data,
            new MediaLimits(media.itemBytesMax(), media.totalBytesMax(), media.keep(), UPLOADS_MAX),
            clock);
    int cores = Runtime.getRuntime().availableProcessors();
    Workers workers =
        new Workers(
            local.workers().orElse(Math.max(1, cores - 1)), local.callsMax(), local.speakingMax());
    DeviceSettings device = new DeviceSettings(wish(local), local.gpu(), local.gpuMemoryMax());
    Kernels kernels = new Kernels(new OnnxRuntime(device, notice), files);
    return new Media(store, workers, kernels, local, clock);
  }

  /** One a core, as far as streams can be expected to need it. */
  private static int liveThreads() {
    return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
  }

  private static DeviceSettings.Wish wish(LocalConfig local) {
    return switch (local.device()) {
      case AUTO -> DeviceSettings.Wish.AUTO;
      case CPU -> DeviceSettings.Wish.CPU;
      case CUDA -> DeviceSettings.Wish.CUDA;
    };
  }

  /** Work on whole sounds. */
  public LocalSound sounds() {
    return sounds;
  }

  /** Live streams. */
  public LiveSpeech live() {
    return live;
  }

  /**
   * A new stream of speech; to be closed.
   *
   * @param wanted as for {@link Voicing#of}
   * @param gainDb 0 leaves the level alone
   * @param loop where the stream is used, and told what came out
   * @throws dev.parley.core.error.HubException when as many streams are open as may be, or the
   *     encoding cannot have what was asked for
   */
  public VoicedStream voiced(AudioFormat wanted, double gainDb, Executor loop) {
    Voicing voicing = Voicing.of(wanted, gainDb);
    return new VoicedStream(workers.takeSpeaking(), voicing, loop);
  }

  /** What callers leave here. */
  public MediaDesk desk() {
    return desk;
  }

  /**
   * What is going on.
   *
   * @param live by the name of each detector that hears live streams
   */
  public record Status(
      MediaStatus stored,
      Workers.Status workers,
      KernelStatus kernels,
      Map<String, LiveSpeech.Batches> live) {}

  /** What is going on now. */
  public Status status() {
    return new Status(desk.status(), workers.status(), kernels.status(), live.status());
  }

  /** Ends what is still running. */
  @Override
  public void close() throws IOException {
    live.close();
    workers.close();
    kernels.close();
    desk.close();
  }
}
