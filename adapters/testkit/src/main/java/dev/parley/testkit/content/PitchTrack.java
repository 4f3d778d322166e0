package dev.parley.testkit.content;

import java.util.Arrays;

/**
 * Which of the {@link PitchCode}'s pitches sounds at each moment, whatever sounds below them. A
 * frame of 10 ms lies around every block of 2 ms; its pitch is the strongest one, if it is much
 * stronger than all others together and not much softer than what sounds before and after it.
 */
final class PitchTrack {
  static final int NONE = -1;

  private static final double BLOCK_SECONDS = 0.002;

  /** How much of what sounds at the pitches one of them must hold. */
  private static final float PURITY = 0.5f;

  /** Power against the loudest nearby: 12 dB less, which is a tone in half of a frame. */
  private static final float NEARBY_SHARE = 0.06f;

  /** Power against the loudest of all: 30 dB less. */
  private static final float OVERALL_SHARE = 0.001f;

  /** Power of a tone of amplitude 0.0005, which is silence. */
  private static final float LEAST_POWER = 2.5e-7f;

  private static final int FRAMES_OF_STRETCH = 100;

  private final byte[] pitches;
  private final float[] powers;
  private final double hopSeconds;

  private PitchTrack(int frames, double hopSeconds) {
    pitches = new byte[frames];
    powers = new float[frames];
    this.hopSeconds = hopSeconds;
  }

  static PitchTrack of(float[] mono, int rateHz, double lowestHertz) {
    var block = (int) Math.round(BLOCK_SECONDS * rateHz);
    var track = new PitchTrack(mono.length / block, (double) block / rateHz);
    var correlation = new Correlation(block, rateHz, lowestHertz);
    for (var frame = 0; frame < track.frames(); frame++) {
      track.set(frame, correlation.powers(mono, frame));
    }
    track.dropQuiet();
    return track;
  }

  int frames() {
    return pitches.length;
  }

  double hopSeconds() {
    return hopSeconds;
  }

  /** The pitch that sounds in a frame, or {@link #NONE}. */
  int pitch(int frame) {
    return pitches[frame];
  }

  /** The middle of a frame. */
  double seconds(int frame) {
    return (frame + 0.5) * hopSeconds;
  }

  private void set(int frame, float[] each) {
    var strongest = 0;
    var sum = 0f;
    for (var pitch = 0; pitch < each.length; pitch++) {
      sum += each[pitch];
      strongest = each[pitch] > each[strongest] ? pitch : strongest;
    }
    powers[frame] = each[strongest];
    pitches[frame] = (byte) (each[strongest] > PURITY * sum ? strongest : NONE);
  }

  private void dropQuiet() {
    var stretches = new float[powers.length / FRAMES_OF_STRETCH + 1];
    for (var frame = 0; frame < powers.length; frame++) {
      var stretch = frame / FRAMES_OF_STRETCH;
      stretches[stretch] = Math.max(stretches[stretch], powers[frame]);
    }
    var overall = LEAST_POWER;
    for (var loudest : stretches) {
      overall = Math.max(overall, OVERALL_SHARE * loudest);
    }
    for (var frame = 0; frame < powers.length; frame++) {
      var stretch = frame / FRAMES_OF_STRETCH;
      var from = Math.max(0, stretch - 1);
      var to = Math.min(stretches.length, stretch + 2);
      var nearby = 0f;
      for (var i = from; i < to; i++) {
        nearby = Math.max(nearby, stretches[i]);
      }
      if (powers[frame] < Math.max(overall, NEARBY_SHARE * nearby)) {
        pitches[frame] = NONE;
      }
    }
  }

  /** Power of each pitch in frames of five blocks; each sample is looked at once. */
  private static final class Correlation {
    private static final int BLOCKS = 5;

    private final int block;
    private final float[][] cosines;
    private final float[][] sines;
    private final double[] turns = new double[PitchCode.PITCHES];
    private final float[] weights = new float[BLOCKS];
    private final float[][] real = new float[BLOCKS][PitchCode.PITCHES];
    private final float[][] imaginary = new float[BLOCKS][PitchCode.PITCHES];
    private final float[] powers = new float[PitchCode.PITCHES];
    private int heard;

    Correlation(int block, int rateHz, double lowestHertz) {
      this.block = block;
      cosines = new float[block][PitchCode.PITCHES];
      sines = new float[block][PitchCode.PITCHES];
      for (var pitch = 0; pitch < PitchCode.PITCHES; pitch++) {
        var turn = 2 * Math.PI * (lowestHertz + PitchCode.STEP_HERTZ * pitch) / rateHz;
        turns[pitch] = turn * block;
        for (var i = 0; i < block; i++) {
          cosines[i][pitch] = (float) Math.cos(turn * i);
          sines[i][pitch] = (float) Math.sin(turn * i);
        }
      }
      for (var i = 0; i < BLOCKS; i++) {
        // Half the amplitude of a steady tone would be the sum of the weights over the block.
        weights[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / BLOCKS));
        weights[i] *= 4f / (BLOCKS * block);
      }
    }

    /** The square of each pitch's amplitude around this block, which is the one after the last. */
    float[] powers(float[] mono, int frame) {
      var ahead = frame + BLOCKS / 2;
      while (heard <= ahead) {
        hear(mono, heard++);
      }
      Arrays.fill(powers, 0);
      for (var pitch = 0; pitch < powers.length; pitch++) {
        var re = 0f;
        var im = 0f;
        for (var i = 0; i < BLOCKS; i++) {
          var at = frame - BLOCKS / 2 + i;
          if (at >= 0) {
            re += weights[i] * real[at % BLOCKS][pitch];
            im += weights[i] * imaginary[at % BLOCKS][pitch];
          }
        }
        powers[pitch] = re * re + im * im;
      }
      return powers;
    }

    private void hear(float[] mono, int index) {
      var re = real[index % BLOCKS];
      var im = imaginary[index % BLOCKS];
      Arrays.fill(re, 0);
      Arrays.fill(im, 0);
      var from = index * block;
      for (var i = 0; i < Math.min(block, mono.length - from); i++) {
        var sample = mono[from + i];
        for (var pitch = 0; pitch < PitchCode.PITCHES; pitch++) {
          re[pitch] += sample * cosines[i][pitch];
          im[pitch] -= sample * sines[i][pitch];
        }
      }
      for (var pitch = 0; pitch < PitchCode.PITCHES; pitch++) {
        // Blocks add up only as parts of one tone that goes on.
        var turn = turns[pitch] * index;
        var cos = (float) Math.cos(turn);
        var sin = (float) Math.sin(turn);
        var turned = re[pitch] * cos + im[pitch] * sin;
        im[pitch] = im[pitch] * cos - re[pitch] * sin;
        re[pitch] = turned;
      }
    }
  }
}
