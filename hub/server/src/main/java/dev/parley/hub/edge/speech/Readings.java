package dev.parley.hub.edge.speech;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.speech.SpeechText;
import dev.parley.hub.speech.SpeechOrder;
import dev.parley.hub.speech.VoiceWish;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** How each route spells what it wants. What a route does not know travels on to the backend. */
final class Readings {

  private static final List<String> OPENAI_FORMATS =
      List.of("mp3", "opus", "aac", "flac", "wav", "pcm");
  private static final List<String> NATIVE_FORMATS =
      List.of("wav", "mp3", "opus", "aac", "flac", "pcm");
  private static final List<String> STREAM_FORMATS = List.of("audio", "sse");
  private static final int OPENAI_PCM_HZ = 24_000;
  private static final double SPEED_MIN = 0.25;
  private static final double SPEED_MAX = 4;

  private Readings() {}

  /** {@code /v1/audio/speech}. */
  static SpokenRequest openAi(Members members, Asking asking) {
    String text = members.text("input");
    VoiceWish voice = Wishes.openAiVoice(members);
    AudioFormat format = Wishes.format(members, OPENAI_FORMATS, OPENAI_PCM_HZ);
    boolean events = members.word("stream_format", STREAM_FORMATS).equals("sse");
    return request(
        members, asking, text, voice, format, events ? new Framings.Events() : bytes(""));
  }

  /** {@code /tts/synthesize} and {@code /tts/interpolate}: a file. */
  static SpokenRequest file(Members members, Asking asking, Function<Members, VoiceWish> voice) {
    String text = members.text("text");
    VoiceWish wish = voice.apply(members);
    AudioFormat format = AudioFormat.of(AudioEncoding.WAV, 0, 1);
    return request(members, asking, text, wish, format, bytes("parley_tts.wav"));
  }

  /** {@code /tts/stream}: events, or bytes for who asks for sound. */
  static SpokenRequest stream(Members members, Asking asking) {
    String text = members.text("text");
    VoiceWish voice = Wishes.named(members);
    AudioFormat format = Wishes.format(members, NATIVE_FORMATS, 0);
    boolean sound = asking.accept().toLowerCase(Locale.ROOT).contains("audio/");
    return request(members, asking, text, voice, format, sound ? bytes("") : new Framings.Events());
  }

  /** {@code /v1/generate}: a document for Voicebox. */
  static SpokenRequest document(Members members, Asking asking) {
    String text = members.text("text");
    VoiceWish voice = Wishes.prompt(members);
    AudioFormat format = AudioFormat.of(AudioEncoding.PCM_F32LE, 0, 1);
    return request(members, asking, text, voice, format, new Framings.Document());
  }

  private static Framing bytes(String fileName) {
    return new Framings.Bytes(fileName);
  }

  /** The members that all routes share are read here, and the rest is left over last. */
  private static SpokenRequest request(
      Members members,
      Asking asking,
      String text,
      VoiceWish voice,
      AudioFormat format,
      Framing framing) {
    String model = members.string("model");
    String language = members.string("language");
    double speed = members.number("speed", SPEED_MIN, SPEED_MAX).orElse(1);
    String instructions = members.string("instructions");
    OptionalLong seed = members.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    Optional<Boolean> split = members.bool("split_sentences");
    SpeechOrder order =
        new SpeechOrder(
            model,
            voice,
            language,
            format,
            speed,
            OptionalDouble.empty(),
            0,
            instructions,
            List.of(),
            Set.of(),
            seed,
            split,
            OptionalInt.empty(),
            members.rest(),
            asking.requestId(),
            asking.headers(),
            asking.caller());
    return new SpokenRequest(order, new SpeechText.Plain(text), framing);
  }
}
