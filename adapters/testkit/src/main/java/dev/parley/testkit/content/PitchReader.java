package dev.parley.testkit.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@link SpokenText} back. Every 2 ms it asks which pitch is the strongest in the 10 ms
 * around (Goertzel's filter under a Hann window); a pitch that lasts is a tone, and as neighbours
 * never sound alike, nothing hangs on when exactly a tone begins.
 */
final class PitchReader {
  private static final double HOP_SECONDS = 0.002;
  private static final double WINDOW_SECONDS = 0.010;
  private static final int FRAMES_OF_TONE = 3;
  private static final double QUIET_SHARE = 0.05;
  private static final double QUIET_PEAK = 1e-4;

  /** How much of a window's energy one pitch must hold; a pure tone holds all of it. */
  private static final double PURITY = 0.5;

  private static final int NOISE = -1;
  private static final int SILENCE = -2;

  private final float[] mono;
  private final double rate;
  private final double[] window;
  private final double quiet;

  private final List<String> utterances = new ArrayList<>();
  private final List<Integer> halves = new ArrayList<>();
  private int last = NOISE;

  PitchReader(float[] mono, int sampleRateHz) {
    this.mono = mono;
    rate = sampleRateHz;
    window = hann((int) Math.round(WINDOW_SECONDS * sampleRateHz));
    var peak = 0.0;
    for (var sample : mono) {
      peak = Math.max(peak, Math.abs(sample));
    }
    quiet = peak < QUIET_PEAK ? Double.POSITIVE_INFINITY : peak * QUIET_SHARE;
  }

  List<String> utterances() {
    var frames = (int) (mono.length / (HOP_SECONDS * rate)) + 1;
    var pause = SpokenText.PAUSE_MILLIS / (HOP_SECONDS * 1000);
    var candidate = NOISE;
    var run = 0;
    var silent = 0;
    for (var frame = 0; frame < frames; frame++) {
      var pitch = pitch((int) Math.round(frame * HOP_SECONDS * rate));
      silent = pitch == SILENCE ? silent + 1 : 0;
      if (silent >= pause) {
        end();
      }
      run = pitch == candidate ? run + 1 : 1;
      candidate = pitch;
      if (run == FRAMES_OF_TONE && pitch >= 0 && pitch != last) {
        hear(pitch);
      }
    }
    end();
    return List.copyOf(utterances);
  }

  private void hear(int pitch) {
    if (pitch == PitchCode.GUARD) {
      end();
    } else if (pitch != PitchCode.REPEAT) {
      halves.add(pitch);
    } else if (!halves.isEmpty()) {
      halves.add(halves.getLast());
    }
    last = pitch;
  }

  private void end() {
    var bytes = new ByteArrayOutputStream();
    for (var i = 0; i + 1 < halves.size(); i += 2) {
      bytes.write(halves.get(i) << 4 | halves.get(i + 1));
    }
    if (bytes.size() > 0) {
      utterances.add(bytes.toString(UTF_8));
    }
    halves.clear();
    last = NOISE;
  }

  private int pitch(int middle) {
    var from = middle - window.length / 2;
    var loudest = 0.0;
    var energy = 0.0;
    var weights = 0.0;
    for (var i = 0; i < window.length; i++) {
      var sample = at(from + i);
      loudest = Math.max(loudest, Math.abs(sample));
      energy += window[i] * sample * sample;
      weights += window[i];
    }
    if (loudest < quiet) {
      return SILENCE;
    }
    var best = NOISE;
    var strongest = PURITY * weights * energy / 2;
    for (var pitch = 0; pitch < PitchCode.PITCHES; pitch++) {
      var power = power(from, SpokenText.hertz(pitch));
      if (power > strongest) {
        strongest = power;
        best = pitch;
      }
    }
    return best;
  }

  private double power(int from, double hertz) {
    var turn = 2 * Math.cos(2 * Math.PI * hertz / rate);
    var one = 0.0;
    var two = 0.0;
    for (var i = 0; i < window.length; i++) {
      var next = window[i] * at(from + i) + turn * one - two;
      two = one;
      one = next;
    }
    return one * one + two * two - turn * one * two;
  }

  private float at(int index) {
    return index < 0 || index >= mono.length ? 0 : mono[index];
  }

  private static double[] hann(int length) {
    var window = new double[length];
    for (var i = 0; i < length; i++) {
      window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / length);
    }
    return window;
  }
}
