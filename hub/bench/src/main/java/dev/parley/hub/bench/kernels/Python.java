package dev.parley.hub.bench.kernels;

import dev.parley.hub.bench.sheet.NotHere;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Python beside us, for what is written in it: soxr, and the scores STOI and PESQ. */
final class Python implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 120;

  private final @Nullable Process process;
  private final Set<String> installed;

  private Python(@Nullable Process process, Set<String> installed) {
    this.process = process;
    this.installed = installed;
  }

  /** Starts one; where there is none, nothing is installed. */
  static Python start(String program) {
    try (InputStream script = Python.class.getResourceAsStream("peer.py")) {
      if (script == null) {
        throw new IllegalStateException("peer.py is not in the jar");
      }
      String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      Process process =
          new ProcessBuilder(List.of(program, "-c", text))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return new Python(process, Set.of(line(process).split(" ", -1)));
      } catch (NotHere e) {
        process.destroyForcibly();
        return new Python(null, Set.of());
      }
    } catch (IOException e) {
      return new Python(null, Set.of());
    }
  }

  boolean has(String name) {
    return installed.contains("numpy") && installed.contains(name);
  }

  /** Seconds of its processor time for so many seconds of noise. */
  double soxrSeconds(int inRate, int outRate, int block, int seconds) {
    return ask("soxr\t" + inRate + "\t" + outRate + "\t" + block + "\t" + seconds);
  }

  /** STOI or PESQ, by the name of the measure, of a signal beside a clean one. */
  double score(String measure, float[] clean, float[] found, int rateHz) {
    if (!has(measure.equals("stoi") ? "pystoi" : measure)) {
      throw new NotHere("needs a Python with " + measure + " (--python)");
    }
    try {
      Path first = Files.createTempFile("parley-clean", ".f32");
      Path second = Files.createTempFile("parley-found", ".f32");
      try {
        Files.write(first, bytes(clean));
        Files.write(second, bytes(found));
        return ask(measure + "\t" + rateHz + "\t" + first + "\t" + second);
      } finally {
        Files.delete(first);
        Files.delete(second);
      }
    } catch (IOException e) {
      throw new NotHere("needs room for temporary files: " + e.getMessage());
    }
  }

  private static byte[] bytes(float[] samples) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(samples);
    return bytes.array();
  }

  private double ask(String question) {
    Process asked = process;
    if (asked == null) {
      throw new NotHere("needs a Python (--python)");
    }
    try {
      Writer writer = asked.outputWriter(StandardCharsets.UTF_8);
      writer.write(question + "\n");
      writer.flush();
    } catch (IOException e) {
      throw new NotHere("the Python is gone: " + e.getMessage());
    }
    String answer = line(asked);
    try {
      return Double.parseDouble(answer);
    } catch (NumberFormatException e) {
      throw new NotHere("the Python says: " + answer);
    }
  }

  private static String line(Process process) {
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    try {
      String line =
          CompletableFuture.supplyAsync(() -> read(reader))
              .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .join();
      if (line.isEmpty()) {
        throw new NotHere("the Python does not answer");
      }
      return line;
    } catch (CompletionException e) {
      throw new NotHere("the Python does not answer: " + e.getCause());
    }
  }

  /** Empty at the end. */
  private static String read(BufferedReader reader) {
    try {
      String line = reader.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
