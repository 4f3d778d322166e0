package dev.parley.hub.bench.kernels;

import dev.parley.gpu.vad.SpeechDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A recording at 16 kHz with labels on a grid of 10 ms: a frame is speech when its middle is.
 *
 * @param speech for each whole frame
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Clip(String name, float[] samples, boolean[] speech) {

  static final int FRAME = 160;

  /** The clips of the TEN test set that are here. */
  static List<Clip> ten(Recordings recordings) {
    List<Clip> clips = new ArrayList<>();
    for (String name : recordings.names("vad/ten", ".wav")) {
      Clip clip = silent(name, recordings.samples(name));
      String[] words = recordings.text(name.replace(".wav", ".scv")).strip().split(",", -1);
      for (int i = 1; i + 2 < words.length; i += 3) {
        if (words[i + 2].equals("1")) {
          clip.mark(Double.parseDouble(words[i]), Double.parseDouble(words[i + 1]));
        }
      }
      clips.add(clip);
    }
    return clips;
  }

  /** Excerpts of meetings, far from the microphone. */
  static List<Clip> ami(Recordings recordings) {
    List<Clip> clips = new ArrayList<>();
    List<String> lines = recordings.text("vad/ami/labels.rttm").lines().toList();
    for (String name : recordings.names("vad/ami", ".wav")) {
      Clip clip = silent(name, recordings.samples(name));
      for (String line : lines) {
        String[] words = line.split(" ", -1);
        if (words.length > 4 && name.endsWith("/" + words[1] + ".wav")) {
          double start = Double.parseDouble(words[3]);
          clip.mark(start, start + Double.parseDouble(words[4]));
        }
      }
      clips.add(clip);
    }
    return clips;
  }

  /** Recordings without speech: all of noise and of silence, and a noise of the full band. */
  static List<Clip> noise(Recordings recordings) {
    List<String> names = new ArrayList<>(recordings.names("noise", ""));
    names.addAll(
        List.of(
            "vad/almost_silent.wav",
            "vad/digital_silence.wav",
            "vad/leopard-empty.wav",
            "denoise/fullband48k/noise_freesound_573577.wav"));
    List<Clip> clips = new ArrayList<>();
    for (String name : names) {
      clips.add(silent(name, recordings.samples(name, SpeechDetector.RATE_HZ)));
    }
    return clips;
  }

  private static Clip silent(String name, float[] samples) {
    return new Clip(name.toLowerCase(Locale.ROOT), samples, new boolean[samples.length / FRAME]);
  }

  private void mark(double from, double to) {
    for (int i = 0; i < speech.length; i++) {
      double middle = i * 0.01 + 0.005;
      if (middle >= from && middle < to) {
        speech[i] = true;
      }
    }
  }
}
