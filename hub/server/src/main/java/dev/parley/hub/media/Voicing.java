package dev.parley.hub.media;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.gpu.resample.Profile;
import dev.parley.gpu.resample.Resampler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Many utterances, spoken one by one, as one encoded sound. Their bytes come while backends make
 * them, in any format, cut anywhere; bytes of the stream leave as soon as its coding lets them,
 * within 20 ms for plain samples. What decoders cannot read before they have all of it (everything
 * but plain samples and WAV) is kept until {@link #end}, at most 16 MiB of it. For one thread at a
 * time. The first use of a coding other than plain samples and WAV loads native code.
 */
public final class Voicing implements AutoCloseable {

  /** What a stream without any sound is, where the caller left that open. */
  private static final int RATE_UNKNOWN_HZ = 24_000;

  private final AudioFormat wanted;
  private final double gainDb;
  private @Nullable Line line;
  private @Nullable SpeechBytes bytes;
  private @Nullable Sink first;
  private int rateHz;
  private int channels;
  private double speed = 1;
  private boolean finished;
  private boolean closed;
  private boolean light;
  private long segmentStart;
  private Joint joint = Joint.WHOLE;
  private boolean continues;

  /** What is made once for the whole stream. */
  private record Line(AudioFormat format, Writer writer, Joining joining, Cutter cutter) {}

  private Voicing(AudioFormat wanted, double gainDb) {
    this.wanted = wanted;
    this.gainDb = gainDb;
  }

  /**
   * A new stream.
   *
   * @param wanted what the caller asked for; an open encoding is 16-bit samples, a rate and
   *     channels that are open follow the first sound
   * @param gainDb 0 leaves the level alone
   * @throws dev.parley.core.error.HubException when the encoding cannot have what was asked for
   */
  public static Voicing of(AudioFormat wanted, double gainDb) {
    Formats.wanted(wanted, RATE_UNKNOWN_HZ, 1);
    return new Voicing(wanted, gainDb);
  }

  /**
   * An utterance begins.
   *
   * @param format what its bytes will be
   * @param speedLeft how much faster it still has to become, 0.25..4; 1: it has its speed. Where
   *     something is to be done, its channels become one.
   * @param how it follows what was before
   * @throws UnreadableSoundException when such bytes cannot be read
   */
  public void begin(AudioFormat format, double speedLeft, Joint how)
      throws UnreadableSoundException {
    if (bytes != null) {
      throw new IllegalStateException("begin before end or breakOff");
    }
    joint = how;
    continues = false;
    open(format, speedLeft);
    Line now = line;
    if (now != null) {
      quietly(() -> now.joining().begin(how));
    }
  }

  private void open(AudioFormat format, double speedLeft) throws UnreadableSoundException {
    bytes = SpeechBytes.of(format);
    speed = speedLeft;
    first = null;
    if (format.encoding().filter(AudioEncoding::isHeaderless).isPresent()) {
      int count = Math.max(1, format.channels());
      settle(format.sampleRateHz(), count);
      light = isLight(format.sampleRateHz());
    } else {
      boolean isPlain = format.encoding().equals(Optional.of(AudioEncoding.WAV));
      light = isPlain && line == null && isLight(RATE_UNKNOWN_HZ);
    }
  }

  /**
   * The next bytes of the utterance.
   *
   * @throws UnreadableSoundException when they are not what was said; {@link #breakOff} may follow
   */
  public void sound(byte[] more) throws UnreadableSoundException {
    SpeechBytes now = bytes;
    if (now == null) {
      throw new IllegalStateException("sound before begin");
    }
    try {
      now.take(more, this::hear);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The utterance is complete.
   *
   * @throws UnreadableSoundException when its bytes are not what was said; {@link #breakOff} may
   *     follow
   */
  public void end() throws UnreadableSoundException {
    SpeechBytes now = bytes;
    if (now == null) {
      throw new IllegalStateException("end before begin");
    }
    try {
      now.end(this::hear);
      if (first != null) {
        first.end();
      } else if (line != null) {
        line.joining().end();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytes = null;
    first = null;
  }

  /**
   * The utterance broke off, or is not wanted any more: what of it has not left is dropped, its
   * last 5 ms fade out as soon as something other than {@link #resume} follows.
   */
  public void breakOff() {
    bytes = null;
    first = null;
    continues = true;
    if (line != null) {
      line.joining().breakOff();
    }
  }

  /**
   * After {@link #breakOff}: the same utterance comes again, from its start. As much of it as has
   * left is skipped, up to the quietest place within the last 400 ms of that, so that a listener
   * hears it about once; there it fades over from what was heard.
   *
   * @param format what its bytes will be
   * @param speedLeft as for {@link #begin}
   * @throws UnreadableSoundException when such bytes cannot be read
   */
  public void resume(AudioFormat format, double speedLeft) throws UnreadableSoundException {
    if (!continues) {
      throw new IllegalStateException("resume before breakOff");
    }
    continues = false;
    Line before = line;
    open(format, speedLeft);
    Line now = line;
    if (before != null) {
      before.joining().resume();
    } else if (now != null) {
      quietly(() -> now.joining().begin(joint));
    }
  }

  /**
   * All that was spoken so far shall be heard, whatever follows: codings with frames are filled up
   * with silence, which counts as part of the next pause.
   */
  public void endSegment() {
    requireNoUtterance("endSegment");
    Line now = line;
    if (now != null) {
      quietly(() -> {
        now.joining().settle();
        now.joining().passed(now.writer().flush());
      });
    }
    segmentStart = framesOut();
  }

  /** Nothing follows: the rest of the bytes is ready then. Harmless when repeated. */
  public void finish() {
    requireNoUtterance("finish");
    if (finished) {
      return;
    }
    finished = true;
    Line now = settle(RATE_UNKNOWN_HZ, 1);
    quietly(() -> {
      now.joining().settle();
      now.writer().end();
    });
  }

  private void requireNoUtterance(String what) {
    if (bytes != null) {
      throw new IllegalStateException(what + " before end or breakOff");
    }
  }

  private void hear(int rate, float[][] planes, int frames)
      throws IOException, UnreadableSoundException {
    Sink to = first;
    if (to == null) {
      boolean isNew = line == null;
      Line now = settle(rate, planes.length);
      if (isNew) {
        now.joining().begin(joint);
      }
      to = chain(rate, planes.length, now);
      first = to;
      light = isLight(rate);
    } else if (rate != rateHz || planes.length != channels) {
      throw new UnreadableSoundException("sound whose rate or channels change on the way");
    }
    to.accept(planes, frames);
  }

  private Sink chain(int rate, int count, Line to) throws UnreadableSoundException {
    if (rate < Resampler.RATE_MIN) {
      throw new UnreadableSoundException(rate + " samples a second");
    }
    rateHz = rate;
    channels = count;
    int out = to.format().channels();
    int narrow = speed == 1 ? Math.min(count, out) : 1;
    Sink mixed = Mixing.between(narrow, out, to.joining());
    // Its 3 ms are less than those of HQ, and what it lets pass is below 16 bits.
    Sink resampled =
        Resampling.between(rate, to.format().sampleRateHz(), narrow, Profile.REALTIME, mixed);
    return Mixing.between(count, narrow, Stretching.at(speed, rate, resampled));
  }

  /** Makes what the whole stream needs, as soon as its format is known. */
  private Line settle(int rate, int count) {
    Line now = line;
    if (now != null) {
      return now;
    }
    AudioFormat format = Formats.wanted(wanted, rate, count);
    try {
      Writer writer = new Writer(format);
      Joining joining =
          new Joining(format.sampleRateHz(), format.channels(), Gain.of(gainDb, writer));
      now = new Line(format, writer, joining, new Cutter(format));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    line = now;
    return now;
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /** Nothing here writes to anything but memory. */
  private static void quietly(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What the stream's bytes are; empty until the rate and channels of the first sound are known.
   */
  public Optional<AudioFormat> format() {
    return Optional.ofNullable(line).map(Line::format);
  }

  /** Whether {@link #take} has something. */
  public boolean hasBytes() {
    Line now = line;
    return now != null && (now.cutter().hasRest() || now.writer().hasBytes());
  }

  /** The next bytes of the stream: of plain samples at most 100 ms, in whole frames. */
  public Piece take() {
    Line now = line;
    if (now == null || !hasBytes()) {
      throw new IllegalStateException("take without bytes");
    }
    if (!now.cutter().hasRest()) {
      now.cutter().put(now.writer().take());
    }
    return now.cutter().next();
  }

  /** Frames that the stream has so far, whether their bytes have left or not. */
  public long framesOut() {
    return line == null ? 0 : line.joining().frames();
  }

  /** As {@link #framesOut}, in seconds. */
  public double secondsOut() {
    return seconds(framesOut());
  }

  /** How long the stream has become since the last {@link #endSegment}, in seconds. */
  public double segmentSeconds() {
    return seconds(framesOut() - segmentStart);
  }

  private double seconds(long frames) {
    return line == null ? 0 : (double) frames / line.format().sampleRateHz();
  }

  /**
   * Where a moment of the utterance is in the segment; empty while none of it has left.
   *
   * @param seconds from the first sample that its backend made, 0 or more
   */
  public OptionalDouble secondsInSegment(double seconds) {
    Line now = line;
    if (now == null || now.joining().startFrame() < 0) {
      return OptionalDouble.empty();
    }
    double own = seconds / speed - seconds(now.joining().trimmedFrames());
    return OptionalDouble.of(seconds(now.joining().startFrame() - segmentStart) + Math.max(0, own));
  }

  /**
   * Whether a call with some 10 KB takes microseconds now: plain samples in and out, at one rate
   * and speed.
   */
  public boolean isLight() {
    return bytes == null ? isPlain(wanted) : light;
  }

  private boolean isLight(int rate) {
    int outRate = line == null ? wanted.sampleRateHz() : line.format().sampleRateHz();
    return speed == 1 && isPlain(wanted) && (outRate == 0 || outRate == rate);
  }

  private static boolean isPlain(AudioFormat format) {
    AudioEncoding encoding = format.encoding().orElse(AudioEncoding.PCM_S16LE);
    return encoding.isHeaderless() || encoding == AudioEncoding.WAV;
  }

  /** Lets go of all memory. Harmless when repeated. */
  @Override
  public void close() {
    if (line != null && !closed) {
      line.writer().close();
    }
    closed = true;
  }
}
