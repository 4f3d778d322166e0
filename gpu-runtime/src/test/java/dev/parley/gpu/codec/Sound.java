package dev.parley.gpu.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/** Samples in memory, made, encoded and decoded whole. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Sound(float[][] planes, int rateHz) {

  /** Two slowly swelling tones, different in each channel, and a little noise. */
  static Sound tones(int channels, int rateHz, int frames) {
    float[][] planes = new float[channels][frames];
    SplittableRandom noise = new SplittableRandom(7);
    for (int channel = 0; channel < channels; channel++) {
      double low = 2 * Math.PI * (220 + 110 * channel) / rateHz;
      double high = 2 * Math.PI * (900 + 170 * channel) / rateHz;
      for (int i = 0; i < frames; i++) {
        double swell = 0.5 - 0.5 * Math.cos(2 * Math.PI * i * 2.5 / rateHz);
        planes[channel][i] =
            (float)
                (0.3 * swell * Math.sin(low * i)
                    + 0.15 * Math.sin(high * i)
                    + 0.002 * (noise.nextDouble() - 0.5));
      }
    }
    return new Sound(planes, rateHz);
  }

  int channels() {
    return planes.length;
  }

  int frames() {
    return planes[0].length;
  }

  byte[] encoded(Encoding encoding) throws IOException {
    return encoded(new Format(encoding, rateHz, channels()), frames());
  }

  /** Encoded with so many frames a call. */
  byte[] encoded(Format format, int step) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (AudioEncoder encoder = AudioEncoder.open(format, bytes::write)) {
      for (int at = 0; at < frames(); at += step) {
        encoder.write(planes, at, Math.min(step, frames() - at));
      }
      encoder.finish();
    }
    return bytes.toByteArray();
  }

  static Sound decoded(byte[] bytes) throws IOException, UnsupportedAudioException {
    return decoded(ByteInput.of(bytes), Optional.empty());
  }

  /** Decoded from an input that cannot seek. */
  static Sound streamed(byte[] bytes) throws IOException, UnsupportedAudioException {
    return decoded(ByteInput.of(new ByteArrayInputStream(bytes)), Optional.empty());
  }

  static Sound decoded(ByteInput in, Optional<Format> declared)
      throws IOException, UnsupportedAudioException {
    try (AudioDecoder decoder = AudioDecoder.open(in, declared, DecodeLimits.DEFAULT)) {
      return rest(decoder, 1_000);
    }
  }

  /** All that a decoder still gives, so many frames a call. */
  static Sound rest(AudioDecoder decoder, int step) throws IOException, UnsupportedAudioException {
    StreamInfo info = decoder.info();
    float[][] all = new float[info.channels()][1 << 12];
    float[][] part = new float[info.channels()][step];
    int filled = 0;
    for (int count; (count = decoder.read(part)) > 0; filled += count) {
      for (int channel = 0; channel < all.length; channel++) {
        if (filled + count > all[channel].length) {
          all[channel] = Arrays.copyOf(all[channel], Math.max(filled + count, filled * 2));
        }
        System.arraycopy(part[channel], 0, all[channel], filled, count);
      }
    }
    for (int channel = 0; channel < all.length; channel++) {
      all[channel] = Arrays.copyOf(all[channel], filled);
    }
    return new Sound(all, info.sampleRateHz());
  }

  /** Every {@code factor}-th frame, after a low-pass of 48 taps a side at the new band's edge. */
  Sound decimated(int factor) {
    int side = 48;
    double[] taps = new double[2 * side + 1];
    for (int i = -side; i <= side; i++) {
      double x = Math.PI * i / factor;
      double window = 0.5 + 0.5 * Math.cos(Math.PI * i / (side + 1));
      taps[i + side] = window / factor * (i == 0 ? 1 : Math.sin(x) / x);
    }
    float[][] fewer = new float[channels()][frames() / factor];
    for (int channel = 0; channel < channels(); channel++) {
      for (int i = 0; i < fewer[channel].length; i++) {
        double sum = 0;
        for (int k = -side; k <= side; k++) {
          int at = i * factor + k;
          sum += at < 0 || at >= frames() ? 0 : taps[k + side] * planes[channel][at];
        }
        fewer[channel][i] = (float) sum;
      }
    }
    return new Sound(fewer, rateHz / factor);
  }

  /** Signal to difference in dB of a channel, this taken {@code lag} frames later. */
  double snr(float[] reference, int channel, int lag) {
    double signal = 0;
    double difference = 0;
    float[] own = planes[channel];
    for (int i = Math.max(0, -lag); i < reference.length && i + lag < own.length; i++) {
      double error = own[i + lag] - reference[i];
      signal += (double) reference[i] * reference[i];
      difference += error * error;
    }
    return 10 * Math.log10(signal / Math.max(difference, 1e-30));
  }

  /** How alike a channel is to a reference, -1 to 1, this taken {@code lag} frames later. */
  double likeness(float[] reference, int channel, int lag) {
    double own2 = 0;
    double other2 = 0;
    double both = 0;
    float[] own = planes[channel];
    for (int i = Math.max(0, -lag); i < reference.length && i + lag < own.length; i++) {
      own2 += (double) own[i + lag] * own[i + lag];
      other2 += (double) reference[i] * reference[i];
      both += (double) own[i + lag] * reference[i];
    }
    return both / Math.sqrt(own2 * other2 + 1e-30);
  }
}
