package dev.parley.hub.speech;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Target;
import dev.parley.core.speech.PresetVoice;
import dev.parley.core.spi.Synthesizer;
import dev.parley.core.time.Clock;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.registry.ServedModel;
import dev.parley.hub.voice.PresetCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the models of the backends say of their voices, remembered for a while. A server that does
 * not answer soon counts as one that does not tell, and is asked again. Thread-safe.
 */
final class Presets implements PresetCatalog {

  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final Duration FRESH_FAILURE = Duration.ofSeconds(5);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(2);
  private static final int TARGETS_MAX = 1_024;
  private static final int ASKED_MAX = 64;

  private final Registry registry;
  private final Clock clock;
  private final Map<Key, Known> known = new ConcurrentHashMap<>();

  /** The backend itself is a part of it: after a reload another one may have its id. */
  private record Key(RegisteredBackend backend, String model) {}

  private record Known(
      CompletableFuture<Optional<List<PresetVoice>>> answer, long atNanos, AtomicBoolean failed) {

    boolean isStale(long nowNanos) {
      long fresh = (failed.get() ? FRESH_FAILURE : FRESH).toNanos();
      return answer.isDone() && nowNanos - atNanos > fresh;
    }
  }

  Presets(Registry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /** Never fails; empty when the server does not tell. */
  CompletableFuture<Optional<List<PresetVoice>>> of(RegisteredBackend backend, String model) {
    Optional<Synthesizer> speech = backend.backend().speech();
    if (speech.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Key key = new Key(backend, model);
    Known now = known.get(key);
    if (now != null && !now.isStale(clock.nanoTime())) {
      return now.answer();
    }
    if (known.size() >= TARGETS_MAX) {
      known.clear();
    }
    Known asked = ask(speech.get(), model);
    known.put(key, asked);
    return asked.answer();
  }

  private Known ask(Synthesizer speech, String model) {
    AtomicBoolean failed = new AtomicBoolean();
    CompletableFuture<Optional<List<PresetVoice>>> asked;
    try {
      asked = speech.voices(model);
    } catch (RuntimeException e) {
      asked = CompletableFuture.failedFuture(e);
    }
    CompletableFuture<Optional<List<PresetVoice>>> answer =
        asked
            .copy()
            .orTimeout(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)
            .exceptionally(_ -> {
              failed.set(true);
              return Optional.empty();
            });
    return new Known(answer, clock.nanoTime(), failed);
  }

  @Override
  public CompletableFuture<List<Preset>> presets() {
    Map<Target, Set<String>> names = new LinkedHashMap<>();
    Map<Target, CompletableFuture<Optional<List<PresetVoice>>>> answers = new LinkedHashMap<>();
    for (ServedModel model : registry.snapshot().models()) {
      for (ServedModel.ServedTarget served : model.targets()) {
        Target target = served.target();
        if (served.model().capabilities().contains(Capability.TTS)
            && served.backend().isUsable()
            && (names.containsKey(target) || names.size() < ASKED_MAX)) {
          names.computeIfAbsent(target, _ -> new LinkedHashSet<>()).add(model.name());
          answers.computeIfAbsent(target, _ -> of(served.backend(), target.model()));
        }
      }
    }
    return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
        .thenApply(_ -> collected(names, answers));
  }

  private static List<Preset> collected(
      Map<Target, Set<String>> names,
      Map<Target, CompletableFuture<Optional<List<PresetVoice>>>> answers) {
    Map<String, Set<String>> models = new TreeMap<>();
    Map<String, Set<String>> languages = new TreeMap<>();
    answers.forEach((target, answer) -> {
      for (PresetVoice voice : answer.join().orElse(List.of())) {
        models
            .computeIfAbsent(voice.name(), _ -> new LinkedHashSet<>())
            .addAll(names.getOrDefault(target, Set.of()));
        languages
            .computeIfAbsent(voice.name(), _ -> new LinkedHashSet<>())
            .addAll(voice.languages());
      }
    });
    List<Preset> presets = new ArrayList<>(models.size());
    models.forEach((name, by) ->
        presets.add(new Preset(name, List.copyOf(languages.get(name)), List.copyOf(by))));
    return presets;
  }
}
