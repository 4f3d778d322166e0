package dev.parley.adapters.espeak;

import dev.parley.adapters.sound.LocalSpeech;
import dev.parley.adapters.speech.WithinAbilities;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Target;
import dev.parley.core.speech.PresetVoice;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.SpeechEvent;
import dev.parley.core.speech.SynthesisAbilities;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.spi.ModelInfo;
import dev.parley.core.spi.Synthesizer;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The program with the threads that wait for it. */
final class EspeakBackend implements Backend, Synthesizer {

  static final int CHARACTERS_MAX = 10_000;
  private static final double SLOWEST = 80.0 / 175;
  private static final double FASTEST = 450.0 / 175;
  private static final int WAITING_THREADS_MAX = 256;
  private static final long IDLE_SECONDS = 10;

  private final BackendSpec spec;
  private final Program program;
  private final Voices voices;
  private final ThreadPoolExecutor threads;
  private final LocalSpeech.Place place;

  EspeakBackend(BackendSpec spec, Supplier<EventLoop> loops, Program program) {
    this.spec = spec;
    this.program = program;
    this.voices = new Voices(program);
    // They wait for pipes and do nothing else, so there may be many of them, but not any number.
    this.threads =
        new ThreadPoolExecutor(
            0,
            WAITING_THREADS_MAX,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofVirtual().name("espeak-", 0).factory());
    this.place = new LocalSpeech.Place(loops, threads);
  }

  @Override
  public BackendSpec spec() {
    return spec;
  }

  @Override
  public Optional<Synthesizer> speech() {
    return Optional.of(this);
  }

  @Override
  public SynthesisAbilities abilities(String model) {
    VoiceList list = voices.known();
    return SynthesisAbilities.builder()
        .streams()
        .languages(list == null ? List.of() : list.languages())
        .charactersMax(CHARACTERS_MAX)
        .speed(SLOWEST, FASTEST)
        .ssml()
        .build();
  }

  @Override
  public Flow.Publisher<SpeechEvent> speak(SpeechCall call, Target target) {
    return new LocalSpeech(
        place,
        target.backend(),
        () -> {
          WithinAbilities.check(call, abilities(target.model()), target);
          Order.check(call, target);
          return new RunningProgram(call, target, program, voices);
        });
  }

  @Override
  public CompletableFuture<Optional<List<PresetVoice>>> voices(String model) {
    return ask(() -> Optional.of(voices.list(target()).presets()));
  }

  @Override
  public CompletableFuture<BackendStatus> probe() {
    CompletableFuture<BackendStatus> asked =
        ask(() -> {
          if (program.find().isEmpty()) {
            return new BackendStatus.Down(Program.MISSING);
          }
          voices.list(target());
          return new BackendStatus.Healthy("");
        });
    return asked.exceptionally(failure ->
        new BackendStatus.Down(
            failure.getCause() instanceof HubException hub
                    && hub.error() instanceof HubError.BackendFailed failed
                ? failed.detail()
                : "espeak-ng cannot be asked"));
  }

  @Override
  public CompletableFuture<List<ModelInfo>> models() {
    return ask(() ->
        List.of(
            new ModelInfo(
                EspeakType.NAME,
                "",
                0,
                Set.of(Capability.TTS),
                Set.of(Modality.TEXT),
                Set.of(Modality.AUDIO),
                OptionalInt.empty(),
                voices.list(target()).languages())));
  }

  private <T> CompletableFuture<T> ask(Supplier<T> question) {
    return CompletableFuture.supplyAsync(question, threads);
  }

  private Target target() {
    return new Target(spec.id(), EspeakType.NAME);
  }

  /** Running calls end by themselves, and so do their threads. */
  @Override
  public void close() {}
}
