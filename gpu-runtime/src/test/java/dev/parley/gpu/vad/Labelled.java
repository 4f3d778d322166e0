package dev.parley.gpu.vad;

import dev.parley.gpu.Shared;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Recordings with labels, on a grid of 10 ms: a frame is speech when its middle is. */
final class Labelled {

  static final int FRAME = 160;

  private Labelled() {}

  /** A recording and whether each whole frame of it is speech. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Clip(String name, float[] samples, boolean[] speech) {}

  /** The fifteen clips of the TEN test set that are here. */
  static List<Clip> ten() {
    List<Clip> clips = new ArrayList<>();
    for (int number = 1; number < 30; number += 2) {
      String name = "vad/ten/testset-audio-%02d".formatted(number);
      float[] samples = Shared.wav(name + ".wav").samples();
      String[] words = text("audio/" + name + ".scv").strip().split(",", -1);
      boolean[] speech = new boolean[samples.length / FRAME];
      for (int i = 1; i + 2 < words.length; i += 3) {
        if (words[i + 2].equals("1")) {
          mark(speech, Double.parseDouble(words[i]), Double.parseDouble(words[i + 1]));
        }
      }
      clips.add(new Clip(name, samples, speech));
    }
    return clips;
  }

  /** Three excerpts of meetings, far from the microphone. */
  static List<Clip> ami() {
    List<Clip> clips = new ArrayList<>();
    for (String name : List.of("trn01", "trn03", "trn05")) {
      float[] samples = Shared.wav("vad/ami/" + name + ".wav").samples();
      boolean[] speech = new boolean[samples.length / FRAME];
      for (String line : text("audio/vad/ami/labels.rttm").split("\n", -1)) {
        String[] words = line.split(" ", -1);
        if (words.length > 4 && words[1].equals(name)) {
          double start = Double.parseDouble(words[3]);
          mark(speech, start, start + Double.parseDouble(words[4]));
        }
      }
      clips.add(new Clip(name, samples, speech));
    }
    return clips;
  }

  /** Recordings at 16 kHz without speech. */
  static List<Clip> noise() {
    List<Clip> clips = new ArrayList<>();
    for (String name :
        List.of(
            "noise/koala-noise.wav",
            "noise/speechbrain-noise2.wav",
            "noise/speechbrain-noise3.wav",
            "vad/leopard-empty.wav")) {
      float[] samples = Shared.wav(name).samples();
      clips.add(new Clip(name, samples, new boolean[samples.length / FRAME]));
    }
    return clips;
  }

  private static void mark(boolean[] speech, double from, double to) {
    for (int i = 0; i < speech.length; i++) {
      double middle = i * 0.01 + 0.005;
      if (middle >= from && middle < to) {
        speech[i] = true;
      }
    }
  }

  private static String text(String name) {
    return new String(Shared.bytes(name), StandardCharsets.UTF_8);
  }
}
