package dev.parley.hub.recognition;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Amounts;
import dev.parley.core.recognition.KnownSpeaker;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.core.recognition.SpeakerWish;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.time.Clock;
import dev.parley.hub.dispatch.Accounting;
import dev.parley.hub.dispatch.CallListener;
import dev.parley.hub.dispatch.RunningCalls;
import dev.parley.hub.limits.Demand;
import dev.parley.hub.media.CutWish;
import dev.parley.hub.media.Media;
import dev.parley.hub.media.SoundPieces;
import dev.parley.hub.recognition.live.LiveEvent;
import dev.parley.hub.recognition.live.LiveOrder;
import dev.parley.hub.recognition.live.LiveRecognized;
import dev.parley.hub.recognition.live.LiveSession;
import dev.parley.hub.recognition.order.RecognitionOrder;
import dev.parley.hub.recognition.order.RecognitionWish;
import dev.parley.hub.recognition.order.RecognizedEvent;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.resilience.Execution;
import dev.parley.hub.resilience.Job;
import dev.parley.hub.resilience.Series;
import dev.parley.hub.routing.Plan;
import dev.parley.hub.speakers.References;
import dev.parley.hub.speakers.Speakers;
import dev.parley.hub.speakers.SpeakersWish;
import dev.parley.hub.telemetry.CallFacts;
import dev.parley.hub.telemetry.CallRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Takes sound from the edges and has it written down. Thread-safe. */
public final class RecognitionDesk implements Recognition {

  /** Clips that are written down at once, the one that is handed on included: each is in memory. */
  private static final int AHEAD_MAX = 3;

  private static final int EVENTS_HELD_MAX = 64;

  /** Enough to tell a language by. */
  private static final double DETECTION_SECONDS = 30;

  private static final int CHANNELS_MAX = 8;

  private final RecognitionTargets targets;
  private final Media media;
  private final Speakers speakers;
  private final RunningCalls running;
  private final Accounting accounting;
  private final Clock clock;
  private final RandomGenerator random;

  /** What of the hub a recognition makes use of. */
  public record Parts(
      Registry registry,
      Media media,
      Speakers speakers,
      RunningCalls running,
      Accounting accounting) {}

