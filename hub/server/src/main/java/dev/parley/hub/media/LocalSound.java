package dev.parley.hub.media;

import dev.parley.core.audio.AudioFormat;
import dev.parley.core.audio.TurnDetection;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.recognition.Clip;
import dev.parley.gpu.codec.DecodeLimits;
import dev.parley.gpu.denoise.Denoiser;
import dev.parley.gpu.resample.Profile;
import dev.parley.gpu.vad.SpeechDetector;
import dev.parley.gpu.vad.segment.SegmentationSettings;
import java.io.IOException;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Work on whole sounds, done on this machine. Thread-safe; nothing here waits: answers come on
 * threads of the workers. A future that is cancelled stops the work.
 */
public final class LocalSound {

  private final Workers workers;
  private final Kernels kernels;

  public LocalSound(Workers workers, Kernels kernels) {
    this.workers = workers;
    this.kernels = kernels;
  }

  /**
   * Another container, coding, rate, number of channels or level, or a part of it.
   *
   * @throws HubException when there is no room for another call
   */
  public CompletableFuture<Made> convert(Orders.Convert order) {
    Place place = workers.take();
    return begin(
        place,
        () -> {
          Reader reader = Reader.open(order.sound());
          try {
            AudioFormat format = Formats.wanted(order.format(), reader.rateHz(), reader.channels());
            Writer writer = new Writer(format);
            Sink last = Gain.of(order.gainDb(), writer);
            int narrow = Math.min(reader.channels(), format.channels());
            Sink mixed = Mixing.between(narrow, format.channels(), last);
            Sink resampled =
                Resampling.between(
                    reader.rateHz(), format.sampleRateHz(), narrow, Profile.HQ, mixed);
            Sink first = Mixing.between(reader.channels(), narrow, resampled);
            return new Made(
                format,
                "",
                new Production<>(place, new Conversion(reader, first, writer, order.span())));
          } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
          }
        });
  }

  /**
   * Less noise; as long as it was, sample for sample in its place.
   *
   * @throws HubException when there is no room for another call
   */
  public CompletableFuture<Made> denoise(Orders.Denoise order) {
    Place place = workers.take();
    return begin(
        place,
        () -> {
          Denoiser denoiser = kernels.denoiser(order.model());
          Reader reader = Reader.open(order.sound());
          try {
            int rate = denoiser.sampleRateHz();
            AudioFormat format = Formats.wanted(order.format(), rate, reader.channels());
            Writer writer = new Writer(format);
            int narrow = Math.min(reader.channels(), format.channels());
            Sink mixed = Mixing.between(narrow, format.channels(), writer);
            Sink out = Resampling.between(rate, format.sampleRateHz(), narrow, Profile.HQ, mixed);
            Sink clean = new Cleaning(denoiser, limit(order.attenuationLimitDb()), narrow, out);
            Sink in = Resampling.between(reader.rateHz(), rate, narrow, Profile.HQ, clean);
            Sink first = Mixing.between(reader.channels(), narrow, in);
            return new Made(
                format,
                denoiser.name(),
                new Production<>(place, new Conversion(reader, first, writer, Span.WHOLE)));
          } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
          }
        });
  }

  private static float limit(OptionalDouble attenuationLimitDb) {
    if (attenuationLimitDb.isEmpty()) {
      return Denoiser.UNLIMITED;
    }
    double limit = attenuationLimitDb.getAsDouble();
    if (!(limit >= 0)) {
      throw new HubException(
          new HubError.InvalidRequest("attenuation_limit_db", "" + limit, "0 or more"));
    }
    return (float) limit;
  }

  /**
   * Where somebody speaks.
   *
   * @throws HubException when there is no room for another call, or a setting is out of range
   */
  public CompletableFuture<Speech> detect(Orders.Detect order) {
    SegmentationSettings settings = Turns.settings(order.turns(), SegmentationSettings.REFERENCE);
    return stepwise(
        () -> new Detection(Reader.open(order.sound()), kernels.detector(order.model()), settings));
  }

  /**
   * Hears a sound whole and tells what is needed to judge it as a recording of a voice. Decoding
   * stops where it is longer than allowed.
   *
   * @throws HubException when there is no room for another call
   */
  public CompletableFuture<Examined> examine(Sound sound, ExaminationLimits limits) {
    return stepwise(() -> Examination.begin(sound, limits, kernels.detector("")));
  }

  /** When no settings are given: short pauses do not cut, and quiet ends are not lost. */
  private static final SegmentationSettings SPEECH =
      SegmentationSettings.CHUNKING.withSilenceDurationMs(350).withPaddingMs(300, 200);

  /** Twelve hours: memory does not grow with the sound, but the text does. */
  private static final int SECONDS_MAX = 12 * 3_600;

  /** Longest stretch of speech by itself: what is said in it is shown under one time. */
  private static final int STRETCH_MS_MAX = 30_000;

  /**
   * Cuts a sound into clips for servers that write down speech.
   *
   * @throws HubException when there is no room for another call, or a setting is out of range
   */
  public CompletableFuture<SoundPieces> pieces(Sound sound, CutWish wish) {
    SegmentationSettings settings = speechSettings(wish);
    Place place = workers.take();
    return begin(
        place,
        () -> {
          Denoiser denoiser = wish.denoise() ? kernels.denoiser("") : null;
          boolean speech = wish.speechOnly().isPresent() || wish.cut() == CutWish.Cut.AT_PAUSES;
          SpeechDetector detector = speech ? kernels.detector("") : null;
          Reader reader = Reader.open(sound, DecodeLimits.DEFAULT.withSecondsMax(SECONDS_MAX));
          if (reader.seconds().orElse(0) > SECONDS_MAX) {
            reader.close();
            throw new HubException(
                new HubError.TooLarge("the recording", "length", SECONDS_MAX, "seconds"));
          }
          int channel = wish.channel().orElse(0);
          if (channel >= reader.channels()) {
            int channels = reader.channels();
            reader.close();
            throw new IllegalArgumentException(
                "channel: " + channel + " (expected: less than " + channels + ")");
          }
          MeasuredLength length = new MeasuredLength(reader.rateHz());
          Carving carving =
              detector == null
                  ? new CutWhereNeeded(
                      reader, wish, denoiser, length, () -> new Pauses(kernels.detector("")))
                  : new CutToSpeech(reader, wish, denoiser, length, detector, settings);
          return new SoundPieces(
              new Production<>(place, carving), reader.channels(), reader.seconds(), length);
        });
  }

  private static SegmentationSettings speechSettings(CutWish wish) {
    SegmentationSettings said =
        Turns.settings(wish.speechOnly().orElse(TurnDetection.UNSTATED), SPEECH);
    int bound =
        (int)
            Math.min(
                wish.secondsMax() * 1_000,
                wish.cut() == CutWish.Cut.AT_PAUSES ? STRETCH_MS_MAX : Integer.MAX_VALUE);
    // Where it is cut without a pause, the next clip has the end of this one, too.
    long samples = (long) bound * Clip.RATE_HZ / 1_000;
    int room = (int) ((samples - Carving.shared(samples)) * 1_000 / Clip.RATE_HZ);
    int most = said.maxSpeechMs() == 0 ? room : Math.min(room, said.maxSpeechMs());
    return said.withSpeechMs(said.minSpeechMs(), most);
  }

  /**
   * Makes a sound ready for a backend: one channel at 16 kHz, as a whole file.
   *
   * @throws HubException when there is no room for another call
   */
  public CompletableFuture<Clipped> clip(Sound sound, ClipWish wish) {
    return stepwise(() -> Clipping.begin(sound, wish));
  }

  private <T> CompletableFuture<T> stepwise(Callable<Steps<T>> opening) {
    Place place = workers.take();
    CompletableFuture<T> answer = new CompletableFuture<>();
    var _ =
        begin(place, opening)
            .whenComplete((steps, failure) -> {
              if (failure != null) {
                answer.completeExceptionally(failure);
              } else {
                advance(place, steps, answer);
              }
            });
    return answer;
  }

  private static <T> void advance(Place place, Steps<T> steps, CompletableFuture<T> answer) {
    boolean more = false;
    try {
      if (!answer.isDone()) {
        more = steps.advance();
        if (!more) {
          T found = steps.found();
          leave(place, steps);
          answer.complete(found);
          return;
        }
      }
      if (more) {
        place.run(() -> advance(place, steps, answer));
        return;
      }
      leave(place, steps);
    } catch (Exception | LinkageError e) {
      leave(place, steps);
      answer.completeExceptionally(Failures.known(e));
    }
  }

  private static void leave(Place place, Steps<?> steps) {
    try (place) {
      steps.close();
    }
  }

  /** Opens sound and kernels on a worker; the place is given back when that fails. */
  private static <T> CompletableFuture<T> begin(Place place, Callable<T> opening) {
    CompletableFuture<T> begun = new CompletableFuture<>();
    try {
      place.run(() -> {
        T opened;
        try {
          opened = opening.call();
        } catch (Exception | LinkageError e) {
          place.close();
          begun.completeExceptionally(Failures.known(e));
          return;
        }
        begun.complete(opened);
      });
    } catch (RuntimeException e) {
      place.close();
      throw e;
    }
    return begun;
  }
}
