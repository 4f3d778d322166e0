package dev.parley.hub.edge.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.NearestName;
import dev.parley.core.recognition.Phrase;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.hub.edge.grpc.document.Extra;
import dev.parley.hub.media.MediaDesk;
import dev.parley.hub.recognition.live.LiveInput;
import dev.parley.hub.recognition.live.LiveOrder;
import dev.parley.hub.recognition.live.TurnSettings;
import dev.parley.hub.recognition.order.RecognitionOrder;
import dev.parley.hub.recognition.order.RecognitionWish;
import dev.parley.hub.recognition.order.RecognitionWish.Times;
import dev.parley.hub.speakers.SpeakersWish;
import dev.parley.proto.v1.DetectLanguageRequest;
import dev.parley.proto.v1.DiarizationConfig;
import dev.parley.proto.v1.RecognitionConfig;
import dev.parley.proto.v1.RecognizeRequest;
import dev.parley.proto.v1.StreamingRecognitionConfig;
import dev.parley.proto.v1.TurnDetection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What callers say of recognition in messages. */
final class RecognitionMessages {

  private static final Set<String> MODELLED =
      RecognitionConfig.getDescriptor().getFields().stream()
          .map(FieldDescriptor::getName)
          .collect(Collectors.toSet());
  private static final List<String> EAGERNESS =
      Stream.of(TurnSettings.Eagerness.values())
          .map(value -> value.name().toLowerCase(Locale.ROOT))
          .toList();
  private static final String UPDATED = "only phrases, languages and turn_detection";

  private RecognitionMessages() {}

  static RecognitionOrder order(RecognizeRequest request, MediaDesk media, CallerFacts caller) {
    return new RecognitionOrder(
        wish(request.getConfig(), "config", media, caller),
        AudioMessages.sound(request.getAudio(), media),
        false);
  }

  static RecognitionOrder order(
      DetectLanguageRequest request, MediaDesk media, CallerFacts caller) {
    RecognitionWish wish =
        wish(
            RecognitionConfig.newBuilder().setModel(request.getModel()).build(),
            RecognitionTask.DETECT_LANGUAGE,
            "",
            media,
            caller);
    return new RecognitionOrder(wish, AudioMessages.sound(request.getAudio(), media), false);
  }

  static LiveOrder live(StreamingRecognitionConfig config, MediaDesk media, CallerFacts caller) {
    return new LiveOrder(
        wish(config.getConfig(), "config.config", media, caller),
        AudioFormats.read(config.getFormat()),
        config.getInterimResults(),
        config.getSpeechEvents(),
        turns(config.getTurnDetection(), "config.turn_detection"));
  }

  private static RecognitionWish wish(
      RecognitionConfig config, String path, MediaDesk media, CallerFacts caller) {
    RecognitionTask task =
        switch (config.getTask()) {
          case TASK_TRANSLATE -> RecognitionTask.TRANSLATE;
          // A value that is not in the schema is refused before it comes here.
          case TASK_UNSPECIFIED, TASK_TRANSCRIBE, UNRECOGNIZED -> RecognitionTask.TRANSCRIBE;
        };
    return wish(config, task, path, media, caller);
  }

  private static RecognitionWish wish(
      RecognitionConfig config,
      RecognitionTask task,
      String path,
      MediaDesk media,
      CallerFacts caller) {
    return new RecognitionWish(
        config.getModel(),
        task,
        config.getLanguagesList(),
        config.getPrompt(),
        phrases(config),
        config.getWordTimestamps() ? Times.WORDS : Times.AS_THEY_COME,
        config.getLogprobs(),
        config.getMaxAlternatives(),
        config.getProfanityFilter(),
        config.getVerbatim(),
        config.getSeparateChannels(),
        config.hasDiarization()
            ? Optional.of(speakers(config.getDiarization(), path + ".diarization", media))
            : Optional.empty(),
        config.hasTemperature()
            ? OptionalDouble.of(config.getTemperature())
            : OptionalDouble.empty(),
        config.hasVad() ? Optional.of(speech(config.getVad(), path + ".vad")) : Optional.empty(),
        config.getDenoise(),
        extra(config, path),
        caller.requestId(),
        caller.headers(),
        caller.caller());
  }

