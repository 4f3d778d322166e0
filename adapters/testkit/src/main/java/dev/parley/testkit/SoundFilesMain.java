package dev.parley.testkit;

import dev.parley.testkit.content.Dialogue;
import dev.parley.testkit.content.Talk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Writes WAV files at {@value #RATE_HZ} Hz of which fakes understand the words or know the
 * speakers. Options, each as often as wanted: {@code --talk TEXT FILE}, where a {@code /} between
 * blanks is a rest of a second, and {@code --dialogue TURNS FILE}, where TURNS are {@code
 * SPEAKER:START-END} with speakers from 0 and seconds, with commas between.
 */
public final class SoundFilesMain {
  private static final int RATE_HZ = 16_000;
  private static final double EDGE_SECONDS = 0.3;
  private static final double REST_SECONDS = 1;
  private static final String USAGE =
      "usage: SoundFilesMain [--talk TEXT FILE]... [--dialogue SPEAKER:START-END,... FILE]...";

  private SoundFilesMain() {}

  /** Exits with 2 and the usage when an option is not understood. */
  public static void main(String[] args) throws IOException {
    try {
      var rest = List.of(args).iterator();
      while (rest.hasNext()) {
        var option = rest.next();
        var sound =
            switch (option) {
              case "--talk" -> talk(value(option, rest));
              case "--dialogue" -> dialogue(value(option, rest));
              default -> throw new IllegalArgumentException("unknown option " + option);
            };
        Files.write(Path.of(value(option, rest)), sound);
      }
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(USAGE);
      System.exit(2);
    }
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs two values");
    }
    return rest.next();
  }

  private static byte[] talk(String text) {
    var talk = Talk.begin(RATE_HZ).silence(EDGE_SECONDS);
    var parts = text.split(" / ", -1);
    for (var i = 0; i < parts.length; i++) {
      talk.silence(i > 0 ? REST_SECONDS : 0).say(parts[i]);
    }
    return talk.silence(EDGE_SECONDS).wav();
  }

  private static byte[] dialogue(String turns) {
    return new Dialogue(Arrays.stream(turns.split(",", -1)).map(SoundFilesMain::turn).toList())
        .wav(RATE_HZ);
  }

  private static Dialogue.Turn turn(String text) {
    var parts = text.split("[:-]", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(text + " (expected: SPEAKER:START-END)");
    }
    return new Dialogue.Turn(
        Integer.parseInt(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
  }
}
