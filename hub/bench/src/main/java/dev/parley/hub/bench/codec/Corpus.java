package dev.parley.hub.bench.codec;

import dev.parley.gpu.codec.AudioEncoder;
import dev.parley.gpu.codec.Encoding;
import dev.parley.gpu.codec.Format;
import dev.parley.hub.bench.process.BenchFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Sound files to break: one of every encoding that has a header, and those of a folder. */
record Corpus(List<byte[]> files) {

  /** What lies further back than this is more of the same, but for an index at the end. */
  private static final int BYTES_MAX = 100 << 10;

  private static final int RATE_HZ = 24_000;

  static Corpus with(Path folder) {
    List<byte[]> files = new ArrayList<>();
    try {
      for (Encoding encoding : Encoding.values()) {
        if (!encoding.isRaw()) {
          files.add(made(new Format(encoding, RATE_HZ, 1)));
          files.add(made(new Format(encoding, RATE_HZ, 2)));
        }
      }
      if (Files.isDirectory(folder)) {
        try (Stream<Path> paths = Files.list(folder)) {
          for (Path path : paths.sorted().toList()) {
            byte[] file = Files.readAllBytes(path);
            files.add(Arrays.copyOf(file, Math.min(file.length, BYTES_MAX)));
          }
        }
      }
    } catch (IOException e) {
      throw new BenchFailure("no files to break: " + e.getMessage(), e);
    }
    return new Corpus(List.copyOf(files));
  }

  private static byte[] made(Format format) throws IOException {
    float[][] planes = new float[format.channels()][RATE_HZ];
    for (float[] plane : planes) {
      for (int i = 0; i < plane.length; i++) {
        plane[i] = (float) (0.4 * Math.sin(i * 0.05) * Math.sin(i * 0.0007));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (AudioEncoder encoder = AudioEncoder.open(format, bytes::write)) {
      encoder.write(planes, 0, RATE_HZ);
      encoder.finish();
    }
    return bytes.toByteArray();
  }
}
