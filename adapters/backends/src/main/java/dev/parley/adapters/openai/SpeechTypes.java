package dev.parley.adapters.openai;

import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.speech.VoiceList;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Target;
import dev.parley.core.speech.PresetVoice;
import dev.parley.core.speech.SynthesisAbilities;
import dev.parley.core.speech.SynthesisAbilities.Cloning;
import dev.parley.core.speech.SynthesisAbilities.RecordingLimits;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What each kind of server can do with a text, as its documentation says. */
final class SpeechTypes {

  private static final String VOICES_PATH = "/v1/audio/voices";
  private static final String OPENAI_HOST = "api.openai.com";
  private static final int CHARACTERS_MAX = 4_096;

  private static final List<PresetVoice> OPENAI_VOICES =
      Stream.of(
              "alloy", "ash", "ballad", "coral", "echo", "fable", "onyx", "nova", "sage", "shimmer",
              "verse", "marin", "cedar")
          .map(name -> new PresetVoice(name, List.of()))
          .toList();

  private static final String KOKORO_VOICE = "af_heart";

  /** Kokoro's names begin with a letter for the language and one for the kind of voice. */
  private static final Pattern KOKORO_NAME = Pattern.compile("([abefhijpz])[fm]_[a-z0-9]+");

  /** Piper's models are named after their one voice. */
  private static final Pattern PIPER_MODEL = Pattern.compile("piper-[A-Za-z_]+-([^-]+)-[a-z_]+$");

  /** 15 MiB of WAV at 24 kHz are more than five minutes. */
  private static final RecordingLimits OPENROUTER_RECORDINGS =
      new RecordingLimits(1, 300, 1, false);

  private SpeechTypes() {}

  /** The oldest models take no instructions and have no events. */
  static SpeechQuirks openai() {
    return new SpeechQuirks(
        model -> {
          SynthesisAbilities.Builder can = usual(0.25, 4).streams();
          return isFirstGeneration(model) ? can.build() : can.instructions().build();
        },
        AudioEncoding.PCM_S16LE,
        SpeechQuirks.Rate.OF_THE_MODEL,
        model -> !isFirstGeneration(model),
        SpeechQuirks.Instructions.MEMBER,
        _ -> "alloy",
        (client, model) ->
            OPENAI_HOST.equalsIgnoreCase(client.spec().baseUrl().getHost())
                ? CompletableFuture.completedFuture(Optional.of(OPENAI_VOICES))
                : listed(client, model).exceptionally(SpeechTypes::notTold));
  }

  /**
   * Resamples to the rate that it is told, but not in its events, which do not say their rate: so
   * it is asked for bytes. Beyond a model's own range of speeds it refuses.
   */
  static SpeechQuirks speaches() {
    return new SpeechQuirks(
        _ -> usual(0.5, 2).streams().build(),
        AudioEncoding.PCM_S16LE,
        SpeechQuirks.Rate.AS_ASKED,
        _ -> false,
        SpeechQuirks.Instructions.MEMBER,
        SpeechTypes::speachesVoice,
        SpeechTypes::listed);
  }

  static SpeechQuirks kokoro() {
    return new SpeechQuirks(
        _ -> usual(0.25, 4).streams().blends().build(),
        AudioEncoding.PCM_S16LE,
        SpeechQuirks.Rate.OF_THE_MODEL,
        _ -> false,
        SpeechQuirks.Instructions.MEMBER,
        _ -> KOKORO_VOICE,
        SpeechTypes::listed);
  }

  /** The providers behind it differ; only what OpenAI's own models can do is known. */
  static SpeechQuirks openRouter() {
    return new SpeechQuirks(
        SpeechTypes::openRouterAbilities,
        AudioEncoding.MP3,
        SpeechQuirks.Rate.OF_THE_MODEL,
        _ -> false,
        SpeechQuirks.Instructions.PROVIDER_OPTION,
        model -> model.startsWith("openai/") ? "alloy" : "",
        SpeechTypes::supported);
  }

  private static SynthesisAbilities openRouterAbilities(String model) {
    if (!model.startsWith("openai/")) {
      return usual(1, 1).cloning(new Cloning.WithTheCall(OPENROUTER_RECORDINGS)).build();
    }
    SynthesisAbilities.Builder can = usual(0.25, 4);
    return isFirstGeneration(model) ? can.build() : can.instructions().build();
  }

  private static SynthesisAbilities.Builder usual(double slowest, double fastest) {
    return SynthesisAbilities.builder().charactersMax(CHARACTERS_MAX).speed(slowest, fastest);
  }

  private static boolean isFirstGeneration(String model) {
    return model.substring(model.lastIndexOf('/') + 1).startsWith("tts-1");
  }

  private static String speachesVoice(String model) {
    Matcher piper = PIPER_MODEL.matcher(model);
    if (piper.find()) {
      return piper.group(1);
    }
    return model.toLowerCase(Locale.ROOT).contains("kokoro") ? KOKORO_VOICE : "";
  }

  private static CompletableFuture<Optional<List<PresetVoice>>> listed(
      BackendClient client, String model) {
    Target target = new Target(client.spec().id(), model);
    return client
        .get(VOICES_PATH)
        .thenApply(answer ->
            VoiceList.read(answer, target, model)
                .map(voices -> voices.stream().map(SpeechTypes::withLanguage).toList()));
  }

  private static PresetVoice withLanguage(PresetVoice voice) {
    Matcher kokoro = KOKORO_NAME.matcher(voice.name());
    if (!voice.languages().isEmpty() || !kokoro.matches()) {
      return voice;
    }
    String language =
        switch (kokoro.group(1)) {
          case "a" -> "en-US";
          case "b" -> "en-GB";
          case "e" -> "es";
          case "f" -> "fr";
          case "h" -> "hi";
          case "i" -> "it";
          case "j" -> "ja";
          case "p" -> "pt-BR";
          default -> "zh";
        };
    return new PresetVoice(voice.name(), List.of(language));
  }

  /** A server that only looks like OpenAI may have no such route, or anything else there. */
  private static Optional<List<PresetVoice>> notTold(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof HubException || failure instanceof HubException) {
      return Optional.empty();
    }
    throw new IllegalStateException("a list of voices could not be read", failure);
  }

  /** OpenRouter tells voices in its list of models, and only for some. */
  private static CompletableFuture<Optional<List<PresetVoice>>> supported(
      BackendClient client, String model) {
    return client
        .get("/v1/models?output_modalities=speech")
        .thenApply(answer -> answer.ok() ? supported(answer.body(), model) : Optional.empty());
  }

  private static Optional<List<PresetVoice>> supported(byte[] body, String model) {
    try {
      JsonValue data = Json.parse(body).get("data");
      if (data != null && data.isArray()) {
        for (JsonValue entry : data.elements()) {
          JsonValue id = entry.get("id");
          if (id != null && id.textEquals(model)) {
            return names(entry.get("supported_voices"));
          }
        }
      }
      return Optional.empty();
    } catch (JsonSyntaxException _) {
      return Optional.empty();
    }
  }

  private static Optional<List<PresetVoice>> names(@Nullable JsonValue list) {
    if (list == null || !list.isArray()) {
      return Optional.empty();
    }
    Stream.Builder<PresetVoice> voices = Stream.builder();
    for (JsonValue name : list.elements()) {
      if (name.isString() && !name.isEmptyString()) {
        voices.add(new PresetVoice(name.asString(), List.of()));
      }
    }
    return Optional.of(voices.build().toList());
  }
}
