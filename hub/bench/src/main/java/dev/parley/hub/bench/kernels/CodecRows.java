package dev.parley.hub.bench.kernels;

import dev.parley.gpu.codec.AudioDecoder;
import dev.parley.gpu.codec.AudioEncoder;
import dev.parley.gpu.codec.ByteInput;
import dev.parley.gpu.codec.DecodeLimits;
import dev.parley.gpu.codec.Encoding;
import dev.parley.gpu.codec.Format;
import dev.parley.gpu.codec.UnsupportedAudioException;
import dev.parley.hub.bench.kernels.Race.Contender;
import dev.parley.hub.bench.process.BenchFailure;
import dev.parley.hub.bench.sheet.Figures;
import dev.parley.hub.bench.sheet.Goal;
import dev.parley.hub.bench.sheet.Sheet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How fast sound becomes bytes of every encoding and bytes become sound, one channel of speech. */
final class CodecRows {

  private static final String SECTION = "codecs, speed of one core";
  private static final int RATE_HZ = 24_000;
  private static final int BLOCK = 4096;

  private CodecRows() {}

  static void add(Sheet sheet, KernelsOptions options, Recordings recordings) {
    for (Encoding encoding : Encoding.values()) {
      Goal encode = Goal.told(SECTION, encoding + ", encode", "x RT");
      Goal decode = Goal.told(SECTION, encoding + ", decode", "x RT");
      sheet.attempt(
          List.of(encode, decode),
          () -> {
            int rate = AudioEncoder.rateFor(encoding, RATE_HZ);
            float[] speech = recordings.samples("speech/en/jfk.wav", rate);
            Format format = new Format(encoding, rate, 1);
            byte[] bytes = encoded(format, speech);
            List<List<Double>> laps =
                Race.run(
                    Race.Pace.of(options),
                    List.of(
                        Contender.of(() -> encoded(format, speech)),
                        Contender.of(() -> decode(format, bytes))));
            double seconds = (double) speech.length / rate;
            sheet.add(encode, speed(seconds, laps.get(0)), List.of());
            sheet.add(decode, speed(seconds, laps.get(1)), List.of());
          });
    }
  }

  private static Figures speed(double soundSeconds, List<Double> seconds) {
    return new Figures(seconds.stream().map(s -> soundSeconds / s).toList());
  }

  private static byte[] encoded(Format format, float[] samples) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (AudioEncoder encoder = AudioEncoder.open(format, bytes::write)) {
      float[][] planes = {samples};
      for (int at = 0; at < samples.length; at += BLOCK) {
        encoder.write(planes, at, Math.min(BLOCK, samples.length - at));
      }
      encoder.finish();
    } catch (IOException e) {
      throw new BenchFailure("cannot encode " + format + ": " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  private static void decode(Format format, byte[] bytes) {
    Optional<Format> declared = format.encoding().isRaw() ? Optional.of(format) : Optional.empty();
    try (AudioDecoder decoder =
        AudioDecoder.open(ByteInput.of(bytes), declared, DecodeLimits.DEFAULT)) {
      float[][] planes = new float[decoder.info().channels()][BLOCK];
      while (decoder.read(planes) > 0) {
        // Nothing is done with the samples.
      }
    } catch (IOException | UnsupportedAudioException e) {
      throw new BenchFailure("cannot decode " + format + ": " + e.getMessage(), e);
    }
  }
}
