package dev.parley.hub.bench.fake;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The server of recognition as a process of its own: listens on the port given, takes the
 * milliseconds given for an answer, and ends with its standard input.
 */
public final class FakeRecognizerMain {

  private FakeRecognizerMain() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    try (FakeRecognizer recognizer = new FakeRecognizer(port, Long.parseLong(args[1]))) {
      System.out.println("port " + recognizer.port());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
