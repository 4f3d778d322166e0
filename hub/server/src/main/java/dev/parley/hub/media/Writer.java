package dev.parley.hub.media;

import dev.parley.core.audio.AudioFormat;
import dev.parley.gpu.codec.AudioEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Encodes sound and keeps the bytes until they are taken. For one thread at a time. */
final class Writer implements Sink {

  private static final int PIECE_BYTES_USUAL = 16 << 10;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(PIECE_BYTES_USUAL);
  private final AudioEncoder encoder;
  private final int rateHz;
  private long frames;
  private long firstOfPiece;

  Writer(AudioFormat format) throws IOException {
    this.rateHz = format.sampleRateHz();
    this.encoder = AudioEncoder.open(Formats.toWrite(format), bytes::write);
  }

  @Override
  public void accept(float[][] planes, int count) throws IOException {
    encoder.write(planes, 0, count);
    frames += count;
  }

  /** Makes all that came so far decodable; the frames of silence that this took. */
  int flush() throws IOException {
    int silence = encoder.flush();
    frames += silence;
    return silence;
  }

  @Override
  public void end() throws IOException {
    encoder.finish();
  }

  boolean hasBytes() {
    return bytes.size() > 0;
  }

  /** What was encoded since the last time. */
  Piece take() {
    Piece piece = new Piece(bytes.toByteArray(), firstOfPiece * 1_000 / rateHz);
    bytes.reset();
    firstOfPiece = frames;
    return piece;
  }

  @Override
  public void close() {
    encoder.close();
  }
}
