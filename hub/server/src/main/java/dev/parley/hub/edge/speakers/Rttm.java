package dev.parley.hub.edge.speakers;

import dev.parley.core.speakers.Diarization;
import dev.parley.core.speakers.SpeakerTurn;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Turns as Rich Transcription Time Marked text, as NIST describes it: a line of ten columns for
 * each, parted by single spaces. Pure.
 */
final class Rttm {

  static final String MEDIA_TYPE = "text/x-rttm; charset=utf-8";

  private Rttm() {}

  /**
   * One line a turn.
   *
   * @param file what names the recording in each line
   */
  static byte[] write(Diarization found, String file) {
    StringBuilder out = new StringBuilder();
    for (SpeakerTurn turn : found.turns()) {
      // The first column is the kind of line, the third the channel.
      out.append("SPEAKER ").append(column(file)).append(" 1 ");
      out.append(seconds(turn.start())).append(' ').append(seconds(turn.end() - turn.start()));
      out.append(" <NA> <NA> ").append(column(turn.speaker())).append(" <NA> <NA>\n");
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }

  /** Nothing in a column may end it. */
  private static String column(String text) {
    String plain = text.strip().replaceAll("[\\s\\p{Cntrl}\\p{Z}]+", "_");
    return plain.isEmpty() ? "<NA>" : plain;
  }
}
