package dev.parley.adapters.speech;

import dev.parley.adapters.http.BodyReader.Sink;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SpeechEvent;
import java.util.Arrays;

/** Bytes of sound as they come. The end of the body is the end of the speech. */
final class RawSound implements SoundReader.Part {

  private static final int WAV_HEADER_BYTES = 44;

  private final Target target;
  private final WholeSamples samples;

  /** A file of this many bytes or fewer has a head and no sound. */
  private final int silentBytesMax;

  private long total;

  RawSound(Target target, AudioFormat format) {
    this.target = target;
    AudioEncoding encoding = format.encoding().orElse(AudioEncoding.MP3);
    this.samples = WholeSamples.of(encoding, format.channels());
    this.silentBytesMax = encoding == AudioEncoding.WAV ? WAV_HEADER_BYTES : 0;
  }

  @Override
  public void read(byte[] bytes, int from, int to, Sink<SpeechEvent> sink) {
    total += to - from;
    byte[] sound =
        samples.next(from == 0 && to == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, to));
    if (sound.length > 0) {
      sink.event(new SpeechEvent.Sound(sound));
    }
  }

  @Override
  public void end(Sink<SpeechEvent> sink) {
    if (total <= silentBytesMax) {
      throw SoundReader.failed(target, "its answer has no sound in it");
    }
    sink.complete();
  }
}
