package dev.parley.hub.media;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.gpu.codec.UnsupportedAudioException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads sound, sends the wanted part through stages to a writer, and gives what that wrote. */
final class Conversion implements PieceSource<Piece> {

  private final Reader reader;
  private final Sink first;
  private final Writer writer;
  private final long start;
  private final long end;
  private float[][] part = {};
  private boolean ended;

  /**
   * @param first the first stage; the last one is the writer
   */
  Conversion(Reader reader, Sink first, Writer writer, Span span) {
    this.reader = reader;
    this.first = first;
    this.writer = writer;
    this.start = span.firstFrame(reader.rateHz());
    this.end = span.endFrame(reader.rateHz());
  }

  @Override
  public @Nullable Piece next() throws IOException {
    try {
      while (!ended && !writer.hasBytes()) {
        block();
      }
    } catch (UnsupportedAudioException e) {
      throw (HubException) Failures.known(e);
    }
    return writer.hasBytes() ? writer.take() : null;
  }

  private void block() throws IOException, UnsupportedAudioException {
    long before = reader.frames();
    int frames = before >= end ? -1 : reader.next();
    if (frames < 0) {
      ended = true;
      if (reader.frames() < start) {
        throw new HubException(
            new HubError.InvalidRequest(
                "start",
                "behind the end of the audio",
                "less than " + (double) reader.frames() / reader.rateHz() + " s"));
      }
      first.end();
      return;
    }
    int from = Math.clamp(start - before, 0, frames);
    int to = Math.clamp(end - before, 0, frames);
    if (from == 0 && to == frames) {
      first.accept(reader.block(), frames);
    } else if (to > from) {
      first.accept(cut(from, to), to - from);
    }
  }

  private float[][] cut(int from, int to) {
    float[][] block = reader.block();
    if (part.length == 0) {
      part = new float[block.length][block[0].length];
    }
    for (int channel = 0; channel < block.length; channel++) {
      System.arraycopy(block[channel], from, part[channel], 0, to - from);
    }
    return part;
  }

  @Override
  public void close() {
    try (reader) {
      first.close();
    }
  }
}