  private static List<Phrase> phrases(RecognitionConfig config) {
    return config.getPhrasesList().stream()
        .map(phrase -> new Phrase(phrase.getText(), phrase.getBoost()))
        .toList();
  }

  static SpeakersWish speakers(DiarizationConfig config, String path, MediaDesk media) {
    List<SpeakersWish.Known> known = new ArrayList<>(config.getKnownSpeakersCount());
    for (var speaker : config.getKnownSpeakersList()) {
      known.add(
          new SpeakersWish.Known(
              speaker.getName(),
              AudioMessages.sound(speaker.getReference(), media),
              path + ".known_speakers[" + known.size() + "].reference"));
    }
    return new SpeakersWish(
        count(config.getNumSpeakers()),
        count(config.getMinSpeakers()),
        count(config.getMaxSpeakers()),
        known);
  }

  private static OptionalInt count(int given) {
    return given == 0 ? OptionalInt.empty() : OptionalInt.of(given);
  }

  private static JsonValue extra(RecognitionConfig config, String path) {
    if (config.getExtraJson().isEmpty()) {
      return Json.EMPTY_OBJECT;
    }
    JsonWriter out = new JsonWriter(64).beginObject();
    Extra.of(config.getExtraJson(), path).writeTo(out, MODELLED);
    return out.endObject().toValue();
  }

  /** Only sessions answer, so only they can wait for somebody who says nothing to that. */
  private static dev.parley.core.audio.TurnDetection speech(TurnDetection turns, String path) {
    if (turns.hasIdleTimeoutMs()) {
      throw SpeechMessages.wrong(
          path + ".idle_timeout_ms", "given", "nothing: it is for sessions only");
    }
    return AudioMessages.turns(turns);
  }

  static TurnSettings turns(TurnDetection turns, String path) {
    return new TurnSettings(
        switch (turns.getMode()) {
          case MODE_NONE -> TurnSettings.Mode.NONE;
          case MODE_SEMANTIC -> TurnSettings.Mode.SEMANTIC;
          case MODE_UNSPECIFIED, MODE_SERVER_VAD, UNRECOGNIZED -> TurnSettings.Mode.SERVER_VAD;
        },
        speech(turns, path),
        eagerness(turns.getEagerness(), path),
        turns.hasEagerThreshold()
            ? OptionalDouble.of(turns.getEagerThreshold())
            : OptionalDouble.empty(),
        turns.hasMaxWaitMs() ? OptionalInt.of(turns.getMaxWaitMs()) : OptionalInt.empty());
  }

  private static TurnSettings.Eagerness eagerness(String name, String path) {
    if (name.isEmpty()) {
      return TurnSettings.Eagerness.AUTO;
    }
    if (!EAGERNESS.contains(name.toLowerCase(Locale.ROOT))) {
      throw SpeechMessages.wrong(
          path + ".eagerness",
          "an unknown word",
          "one of "
              + String.join(", ", EAGERNESS)
              + NearestName.of(name, EAGERNESS)
                  .map(nearest -> "; did you mean " + nearest + "?")
                  .orElse(""));
    }
    return TurnSettings.Eagerness.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Hands over those settings that may change while a stream runs; refuses any other. */
  static void update(StreamingRecognitionConfig update, LiveInput input) {
    allowOnly(update, "update", Set.of("config", "turn_detection"));
    allowOnly(update.getConfig(), "update.config", Set.of("phrases", "languages"));
    List<Phrase> phrases = phrases(update.getConfig());
    List<String> languages = update.getConfig().getLanguagesList();
    input.update(
        phrases.isEmpty() ? Optional.empty() : Optional.of(phrases),
        languages.isEmpty() ? Optional.empty() : Optional.of(languages),
        update.hasTurnDetection()
            ? Optional.of(turns(update.getTurnDetection(), "update.turn_detection"))
            : Optional.empty());
  }

  private static void allowOnly(Message message, String path, Set<String> names) {
    for (FieldDescriptor field : message.getAllFields().keySet()) {
      if (!names.contains(field.getName())) {
        throw SpeechMessages.wrong(path + "." + field.getName(), "given", UPDATED);
      }
    }
  }
}
