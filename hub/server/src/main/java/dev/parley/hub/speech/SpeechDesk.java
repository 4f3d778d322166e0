package dev.parley.hub.speech;

import dev.parley.core.error.HubException;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SpeechText;
import dev.parley.core.time.Clock;
import dev.parley.hub.dispatch.Accounted;
import dev.parley.hub.dispatch.CallListener;
import dev.parley.hub.dispatch.RunningCalls;
import dev.parley.hub.media.Media;
import dev.parley.hub.media.VoicedStream;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.registry.RegistrySnapshot;
import dev.parley.hub.resilience.Candidate;
import dev.parley.hub.resilience.Execution;
import dev.parley.hub.resilience.Job;
import dev.parley.hub.resilience.Turn;
import dev.parley.hub.routing.Plan;
import dev.parley.hub.speech.text.TextCutter;
import dev.parley.hub.telemetry.CallEnd;
import dev.parley.hub.telemetry.CallFacts;
import dev.parley.hub.telemetry.CallRecord;
import dev.parley.hub.voice.Placement;
import dev.parley.hub.voice.PresetCatalog;
import dev.parley.hub.voice.RecordingDesk;
import dev.parley.hub.voice.VoiceLibrary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Takes texts from the edges and has them spoken. Thread-safe. */
public final class SpeechDesk implements Synthesis {

  /** What a writer may pause before what is there is spoken. */
  private static final long BUFFER_DELAY_MILLIS = 3_000;

  /** Pieces that are spoken ahead, the one that is heard included. */
  private static final int AHEAD_MAX = 8;

  /** A server that streams has the next piece begun long before the one before is heard. */
  private static final int AHEAD_STREAMING = 3;

  private final Registry registry;
  private final Media media;
  private final VoiceSource voices;
  private final Presets presets;
  private final KeptVoices kept;
  private final RunningCalls running;
  private final CallEnd log;
  private final Clock clock;
  private final RandomGenerator random;

  /** What of the hub a synthesis makes use of. */
  public record Parts(
      Registry registry,
      Media media,
      VoiceLibrary library,
      RecordingDesk recordings,
      RunningCalls running,
      CallEnd log) {}

  /**
   * @param random draws lots between targets and the pauses between tries; thread-safe
   */
  public SpeechDesk(Parts parts, Clock clock, RandomGenerator random) {
    this(
        parts.registry(),
        parts.media(),
        new LibraryVoices(parts.library(), parts.recordings()),
        new Presets(parts.registry(), clock),
        parts.running(),
        parts.log(),
        clock,
        random);
  }

