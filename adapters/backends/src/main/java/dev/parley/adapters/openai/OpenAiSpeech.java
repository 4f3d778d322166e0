package dev.parley.adapters.openai;

import dev.parley.adapters.dialect.Quirks;
import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.Outgoing;
import dev.parley.adapters.http.Reclassified;
import dev.parley.adapters.speech.Expected;
import dev.parley.adapters.speech.SoundReader;
import dev.parley.adapters.speech.UnknownVoice;
import dev.parley.adapters.speech.WithinAbilities;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Target;
import dev.parley.core.speech.PresetVoice;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.SpeechEvent;
import dev.parley.core.speech.SynthesisAbilities;
import dev.parley.core.speech.TargetVoice;
import dev.parley.core.spi.Synthesizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/** Speech on {@code /v1/audio/speech}, with the departures that its quirks name. */
final class OpenAiSpeech implements Synthesizer {

  private static final String PATH = "/v1/audio/speech";
  private static final String ACCEPT = "audio/*, text/event-stream, application/json";
  private static final int RATE_HZ = 24_000;
  private static final int MODELS_MAX = 1_000;

  private final BackendClient client;
  private final Quirks quirks;
  private final SpeechQuirks speech;

  /** What {@link #voices} found last, by model. */
  private final Map<String, List<String>> known = new ConcurrentHashMap<>();

  OpenAiSpeech(BackendClient client, Quirks quirks, SpeechQuirks speech) {
    this.client = client;
    this.quirks = quirks;
    this.speech = speech;
  }

  @Override
  public SynthesisAbilities abilities(String model) {
    return speech.abilities().apply(model);
  }

  @Override
  public Flow.Publisher<SpeechEvent> speak(SpeechCall call, Target target) {
    Expected asked = asked(call, target.model());
    Supplier<JsonValue> body =
        () -> {
          WithinAbilities.check(call, abilities(target.model()), target);
          return SpeechRequest.write(call, target, speech, asked);
        };
    Outgoing request = new Outgoing(PATH, ACCEPT, call.requestId(), call.headers());
    List<String> voices = known.getOrDefault(target.model(), List.of());
    return new Reclassified<>(
        client.exchange(request, target, body, () -> new SoundReader(target, asked)),
        error -> UnknownVoice.in(quirks.failures().edit(target, error), call.voice(), voices));
  }

  private Expected asked(SpeechCall call, String model) {
    Integer stated = client.spec().sampleRatesHz().get(model);
    AudioEncoding encoding = stated == null ? speech.usualFormat() : AudioEncoding.PCM_S16LE;
    Expected asked = Expected.of(encoding, stated == null ? RATE_HZ : stated);
    return call.voice() instanceof TargetVoice.Usual ? asked.withVoice(usualVoice(model)) : asked;
  }

  /** The first that the server told, once it was asked. */
  private String usualVoice(String model) {
    List<String> told = known.getOrDefault(model, List.of());
    String usual = speech.usualVoice().apply(model);
    return told.isEmpty() || told.contains(usual) ? usual : told.getFirst();
  }

  @Override
  public CompletableFuture<Optional<List<PresetVoice>>> voices(String model) {
    return speech
        .voices()
        .ask(client, model)
        .thenApply(found -> found.map(voices -> usualFirst(model, voices)));
  }

  private List<PresetVoice> usualFirst(String model, List<PresetVoice> voices) {
    if (known.size() < MODELS_MAX || known.containsKey(model)) {
      known.put(model, voices.stream().map(PresetVoice::name).toList());
    }
    String usual = usualVoice(model);
    return voices.stream()
        .sorted((a, b) -> Boolean.compare(b.name().equals(usual), a.name().equals(usual)))
        .toList();
  }
}
