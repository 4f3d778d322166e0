package dev.parley.testkit.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.Marker;
import dev.parley.testkit.content.SpokenText;
import dev.parley.testkit.content.Wave;
import dev.parley.testkit.content.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * How a fake speaks: {@link SpokenText}, so that a test can read back what was said. Makes raw
 * samples and WAV; other formats only with an encoder that the test brings. A marker {@code
 * [[error]]} in the text breaks the speech off after two pieces. Settings hold for later requests.
 */
public final class SpeechRoute {
  private static final int PIECES_BEFORE_FAILURE = 2;
  private static final Map<String, String> TYPES =
      Map.of(
          "pcm", "audio/pcm",
          "wav", "audio/wav",
          "mp3", "audio/mpeg",
          "flac", "audio/flac",
          "opus", "audio/ogg",
          "aac", "audio/aac");

  private final Map<String, UnaryOperator<byte[]>> encoders = new ConcurrentHashMap<>();
  private volatile int sampleRateHz = 24_000;
  private volatile int pieceMillis = 100;
  private volatile int leadMillis = SpokenText.SILENCE_MILLIS;
  private volatile int trailMillis = SpokenText.SILENCE_MILLIS;
  private volatile String member = "audio";
  private volatile Duration perCharacter = Duration.ZERO;

  SpeechRoute() {}

  /** The model's own rate. */
  public void sampleRateHz(int rate) {
    sampleRateHz = rate;
  }

  /** Length of the pieces in which streamed speech is written. */
  public void pieceMillis(int millis) {
    pieceMillis = millis;
  }

  /** Silence before and after each speech. */
  public void silence(int lead, int trail) {
    leadMillis = lead;
    trailMillis = trail;
  }

  /** The name of the member that carries the sound in events: {@code audio} or {@code delta}. */
  public void eventMember(String name) {
    member = name;
  }

  /** How long making the sound of one character takes. */
  public void perCharacter(Duration time) {
    perCharacter = time;
  }

  /** Makes a format of WAV files. */
  public void encoder(String format, UnaryOperator<byte[]> ofWav) {
    encoders.put(format, ofWav);
  }

  int sampleRateHz() {
    return sampleRateHz;
  }

  /** The behaviour with the time that the work takes, and with the end that a failure has. */
  Behaviour behave(String input, Answer own, Behaviour behaviour) {
    var how = behaviour;
    var work = perCharacter.multipliedBy(Marker.strip(input).length());
    if (!work.isZero()) {
      how =
          own.streamed()
              ? how.paced(work.dividedBy(Math.max(1, own.frames().size())))
              : how.delayed(work);
    }
    var raw = own.streamed() && own.headers().getOrDefault("content-type", "").startsWith("audio/");
    // Nothing in the bytes says so: the connection is only closed.
    return raw && Marker.in(input, "error") ? how.closeAfter(PIECES_BEFORE_FAILURE) : how;
  }

  /** The whole speech at once, with its length. */
  Answer whole(String input, String format, int rate) {
    refuseMarked(input);
    return Answer.of(200, type(format), packed(pcm(input, rate), format, rate));
  }

  /** The speech piece by piece; a WAV file with open sizes. */
  Answer streamed(String input, String format, int rate) {
    var pcm = pcm(input, rate);
    var bytes = format.equals("wav") ? Wave.openFile(pcm, rate) : packed(pcm, format, rate);
    return new Answer(200, Map.of("content-type", type(format)), pieces(bytes, rate), true);
  }

  /**
   * The speech as events.
   *
   * @param named whether each event has its name on a line of its own too
   * @param done the last event, without its type
   * @param failure the event in place of the rest, without its type
   */
  Answer events(String input, boolean named, ObjectNode done, ObjectNode failure) {
    var frames = new ArrayList<String>();
    for (var piece : pieces(pcm(input, sampleRateHz), sampleRateHz)) {
      if (Marker.in(input, "error") && frames.size() == PIECES_BEFORE_FAILURE) {
        frames.add(event("speech.audio.error", failure, named));
        return Answer.events(frames);
      }
      var delta = Json.object().put(member, Base64.getEncoder().encodeToString(piece));
      if (named) {
        delta.put("response_format", "pcm");
      }
      frames.add(event("speech.audio.delta", delta, named));
    }
    frames.add(event("speech.audio.done", done, named));
    return Answer.events(frames);
  }

  /** A done event's counts: words in, tenths of a second out. */
  ObjectNode usage(String input) {
    var in = Words.count(Marker.strip(input));
    var out = (int) (SpokenText.seconds(Marker.strip(input)) * 10);
    return Json.object()
        .put("input_tokens", in)
        .put("output_tokens", out)
        .put("total_tokens", in + out);
  }

  static String text(ObjectNode body) {
    var input = body.path("input");
    if (!input.isTextual() || input.asText().isEmpty()) {
      throw Refusal.invalid("Missing required parameter: 'input'.", "input");
    }
    return input.asText();
  }

  static double speed(ObjectNode body, double least, double most) {
    var speed = body.path("speed").asDouble(1);
    if (speed < least || speed > most) {
      throw Refusal.invalid(
          "Invalid value for 'speed': expected " + least + " to " + most + ".", "speed");
    }
    return speed;
  }

  byte[] pcm(String input, int rate) {
    return SpokenText.pcm(Marker.strip(input), rate, leadMillis, trailMillis);
  }

  private byte[] packed(byte[] pcm, String format, int rate) {
    if (format.equals("pcm")) {
      return pcm;
    }
    var wav = Wave.file(pcm, rate);
    if (format.equals("wav")) {
      return wav;
    }
    var encoder = encoders.get(format);
    if (encoder == null) {
      throw Refusal.invalid(
          "This fake has no encoder for response_format '" + format + "'.", "response_format");
    }
    return encoder.apply(wav);
  }

  private List<byte[]> pieces(byte[] bytes, int rate) {
    var size = Math.max(2, rate * pieceMillis / 1000 * 2);
    var pieces = new ArrayList<byte[]>();
    for (var from = 0; from < bytes.length; from += size) {
      pieces.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
    }
    return pieces;
  }

  private static String type(String format) {
    var type = TYPES.get(format);
    if (type == null) {
      throw Refusal.invalid("Unsupported response_format '" + format + "'.", "response_format");
    }
    return type;
  }

  private static void refuseMarked(String input) {
    if (Marker.in(input, "error")) {
      throw new Refusal(Trouble.FAILED, "the engine stopped", null);
    }
  }

  private static String event(String type, ObjectNode content, boolean named) {
    var data = Json.object().put("type", type);
    data.setAll(content);
    var line = Answer.event(data);
    return named ? "event: " + type + "\n" + line : line;
  }
}
