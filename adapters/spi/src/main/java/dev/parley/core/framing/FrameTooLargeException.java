package dev.parley.core.framing;

/// One message of a stream is larger than allowed. The decoder that threw it cannot go on; end the
/// stream.
public final class FrameTooLargeException extends RuntimeException {

  private final int bytesMax;

  FrameTooLargeException(String what, int bytesMax) {
    super(what + " larger than " + bytesMax + " bytes");
    this.bytesMax = bytesMax;
  }

  /// The limit that was passed, in bytes.
  public int bytesMax() {
    return bytesMax;
  }
}
