package dev.parley.gpu;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Recordings, labels and model files beside the project; a test that asks for one is skipped, and
 * says so, where they are absent.
 */
public final class Shared {

  private static final Path ROOT = Path.of(System.getProperty("shared.dir", "../../shared"));

  private Shared() {}

  /** A sound of one channel: samples with full scale 1, and their rate in Hz. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Sound(float[] samples, int rateHz) {}

  /** Where a file of the folder lies. */
  public static Path path(String name) {
    Path path = ROOT.resolve(name).normalize();
    assumeTrue(Files.exists(path), () -> "skipped: needs shared/" + name);
    return path;
  }

  /** A file's bytes. */
  public static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A model file's bytes, by its path below {@code models}. */
  public static byte[] model(String name) {
    return bytes("models/" + name);
  }

  /** The first channel of a WAV file of 16-bit integers or 32-bit floats, below {@code audio}. */
  public static Sound wav(String name) {
    ByteBuffer file = ByteBuffer.wrap(bytes("audio/" + name)).order(ByteOrder.LITTLE_ENDIAN);
    int rate = 0;
    int channels = 0;
    int bits = 0;
    for (int at = 12; at + 8 <= file.limit(); ) {
      int kind = file.getInt(at);
      int size = file.getInt(at + 4);
      int body = at + 8;
      if (kind == 0x20746d66) {
        channels = file.getShort(body + 2);
        rate = file.getInt(body + 4);
        bits = file.getShort(body + 14);
      } else if (kind == 0x61746164) {
        int length = Math.min(size, file.limit() - body);
        return new Sound(samples(file, body, length, channels, bits), rate);
      }
      at = body + size + (size & 1);
    }
    throw new IllegalArgumentException("no samples in " + name);
  }

  private static float[] samples(ByteBuffer file, int at, int bytes, int channels, int bits) {
    int step = channels * bits / 8;
    float[] samples = new float[bytes / step];
    for (int i = 0; i < samples.length; i++) {
      int place = at + i * step;
      samples[i] =
          switch (bits) {
            case 16 -> file.getShort(place) / 32768f;
            case 32 -> file.getFloat(place);
            default -> throw new IllegalArgumentException(bits + " bits a sample");
          };
    }
    return samples;
  }
}
