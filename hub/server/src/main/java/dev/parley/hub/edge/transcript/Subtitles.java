package dev.parley.hub.edge.transcript;

import dev.parley.hub.recognition.order.RecognizedEvent;

/** Transcripts as subtitles. */
public final class Subtitles {

  private static final char[] VTT_SPECIAL = {'&', '<', '>'};

  private Subtitles() {}

  /** SubRip: numbered cues, speakers as {@code Name: }. */
  public static String srt(RecognizedEvent.Written written) {
    StringBuilder out = new StringBuilder(256);
    int number = 0;
    for (Cue cue : Cues.of(written, speaker -> TextWidth.of(prefix(speaker)))) {
      out.append(++number).append('\n');
      times(out, cue, ',');
      out.append(prefix(cue.speaker()));
      cue.lines().forEach(line -> out.append(line).append('\n'));
      out.append('\n');
    }
    return out.toString();
  }

  private static String prefix(String speaker) {
    return speaker.isEmpty() ? "" : oneLine(speaker) + ": ";
  }

  /** WebVTT: speakers as {@code <v Name>}. */
  public static String vtt(RecognizedEvent.Written written) {
    StringBuilder out = new StringBuilder("WEBVTT\n\n");
    for (Cue cue : Cues.of(written, _ -> 0)) {
      times(out, cue, '.');
      if (!cue.speaker().isEmpty()) {
        out.append("<v ").append(escaped(oneLine(cue.speaker()))).append('>');
      }
      cue.lines().forEach(line -> out.append(escaped(line)).append('\n'));
      out.append('\n');
    }
    return out.toString();
  }

  /** Text in which nothing is markup, nor an arrow between times. */
  private static String escaped(String text) {
    String escaped = text;
    for (char special : VTT_SPECIAL) {
      if (text.indexOf(special) >= 0) {
        escaped = escaped.replace(String.valueOf(special), entity(special));
      }
    }
    return escaped;
  }

  private static String entity(char special) {
    return switch (special) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      default -> "&gt;";
    };
  }

  private static String oneLine(String name) {
    return name.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
  }

  private static void times(StringBuilder out, Cue cue, char point) {
    time(out, cue.startMs(), point);
    out.append(" --> ");
    time(out, cue.endMs(), point);
    out.append('\n');
  }

  /** Two digits of hours, or as many as there are. */
  private static void time(StringBuilder out, long ms, char point) {
    padded(out, ms / 3_600_000, 2);
    padded(out.append(':'), ms / 60_000 % 60, 2);
    padded(out.append(':'), ms / 1_000 % 60, 2);
    padded(out.append(point), ms % 1_000, 3);
  }

  private static void padded(StringBuilder out, long number, int digits) {
    String text = Long.toString(number);
    out.repeat('0', Math.max(0, digits - text.length())).append(text);
  }
}
