package dev.parley.hub.speech;

import dev.parley.core.model.Capability;
import dev.parley.core.speech.SpeechText;
import dev.parley.core.time.Clock;
import dev.parley.hub.cache.AnswerCache;
import dev.parley.hub.config.CachingConfig;
import dev.parley.hub.config.ModelConfig;
import dev.parley.hub.dispatch.Accounting;
import dev.parley.hub.dispatch.RunningCalls;
import dev.parley.hub.flow.After;
import dev.parley.hub.flow.Later;
import dev.parley.hub.limits.Demand;
import dev.parley.hub.media.Media;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.registry.ServedModel;
import dev.parley.hub.routing.Router;
import dev.parley.hub.speech.text.TextCutter;
import dev.parley.hub.telemetry.CallFacts;
import dev.parley.hub.telemetry.CallRecord;
import dev.parley.hub.voice.Placement;
import dev.parley.hub.voice.PresetCatalog;
import dev.parley.hub.voice.RecordingDesk;
import dev.parley.hub.voice.VoiceLibrary;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Takes texts from the edges and has them spoken. Thread-safe. */
public final class SpeechDesk implements Synthesis {

  /** What a writer may pause before what is there is spoken. */
  private static final long BUFFER_DELAY_MILLIS = 3_000;

  private final Registry registry;
  private final VoiceSource voices;
  private final Presets presets;
  private final RunningCalls running;
  private final Accounting accounting;
  private final AnswerCache cache;
  private final Clock clock;
  private final Opening.Parts opening;

  /** What of the hub a synthesis makes use of. */
  public record Parts(
      Registry registry,
      Media media,
      VoiceLibrary library,
      RecordingDesk recordings,
      RunningCalls running,
      Accounting accounting,
      AnswerCache cache) {}

  /**
   * @param random draws lots between targets and the pauses between tries; thread-safe
   */
  public SpeechDesk(Parts parts, Clock clock, RandomGenerator random) {
    this.registry = parts.registry();
    this.voices = new LibraryVoices(parts.library(), parts.recordings());
    this.presets = new Presets(parts.registry(), clock);
    this.running = parts.running();
    this.accounting = parts.accounting();
    this.cache = parts.cache();
    this.clock = clock;
    KeptVoices kept = new KeptVoices(voices);
    this.opening =
        new Opening.Parts(
            new SpeechCalls(registry, kept, clock, random), parts.media(), voices, presets, kept);
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
    Flow.Publisher<SpokenEvent> run =
        subscriber -> {
          Speaker speaker =
              new Speaker(running.<SpokenEvent>watched(subscriber, loop), record, clock);
          speaker.open();
          Script script = new KnownText(text);
          SpeechCall call = new SpeechCall(order, text, script, record, loop, endNanos(patience));
          new Opening(call, speaker, opening).begin();
        };
    Demand demand = new Demand(order.model(), 0, 0, 0, text.text().length(), 0);
    return new Spoken(
        accounting.around(record, demand, loop, answered(order, text, loop, record, run)), record);
  }

  /** What was spoken to the same order before, or the order itself. */
  private Flow.Publisher<SpokenEvent> answered(
      SpeechOrder order,
      SpeechText text,
      ScheduledExecutorService loop,
      CallRecord record,
      Flow.Publisher<SpokenEvent> run) {
    Optional<CachingConfig> caching =
        registry
            .snapshot()
            .named(order.model(), Capability.TTS)
            .flatMap(ServedModel::alias)
            .flatMap(ModelConfig::cache);
    if (caching.isEmpty() || !SpeechQuestion.isRepeatable(order)) {
      return run;
    }
    return subscriber -> {
      Router.permit(SpeechPlan.traits(order, text), registry.snapshot());
      Later later = new Later();
      subscriber.onSubscribe(later);
      var _ =
          VoiceFinder.known(order.voice(), voices)
              .whenCompleteAsync(
                  (voice, _) -> {
                    if (later.isCancelled()) {
                      return;
                    }
                    // A voice that cannot be found fails there, in the usual words.
                    Flow.Publisher<SpokenEvent> answer =
                        voice == null
                            ? run
                            : cache.around(
                                SpeechQuestion.of(order, text, voice, caching.get(), record, loop),
                                run);
                    answer.subscribe(new After<>(later, subscriber));
                  },
                  loop);
    };
  }

  @Override
  public LiveSpoken speakLive(SpeechOrder order, ScheduledExecutorService loop, Duration patience) {
    CallRecord record = record(order);
    LiveListener listener = new LiveListener(record);
    TextStream text =
        new TextStream(loop, order.bufferDelayMs().orElse((int) BUFFER_DELAY_MILLIS), listener);
    Flow.Publisher<SpokenEvent> run =
        subscriber -> {
          Speaker speaker =
              new Speaker(running.<SpokenEvent>watched(subscriber, loop), record, clock);
          listener.speaker = speaker;
          speaker.open();
          SpeechCall call = new SpeechCall(order, null, text, record, loop, endNanos(patience));
          new Opening(call, speaker, opening).begin();
        };
    // How much text will come is not known; whoever has none left is to be refused all the same.
    Demand demand = new Demand(order.model(), 0, 0, 0, 1, 0);
    return new LiveSpoken(new Spoken(accounting.around(record, demand, loop, run), record), text);
  }

  private long endNanos(Duration patience) {
    return clock.nanoTime() + Math.min(patience.toMillis(), 1L << 40) * 1_000_000;
  }

  private CallRecord record(SpeechOrder order) {
    return new CallRecord(
        new CallFacts(order.requestId(), "speech", order.model(), true, order.caller()),
        clock.nanoTime());
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
}
