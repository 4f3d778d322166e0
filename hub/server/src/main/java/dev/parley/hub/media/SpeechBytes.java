package dev.parley.hub.media;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubException;
import dev.parley.gpu.codec.DecodeLimits;
import dev.parley.gpu.codec.Format;
import dev.parley.gpu.codec.RawDecoder;
import dev.parley.gpu.codec.UnsupportedAudioException;
import dev.parley.gpu.codec.WavDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** The bytes of one utterance on their way to samples. For one thread at a time. */
sealed interface SpeechBytes {

  /** Takes the next bytes, cut anywhere. */
  void take(byte[] bytes, Listener to) throws IOException, UnreadableSoundException;

  /** Nothing follows. */
  void end(Listener to) throws IOException, UnreadableSoundException;

  /** Takes samples, all of one rate. */
  @FunctionalInterface
  interface Listener {
    void hear(int rateHz, float[][] planes, int frames)
        throws IOException, UnreadableSoundException;
  }

  /** How sound of this format is read. */
  static SpeechBytes of(AudioFormat format) throws UnreadableSoundException {
    Optional<AudioEncoding> encoding = format.encoding();
    if (encoding.isPresent() && encoding.get().isHeaderless()) {
      try {
        return new Headerless(Formats.declared(format).orElseThrow());
      } catch (HubException e) {
        throw new UnreadableSoundException(
            "samples without a header, at a rate or with channels that are not read here", e);
      }
    }
    return encoding.equals(Optional.of(AudioEncoding.WAV)) ? new Wav() : new Collected(format);
  }

  /** Samples alone. */
  final class Headerless implements SpeechBytes {
    private final int rateHz;
    private final RawDecoder decoder;
    private final int channels;
    private float[][] planes = {};

    Headerless(Format format) {
      this.rateHz = format.sampleRateHz();
      this.channels = format.channels();
      this.decoder = RawDecoder.of(format);
    }

    @Override
    public void take(byte[] bytes, Listener to) throws IOException, UnreadableSoundException {
      int most = decoder.framesMax(bytes.length);
      if (planes.length == 0 || planes[0].length < most) {
        planes = new float[channels][most];
      }
      int frames = decoder.decode(bytes, 0, bytes.length, planes);
      if (frames > 0) {
        to.hear(rateHz, planes, frames);
      }
    }

    @Override
    public void end(Listener to) {}
  }

  /** A header and samples, as they come. */
  final class Wav implements SpeechBytes {
    private final WavDecoder decoder = new WavDecoder(DecodeLimits.DEFAULT);

    /** How what a listener finds passes through the decoder. */
    private static final class Passing extends IOException {
      private static final long serialVersionUID = 1L;
      private final UnreadableSoundException found;

      Passing(UnreadableSoundException found) {
        super(found);
        this.found = found;
      }
    }

    @Override
    public void take(byte[] bytes, Listener to) throws IOException, UnreadableSoundException {
      try {
        decoder.decode(bytes, (planes, frames) -> pass(to, planes, frames));
      } catch (UnsupportedAudioException e) {
        throw unreadable(e);
      } catch (Passing e) {
        throw e.found;
      }
    }

    @Override
    public void end(Listener to) throws IOException, UnreadableSoundException {
      try {
        decoder.end((planes, frames) -> pass(to, planes, frames));
      } catch (UnsupportedAudioException e) {
        throw unreadable(e);
      } catch (Passing e) {
        throw e.found;
      }
    }

    private void pass(Listener to, float[][] planes, int frames) throws IOException {
      try {
        to.hear(decoder.sampleRateHz(), planes, frames);
      } catch (UnreadableSoundException e) {
        throw new Passing(e);
      }
    }
  }

  /** Anything else: kept until all of it is there, since its decoders wait for what they read. */
  final class Collected implements SpeechBytes {
    private static final int BYTES_MAX = 16 << 20;

    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private final AudioFormat format;

    Collected(AudioFormat format) {
      this.format = format;
    }

    @Override
    public void take(byte[] bytes, Listener to) throws UnreadableSoundException {
      if (bytes.length > BYTES_MAX - all.size()) {
        throw new UnreadableSoundException(
            "more than %d MiB of one utterance".formatted(BYTES_MAX >> 20));
      }
      all.writeBytes(bytes);
    }

    @Override
    public void end(Listener to) throws IOException, UnreadableSoundException {
      if (all.size() == 0) {
        return;
      }
      try (Reader reader = Reader.open(Sound.of(all.toByteArray(), format))) {
        for (int frames = reader.next(); frames >= 0; frames = reader.next()) {
          to.hear(reader.rateHz(), reader.block(), frames);
        }
      } catch (UnsupportedAudioException e) {
        if (e.reason() != UnsupportedAudioException.Reason.EMPTY) {
          throw unreadable(e);
        }
      } catch (HubException e) {
        throw new UnreadableSoundException(String.valueOf(e.getMessage()), e);
      }
    }
  }

  private static UnreadableSoundException unreadable(UnsupportedAudioException e) {
    return new UnreadableSoundException(String.valueOf(e.getMessage()), e);
  }
}