  private SpeechDesk(
      Registry registry,
      Media media,
      VoiceSource voices,
      Presets presets,
      RunningCalls running,
      CallEnd log,
      Clock clock,
      RandomGenerator random) {
    this.registry = registry;
    this.media = media;
    this.voices = voices;
    this.presets = presets;
    this.kept = new KeptVoices(voices);
    this.running = running;
    this.log = log;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Whoever takes back recordings that backends keep and no voice needs any more.
   *
   * @param registry knows the backends
   */
  public static Consumer<List<Placement>> withdrawal(Registry registry) {
    return new Withdrawal(registry)::of;
  }

  /** The voices that the models of the backends bring. */
  public PresetCatalog presets() {
    return presets;
  }

  /** Loads what the first text would have to wait for; takes some 100 ms, on no event loop. */
  public static void warmUp() {
    TextCutter.warmUp();
  }

  @Override
  public Spoken speak(
      SpeechOrder order, SpeechText text, ScheduledExecutorService loop, Duration patience) {
    CallRecord record = record(order);
    record.characters(text.text().length());
    Flow.Publisher<SpokenEvent> events =
        subscriber -> {
          var metered = new Accounted<SpokenEvent>(subscriber, record, log);
          Speaker speaker = new Speaker(running.<SpokenEvent>watched(metered, loop), record, clock);
          speaker.open();
          new Opening(order, text, new KnownText(text), speaker, record, loop, patience).begin();
        };
    return new Spoken(events, record);
  }

  @Override
  public LiveSpoken speakLive(SpeechOrder order, ScheduledExecutorService loop, Duration patience) {
    CallRecord record = record(order);
    LiveListener listener = new LiveListener(record);
    TextStream text =
        new TextStream(loop, order.bufferDelayMs().orElse((int) BUFFER_DELAY_MILLIS), listener);
    Flow.Publisher<SpokenEvent> events =
        subscriber -> {
          var metered = new Accounted<SpokenEvent>(subscriber, record, log);
          Speaker speaker = new Speaker(running.<SpokenEvent>watched(metered, loop), record, clock);
          listener.speaker = speaker;
          speaker.open();
          new Opening(order, null, text, speaker, record, loop, patience).begin();
        };
    return new LiveSpoken(new Spoken(events, record), text);
  }

  private CallRecord record(SpeechOrder order) {
    return new CallRecord(
        new CallFacts(order.requestId(), "speech", order.model(), true), clock.nanoTime());
  }

  /** Tells the speaker of a live text what its writer does. */
  private static final class LiveListener implements TextStream.Listener {

    private final CallRecord record;
    private @Nullable Speaker speaker;

    LiveListener(CallRecord record) {
      this.record = record;
    }

    @Override
    public void written(int characters) {
      record.characters(characters);
    }

    @Override
    public void cancelled(int last) {
      Speaker listening = speaker;
      if (listening != null) {
        listening.cancelUpTo(last);
      }
    }
  }

  /** Finds out whose voice and which targets, then lets the speaker begin. On the caller's loop. */
  private final class Opening {

    private final SpeechOrder order;
    private final @Nullable SpeechText text;
    private final Script script;
    private final Speaker speaker;
    private final CallRecord record;
    private final ScheduledExecutorService loop;
    private final long endNanos;
    private final PassingVoices passing = new PassingVoices(kept);
    private @Nullable SpeechPlan plan;

    Opening(
        SpeechOrder order,
        @Nullable SpeechText text,
        Script script,
        Speaker speaker,
        CallRecord record,
        ScheduledExecutorService loop,
        Duration patience) {
      this.order = order;
      this.text = text;
      this.script = script;
      this.speaker = speaker;
      this.record = record;
      this.loop = loop;
      this.endNanos = clock.nanoTime() + Math.min(patience.toMillis(), 1L << 40) * 1_000_000;
    }

    void begin() {
      speaker.atTheEnd(passing::end);
      guarded(() -> {
        List<Plan.Step> steps = steps();
        then(VoiceFinder.known(order.voice(), voices), voice -> voiced(voice, steps));
      });
    }

    private void voiced(KnownVoice voice, List<Plan.Step> steps) {
      boolean asks = voice instanceof KnownVoice.Foreign || voice instanceof KnownVoice.Blend;
      then(
          asks ? presetsOf(steps) : CompletableFuture.completedFuture(Map.of()),
          known ->
              then(
                  asks ? voices.names() : CompletableFuture.completedFuture(List.of()),
                  names -> planned(voice, steps, known, names)));
    }

    private CompletableFuture<Map<Target, VoicesThere>> presetsOf(List<Plan.Step> steps) {
      Map<Target, VoicesThere> there = new ConcurrentHashMap<>();
      List<CompletableFuture<Void>> asked = new ArrayList<>();
      for (Plan.Step step : steps) {
        asked.add(
            presets
                .of(step.backend(), step.target().model())
                .thenAccept(told -> there.put(step.target(), OperatorVoices.there(step, told))));
      }
      return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).thenApply(_ -> there);
    }

    private void planned(
        KnownVoice voice,
        List<Plan.Step> steps,
        Map<Target, VoicesThere> known,
        Collection<String> names) {
      Map<Target, VoicesThere> there = new HashMap<>(known);
      for (Plan.Step step : steps) {
        there.computeIfAbsent(step.target(), _ -> OperatorVoices.there(step, Optional.empty()));
      }
      SpeechPlan made = SpeechPlan.of(modelName(), steps, order, text, voice, there, names);
      plan = made;
      script.planned(cutting(made));
      VoicedStream voiced = media.voiced(order.format(), order.gainDb(), loop);
      speaker.begin(new Speaker.Parts(script, this::gate, ahead(made), voiced));
    }

    private String modelName() {
      return order.model().isEmpty() ? "the default for speech" : order.model();
    }

    /**
     * A text is cut where it gains something by it: sound comes sooner from a server that makes
     * whole sounds, and a target that breaks costs one sentence where another can go on.
     */
    private Script.Cutting cutting(SpeechPlan made) {
      List<SpeechStep> meant = made.meant();
      int charactersMax =
          meant.stream().mapToInt(step -> step.abilities().charactersMax()).min().orElse(1);
      boolean cut =
          switch (text) {
            case SpeechText.Ssml _ -> false;
            case SpeechText.Plain plain ->
                order
                    .split()
                    .orElse(
                        meant.size() > 1
                            || !meant.getFirst().abilities().streams()
                            || plain.text().length() > charactersMax);
            case null -> true;
          };
      return new Script.Cutting(cut, charactersMax, order.language());
    }

    private static int ahead(SpeechPlan made) {
      int concurrency = made.backend().bulkhead().concurrency();
      int most = made.steps().getFirst().abilities().streams() ? AHEAD_STREAMING : AHEAD_MAX;
      return Math.clamp(concurrency + 1L, 2, most);
    }

    private Flow.Publisher<Part> gate(Unit.Piece piece, Turn turn) {
      Unit.Piece spoken = withAliases(piece);
      return new Gate(piece, turn, this::hasRoomAhead, () -> execution(spoken));
    }

    private Unit.Piece withAliases(Unit.Piece piece) {
      if (order.pronunciations().isEmpty()
          || !(piece.text() instanceof SpeechText.Plain(var plain))) {
        return piece;
      }
      return new Unit.Piece(
          piece.segment(),
          new SpeechText.Plain(Aliases.applied(plain, order.pronunciations())),
          piece.start(),
          piece.joined(),
          piece.pauseMs());
    }

    /** What is spoken ahead does not stand in line before what somebody waits for. */
    private boolean hasRoomAhead() {
      SpeechPlan made = plan;
      if (made == null) {
        return false;
      }
      var bulkhead = made.backend().bulkhead();
      return bulkhead.queued() < bulkhead.concurrency();
    }

    private Flow.Publisher<UnitEvent> execution(Unit.Piece piece) {
      SpeechPlan first = plan;
      if (first == null) {
        throw new IllegalStateException("spoken before it is planned");
      }
      SpeechPlan now = first.again(stepsNow(), Optional.ofNullable(record.target()));
      Map<Target, SpeechStep> steps = new LinkedHashMap<>();
      now.steps().forEach(step -> steps.put(step.target(), step));
      Duration left = Duration.ofNanos(Math.max(1, endNanos - clock.nanoTime()));
      Job job =
          new Job(
              modelName(),
              now.steps().stream().map(SpeechDesk::candidate).toList(),
              left,
              order.caller().priority(),
              order.caller().key().isEmpty() ? order.requestId() : order.caller().key(),
              Duration.ZERO,
              Job.Resumption.WHERE_POSSIBLE,
              Optional.empty());
      return new Execution<>(
          new UnitWork(piece, order, steps, kept, passing, loop),
          job,
          new CallListener(record),
          loop,
          clock,
          random);
    }

    private List<Plan.Step> stepsNow() {
      try {
        return steps();
      } catch (HubException _) {
        // What a reload took away goes on for those who use it.
        return List.of();
      }
    }

    private List<Plan.Step> steps() {
      RegistrySnapshot snapshot = registry.snapshot();
      long now = clock.nanoTime();
      return SpeechTargets.steps(
          SpeechPlan.traits(order, text),
          snapshot,
          (backend, target) -> backend.vitals(target.model(), now),
          random.nextDouble());
    }

    private <T> void then(CompletableFuture<T> future, Consumer<T> next) {
      var _ =
          future.whenCompleteAsync(
              (value, failure) -> {
                if (speaker.isOver()) {
                  return;
                }
                if (failure != null) {
                  speaker.fail(
                      failure instanceof CompletionException wrapped && wrapped.getCause() != null
                          ? wrapped.getCause()
                          : failure);
                } else {
                  guarded(() -> next.accept(value));
                }
              },
              loop);
    }

    private void guarded(Runnable step) {
      try {
        step.run();
      } catch (RuntimeException e) {
        speaker.fail(e);
      }
    }
  }

  private static Candidate candidate(SpeechStep able) {
    RegisteredBackend backend = able.step().backend();
    Target target = able.target();
    return new Candidate(
        target,
        able.step().model().contextLength(),
        backend.state().target(target.model()),
        backend.state(),
        backend.limits(Capability.TTS, able.abilities().streams()),
        backend.retry());
  }
}