  /**
   * @param random draws lots between targets and the pauses between tries; thread-safe
   */
  public RecognitionDesk(Parts parts, Clock clock, RandomGenerator random) {
    this.targets = new RecognitionTargets(parts.registry(), clock, random);
    this.media = parts.media();
    this.speakers = parts.speakers();
    this.running = parts.running();
    this.accounting = parts.accounting();
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Recognized recognize(
      RecognitionOrder order, ScheduledExecutorService loop, Duration patience) {
    CallRecord record =
        new CallRecord(
            new CallFacts(
                order.wish().requestId(),
                kind(order),
                order.wish().model(),
                order.stream(),
                order.wish().caller()),
            clock.nanoTime());
    Flow.Publisher<RecognizedEvent> run =
        subscriber ->
            new Run(order, record, loop, patience)
                .begin(running.<RecognizedEvent>watched(subscriber, loop));
    return new Recognized(
        accounting.around(record, Demand.of(order.wish().model()), loop, run), record);
  }

  @Override
  public LiveRecognized listen(LiveOrder order, ScheduledExecutorService loop) {
    RecognitionWish wish = order.wish();
    refuseWhatIsNotLive(wish);
    List<String> languages = Tongues.tags(wish.languages());
    RecognitionPlan plan =
        RecognitionPlan.of(
            shownModel(wish), targets.steps(wish, languages, true, Amounts.NONE), wish, languages);
    CallRecord record =
        new CallRecord(
            new CallFacts(
                wish.requestId(), "live_transcription", wish.model(), true, wish.caller()),
            clock.nanoTime());
    LiveSession session =
        new LiveSession(
            order,
            (format, turns, listener) -> media.live().open(format, turns, "", listener),
            new StreamClips(wish, plan, targets, record, loop, clock, random),
            loop);
    Flow.Publisher<LiveEvent> run =
        subscriber ->
            session.subscribe(running.<LiveEvent>watched(new LiveLength(subscriber, record), loop));
    return new LiveRecognized(
        accounting.around(record, Demand.of(wish.model()), loop, run), session, record);
  }

  /** What needs the whole of a sound cannot be done while it arrives. */
  private static void refuseWhatIsNotLive(RecognitionWish wish) {
    String missing = "";
    if (wish.speakers().isPresent()) {
      missing = "speakers are not told apart while sound arrives";
    } else if (wish.separateChannels()) {
      missing = "channels are not separated while sound arrives";
    } else if (wish.denoise()) {
      missing = "noise is not removed while sound arrives";
    } else if (wish.task() == RecognitionTask.DETECT_LANGUAGE) {
      missing = "the language alone is not told while sound arrives";
    }
    if (!missing.isEmpty()) {
      throw new HubException(
          new HubError.CapabilityMissing(
              shownModel(wish), missing, "Recognize takes whole recordings and can do it"));
    }
  }

  private static String shownModel(RecognitionWish wish) {
    return wish.model().isEmpty() ? "the default for recognition" : wish.model();
  }

  private static String kind(RecognitionOrder order) {
    return switch (order.wish().task()) {
      case TRANSCRIBE -> "transcription";
      case TRANSLATE -> "translation";
      case DETECT_LANGUAGE -> "language";
    };
  }

  /** One recording. On the caller's loop. */
  private final class Run {

    private final RecognitionOrder order;
    private final RecognitionWish wish;
    private final CallRecord record;
    private final ScheduledExecutorService loop;
    private final Duration patience;
    private final long endNanos;
    private @Nullable SoundPieces sound;
    private List<String> languages = List.of();
    private @Nullable RecognitionPlan plan;
    private boolean speakersInCall;
    private List<KnownSpeaker> knownSpeakers = List.of();
    private int clips;

    Run(
        RecognitionOrder order,
        CallRecord record,
        ScheduledExecutorService loop,
        Duration patience) {
      this.order = order;
      this.wish = order.wish();
      this.record = record;
      this.loop = loop;
      this.patience = patience;
      this.endNanos = clock.nanoTime() + Math.min(patience.toMillis(), 1L << 40) * 1_000_000;
    }

    /** Whatever can be refused is refused before the sound is looked at. */
    void begin(Flow.Subscriber<? super RecognizedEvent> subscriber) {
      RecognitionPlan made;
      try {
        languages = Tongues.tags(wish.languages());
        made = planned(Amounts.NONE);
      } catch (RuntimeException e) {
        OneAnswer.<RecognizedEvent>failed(e).subscribe(subscriber);
        return;
      }
      plan = made;
      Writing writer =
          new Writing(
              subscriber,
              record,
              clock,
              loop,
              order.stream(),
              turns(),
              this::seconds,
              !wish.separateChannels());
      subscriber.onSubscribe(writer);
      if (writer.isOver()) {
        return;
      }
      if (speakersInCall) {
        prepared(writer, () -> open(made, writer));
      } else {
        open(made, writer);
      }
    }

    /** A model that tells speakers apart is told by recordings whom it may know. */
    private void prepared(Writing writer, Runnable then) {
      List<SpeakersWish.Known> known = wish.speakers().map(SpeakersWish::known).orElse(List.of());
      var _ =
          References.of(media.sounds(), known)
              .whenCompleteAsync(
                  (clipped, failure) -> {
                    if (writer.isOver()) {
                      return;
                    }
                    if (failure != null) {
                      writer.fail(failure);
                    } else {
                      knownSpeakers = clipped;
                      then.run();
                    }
                  },
                  loop);
    }

    private RecognitionPlan planned(Amounts amounts) {
      RecognitionPlan all =
          RecognitionPlan.of(
              shownModel(wish),
              targets.steps(wish, languages, order.stream(), amounts),
              wish,
              languages);
      speakersInCall = wish.speakers().isPresent() && all.knows(wish.speakers().get());
      return speakersInCall ? all.withSpeakers() : all;
    }

    private Writing.@Nullable Turns turns() {
      return wish.speakers().isEmpty() || speakersInCall
          ? null
          : new SpeakersBeside(speakers, order, wish.speakers().get(), loop, patience);
    }

    private double seconds() {
      SoundPieces opened = sound;
      return opened == null ? 0 : opened.length().seconds();
    }

    private void open(RecognitionPlan made, Writing writer) {
      OptionalInt channel = wish.separateChannels() ? OptionalInt.of(0) : OptionalInt.empty();
      try {
        var _ =
            media
                .sounds()
                .pieces(order.sound(), cut(made, channel))
                .whenCompleteAsync(
                    (opened, failure) -> {
                      if (failure != null) {
                        writer.fail(failure);
                      } else if (writer.isOver()) {
                        opened.pieces().discard();
                      } else {
                        guarded(writer, () -> write(opened, writer));
                      }
                    },
                    loop);
      } catch (RuntimeException e) {
        writer.fail(e);
      }
    }

    private CutWish cut(RecognitionPlan made, OptionalInt channel) {
      boolean needed =
          wish.times() == RecognitionWish.Times.SEGMENTS
              || (wish.speakers().isPresent() && !speakersInCall);
      boolean apart = needed && !made.tellsSegments();
      boolean detection = wish.task() == RecognitionTask.DETECT_LANGUAGE;
      return new CutWish(
          made.encoding(),
          detection ? Math.min(DETECTION_SECONDS, made.secondsMax()) : made.secondsMax(),
          apart ? CutWish.Cut.AT_PAUSES : CutWish.Cut.WHERE_NEEDED,
          wish.speechOnly(),
          wish.denoise(),
          channel);
    }

    private void write(SoundPieces opened, Writing writer) {
      sound = opened;
      try {
        plan = again(opened.declaredSeconds());
      } catch (RuntimeException e) {
        opened.pieces().discard();
        throw e;
      }
      int channels = wish.separateChannels() ? Math.min(CHANNELS_MAX, opened.channels()) : 1;
      var pieces = new ChannelPieces(opened, channels, this::openChannel, loop);
      Flow.Publisher<ChannelPiece> units =
          wish.task() == RecognitionTask.DETECT_LANGUAGE ? new FirstAudible(pieces) : pieces;
      new Series<ChannelPiece, Writing.Event>(
              units, (unit, _) -> execution(unit), ahead(), EVENTS_HELD_MAX)
          .subscribe(writer);
    }

    private CompletableFuture<SoundPieces> openChannel(int channel) {
      return media.sounds().pieces(order.sound(), cut(nowPlanned(), OptionalInt.of(channel)));
    }

    private RecognitionPlan nowPlanned() {
      RecognitionPlan made = plan;
      if (made == null) {
        throw new IllegalStateException("written down before it is planned");
      }
      return made;
    }

    /** Rules may ask how long the sound is. */
    private RecognitionPlan again(OptionalDouble declaredSeconds) {
      if (declaredSeconds.isEmpty()) {
        return nowPlanned();
      }
      long millis = Math.round(declaredSeconds.getAsDouble() * 1_000);
      List<Plan.Step> now =
          targets.steps(wish, languages, order.stream(), Amounts.ofAudio(Amounts.UNKNOWN, millis));
      return nowPlanned().again(now);
    }

    private int ahead() {
      int concurrency = nowPlanned().steps().getFirst().step().backend().bulkhead().concurrency();
      return Math.clamp(concurrency, 1, AHEAD_MAX);
    }

    private Flow.Publisher<Writing.Event> execution(ChannelPiece unit) {
      clips++;
      if (unit.piece().silent()) {
        return OneAnswer.of(
            new Writing.Event(
                unit.channel(),
                new PieceEvent.Written(unit.piece(), Transcript.ofText(""), "", false)));
      }
      if (speakersInCall && clips > 1) {
        return OneAnswer.failed(
            new HubException(
                new HubError.TooLarge(
                    "sound in which the model tells speakers apart",
                    "length",
                    (long) nowPlanned().secondsMax(),
                    "seconds")));
      }
      RecognitionPlan now = freshPlan();
      Optional<SpeakerWish> wanted =
          speakersInCall ? wish.speakers().map(this::counts) : Optional.empty();
      double seconds = unit.piece().clip().seconds();
      Job job =
          new Job(
              now.model(),
              now.steps().stream()
                  .map(
                      step -> step.candidate(seconds, order.stream() && step.abilities().streams()))
                  .toList(),
              Duration.ofNanos(Math.max(1, endNanos - clock.nanoTime())),
              wish.caller().priority(),
              wish.caller().key().isEmpty() ? wish.requestId() : wish.caller().key(),
              Duration.ZERO,
              Job.Resumption.WHERE_POSSIBLE,
              Optional.empty());
      Flow.Publisher<PieceEvent> events =
          new Execution<>(
              new PieceWork(unit.piece(), wish, languages, wanted, order.stream(), now),
              job,
              new CallListener(record),
              loop,
              clock,
              random);
      return new OfChannel(unit.channel(), events);
    }

    /** Where it would go now: a target may have come or gone since. */
    private RecognitionPlan freshPlan() {
      try {
        return nowPlanned().again(targets.steps(wish, languages, order.stream(), Amounts.NONE));
      } catch (HubException _) {
        return nowPlanned();
      }
    }

    private SpeakerWish counts(SpeakersWish told) {
      return new SpeakerWish(told.exactly(), told.atLeast(), told.atMost(), knownSpeakers);
    }

    private void guarded(Writing writer, Runnable step) {
      try {
        step.run();
      } catch (RuntimeException e) {
        writer.fail(e);
      }
    }
  }
}
