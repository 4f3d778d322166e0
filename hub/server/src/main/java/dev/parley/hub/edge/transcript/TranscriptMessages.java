package dev.parley.hub.edge.transcript;

import com.google.protobuf.ByteString;
import dev.parley.core.json.JsonValue;
import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.LanguageGuess;
import dev.parley.core.recognition.LanguageNames;
import dev.parley.core.recognition.RecognitionUsage;
import dev.parley.core.recognition.Transcript;
import dev.parley.hub.recognition.order.RecognizedEvent;
import dev.parley.proto.v1.DetectLanguageResponse;
import dev.parley.proto.v1.LanguageCandidate;
import dev.parley.proto.v1.RecognizeResponse;
import dev.parley.proto.v1.Segment;
import dev.parley.proto.v1.TokenLogprob;
import dev.parley.proto.v1.Usage;
import dev.parley.proto.v1.Word;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Transcripts as messages of the schema. */
public final class TranscriptMessages {

  private static final int INT_MAX = Integer.MAX_VALUE;

  private TranscriptMessages() {}

  /** The whole answer. */
  public static RecognizeResponse response(RecognizedEvent.Written written) {
    Transcript transcript = written.transcript();
    RecognizeResponse.Builder response =
        RecognizeResponse.newBuilder()
            .setText(transcript.text())
            .setLanguage(transcript.language())
            .setDuration(transcript.seconds().orElse(0))
            .setSamplingRate(Clip.RATE_HZ)
            .setExtraJson(extra(transcript.extra()));
    told(transcript.languageProbability(), response::setLanguageProbability);
    written.stretches().forEach(stretch -> response.addSegments(segment(stretch)));
    transcript.logprobs().forEach(logprob -> response.addLogprobs(logprob(logprob)));
    OptionalDouble seconds =
        transcript.usage().seconds().isPresent()
            ? transcript.usage().seconds()
            : transcript.seconds();
    if (seconds.isPresent() || transcript.usage().hasTokens()) {
      response.setUsage(usage(transcript.usage(), seconds));
    }
    return response.build();
  }

  /** A stretch with its number and channel. */
  public static Segment segment(RecognizedEvent.Stretch stretch) {
    return segment(stretch.id(), stretch.channel(), stretch.segment());
  }

  /** A stretch. */
  public static Segment segment(int id, int channel, dev.parley.core.recognition.Segment said) {
    Segment.Builder segment =
        Segment.newBuilder()
            .setId(id)
            .setStart(said.start())
            .setEnd(said.end())
            .setText(said.text())
            .setSpeaker(said.speaker())
            .setChannel(channel)
            .setLanguage(said.language())
            .addAllTokens(said.tokens())
            .setExtraJson(extra(said.extra()));
    said.words().forEach(word -> segment.addWords(word(word)));
    told(said.scores().probability(), segment::setProbability);
    told(said.scores().avgLogprob(), segment::setAvgLogprob);
    told(said.scores().noSpeech(), segment::setNoSpeechProb);
    told(said.scores().compressionRatio(), segment::setCompressionRatio);
    told(said.scores().temperature(), segment::setTemperature);
    return segment.build();
  }

  private static Word word(dev.parley.core.recognition.Word said) {
    Word.Builder word =
        Word.newBuilder()
            .setWord(said.text())
            .setStart(said.start())
            .setEnd(said.end())
            .setSpeaker(said.speaker());
    told(said.probability(), word::setProbability);
    return word.build();
  }

  private static TokenLogprob logprob(dev.parley.core.recognition.TokenLogprob told) {
    TokenLogprob.Builder logprob =
        TokenLogprob.newBuilder().setToken(told.token()).setLogprob(told.logprob());
    if (!told.bytes().isEmpty()) {
      ByteString.Output bytes = ByteString.newOutput(told.bytes().size());
      told.bytes().forEach(bytes::write);
      logprob.setBytes(bytes.toByteString());
    }
    return logprob.build();
  }

  private static Usage usage(RecognitionUsage used, OptionalDouble seconds) {
    Usage.Builder usage = Usage.newBuilder();
    used.inputTokens().ifPresent(count -> usage.setPromptTokens(Math.clamp(count, 0, INT_MAX)));
    used.audioTokens().ifPresent(count -> usage.setInputAudioTokens(Math.clamp(count, 0, INT_MAX)));
    used.outputTokens()
        .ifPresent(count -> usage.setCompletionTokens(Math.clamp(count, 0, INT_MAX)));
    used.totalTokens().ifPresent(count -> usage.setTotalTokens(Math.clamp(count, 0, INT_MAX)));
    seconds.ifPresent(length -> usage.setAudioMs(Math.round(length * 1_000)));
    return usage.build();
  }

  /** Which language it is; what could be it where the model tells. */
  public static DetectLanguageResponse languages(Transcript transcript) {
    DetectLanguageResponse.Builder response = DetectLanguageResponse.newBuilder();
    for (LanguageGuess guess : transcript.languages()) {
      LanguageCandidate.Builder candidate =
          LanguageCandidate.newBuilder().setCode(guess.tag()).setName(name(guess.tag()));
      told(guess.probability(), candidate::setProbability);
      response.addAllLanguages(candidate);
    }
    boolean named = !transcript.language().isEmpty() || transcript.languages().isEmpty();
    response.setDetectedLanguage(
        named ? transcript.language() : transcript.languages().getFirst().tag());
    told(probability(transcript, response.getDetectedLanguage()), response::setProbability);
    return response.build();
  }

  private static OptionalDouble probability(Transcript transcript, String detected) {
    if (transcript.languageProbability().isPresent()) {
      return transcript.languageProbability();
    }
    return transcript.languages().stream()
        .filter(guess -> guess.tag().equals(detected))
        .map(LanguageGuess::probability)
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  /** English names begin with a capital. */
  private static String name(String tag) {
    StringBuilder name = new StringBuilder(LanguageNames.english(tag));
    for (int i = 0; i < name.length(); i++) {
      if (i == 0 || name.charAt(i - 1) == ' ') {
        name.setCharAt(i, Character.toUpperCase(name.charAt(i)));
      }
    }
    return name.toString();
  }

  private static String extra(JsonValue members) {
    return members.isObject() && members.object().size() > 0 ? members.raw() : "";
  }

  private static void told(OptionalDouble value, Consumer<Float> set) {
    value.ifPresent(number -> set.accept((float) number));
  }
}
