package dev.parley.adapters.contract;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.speech.SpeechEvent;
import dev.parley.core.speech.SpeechUsage;
import dev.parley.testkit.content.SpokenText;
import dev.parley.testkit.content.Wave;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.Flow;

/** What came of a text to speak. */
public final class Heard extends EventRecorder<SpeechEvent> {

  private Heard(long first) {
    super(first);
  }

  /** Subscribed, with a first demand; none when that is 0. */
  static Heard of(Flow.Publisher<SpeechEvent> publisher, long first) {
    Heard heard = new Heard(first);
    publisher.subscribe(heard);
    return heard;
  }

  /** Everything that came, once it ended. */
  public static Heard all(Flow.Publisher<SpeechEvent> publisher) {
    Heard heard = of(publisher, Long.MAX_VALUE);
    heard.awaitEnd();
    return heard;
  }

  /** What the backend answers with. */
  public SpeechEvent.Opened opened() {
    if (events().isEmpty() || !(events().getFirst() instanceof SpeechEvent.Opened opened)) {
      throw new AssertionError("does not begin with Opened: " + events(), failure());
    }
    return opened;
  }

  /** All sound, joined. */
  public byte[] sound() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (SpeechEvent event : events()) {
      if (event instanceof SpeechEvent.Sound(byte[] bytes)) {
        all.writeBytes(bytes);
      }
    }
    return all.toByteArray();
  }

  /** The text that was spoken. */
  public String text() {
    AudioFormat format = opened().format();
    byte[] sound = sound();
    return switch (format.encoding().orElseThrow()) {
      case PCM_S16LE -> SpokenText.read(Wave.samples(sound), format.sampleRateHz());
      case WAV -> SpokenText.read(Wave.samples(Wave.data(sound)), Wave.sampleRateHz(sound));
      case PCM_F32LE, MULAW, ALAW, FLAC, MP3, OGG_OPUS, WEBM_OPUS, AAC_ADTS, MP4_AAC ->
          throw new AssertionError("cannot be read here: " + format);
    };
  }

  AudioEncoding encoding() {
    return opened().format().encoding().orElseThrow();
  }

  /** The counts that came. */
  public List<SpeechUsage> counted() {
    return events().stream()
        .filter(SpeechEvent.Counted.class::isInstance)
        .map(event -> ((SpeechEvent.Counted) event).usage())
        .toList();
  }
}
