package dev.parley.adapters.vllmomni;

import com.linecorp.armeria.common.ResponseHeaders;
import dev.parley.adapters.dialect.Quirks;
import dev.parley.adapters.dialect.RequestDocument;
import dev.parley.adapters.dialect.StreamReader;
import dev.parley.adapters.dialect.WholeReader;
import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.BodyReader;
import dev.parley.adapters.http.DocumentReader;
import dev.parley.adapters.http.Outgoing;
import dev.parley.adapters.http.Reclassified;
import dev.parley.adapters.speech.Expected;
import dev.parley.adapters.speech.SoundReader;
import dev.parley.adapters.speech.UnknownVoice;
import dev.parley.adapters.speech.VoiceList;
import dev.parley.adapters.speech.WithinAbilities;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Target;
import dev.parley.core.speech.PresetVoice;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.SpeechEvent;
import dev.parley.core.speech.SpeechUsage;
import dev.parley.core.speech.SynthesisAbilities;
import dev.parley.core.speech.SynthesisAbilities.Cloning;
import dev.parley.core.speech.SynthesisAbilities.RecordingLimits;
import dev.parley.core.spi.Synthesizer;
import dev.parley.core.spi.VoiceKeeper;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Speech of both kinds of model: by the speech route, or by a conversation. */
final class OmniSynthesizer implements Synthesizer {

  private static final String SPEECH_PATH = "/v1/audio/speech";
  private static final String CHAT_PATH = "/v1/chat/completions";
  private static final int RATE_HZ = 24_000;
  private static final RecordingLimits RECORDINGS = new RecordingLimits(1, 30, 1, false);
  private static final String USUAL_VOICE = "vivian";
  private static final List<PresetVoice> SPEAKERS =
      Stream.of("ethan", "chelsie", "aiden").map(n -> new PresetVoice(n, List.of())).toList();

  private final BackendClient client;
  private final Quirks quirks;
  private final OmniVoices kept;

  OmniSynthesizer(BackendClient client, Quirks quirks) {
    this.client = client;
    this.quirks = quirks;
    this.kept = new OmniVoices(client);
  }

  @Override
  public SynthesisAbilities abilities(String model) {
    SynthesisAbilities.Builder can = SynthesisAbilities.builder().streams();
    return switch (SpeakingModel.of(client.spec(), model)) {
      case CHAT -> can.build();
      case CUSTOM_VOICE -> speech(can).instructions().build();
      case VOICE_DESIGN -> speech(can).instructions().descriptions().build();
      case BASE -> speech(can).cloning(new Cloning.WithTheCall(RECORDINGS)).build();
    };
  }

  private static SynthesisAbilities.Builder speech(SynthesisAbilities.Builder can) {
    return can.languages(SpokenLanguages.TAGS).speed(0.25, 4);
  }

  @Override
  public Flow.Publisher<SpeechEvent> speak(SpeechCall call, Target target) {
    SpeakingModel model = SpeakingModel.of(client.spec(), target.model());
    return new Reclassified<>(
        model == SpeakingModel.CHAT ? converse(call, target) : speak(call, target, model),
        error -> UnknownVoice.in(error, call.voice(), List.of()));
  }

  private Flow.Publisher<SpeechEvent> speak(SpeechCall call, Target target, SpeakingModel model) {
    Expected expected = expected(target.model(), !SpeechRequest.streams(call));
    Supplier<JsonValue> body =
        () -> {
          WithinAbilities.check(call, abilities(target.model()), target);
          return SpeechRequest.write(call, target, model);
        };
    return client.exchange(
        outgoing(call, SPEECH_PATH),
        target,
        body,
        () -> new SoundReader(target, expected, OmniSynthesizer::counts));
  }

  private Flow.Publisher<SpeechEvent> converse(SpeechCall call, Target target) {
    DocumentCall reading = OmniReading.of(call, target);
    Supplier<JsonValue> body =
        () -> {
          WithinAbilities.check(call, abilities(target.model()), target);
          return RequestDocument.prepare(reading, target, quirks);
        };
    Supplier<BodyReader<SpeechEvent>> reader =
        () -> new AloudReader(answer(reading, target), target, expected(target.model(), false));
    return client.exchange(outgoing(call, CHAT_PATH), target, body, reader);
  }

  private DocumentReader answer(DocumentCall reading, Target target) {
    long bytesMax = client.spec().responseBytesMax();
    return reading.head().stream()
        ? new StreamReader(reading, target, quirks, bytesMax)
        : new WholeReader(reading, target, quirks, bytesMax);
  }

  private Expected expected(String model, boolean whole) {
    int rate = client.spec().sampleRatesHz().getOrDefault(model, RATE_HZ);
    return Expected.of(whole ? AudioEncoding.WAV : AudioEncoding.PCM_S16LE, rate);
  }

  private static Outgoing outgoing(SpeechCall call, String path) {
    String accept = "text/event-stream, audio/*, application/json";
    return new Outgoing(path, accept, call.requestId(), call.headers());
  }

  /** A whole answer has its counts in its head, on servers from 0.28 on. */
  private static Optional<SpeechUsage> counts(ResponseHeaders head) {
    long in = head.getLong("x-vllm-omni-input-tokens", 0);
    long out = head.getLong("x-vllm-omni-output-tokens", 0);
    long total = Math.max(in + out, head.getLong("x-vllm-omni-total-tokens", 0));
    return total == 0 ? Optional.empty() : Optional.of(new SpeechUsage(in, out, total));
  }

  /** Voices that were uploaded are not the model's; one that only copies brings none. */
  @Override
  public CompletableFuture<Optional<List<PresetVoice>>> voices(String model) {
    SpeakingModel way = SpeakingModel.of(client.spec(), model);
    return switch (way) {
      case CHAT -> CompletableFuture.completedFuture(Optional.of(SPEAKERS));
      case VOICE_DESIGN -> CompletableFuture.completedFuture(Optional.of(List.of()));
      case BASE, CUSTOM_VOICE -> {
        Target target = new Target(client.spec().id(), model);
        yield client
            .get(OmniVoices.PATH)
            .thenApply(answer ->
                VoiceList.read(answer, target, model)
                    .map(voices -> usualFirst(voices, VoiceList.names(answer, "uploaded_voices"))));
      }
    };
  }

  private static List<PresetVoice> usualFirst(List<PresetVoice> voices, List<String> uploaded) {
    return voices.stream()
        .filter(voice -> !uploaded.contains(voice.name()))
        .sorted((a, b) -> Boolean.compare(isUsual(b), isUsual(a)))
        .toList();
  }

  private static boolean isUsual(PresetVoice voice) {
    return voice.name().equalsIgnoreCase(USUAL_VOICE);
  }

  @Override
  public Optional<VoiceKeeper> keeper() {
    return Optional.of(kept);
  }
}
