package dev.parley.hub.media;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.speech.Recording;
import dev.parley.gpu.codec.ByteInput;
import dev.parley.gpu.codec.UnsupportedAudioException;
import dev.parley.gpu.loudness.LoudnessMeter;
import dev.parley.gpu.resample.Profile;
import dev.parley.gpu.vad.SpeechDetector;
import dev.parley.gpu.vad.segment.SegmentationSettings;
import dev.parley.gpu.vad.segment.Segments;
import dev.parley.gpu.vad.segment.SpeechSegment;
import dev.parley.hub.media.store.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** Hears a recording, and then digests its bytes. For one thread at a time. */
final class Examination implements Steps<Examined> {

  private static final int BLOCKS_IN_A_STEP = 10;
  private static final int PARTS_IN_A_STEP = 16;
  private static final int PART_BYTES = 64 << 10;
  private static final float FULL_SCALE = 0.999f;
  private static final String READABLE = "sound in a format that is read here";

  /** What encoders add at the ends is no reason to refuse. */
  private static final double SLACK_SECONDS = 0.1;

  private final Reader reader;
  private final ByteInput bytes;
  private final ExaminationLimits limits;
  private final SpeechDetector detector;
  private final LoudnessMeter loudness;
  private final Probabilities probabilities;
  private final WavTape tape = new WavTape();
  private final Sink first;
  private final MessageDigest digest = Sha256.digest();
  private final byte[] part = new byte[PART_BYTES];
  private long clipped;
  private long digested;
  private boolean heard;

  private Examination(
      Reader reader, ByteInput bytes, ExaminationLimits limits, SpeechDetector detector) {
    this.reader = reader;
    this.bytes = bytes;
    this.limits = limits;
    this.detector = detector;
    this.loudness = new LoudnessMeter(reader.rateHz(), reader.channels());
    this.probabilities = Probabilities.of(detector);
    Sink toDetector =
        Resampling.between(reader.rateHz(), SpeechDetector.RATE_HZ, 1, Profile.HQ, probabilities);
    Sink toTape = Resampling.between(reader.rateHz(), WavTape.RATE_HZ, 1, Profile.HQ, tape);
    this.first = Mixing.between(reader.channels(), 1, new Both(toDetector, toTape));
  }

  static Examination begin(Sound sound, ExaminationLimits limits, SpeechDetector detector)
      throws IOException, UnsupportedAudioException {
    ByteInput bytes = sound.open().bytes();
    try {
      long size = bytes.size();
      if (size > limits.bytesMax()) {
        throw new HubException(
            new HubError.TooLarge("the recording", limits.bytesLimit(), limits.bytesMax()));
      }
      if (size == 0) {
        throw unsupported("0 bytes", READABLE);
      }
      Reader reader = Reader.open(sound);
      if (reader.rateHz() < LoudnessMeter.RATE_MIN_HZ) {
        reader.close();
        throw unsupported(
            reader.rateHz() + " samples a second", LoudnessMeter.RATE_MIN_HZ + " or more");
      }
      return new Examination(reader, bytes, limits, detector);
    } catch (IOException | UnsupportedAudioException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private static HubException unsupported(String found, String expected) {
    return new HubException(new HubError.UnsupportedAudio("audio", found, expected));
  }

  @Override
  public boolean advance() throws IOException, UnsupportedAudioException {
    if (!heard) {
      hear();
      return true;
    }
    for (int i = 0; i < PARTS_IN_A_STEP; i++) {
      int length = bytes.read(part, 0, part.length);
      if (length < 0) {
        return false;
      }
      digest.update(part, 0, length);
      digested += length;
    }
    return true;
  }

  private void hear() throws IOException, UnsupportedAudioException {
    for (int i = 0; i < BLOCKS_IN_A_STEP; i++) {
      int frames = reader.next();
      if (frames < 0) {
        first.end();
        heard = true;
        return;
      }
      if (seconds() > limits.secondsMax() + SLACK_SECONDS) {
        throw unsupported(
            "more than " + shown(limits.secondsMax()) + " s of sound",
            "at most " + shown(limits.secondsMax()) + " s");
      }
      countClipped(frames);
      loudness.process(reader.block(), frames);
      first.accept(reader.block(), frames);
    }
  }

  private static String shown(double seconds) {
    return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : "" + seconds;
  }

  private void countClipped(int frames) {
    for (float[] plane : reader.block()) {
      for (int i = 0; i < frames; i++) {
        if (Math.abs(plane[i]) >= FULL_SCALE) {
          clipped++;
        }
      }
    }
  }

  private double seconds() {
    return (double) reader.frames() / reader.rateHz();
  }

  @Override
  public Examined found() {
    List<SpeechSegment> segments =
        Segments.of(
            probabilities.values(),
            detector.chunkSamples(),
            probabilities.samples(),
            SegmentationSettings.REFERENCE);
    long speech = segments.stream().mapToLong(segment -> segment.end() - segment.start()).sum();
    long samples = Math.max(1, reader.frames() * reader.channels());
    byte[] wav = tape.wav();
    return new Examined(
        new Recording(Sha256.hex(wav), wav, WavTape.RATE_HZ, tape.seconds(), ""),
        HexFormat.of().formatHex(digest.digest()),
        digested,
        seconds(),
        reader.rateHz(),
        reader.channels(),
        (double) speech / SpeechDetector.RATE_HZ,
        tape.snrDb(segments),
        (double) clipped / samples,
        Math.max(loudness.integratedLufs(), LoudnessMeter.SILENCE_LUFS));
  }

  @Override
  public void close() {
    try (bytes;
        reader) {
      first.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Passes everything to two, one after the other. */
  private record Both(Sink one, Sink other) implements Sink {
    @Override
    public void accept(float[][] planes, int frames) throws IOException {
      one.accept(planes, frames);
      other.accept(planes, frames);
    }

    @Override
    public void end() throws IOException {
      one.end();
      other.end();
    }

    @Override
    public void close() {
      try (one) {
        other.close();
      }
    }
  }
}
