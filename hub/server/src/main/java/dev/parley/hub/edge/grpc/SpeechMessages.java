package dev.parley.hub.edge.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.speech.Pronunciation;
import dev.parley.core.speech.SpeechMark;
import dev.parley.core.speech.SpeechText;
import dev.parley.core.speech.SpeechUsage;
import dev.parley.hub.edge.grpc.document.Extra;
import dev.parley.hub.media.MediaDesk;
import dev.parley.hub.speech.SpeechOrder;
import dev.parley.hub.speech.SpokenEvent;
import dev.parley.hub.speech.VoiceWish;
import dev.parley.proto.v1.AudioChunk;
import dev.parley.proto.v1.SegmentEnd;
import dev.parley.proto.v1.SpeechMarks;
import dev.parley.proto.v1.SynthesisConfig;
import dev.parley.proto.v1.SynthesizeRequest;
import dev.parley.proto.v1.SynthesizeResponse;
import dev.parley.proto.v1.Usage;
import dev.parley.proto.v1.VoiceSelection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What callers say of speech in messages, and what they are answered. */
final class SpeechMessages {

  /** The longest text of one message, in UTF-16 units. */
  static final int TEXT_MAX = 65_536;

  private static final List<String> ALPHABETS = List.of("ipa", "x-sampa", "pinyin", "alias");
  private static final Set<String> MODELLED =
      Set.of(
          "model",
          "voice",
          "language",
          "format",
          "speed",
          "pitch_semitones",
          "volume_gain_db",
          "instructions",
          "pronunciations",
          "marks",
          "seed",
          "split_sentences",
          "max_buffer_delay_ms",
          "extra_json");

  private SpeechMessages() {}

  static SpeechOrder order(SynthesisConfig config, MediaDesk media, CallerFacts caller) {
    return new SpeechOrder(
        config.getModel(),
        voice(config.getVoice(), media),
        config.getLanguage(),
        AudioFormats.read(config.getFormat()),
        config.hasSpeed() ? config.getSpeed() : 1,
        config.hasPitchSemitones()
            ? OptionalDouble.of(config.getPitchSemitones())
            : OptionalDouble.empty(),
        config.getVolumeGainDb(),
        config.getInstructions(),
        pronunciations(config),
        marks(config),
        config.hasSeed() ? OptionalLong.of(config.getSeed()) : OptionalLong.empty(),
        config.hasSplitSentences() ? Optional.of(config.getSplitSentences()) : Optional.empty(),
        config.hasMaxBufferDelayMs()
            ? OptionalInt.of(config.getMaxBufferDelayMs())
            : OptionalInt.empty(),
        extra(config),
        caller.requestId(),
        caller.headers(),
        caller.caller());
  }

  private static VoiceWish voice(VoiceSelection voice, MediaDesk media) {
    return switch (voice.getSelectionCase()) {
      case VOICE_ID -> new VoiceWish.Named(voice.getVoiceId());
      case PROMPT ->
          new VoiceWish.Recorded(
              AudioMessages.sound(voice.getPrompt().getAudio(), media),
              voice.getPrompt().getTranscript());
      case BLEND ->
          new VoiceWish.Blended(
                  voice.getBlend().getVoicesList().stream()
                      .map(share ->
                          new VoiceWish.Blended.Share(share.getVoiceId(), share.getWeight()))
                      .toList())
              .scaled();
      case DESCRIPTION -> new VoiceWish.Described(voice.getDescription());
      case SELECTION_NOT_SET -> new VoiceWish.Usual();
    };
  }

  private static List<Pronunciation> pronunciations(SynthesisConfig config) {
    List<Pronunciation> read = new ArrayList<>(config.getPronunciationsCount());
    for (var given : config.getPronunciationsList()) {
      String alphabet = given.getAlphabet().toLowerCase(Locale.ROOT);
      if (!ALPHABETS.contains(alphabet)) {
        throw wrong(
            "config.pronunciations[" + read.size() + "].alphabet",
            alphabet.isEmpty() ? "not given" : "an unknown alphabet",
            "one of " + String.join(", ", ALPHABETS));
      }
      read.add(new Pronunciation(given.getPhrase(), alphabet, given.getPronunciation()));
    }
    return read;
  }

  private static Set<SpeechMark.Kind> marks(SynthesisConfig config) {
    Set<SpeechMark.Kind> kinds = EnumSet.noneOf(SpeechMark.Kind.class);
    for (var type : config.getMarksList()) {
      switch (type) {
        case TYPE_WORD -> kinds.add(SpeechMark.Kind.WORD);
        case TYPE_PHONEME -> kinds.add(SpeechMark.Kind.PHONEME);
        case TYPE_VISEME -> kinds.add(SpeechMark.Kind.VISEME);
        case TYPE_SSML_MARK -> kinds.add(SpeechMark.Kind.SSML_MARK);
        case TYPE_UNSPECIFIED, UNRECOGNIZED ->
            throw wrong("config.marks", "an unknown type", "a type of the schema");
      }
    }
    return kinds;
  }

