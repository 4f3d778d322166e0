package dev.parley.gpu.codec;

import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.NOT_AUDIO;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.OVER_LIMIT;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.TRUNCATED;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.UNSUPPORTED_CODEC;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A WAV file that arrives in pieces of any length, as from a server that writes it while it speaks.
 * Servers do not know the length when they write the header, so a length is believed only where
 * something that is no sound follows it: another chunk, or another header of the same kind. Works
 * in memory alone and never waits. For one thread at a time.
 */
public final class WavDecoder {

  /** Names and pictures may stand before the samples, but no more than this. */
  private static final int HEADER_BYTES_MAX = 1 << 20;

  private static final int RIFF_BYTES = 12;
  private static final int TAG_BYTES = 4;
  private static final Set<String> CHUNKS =
      Set.of(
          "LIST", "list", "id3 ", "ID3 ", "fact", "cue ", "smpl", "bext", "JUNK", "junk", "PAD ",
          "FLLR", "PEAK", "iXML", "axml", "afsp", "inst", "acid", "note", "labl", "_PMX", "umid");

  private final DecodeLimits limits;
  private byte[] before = {};
  private int tryAgainAt = RIFF_BYTES;
  private @Nullable WavTrack track;
  private boolean over;

  /**
   * A new file.
   *
   * @param limits its channels and rate count here
   */
  public WavDecoder(DecodeLimits limits) {
    this.limits = limits;
  }

  /** What takes decoded samples. */
  @FunctionalInterface
  public interface Taker {
    /** Takes the first {@code frames} of every channel, full scale 1, finite. */
    void accept(float[][] planes, int frames) throws IOException;
  }

  /** Frames a second; 0 while the header has not come. */
  public int sampleRateHz() {
    return track == null ? 0 : track.header().sampleRateHz();
  }

  /** Channels; 0 while the header has not come. */
  public int channels() {
    return track == null ? 0 : track.header().channels();
  }

  /**
   * Takes all bytes and gives the frames that are whole with them.
   *
   * @throws UnsupportedAudioException if this is no WAV file, or one that is not read here
   * @throws IOException if the taker threw it
   */
  public void decode(byte[] bytes, Taker to) throws IOException, UnsupportedAudioException {
    byte[] more = bytes;
    while (!over && more.length > 0) {
      if (track == null || track.isFull()) {
        before = joined(before, more);
        int used = track == null ? header() : behind(track);
        if (used < 0) {
          return;
        }
        more = Arrays.copyOfRange(before, used, before.length);
        before = new byte[0];
      } else {
        int used = track.take(more, to);
        more = used == more.length ? new byte[0] : Arrays.copyOfRange(more, used, more.length);
      }
    }
  }

  private static byte[] joined(byte[] held, byte[] more) {
    if (held.length == 0) {
      return more;
    }
    byte[] all = Arrays.copyOf(held, held.length + more.length);
    System.arraycopy(more, 0, all, held.length, more.length);
    return all;
  }

  /** Reads the header and tells its length; -1 while it is not all there. */
  private int header() throws UnsupportedAudioException {
    if (before.length < tryAgainAt) {
      return -1;
    }
    if (!isWav()) {
      throw new UnsupportedAudioException(NOT_AUDIO, "not a WAV file");
    }
    ArrayInput in = new ArrayInput(before);
    WavHeader header;
    try {
      header = WavHeader.read(in);
    } catch (UnsupportedAudioException e) {
      if (e.reason() != TRUNCATED) {
        throw e;
      }
      waitForMore();
      return -1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Limits.check(limits, header.channels(), header.sampleRateHz());
    track = next(header);
    tryAgainAt = RIFF_BYTES;
    return in.position();
  }

  private void waitForMore() throws UnsupportedAudioException {
    if (before.length > HEADER_BYTES_MAX) {
      throw new UnsupportedAudioException(
          OVER_LIMIT, "no sound in the first " + HEADER_BYTES_MAX + " bytes of a WAV file");
    }
    // A long header is not read again for every byte of it.
    tryAgainAt = before.length + Math.max(1, before.length / 8);
  }

  private WavTrack next(WavHeader header) throws UnsupportedAudioException {
    SampleForm form = header.form();
    if (form == null) {
      throw new UnsupportedAudioException(
          UNSUPPORTED_CODEC, "a WAV file whose sound is no plain samples");
    }
    if (track != null && !track.isLike(header)) {
      throw new UnsupportedAudioException(
          UNSUPPORTED_CODEC, "a WAV file whose rate or channels change on the way");
    }
    return new WavTrack(form, header);
  }

  private boolean isWav() {
    boolean isRiff = tagAt(0, "RIFF") || tagAt(0, "RF64") || tagAt(0, "BW64");
    return isRiff && tagAt(8, "WAVE");
  }

  private boolean tagAt(int at, String tag) {
    return before.length >= at + TAG_BYTES
        && new String(before, at, TAG_BYTES, StandardCharsets.ISO_8859_1).equals(tag);
  }

  /** Looks at what follows the declared samples; -1 while too little of it is there. */
  private int behind(WavTrack now) throws UnsupportedAudioException {
    // Chunks begin at even places.
    int padding = (int) (now.header().dataBytes() & 1);
    if (before.length < padding + TAG_BYTES || (tagAt(0, "RIFF") && before.length < tryAgainAt)) {
      return -1;
    }
    if (isWav()) {
      return header();
    }
    if (CHUNKS.stream().anyMatch(chunk -> tagAt(0, chunk) || tagAt(padding, chunk))) {
      over = true;
      return before.length;
    }
    now.goOn();
    return 0;
  }

  /**
   * Nothing follows: gives what was not yet known to be sound; half a sample is forgotten.
   *
   * @throws UnsupportedAudioException if bytes came, and no whole header
   * @throws IOException if the taker threw it
   */
  public void end(Taker to) throws IOException, UnsupportedAudioException {
    if (track == null && before.length > 0) {
      throw new UnsupportedAudioException(
          TRUNCATED, "truncated: the WAV file ends before its first sample");
    }
    if (track != null && !over && before.length < TAG_BYTES) {
      track.goOn();
      track.take(before, to);
    }
    before = new byte[0];
    over = true;
  }
}
