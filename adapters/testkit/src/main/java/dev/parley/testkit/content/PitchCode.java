package dev.parley.testkit.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;

/**
 * Text as tones: each byte of its UTF-8 form is two tones of 20 ms, the high half first, out of 16
 * pitches. A 17th stands for "the same once more", so that two neighbours never sound alike; an
 * 18th opens and closes every utterance.
 */
final class PitchCode {
  static final double TONE_SECONDS = 0.020;
  static final int REPEAT = 16;
  static final int GUARD = 17;
  static final int PITCHES = 18;

  /** Distance of two pitches: tones of 20 ms are told apart safely. */
  static final double STEP_HERTZ = 180;

  private static final double EDGE_SECONDS = 0.002;

  private PitchCode() {}

  /** The pitches of a text, a guard at either end. */
  static int[] pitches(String text) {
    var bytes = text.getBytes(UTF_8);
    var pitches = new int[bytes.length * 2 + 2];
    pitches[0] = GUARD;
    for (var i = 0; i < bytes.length * 2; i++) {
      var half = i % 2 == 0 ? bytes[i / 2] >> 4 & 15 : bytes[i / 2] & 15;
      pitches[i + 1] = pitches[i] == half ? REPEAT : half;
    }
    pitches[pitches.length - 1] = GUARD;
    return pitches;
  }

  /**
   * One sample of these pitches.
   *
   * @param lowestHertz frequency of pitch 0
   * @param time seconds from the beginning of the first tone, within the last one at most
   * @return -1 to 1
   */
  static double wave(int[] pitches, double lowestHertz, double time) {
    var slot = Math.min(pitches.length - 1, (int) (time / TONE_SECONDS));
    var within = time - slot * TONE_SECONDS;
    var hertz = lowestHertz + STEP_HERTZ * pitches[slot];
    return edge(within) * Math.sin(2 * Math.PI * hertz * within);
  }

  /**
   * The text of an utterance as far as it was heard: its first letters when the closing guard is
   * missing, its last ones when only the opening one is; nothing when both are. Letters of which a
   * part is missing are left out.
   */
  static String text(List<Integer> tones) {
    var opened = !tones.isEmpty() && tones.getFirst() == GUARD;
    var closed = tones.size() > 1 && tones.getLast() == GUARD;
    var onlyClosed = !opened && closed;
    if (!opened && !closed) {
      return "";
    }
    var halves = halves(tones.subList(opened ? 1 : 0, tones.size() - (closed ? 1 : 0)));
    var from = onlyClosed ? halves.size() % 2 : 0;
    var bytes = ByteBuffer.allocate(halves.size() / 2);
    while (bytes.hasRemaining()) {
      bytes.put((byte) (halves.get(from) << 4 | halves.get(from + 1)));
      from += 2;
    }
    return readable(bytes.flip());
  }

  private static List<Integer> halves(List<Integer> tones) {
    var halves = new ArrayList<Integer>();
    for (int tone : tones) {
      if (tone < REPEAT) {
        halves.add(tone);
      } else if (tone == REPEAT && !halves.isEmpty()) {
        halves.add(halves.getLast());
      }
    }
    return halves;
  }

  private static String readable(ByteBuffer bytes) {
    try {
      CharBuffer text =
          UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.IGNORE)
              .onUnmappableCharacter(CodingErrorAction.IGNORE)
              .decode(bytes);
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("bytes that are no text are passed over", e);
    }
  }

  private static double edge(double within) {
    var distance = Math.min(within, TONE_SECONDS - within);
    return distance >= EDGE_SECONDS
        ? 1
        : 0.5 - 0.5 * Math.cos(Math.PI * Math.max(0, distance) / EDGE_SECONDS);
  }
}
