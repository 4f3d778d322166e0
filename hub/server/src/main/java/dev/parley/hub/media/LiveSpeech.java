package dev.parley.hub.media;

import dev.parley.core.audio.AudioFormat;
import dev.parley.core.audio.TurnDetection;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.time.Clock;
import dev.parley.gpu.codec.DecodeLimits;
import dev.parley.gpu.vad.StreamingDetector;
import dev.parley.gpu.vad.live.LiveDetections;
import dev.parley.gpu.vad.live.LiveSettings;
import dev.parley.gpu.vad.live.LiveStatus;
import dev.parley.gpu.vad.segment.SegmentationSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Live streams in which speech is looked for. All that use the same detector are advanced together,
 * on a few threads for each detector. Headerless sound is decoded where it arrives; sound in a
 * container has a thread of its own while it lasts, so there are fewer of those. Thread-safe.
 */
public final class LiveSpeech implements AutoCloseable {

  private static final DecodeLimits ENDLESS =
      DecodeLimits.DEFAULT.withSecondsMax(Double.POSITIVE_INFINITY);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** Streams in a container at one time; each has a thread. */
  private static final int DECODERS_MAX = 128;

  private final Kernels kernels;
  private final Workers workers;
  private final int streamsMax;
  private final int threads;
  private final Clock clock;
  private final Map<String, LiveDetections> running = new LinkedHashMap<>();
  private final Map<String, CompletableFuture<StreamingDetector>> detectors = new HashMap<>();
  private final AtomicInteger streams = new AtomicInteger();
  private final AtomicInteger decoders = new AtomicInteger();
  private boolean closed;

  /**
   * @param workers load detectors; streams do not wait for them
   * @param streamsMax live streams at one time
   * @param threads that hear the streams of one detector, each a share of them
   */
  public LiveSpeech(Kernels kernels, Workers workers, int streamsMax, int threads, Clock clock) {
    this.threads = threads;
    this.kernels = kernels;
    this.workers = workers;
    this.streamsMax = streamsMax;
    this.clock = clock;
  }

  /**
   * Opens a stream.
   *
   * @param declared what the bytes will be; recognised from them when nothing is said
   * @param model name of a live detector; empty: the best one whose model is there
   * @param listener told on other threads; a {@link SampleListener} gets the samples, too
   * @throws HubException when there is no room for another one, or a setting is out of range
   */
  public CompletableFuture<LiveSound> open(
      AudioFormat declared, TurnDetection turns, String model, SpeechListener listener) {
    SegmentationSettings settings = Turns.settings(turns, SegmentationSettings.SERVER_VAD);
    if (declared.encoding().isPresent()) {
      // Whatever is wrong with it is told before anything is loaded.
      var _ = Formats.declared(declared);
    }
    take(streams, streamsMax, "live streams");
    CompletableFuture<StreamingDetector> detector;
    try {
      detector = detector(model);
    } catch (RuntimeException e) {
      streams.decrementAndGet();
      throw e;
    }
    return detector.handle((found, failure) -> {
      try {
        if (failure != null) {
          throw new CompletionException(failure);
        }
        return opened(declared, settings, found, listener);
      } catch (RuntimeException e) {
        streams.decrementAndGet();
        throw e;
      }
    });
  }

  /**
   * Loads a detector, once for all who ask for it meanwhile: hundreds of streams may be opened in
   * one moment, and what is loaded is not asked for again. Only what the built-in detector stands
   * in for is looked for anew, as a model may have come.
   */
  private CompletableFuture<StreamingDetector> detector(String model) {
    synchronized (detectors) {
      CompletableFuture<StreamingDetector> known = detectors.get(model);
      if (known != null) {
        return known;
      }
      CompletableFuture<StreamingDetector> loading = new CompletableFuture<>();
      Place place = workers.take();
      try {
        place.run(() -> load(place, model, loading));
      } catch (RuntimeException e) {
        place.close();
        throw e;
      }
      detectors.put(model, loading);
      return loading;
    }
  }

  private void load(Place place, String model, CompletableFuture<StreamingDetector> loading) {
    StreamingDetector found = null;
    Throwable failure = null;
    try (place) {
      found = kernels.liveDetector(model);
    } catch (Exception | LinkageError e) {
      failure = Failures.known(e);
    }
    boolean stays = found != null && (!model.isEmpty() || !found.name().equals(Kernels.BUILT_IN));
    if (!stays) {
      synchronized (detectors) {
        detectors.remove(model);
      }
    }
    if (found != null) {
      loading.complete(found);
    } else if (failure != null) {
      loading.completeExceptionally(failure);
    }
  }

  private LiveSound opened(
      AudioFormat declared,
      SegmentationSettings settings,
      StreamingDetector detector,
      SpeechListener listener) {
    LiveDetections detection = detection(detector);
    boolean raw = declared.encoding().filter(e -> e.isHeaderless()).isPresent();
    if (!raw) {
      take(decoders, DECODERS_MAX, "live streams in a container");
    }
    LiveEars ears =
        new LiveEars(
            detector,
            detection,
            settings,
            listener,
            () -> {
              streams.decrementAndGet();
              if (!raw) {
                decoders.decrementAndGet();
              }
            });
    return raw
        ? new RawLiveSound(ears, Formats.declared(declared).orElseThrow())
        : new CodedLiveSound(ears, Formats.declared(declared), ENDLESS);
  }

  private LiveDetections detection(StreamingDetector detector) {
    synchronized (running) {
      if (closed) {
        throw new HubException(new HubError.Overloaded("this hub is stopping", RETRY_AFTER));
      }
      LiveDetections known = running.get(detector.name());
      if (known == null) {
        LiveSettings usual = LiveSettings.DEFAULT;
        known =
            new LiveDetections(
                detector,
                new LiveSettings(streamsMax, usual.batchMax(), usual.waitMax(), usual.bufferMax()),
                clock::nanoTime,
                threads);
        known.start();
        running.put(detector.name(), known);
      }
      return known;
    }
  }

  private static void take(AtomicInteger count, int most, String what) {
    if (count.incrementAndGet() > most) {
      count.decrementAndGet();
      throw new HubException(
          new HubError.Overloaded("this hub has " + most + " " + what + " already", RETRY_AFTER));
    }
  }

  /** How many streams are open. */
  public int count() {
    return streams.get();
  }

  /** What each detector has done for live streams, by its name. */
  public Map<String, Batches> status() {
    Map<String, Batches> all = new LinkedHashMap<>();
    synchronized (running) {
      running.forEach((name, detection) -> all.put(name, Batches.of(detection.status())));
    }
    return all;
  }

  /**
   * What was done together.
   *
   * @param streams that are open
   * @param runs of the network
   * @param rows chunks heard in them
   * @param largestWait the longest that a chunk waited for its answer
   */
  public record Batches(int streams, long runs, long rows, Duration largestWait) {
    static Batches of(LiveStatus status) {
      return new Batches(status.streams(), status.runs(), status.rows(), status.largestWait());
    }
  }

  /** Streams that are still open fail. */
  @Override
  public void close() {
    synchronized (running) {
      closed = true;
      running.values().forEach(LiveDetections::close);
      running.clear();
    }
  }
}
