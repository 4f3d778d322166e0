package dev.parley.gpu.graph;

/** A file or a graph that cannot be run; becomes a {@code ModelFailedException} at the border. */
final class Malformed extends RuntimeException {

  Malformed(String message) {
    super(message);
  }
}
