package dev.parley.hub.bench.kernels;

import dev.parley.gpu.codec.AudioDecoder;
import dev.parley.gpu.codec.ByteInput;
import dev.parley.gpu.codec.DecodeLimits;
import dev.parley.gpu.codec.UnsupportedAudioException;
import dev.parley.gpu.resample.Profile;
import dev.parley.hub.bench.process.BenchFailure;
import dev.parley.hub.bench.sheet.NotHere;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder of recordings and what is known of them. */
record Recordings(Path folder) {

  /** Noisy and clean speech of the same length at 16 kHz. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Pair(String name, float[] noisy, float[] clean) {}

  /** Where a file lies. */
  Path path(String name) {
    Path path = folder.resolve(name);
    if (!Files.exists(path)) {
      throw new NotHere("needs " + path);
    }
    return path;
  }

  String text(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException e) {
      throw unread(name, e);
    }
  }

  /** The first channel at the rate that it has. */
  float[] samples(String name) {
    return decoded(name).samples;
  }

  /** The first channel at another rate. */
  float[] samples(String name, int rateHz) {
    Decoded decoded = decoded(name);
    return Streams.resampled(decoded.samples, decoded.rateHz, rateHz, Profile.VHQ);
  }

  /** Names of the files of a folder that end so, in order. */
  List<String> names(String under, String ending) {
    try (Stream<Path> files = Files.list(path(under))) {
      return files
          .map(file -> under + "/" + file.getFileName())
          .filter(name -> name.endsWith(ending))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unread(under, e);
    }
  }

  /** The pairs of VoiceBank and DEMAND. */
  List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (String name : names("denoise/vbd16k", "_noisy.wav")) {
      float[] noisy = samples(name);
      float[] clean = samples(name.replace("_noisy", "_clean"));
      int length = Math.min(noisy.length, clean.length);
      pairs.add(new Pair(name, Arrays.copyOf(noisy, length), Arrays.copyOf(clean, length)));
    }
    return pairs;
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Decoded(float[] samples, int rateHz) {}

  private Decoded decoded(String name) {
    try (AudioDecoder decoder =
        AudioDecoder.open(ByteInput.of(path(name)), Optional.empty(), DecodeLimits.DEFAULT)) {
      float[][] planes = new float[decoder.info().channels()][4096];
      float[] all = new float[1 << 16];
      int length = 0;
      for (int count; (count = decoder.read(planes)) > 0; length += count) {
        if (length + count > all.length) {
          all = Arrays.copyOf(all, 2 * all.length);
        }
        System.arraycopy(planes[0], 0, all, length, count);
      }
      return new Decoded(Arrays.copyOf(all, length), decoder.info().sampleRateHz());
    } catch (IOException | UnsupportedAudioException e) {
      throw new BenchFailure("cannot read " + name + ": " + e.getMessage(), e);
    }
  }

  private BenchFailure unread(String name, IOException cause) {
    return new BenchFailure("cannot read " + folder.resolve(name), cause);
  }
}