  private static JsonValue extra(SynthesisConfig config) {
    JsonWriter out = new JsonWriter(64).beginObject();
    Extra.of(config.getExtraJson(), "config").writeTo(out, MODELLED);
    return out.endObject().toValue();
  }

  /** The text of a request, checked. */
  static SpeechText text(SynthesizeRequest request) {
    return switch (request.getInputCase()) {
      case TEXT -> {
        String text = bounded("text", request.getText());
        if (text.isBlank()) {
          throw wrong("text", text.isEmpty() ? "empty" : "only white space", "a text to speak");
        }
        yield new SpeechText.Plain(text);
      }
      case SSML -> {
        String document = bounded("ssml", request.getSsml());
        Ssml.check(document);
        yield new SpeechText.Ssml(document);
      }
      case INPUT_NOT_SET -> throw wrong("input", "neither text nor ssml", "one of both");
    };
  }

  /** Refuses what is longer than one message may be. */
  static String bounded(String field, String text) {
    if (text.length() > TEXT_MAX) {
      throw new HubException(new HubError.TooLarge("the text", field, TEXT_MAX, "characters"));
    }
    return text;
  }

  /**
   * What a caller is told.
   *
   * @param first the format of the stream, for its first chunk; else null
   */
  static SynthesizeResponse sound(SpokenEvent.Sound sound, @Nullable AudioFormat first) {
    AudioChunk.Builder chunk =
        AudioChunk.newBuilder()
            .setData(UnsafeByteOperations.unsafeWrap(sound.bytes()))
            .setOffsetMs(clamped(sound.offsetMs()));
    if (first != null) {
      chunk.setFormat(AudioFormats.write(first));
    }
    return SynthesizeResponse.newBuilder().setSegment(sound.segment()).setAudio(chunk).build();
  }

  static SynthesizeResponse marks(SpokenEvent.Marks told) {
    SpeechMarks.Builder marks = SpeechMarks.newBuilder();
    for (SpeechMark mark : told.marks()) {
      marks.addMarks(
          dev.parley.proto.v1.SpeechMark.newBuilder()
              .setType(type(mark.kind()))
              .setValue(mark.value())
              .setStart(mark.start())
              .setEnd(mark.end())
              .setTextStart(mark.textStart())
              .setTextEnd(mark.textEnd()));
    }
    return SynthesizeResponse.newBuilder().setSegment(told.segment()).setMarks(marks).build();
  }

  private static dev.parley.proto.v1.SpeechMark.Type type(SpeechMark.Kind kind) {
    return switch (kind) {
      case WORD -> dev.parley.proto.v1.SpeechMark.Type.TYPE_WORD;
      case PHONEME -> dev.parley.proto.v1.SpeechMark.Type.TYPE_PHONEME;
      case VISEME -> dev.parley.proto.v1.SpeechMark.Type.TYPE_VISEME;
      case SSML_MARK -> dev.parley.proto.v1.SpeechMark.Type.TYPE_SSML_MARK;
    };
  }

  static SynthesizeResponse end(SpokenEvent.Ended ended) {
    SegmentEnd.Builder end =
        SegmentEnd.newBuilder()
            .setReason(
                switch (ended.reason()) {
                  case COMPLETED -> SegmentEnd.Reason.REASON_COMPLETED;
                  case CANCELLED -> SegmentEnd.Reason.REASON_CANCELLED;
                })
            .setDurationMs(clamped(ended.durationMs()));
    ended.usage().ifPresent(usage -> end.setUsage(usage(usage, ended.durationMs())));
    return SynthesizeResponse.newBuilder().setSegment(ended.segment()).setEnd(end).build();
  }

  private static Usage usage(SpeechUsage usage, long durationMs) {
    return Usage.newBuilder()
        .setPromptTokens(clamped(usage.inputTokens()))
        .setCompletionTokens(clamped(usage.outputTokens()))
        .setTotalTokens(clamped(usage.totalTokens()))
        .setAudioMs(durationMs)
        .build();
  }

  static HubException wrong(String field, String found, String expected) {
    return new HubException(new HubError.InvalidRequest(field, found, expected));
  }

  private static int clamped(long value) {
    return (int) Math.min(Integer.MAX_VALUE, value);
  }
}
