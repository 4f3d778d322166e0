package dev.parley.hub.bench.fake;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The backend as a process of its own: listens on the port given and ends with its standard input.
 */
public final class FakeBackendMain {

  private FakeBackendMain() {}

  public static void main(String[] args) throws IOException {
    try (FakeBackend backend = new FakeBackend(Integer.parseInt(args[0]))) {
      System.out.println("port " + backend.port());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
