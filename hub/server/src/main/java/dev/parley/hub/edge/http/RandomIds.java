package dev.parley.hub.edge.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Makes request ids: {@code req_} and 96 random bits, which name a call and protect nothing. */
public final class RandomIds implements Supplier<String> {

  private static final HexFormat HEX = HexFormat.of();

  @Override
  public String get() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "req_" + HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextInt());
  }
}
