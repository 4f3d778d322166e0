package dev.parley.hub.media;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.recognition.Clip;
import dev.parley.gpu.codec.ByteInput;
import dev.parley.gpu.codec.UnsupportedAudioException;
import dev.parley.gpu.resample.Profile;
import java.io.IOException;

/** Makes a sound ready for a backend: one channel at 16 kHz. For one thread at a time. */
final class Clipping implements Steps<Clipped> {

  private static final int BLOCKS_IN_A_STEP = 10;
  private static final String READABLE = "sound in a format that is read here";

  /** What encoders add at the ends is no reason to refuse. */
  private static final double SLACK_SECONDS = 0.1;

  private final ClipWish wish;
  private final Reader reader;
  private final ClipTape tape;
  private final Sink first;
  private final long start;
  private final long end;
  private float[][] part = {};

  private Clipping(Reader reader, ClipWish wish) throws IOException {
    this.wish = wish;
    this.reader = reader;
    this.tape = new ClipTape(wish.encoding());
    Sink resampled = Resampling.between(reader.rateHz(), Clip.RATE_HZ, 1, Profile.HQ, tape);
    this.first = Mixing.between(reader.channels(), 1, resampled);
    this.start = wish.span().firstFrame(reader.rateHz());
    this.end = wish.span().endFrame(reader.rateHz());
  }

  static Clipping begin(Sound sound, ClipWish wish) throws IOException {
    try (ByteInput bytes = sound.open().bytes()) {
      if (bytes.size() == 0) {
        throw unsupported(wish, "0 bytes");
      }
    }
    Reader reader;
    try {
      reader = Reader.open(sound);
    } catch (UnsupportedAudioException e) {
      throw unsupported(wish, String.valueOf(e.getMessage()));
    } catch (HubException e) {
      throw e.error() instanceof HubError.UnsupportedAudio(_, String found, String expected)
          ? new HubException(new HubError.UnsupportedAudio(wish.field(), found, expected), e)
          : e;
    }
    try {
      boolean whole = wish.span().equals(Span.WHOLE);
      if (whole && reader.seconds().orElse(0) > wish.secondsMax() + SLACK_SECONDS) {
        throw tooLong(wish);
      }
      return new Clipping(reader, wish);
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private static HubException unsupported(ClipWish wish, String found) {
    return new HubException(new HubError.UnsupportedAudio(wish.field(), found, READABLE));
  }

  private static HubException tooLong(ClipWish wish) {
    return new HubException(
        new HubError.TooLarge(
            wish.field(), "length of a recording", (long) wish.secondsMax(), "seconds"));
  }

  @Override
  public boolean advance() throws IOException {
    for (int i = 0; i < BLOCKS_IN_A_STEP; i++) {
      long before = reader.frames();
      int frames = before >= end ? -1 : read();
      if (frames < 0) {
        first.end();
        check();
        if (tape.samples() == 0) {
          throw unsupported(wish, "no sound in it");
        }
        return false;
      }
      pass(before, frames);
      check();
    }
    return true;
  }

  private int read() throws IOException {
    try {
      return reader.next();
    } catch (UnsupportedAudioException e) {
      throw unsupported(wish, String.valueOf(e.getMessage()));
    }
  }

  private void check() {
    if (tape.samples() > (wish.secondsMax() + SLACK_SECONDS) * Clip.RATE_HZ) {
      throw tooLong(wish);
    }
    if (tape.size() > wish.bytesMax()) {
      throw new HubException(
          new HubError.TooLarge(wish.field(), "size of a recording", wish.bytesMax()));
    }
  }

  private void pass(long before, int frames) throws IOException {
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
  public Clipped found() {
    return new Clipped(tape.clip(), tape.peak());
  }

  @Override
  public void close() {
    try (reader) {
      first.close();
    }
  }
}
