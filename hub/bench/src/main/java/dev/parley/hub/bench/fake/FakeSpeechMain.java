package dev.parley.hub.bench.fake;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The server of speech as a process of its own: listens on the port given and ends with its
 * standard input.
 */
public final class FakeSpeechMain {

  private FakeSpeechMain() {}

  public static void main(String[] args) throws IOException {
    try (FakeSpeech speech = new FakeSpeech(Integer.parseInt(args[0]))) {
      System.out.println("port " + speech.port());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
