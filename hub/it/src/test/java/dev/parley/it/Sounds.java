package dev.parley.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sound for tests: made here, or a recording beside the project where there is one. */
final class Sounds {

  static final Path SHARED = Path.of(System.getProperty("shared.dir", "../../../shared"));

  private Sounds() {}

  /** A recording below {@code audio}; the test is skipped, and says so, where it is absent. */
  static byte[] recording(String name) {
    Path path = SHARED.resolve("audio").resolve(name);
    assumeTrue(Files.exists(path), () -> "skipped: needs shared/audio/" + name);
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of model files; the test is skipped, and says so, where it is absent. */
  static Path models() {
    Path path = SHARED.resolve("models");
    assumeTrue(Files.exists(path), "skipped: needs shared/models");
    return path;
  }

  /** A tone as 16-bit samples, the same on every channel. */
  static byte[] tone(int rateHz, int channels, double seconds, double hertz) {
    int frames = (int) Math.round(rateHz * seconds);
    ByteBuffer pcm = ByteBuffer.allocate(frames * channels * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < frames; i++) {
      short sample = (short) Math.round(16_000 * Math.sin(2 * Math.PI * hertz * i / rateHz));
      for (int channel = 0; channel < channels; channel++) {
        pcm.putShort(sample);
      }
    }
    return pcm.array();
  }

  /** The same in a WAV file. */
  static byte[] wav(byte[] pcm, int rateHz, int channels) {
    ByteBuffer wav = ByteBuffer.allocate(44 + pcm.length).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + pcm.length);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) channels).putInt(rateHz);
    wav.putInt(rateHz * channels * 2).putShort((short) (channels * 2)).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(pcm.length).put(pcm);
    return wav.array();
  }

  /** The samples of a WAV file that the hub wrote, whose header leaves the length open. */
  static byte[] samples(byte[] wav) {
    ByteBuffer file = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 12; at + 8 <= wav.length; ) {
      int size = file.getInt(at + 4);
      if (file.getInt(at) == 0x61746164) {
        return Arrays.copyOfRange(wav, at + 8, wav.length);
      }
      at += 8 + size;
    }
    throw new AssertionError("no data in the WAV file");
  }

  /** The root mean square of 16-bit samples, full scale 1. */
  static double level(byte[] pcm) {
    ByteBuffer samples = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN);
    double sum = 0;
    int count = pcm.length / 2;
    for (int i = 0; i < count; i++) {
      double sample = samples.getShort(2 * i) / 32_768.0;
      sum += sample * sample;
    }
    return Math.sqrt(sum / Math.max(1, count));
  }

  /** A form with a file and values, names and values in turn. */
  record Form(String type, byte[] body) {
    static Form of(byte[] file, String... values) {
      String boundary = "a-boundary-0815";
      List<byte[]> parts = new ArrayList<>();
      for (int i = 0; i < values.length; i += 2) {
        parts.add(
            ("--"
                    + boundary
                    + "\r\ncontent-disposition: form-data; name=\""
                    + values[i]
                    + "\"\r\n\r\n"
                    + values[i + 1]
                    + "\r\n")
                .getBytes(StandardCharsets.UTF_8));
      }
      if (file.length > 0) {
        parts.add(
            ("--"
                    + boundary
                    + "\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n"
                    + "content-type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        parts.add(file);
        parts.add("\r\n".getBytes(StandardCharsets.UTF_8));
      }
      parts.add(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
      ByteBuffer body = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
      parts.forEach(body::put);
      return new Form("multipart/form-data; boundary=" + boundary, body.array());
    }
  }
}
