package dev.parley.adapters.freetts;

import dev.parley.adapters.sound.LocalSpeech;
import dev.parley.adapters.speech.WithinAbilities;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Target;
import dev.parley.core.speech.PresetVoice;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.SpeechEvent;
import dev.parley.core.speech.SpeechMark;
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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** FreeTTS with its threads and voices. */
final class FreeTtsBackend implements Backend, Synthesizer {

  static final List<String> LANGUAGES = List.of("en-US", "en");

  /** Longer texts are cut by the hub; digits alone make this many characters last ten minutes. */
  private static final int CHARACTERS_MAX = 1_000;

  static final double SLOWEST = 0.5;
  static final double FASTEST = 2;
  private static final int WAITING_MAX = 1_024;
  private static final long IDLE_SECONDS = 60;

  private static final SynthesisAbilities ABILITIES =
      SynthesisAbilities.builder()
          .streams()
          .languages(LANGUAGES)
          .charactersMax(CHARACTERS_MAX)
          .speed(SLOWEST, FASTEST)
          .marks(Set.of(SpeechMark.Kind.WORD, SpeechMark.Kind.PHONEME))
          .build();

  private final BackendSpec spec;
  private final Voices voices = new Voices(FreeTtsType.THREADS);
  private final ThreadPoolExecutor threads;
  private final LocalSpeech.Place place;

  FreeTtsBackend(BackendSpec spec, Supplier<EventLoop> loops) {
    this.spec = spec;
    this.threads =
        new ThreadPoolExecutor(
            FreeTtsType.THREADS,
            FreeTtsType.THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().daemon().name("freetts-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
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
    return ABILITIES;
  }

  @Override
  public Flow.Publisher<SpeechEvent> speak(SpeechCall call, Target target) {
    return new LocalSpeech(
        place,
        target.backend(),
        () -> {
          WithinAbilities.check(call, ABILITIES, target);
          Order order = Order.of(call, target, CHARACTERS_MAX);
          return new SpokenUtterances(order, voices, target);
        });
  }

  @Override
  public CompletableFuture<Optional<List<PresetVoice>>> voices(String model) {
    List<PresetVoice> all =
        KevinVoice.NAMES.stream().map(name -> new PresetVoice(name, LANGUAGES)).toList();
    return CompletableFuture.completedFuture(Optional.of(all));
  }

  @Override
  public CompletableFuture<BackendStatus> probe() {
    return CompletableFuture.completedFuture(new BackendStatus.Healthy(""));
  }

  @Override
  public CompletableFuture<List<ModelInfo>> models() {
    ModelInfo model =
        new ModelInfo(
            FreeTtsType.NAME,
            "",
            0,
            Set.of(Capability.TTS),
            Set.of(Modality.TEXT),
            Set.of(Modality.AUDIO),
            OptionalInt.empty(),
            LANGUAGES);
    return CompletableFuture.completedFuture(List.of(model));
  }

  /** Running calls end by themselves, and so do their threads once they have nothing to do. */
  @Override
  public void close() {
    voices.clear();
  }
}
